"""What the desk's bar and the workbench show; rooms register their entries in AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User


@dataclass(frozen=True)
class Group:
    """Entries that belong together and share one place in the bar; a group of one entry is that entry."""

    label: Any
    order: int


HANDLING = Group(_("执法事务"), 22)
SUPERVISING = Group(_("监督"), 50)
PEOPLE = Group(_("人员"), 60)
KEEPING = Group(_("管理"), 80)


@dataclass(frozen=True)
class NavigationItem:
    """One entry of the bar: for everybody, or for some roles, kinds of department, or a predicate of its own."""

    label: Any
    url_name: str
    order: int
    roles: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    when: Callable[[User], bool] | None = None
    group: Group | None = None

    def is_for(self, user: User) -> bool:
        """Whether the person sees the entry; without any condition everybody does."""
        if self.roles and not user.has_role(*self.roles):
            return False
        if self.kinds and (user.department is None or user.department.kind not in self.kinds):
            return False
        return self.when is None or self.when(user)


@dataclass(frozen=True)
class Link:
    """An entry ready to be drawn; a group has entries of its own and no address."""

    label: Any
    url: str
    current: bool = False
    links: tuple[Link, ...] = ()


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
    places: dict[NavigationItem | Group, list[Link]] = {}
    for item, url in links:
        places.setdefault(item.group or item, []).append(Link(item.label, url, url == here))
    return [_drawn(place, tuple(inside)) for place, inside in sorted(places.items(), key=lambda entry: entry[0].order)]


def _drawn(place: NavigationItem | Group, inside: tuple[Link, ...]) -> Link:
    """One entry of the bar: a link, or a group that opens."""
    if len(inside) == 1:
        return inside[0]
    return Link(place.label, "", any(link.current for link in inside), inside)


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
