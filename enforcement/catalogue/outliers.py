"""Decisions on one item that stand apart from the others of the same tier and period (处罚法34条).

A way to look for unequal treatment, never a measure of anybody's work: no indicator may count fines (CF-37).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from statistics import median, quantiles
from typing import Any, Final

from enforcement.catalogue.models import AppliedTier, Entry

FENCES_FROM: Final = 8  # fewer decisions say nothing about what is usual
FENCE: Final = Decimal("1.5")  # Tukey's: so many spreads of the middle half beyond it
MOST: Final = 2000


@dataclass(frozen=True)
class Point:
    """One decision: its fine in yuan, or its multiple of the base, and whether it kept to the tier."""

    matter: int
    number: str
    on: dt.date
    value: Decimal
    fine: Decimal
    inside: bool
    reason: str


@dataclass(frozen=True)
class Group:
    """The decisions of one tier: its range, what is usual, and the points, the lightest first."""

    tier: str
    version: int
    unit: str
    lowest: Decimal | None
    highest: Decimal | None
    points: Sequence[Point]
    middle: Decimal | None = None
    fences: tuple[Decimal, Decimal] | None = None

    def is_far(self, point: Point) -> bool:
        """Beyond the fences: unusual among its like."""
        return self.fences is not None and not self.fences[0] <= point.value <= self.fences[1]

    def stands_out(self, point: Point) -> bool:
        """Outside the tier, or unusual within it."""
        return not point.inside or self.is_far(point)

    @property
    def outstanding(self) -> list[Point]:
        """The points that stand out, the heaviest first."""
        return [point for point in reversed(self.points) if self.stands_out(point)]


@dataclass(frozen=True)
class Picture:
    """Every tier with decisions in the period, on one scale per unit."""

    groups: Sequence[Group] = field(default_factory=tuple)
    cut: bool = False

    def top(self, unit: str) -> Decimal:
        """Where the scale of a unit ends."""
        groups = [group for group in self.groups if group.unit == unit]
        values = [point.value for group in groups for point in group.points]
        return max([*values, *(group.highest or Decimal() for group in groups), Decimal(1)])


def picture(entry: Entry, *, start: dt.date, end: dt.date) -> Picture:
    """The decisions on an item between two days, both included; the newest 2,000 of them."""
    rows = list(
        AppliedTier.objects.filter(
            stage=AppliedTier.Stage.DECIDED,
            tier__benchmark__entry=entry,
            on__gte=start,
            on__lte=end,
            fine__isnull=False,
        )
        .select_related("tier__benchmark", "decision", "act")
        .order_by("-on", "-pk")[: MOST + 1]
    )
    kept = sorted(((_place(row), row) for row in rows[:MOST]), key=lambda pair: pair[0])
    groups = [_group([row for _at, row in found]) for _key, found in groupby(kept, key=lambda pair: pair[0])]
    return Picture([group for group in groups if group.points], len(rows) > MOST)


def fences(values: Iterable[Decimal]) -> tuple[Decimal, Decimal] | None:
    """What lies beyond is unusual: the middle half, widened by half as much again and once more on both sides.

    None when there are too few values, or when more than half of them are the same.
    """
    found = sorted(values)
    if len(found) < FENCES_FROM:
        return None
    low, _middle, high = quantiles(found, n=4, method="inclusive")
    spread = high - low
    return (low - FENCE * spread, high + FENCE * spread) if spread else None


def _place(row: AppliedTier) -> tuple[int, int, int]:
    """Newest benchmark first, its tiers from the lightest on."""
    tier: Any = row.tier
    return -tier.benchmark.version, tier.place, tier.pk


def _group(rows: list[AppliedTier]) -> Group:
    tier: Any = rows[0].tier
    times = tier.benchmark.measure == "times"
    points = sorted(
        (_point(row, times=times) for row in rows if not times or row.base),
        key=lambda point: (point.value, point.on, point.matter),
    )
    values = [point.value for point in points]
    return Group(
        tier=tier.name,
        version=tier.benchmark.version,
        unit="times" if times else "yuan",
        lowest=tier.lowest,
        highest=tier.highest,
        points=points,
        middle=median(values) if values else None,
        fences=fences(values),
    )


def _point(row: AppliedTier, *, times: bool) -> Point:
    fine = row.fine or Decimal()
    value = (fine / row.base).quantize(Decimal("0.01")) if times and row.base else fine
    number = row.decision.number if row.decision is not None else ""
    return Point(row.act_id, number or row.act.number, row.on, value, fine, row.inside, row.reason)
