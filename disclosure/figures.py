"""Figures of disclosure by year and department, counted from the clock's obligations and shown to the public."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import astuple, dataclass
from typing import Any

from django.utils import timezone

from disclosure import standing
from disclosure.public import publishing
from disclosure.public.models import PublishedFigures
from portal import outbox
from portal.workflow.registry import Stated

TOPIC = "disclosure.count"
DISTRICT = ""


@dataclass(frozen=True)
class Counts:
    """Decisions of a year: due (without approved exemptions) ≥ published ≥ on time; late ones not published yet."""

    due: int = 0
    published: int = 0
    on_time: int = 0
    overdue: int = 0
    exempt: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


def counts(now: dt.datetime | None = None) -> dict[tuple[int, str], Counts]:
    """By year of the decision and department's code («» for the whole district): sums of the proof's own rows.

    A decision counts once, by its newest duty: one whose exemption has ended is due again. Withdrawn
    later it was published all the same, and late once it is late for ever.
    """
    found: dict[tuple[int, str], Counts] = defaultdict(Counts)
    for row in standing.counts(now=now):
        if row.year is None or row.part == "undated":
            continue
        part = Counts(
            due=row.number if row.part in standing.DUE else 0,
            published=row.number if row.part in {"on_time", "late"} else 0,
            on_time=row.number if row.part == "on_time" else 0,
            overdue=row.number if row.part in {"overdue", "held"} else 0,
            exempt=row.number if row.part == "exempt" else 0,
        )
        found[row.year, row.department] += part
        found[row.year, DISTRICT] += part
    return dict(found)


def count(now: dt.datetime | None = None) -> int:
    """Bring the public figures up to date; returns how many rows had changed. Idempotent."""
    shown = {
        (row.year, row.department_code): Counts(row.due, row.published, row.on_time, row.overdue, row.exempt)
        for row in PublishedFigures.objects.all()
    }
    changed = 0
    for (year, code), found in counts(now).items():
        if shown.get((year, code)) == found:
            continue
        publishing.publish_figures(
            year=year,
            department_code=code,
            due=found.due,
            published=found.published,
            on_time=found.on_time,
            overdue=found.overdue,
            exempt=found.exempt,
        )
        changed += 1
    return changed


def ask(_stated: Stated) -> None:
    """Reaction: have the figures counted after the commit, at most once a minute."""
    outbox.put(TOPIC, key=f"{timezone.now():%Y%m%d%H%M}", payload={})


def count_from_outbox(_payload: dict[str, Any]) -> None:
    """Outbox topic disclosure.count."""
    count()
