"""What the steps of a case ask the catalogues, which lie above: tiers, leniency lists, hearing amounts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from enforcement.models import EnforcementItem


@dataclass(frozen=True)
class Street:
    """What the catalogues are asked about before there is an act: its item and its day."""

    item: EnforcementItem
    registered_on: dt.date

    @property
    def department_id(self) -> int:
        """Whose catalogue it is."""
        return int(self.item.department_id)


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

    def standing(self, act: Any, data: Any, *, reduced: bool) -> tuple[str, str]:
        """A shape and a sentence: how a penalty stands to the tier it names; `act` has item, department and day."""

    def tier_pairs(self, department: int) -> list[tuple[int, str]]:
        """Every tier of a department's items with what it is called, for a form that has no case yet."""

    def reductions(self, department: int) -> Any:
        """The entries of a department's list of what is punished less, as a queryset."""

    def tier_words(self, act: Any, data: Any) -> str:
        """For a paper: the tier a penalty names, with its range, and why it left it; nothing without a benchmark."""


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


def tier_pairs(_subject: Any, actor: Any) -> list[tuple[int, str]]:
    """The tiers of all items of the person's department."""
    return _standards[0].tier_pairs(actor.department_id) if _standards else []


def reductions(_subject: Any, actor: Any) -> Any:
    """The entries of the list of what is punished less, of the person's department."""
    return _standards[0].reductions(actor.department_id) if _standards else ()


def lessens(act: Any, key: Any) -> bool:
    """Whether an entry of the list of what is punished less is about an act and was in force on its day."""
    return bool(_standards and _standards[0].leniencies(act, "reduced").filter(pk=key).exists())


def kept_to_tier(act: Any, data: Any, *, reduced: bool) -> bool | str:
    """Whether a penalty keeps to the tier it names, or says why not; else a sentence."""
    if not _standards:
        return True
    shape, sentence = _standards[0].standing(act, data, reduced=reduced)
    if shape in {"green", "grey"}:
        return True
    # A reason lets a penalty leave its tier; it does not stand for choosing one of the item's own tiers.
    return True if shape == "amber" and data.tier_reason.strip() else sentence


def tier_words(act: Any, data: Any) -> str:
    """For a paper: the tier a penalty names."""
    return _standards[0].tier_words(act, data) if _standards else ""
