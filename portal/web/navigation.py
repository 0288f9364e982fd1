"""What the desk's bar and the workbench show; rooms register their entries in AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from portal.accounts.models import User


@dataclass(frozen=True)
class NavigationItem:
    """One entry of the bar: for everybody, or for some roles, kinds of department, or a predicate of its own."""

    label: Any
    url_name: str
    order: int
    roles: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    when: Callable[[User], bool] | None = None

    def is_for(self, user: User) -> bool:
        """Whether the person sees the entry; without any condition everybody does."""
        if self.roles and not user.has_role(*self.roles):
            return False
        if self.kinds and (user.department is None or user.department.kind not in self.kinds):
            return False
        return self.when is None or self.when(user)


@dataclass(frozen=True)
class Link:
    """An entry ready to be drawn."""

    label: Any
    url: str
    current: bool = False


WORKBENCH = "web:workbench"
_items: list[NavigationItem] = []


def register_navigation(*items: NavigationItem) -> None:
    """Add entries to the bar; one registered twice counts once."""
    _items.extend(item for item in items if item not in _items)
    _items.sort(key=lambda item: item.order)


def navigation_for(user: User, path: str) -> list[Link]:
    """The entries for this person; the one whose address is the longest beginning of the path is current.

    The workbench lies above everything else and is current only on its own page.
    """
    links = [(item, url) for item in _items if item.is_for(user) and (url := _address(item.url_name))]
    top = _address(WORKBENCH)
    here = max(
        (url for _item, url in links if path == url or (url != top and path.startswith(url))), key=len, default=""
    )
    return [Link(item.label, url, url == here) for item, url in links]


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class Card:
    """A card beside the workbench: a template of the room's own and the function that prepares its values.

    `values` answers None when the person has no use for the card. It may ask the database a fixed number of
    questions, never one per row.
    """

    key: str
    order: int
    template: str
    values: Callable[[User], dict[str, Any] | None]


_cards: list[Card] = []


def register_card(card: Card) -> None:
    """Add a card to the workbench; one registered twice counts once."""
    if all(card.key != present.key for present in _cards):
        _cards.append(card)
        _cards.sort(key=lambda present: present.order)


def cards_for(user: User) -> list[dict[str, Any]]:
    """Template and values of every card that this person has a use for."""
    prepared = ((card, card.values(user)) for card in _cards)
    return [{"template": card.template, **values} for card, values in prepared if values is not None]


def every_item() -> list[NavigationItem]:
    """Every registered entry, in order."""
    return list(_items)
