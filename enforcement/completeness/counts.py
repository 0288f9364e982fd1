"""Registered, decided and disclosed in a period, by department; higher rooms add what they know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from enforcement.models import Decision, EnforcementAct

Counting = Callable[[dt.date, dt.date, int | None], dict[int, int]]


@dataclass(frozen=True)
class Counter:
    """One column: how many, by department, from a day until before another."""

    key: str
    label: Any
    count: Counting


@dataclass
class Counts:
    """One department's numbers by column."""

    by_key: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, key: str) -> int:
        return self.by_key.get(key, 0)


def _registered(start: dt.date, end: dt.date, department: int | None) -> dict[int, int]:
    rows = EnforcementAct.objects.filter(registered_on__gte=start, registered_on__lt=end)
    return _counted(rows, "department", department, Count("pk"))


def _decided(start: dt.date, end: dt.date, department: int | None) -> dict[int, int]:
    rows = Decision.objects.filter(decided_on__gte=start, decided_on__lt=end)
    return _counted(rows, "act__department", department, Count("pk"))


def _imported(start: dt.date, end: dt.date, department: int | None) -> dict[int, int]:
    rows = Decision.objects.filter(decided_on__gte=start, decided_on__lt=end)
    imported = Count("pk", filter=Q(act__origin=EnforcementAct.Origin.IMPORTED))
    return _counted(rows, "act__department", department, imported)


def _counted(rows: Any, by: str, department: int | None, number: Any) -> dict[int, int]:
    if department is not None:
        rows = rows.filter(**{by: department})
    return dict(rows.order_by().values(by).annotate(number=number).values_list(by, "number"))


_counters: dict[str, Counter] = {
    "registered": Counter("registered", _("登记"), _registered),
    "decided": Counter("decided", _("作出决定"), _decided),
    "imported": Counter("imported", _("其中归集"), _imported),
}


def register_counter(counter: Counter) -> None:
    """A higher room's column, in ready(); raises ValueError when another has the key."""
    if _counters.setdefault(counter.key, counter) is not counter:
        raise ValueError(f"counter {counter.key} is registered already")


def counters() -> list[Counter]:
    """Every column in order."""
    return list(_counters.values())


def counts(start: dt.date, end: dt.date, department: int | None = None) -> dict[int, Counts]:
    """By department; one statement a column."""
    found: dict[int, Counts] = {}
    for counter in counters():
        for key, number in counter.count(start, end, department).items():
            found.setdefault(key, Counts()).by_key[counter.key] = number
    return found


def month_after(month: dt.date) -> dt.date:
    """The first day of the next month."""
    return dt.date(month.year + month.month // 12, month.month % 12 + 1, 1)
