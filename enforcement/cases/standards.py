"""What the steps of a case ask the catalogues, which lie above: tiers, leniency lists, hearing amounts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Protocol


class Standards(Protocol):
    """What a catalogue answers."""

    def tiers(self, case: Any) -> Any:
        """The tiers the case may choose from, as a queryset."""

    def leniencies(self, case: Any, list_name: str = "") -> Any:
        """The entries of the leniency lists (or of one list) about the case's item, as a queryset."""

    def chosen(self, case: Any) -> dict[str, Any]:
        """What the step before chose: tier, base and reason, for the next form."""

    def review_reasons(self, case: Any, outcome: Any, on: dt.date) -> list[str]:
        """Why the department's own catalogue asks for legal review of an outcome; nothing when it does not."""

    def hearing_amount(self, case: Any, on: dt.date) -> Decimal | None:
        """From how many yuan on a hearing is to be offered; nothing when the department has set no amount."""

    def outside_tiers(self, item: Any, fine: Decimal | None, kinds: tuple[str, ...], on: dt.date) -> str:
        """A sentence when the item has a benchmark on the day and the penalty fits none of its tiers."""


_standards: list[Standards] = []


def use(standards: Standards) -> None:
    """Take these from now on. Called in AppConfig.ready()."""
    _standards[:] = [standards]


def tiers(subject: Any, _actor: Any) -> Any:
    """The options of «裁量阶次»."""
    return _standards[0].tiers(subject) if _standards else ()


def lighter_entries(subject: Any, _actor: Any) -> Any:
    """The entries of the lists of what is punished lighter or less."""
    return _standards[0].leniencies(subject).filter(list__in=("lighter", "reduced")) if _standards else ()


def no_penalty_entries(subject: Any, _actor: Any) -> Any:
    """The entries of the list of what is not punished (CF-30)."""
    return _standards[0].leniencies(subject, "no_penalty") if _standards else ()


def chosen(case: Any) -> dict[str, Any]:
    """What the step before chose."""
    return _standards[0].chosen(case) if _standards else {}


def review_reasons(case: Any, outcome: Any, on: dt.date) -> list[str]:
    """Why the department's own catalogue asks for legal review."""
    return _standards[0].review_reasons(case, outcome, on) if _standards else []


def hearing_amount(case: Any, on: dt.date) -> Decimal | None:
    """From how many yuan on a hearing is to be offered."""
    return _standards[0].hearing_amount(case, on) if _standards else None


def outside_tiers(item: Any, fine: Decimal | None, kinds: tuple[str, ...], on: dt.date) -> str:
    """A sentence when a penalty fits none of the tiers of the item's benchmark."""
    return _standards[0].outside_tiers(item, fine, kinds, on) if _standards else ""
