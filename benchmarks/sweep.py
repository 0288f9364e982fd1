"""The sweep over 200,000 obligations, as ratios to plain SQL over the same rows."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection, transaction

from portal.accounts.models import Department
from portal.deadlines.models import Obligation
from portal.deadlines.periods import SHANGHAI
from portal.deadlines.sweeping import sweep
from portal.matters.models import Matter
from portal.outbox.models import OutboxRow

OBLIGATIONS = 200_000
MATTERS = 2_000
FIRST_DUE = datetime(2025, 1, 1, tzinfo=SHANGHAI)
ROWS = """
INSERT INTO deadlines_obligation (matter_id, rule, law, about, number, kind, bound, department_id, unit, opened_at,
    due_at, due_on, near_at, closed_in_time, settled_at, paused, provisional, remark, trace, calendar_version)
SELECT %(first)s + n %% %(matters)s, 'decision.disclose', 'SX-02', 'decision:' || n, 1, 'duty', 'department',
    %(department)s, 'workdays', due - interval '10 days', due, (due AT TIME ZONE 'Asia/Shanghai')::date,
    CASE WHEN n %% 10 < 9 THEN NULL ELSE due - interval '2 days' END, n %% 10 < 9,
    CASE WHEN n %% 10 < 9 THEN due - interval '5 days' END, false, false, '',
    jsonb_build_array(jsonb_build_object('text', repeat('自2025年1月1日起算，当日不计入。', 8))), 'national-1'
FROM (SELECT n, %(start)s::timestamptz + n * interval '1 minute' AS due FROM generate_series(1, %(rows)s) n) s
"""
AGGREGATE = "SELECT department_id, kind, count(*), min(due_at) FROM deadlines_obligation GROUP BY 1, 2"
PLAIN_UPDATE = "UPDATE deadlines_obligation SET missed_at = due_at, announced_at = due_at WHERE announced_at IS NULL AND NOT closed_in_time"


def run() -> dict[str, Any]:
    """Seconds and ratios; everything is rolled back.

    Nine of ten obligations were settled in time, as in a portal some years old. `idle` is a sweep that
    finds nothing, `daily` one that finds a day's work, `backlog` one that finds every open obligation.
    """
    with transaction.atomic():
        _fill()
        end = FIRST_DUE + timedelta(minutes=OBLIGATIONS + 1)
        one_day = FIRST_DUE + timedelta(days=1)
        aggregate = min(_seconds(lambda: _execute(AGGREGATE)) for _ in range(3))
        daily = _seconds(lambda: sweep(one_day))
        announced = OutboxRow.objects.filter(topic="deadlines.missed").count()
        idle = min(_seconds(lambda: sweep(one_day)) for _ in range(3))
        backlog = _seconds(lambda: sweep(end))
        total = OutboxRow.objects.filter(topic="deadlines.missed").count()
        Obligation.objects.filter(closed_in_time=False).update(missed_at=None, announced_at=None)
        update = _seconds(lambda: _execute(PLAIN_UPDATE))
        transaction.set_rollback(True)
    return {
        "obligations": OBLIGATIONS,
        "open": OBLIGATIONS // 10,
        "seconds": {"aggregate": aggregate, "idle": idle, "daily": daily, "backlog": backlog, "update": update},
        "announced": {"daily": announced, "backlog": total},
        "ratio": {
            "idle_to_aggregate": idle / aggregate,
            "daily_to_aggregate": daily / aggregate,
            "backlog_to_update": backlog / update,
        },
    }


def _fill() -> None:
    group = Group.objects.create(name="benchmark of the sweep")
    department = Department.objects.create(
        code="BENCH", name="基准测试", short_name="基准", kind=Department.Kind.ORGAN, document_prefix="基", group=group
    )
    matters = Matter.objects.bulk_create(
        [Matter(kind="case", department=department, title="基准测试（虚构）") for _ in range(MATTERS)]
    )
    _execute(
        ROWS,
        {
            "first": matters[0].pk,
            "matters": MATTERS,
            "department": department.pk,
            "start": FIRST_DUE,
            "rows": OBLIGATIONS,
        },
    )
    _execute("ANALYZE deadlines_obligation")


def _execute(statement: str, values: dict[str, Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        if cursor.description:
            cursor.fetchall()


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
