"""The sweep: set-based statements that announce what the dates already say, once each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Count, F, Max, Q
from django.utils import timezone

from portal.deadlines.models import Fact, Obligation
from portal.deadlines.registry import rules
from portal.deadlines.rulebook import Rule
from portal.deadlines.services import recompute
from portal.outbox.registry import handler_for
from portal.outbox.service import nudge

ROWS_PER_STATEMENT = 5000

# A statement marks and announces in one: killed before its commit it has done neither, after it both.
# The moment written is the deadline's own, so that a run three days late writes the same rows.
ANNOUNCE = """
WITH due AS (
    SELECT id FROM deadlines_obligation WHERE {condition}
    ORDER BY {moment}, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
), marked AS (
    UPDATE deadlines_obligation AS o SET {marks} FROM due WHERE o.id = due.id RETURNING o.id, o.{moment} AS moment
), told AS (
    INSERT INTO outbox_outboxrow (topic, key, payload, created_at, due_at, attempts, error)
    SELECT %(topic)s, id || ':' || to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS'),
           jsonb_build_object('obligation', id), %(written)s, %(written)s, 0, ''
    FROM marked ON CONFLICT (topic, key) DO NOTHING
)
SELECT count(*) FROM marked
"""
MISSED = ANNOUNCE.format(
    condition="kind = 'duty' AND announced_at IS NULL AND NOT provisional AND NOT paused AND NOT closed_in_time "
    "AND due_at < %(now)s",
    moment="due_at",
    marks="missed_at = o.due_at, announced_at = o.due_at",
)
NEAR = ANNOUNCE.format(
    condition="kind = 'duty' AND near_announced_at IS NULL AND NOT paused AND near_at IS NOT NULL "
    "AND near_at <= %(now)s",
    moment="near_at",
    marks="near_announced_at = o.near_at",
)
EXPIRED = ANNOUNCE.format(
    condition="kind = 'validity' AND announced_at IS NULL AND NOT provisional AND NOT paused "
    "AND NOT closed_in_time AND due_at < %(now)s",
    moment="due_at",
    marks="announced_at = o.due_at",
)


@dataclass(frozen=True)
class SweepResult:
    """How many obligations were announced as missed, near or expired, and how many yearly clocks begun."""

    missed: int
    near: int
    expired: int
    yearly: int


def sweep(now: datetime) -> SweepResult:
    """Announce every missed and near duty once (outbox topics deadlines.missed and deadlines.near).

    Works from dates alone: running it late, twice, in two workers or after being killed half-way
    gives the same rows. Validities that ran out go to deadlines.expired when a room handles it.
    """
    yearly = begin_yearly_clocks(now)
    near = _announce(NEAR, "deadlines.near", now)
    missed = _announce(MISSED, "deadlines.missed", now)
    expired = _announce(EXPIRED, "deadlines.expired", now) if handler_for("deadlines.expired") else 0
    if missed or near or expired:
        transaction.on_commit(nudge, robust=True)
    return SweepResult(missed, near, expired, yearly)


def _announce(statement: str, topic: str, now: datetime) -> int:
    """Run a statement until it finds no more rows, each time in a transaction of its own."""
    total = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                statement, {"now": now, "written": timezone.now(), "limit": ROWS_PER_STATEMENT, "topic": topic}
            )
            found = int(cursor.fetchone()[0])
        total += found
        if found < ROWS_PER_STATEMENT:
            return total


def begin_yearly_clocks(now: datetime) -> int:
    """Replay the matters whose newest yearly obligation lies in the past, so that the next year's begins."""
    today = timezone.localdate(now)
    matters: set[int] = set()
    for rule in rules().values():
        if not rule.every or rule.is_reference:
            continue
        last = Obligation.objects.filter(rule=rule.key).values("matter").annotate(last=Max("due_on"))
        behind = set(last.filter(last__lt=today).values_list("matter", flat=True))
        matters |= behind - _ended(rule, behind)
    return recompute(sorted(matters), "新的年度")


def _ended(rule: Rule, matters: set[int]) -> set[int]:
    """Those of the matters in which every opening of the yearly clock has been ended."""
    stated = (
        Fact.objects.filter(matter__in=matters, void=None, name__in=[*rule.opens, *rule.cancels])
        .values("matter")
        .annotate(opened=Count("pk", filter=Q(name__in=rule.opens)), ended=Count("pk", filter=Q(name__in=rule.cancels)))
    )
    return set(stated.filter(ended__gte=F("opened")).values_list("matter", flat=True))
