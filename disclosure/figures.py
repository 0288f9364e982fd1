"""Figures of disclosure by year and department, counted from the clock's obligations and shown to the public."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import astuple, dataclass
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.utils import timezone

from disclosure.public import publishing
from disclosure.public.models import PublishedFigures
from portal import outbox
from portal.deadlines.models import Obligation
from portal.workflow.registry import Stated

RULE = "decision.disclose"
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
    """By year of the decision and department's code («» for the whole district), in one statement.

    A decision counts once, by its newest duty: one whose exemption has ended is due again. Withdrawn
    later it was published all the same, and late once it is late for ever.
    """
    now = now or timezone.now()
    newest = Obligation.objects.filter(rule=RULE, department__isnull=False).order_by("matter_id", "about", "-number")
    rows = (
        Obligation.objects.filter(pk__in=newest.distinct("matter_id", "about").values("pk"))
        .order_by()
        .annotate(year=ExtractYear("opened_at"))
        .values_list("year", "department__code")
        .annotate(
            due=Count("pk", filter=Q(cancelled_at=None)),
            published=Count("pk", filter=Q(settled_at__isnull=False)),
            on_time=Count("pk", filter=Q(settled_at__isnull=False, closed_in_time=True)),
            overdue=Count(
                "pk",
                filter=Q(settled_at=None, cancelled_at=None, provisional=False, paused=False, due_at__lt=now),
            ),
            exempt=Count("pk", filter=Q(cancelled_at__isnull=False)),
        )
    )
    found: dict[tuple[int, str], Counts] = defaultdict(Counts)
    for year, code, *numbers in rows:
        found[year, str(code)] = Counts(*numbers)
        found[year, DISTRICT] += Counts(*numbers)
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
