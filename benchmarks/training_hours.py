"""The sweep of training hours over 10,000 officers with 40 entries each, as a ratio to the plain SQL aggregate."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.utils import timezone

from personnel.training.standings import Swept, sweep
from portal.accounts.models import Department, User
from portal.matters.models import Matter
from portal.workflow.door import open_door

OFFICERS, ENTRIES, DEPARTMENTS, YEAR = 10_000, 40, 20, 2026
NOW = timezone.make_aware(dt.datetime.combine(dt.date(YEAR, 12, 31), dt.time(23, 40)))
AGGREGATE = """
SELECT officer_id, sum(tenths) FROM training_traininghours WHERE "on" BETWEEN '2026-01-01' AND '2026-12-31' GROUP BY 1
"""


def run() -> dict[str, Any]:
    """Seconds and ratios; everything is rolled back.

    `first` writes every standing, `idle` finds nothing changed, `changed` finds a hundred new entries.
    """
    with transaction.atomic():
        _fill()
        aggregate = min(_seconds(lambda: _execute(AGGREGATE)) for _ in range(5))
        begun = time.perf_counter()
        swept = sweep(YEAR, NOW)
        first = time.perf_counter() - begun
        idle = min(_seconds(lambda: sweep(YEAR, NOW)) for _ in range(5))
        _execute(
            'INSERT INTO training_traininghours (session_id, officer_id, "on", tenths, reason, made_by_id, made_at) '
            "SELECT session_id, officer_id, date '2026-11-30', tenths, '', made_by_id, made_at "
            "FROM training_traininghours WHERE corrects_id IS NULL ORDER BY id LIMIT 100"
        )
        begun = time.perf_counter()
        changed = sweep(YEAR, NOW)
        daily = time.perf_counter() - begun
        transaction.set_rollback(True)
    return {
        "officers": OFFICERS,
        "entries": OFFICERS * ENTRIES,
        "found": _figures(swept),
        "written_after_new_entries": changed.written,
        "seconds": {"aggregate": aggregate, "first": first, "idle": idle, "changed": daily},
        "ratio": {
            "first_to_aggregate": first / aggregate,
            "idle_to_aggregate": idle / aggregate,
            "changed_to_aggregate": daily / aggregate,
        },
    }


def _figures(swept: Swept) -> dict[str, int]:
    return {"holders": swept.holders, "short": swept.short, "written": swept.written}


def _fill() -> None:
    from personnel.models import Certificate, Officer
    from personnel.training.models import Session, TrainingHours

    bodies = []
    for number in range(DEPARTMENTS):
        group = Group.objects.create(name=f"benchmark of hours {number}")
        bodies.append(
            Department.objects.create(
                code=f"BENCH{number}", name=f"基准测试{number}", short_name=f"基准{number}",
                kind=Department.Kind.ORGAN, document_prefix="基", group=group,
            )
        )  # fmt: skip
    maker = User.objects.create(username="benchmark", name="基准测试", department=bodies[0])
    officers = Officer.objects.bulk_create(
        Officer(department=bodies[number % DEPARTMENTS], name=f"基准{number}") for number in range(OFFICERS)
    )
    matters = Matter.objects.bulk_create(
        Matter(kind="certificate", department=officer.department, title="基准测试（虚构）") for officer in officers
    )
    Certificate.objects.bulk_create(
        Certificate(
            matter=matter, officer=officer, number=f"基准{officer.pk}", issuer="基准", fields=["综合"], area="基准",
            valid_from=dt.date(2024, 1, 1), valid_to=dt.date(2028, 12, 31),
        )
        for matter, officer in zip(matters, officers, strict=True)
    )  # fmt: skip
    days = [dt.date(YEAR, 1, 5) + dt.timedelta(days=8 * number) for number in range(ENTRIES)]
    sessions = []
    for day in days:
        matter = Matter.objects.create(kind="training_session", department=bodies[0], title="基准测试（虚构）")
        begins = timezone.make_aware(dt.datetime.combine(day, dt.time(9)))
        session = Session(
            matter=matter, form="central", topic="基准", teacher="基准", place="基准",
            begins_at=begins, ends_at=begins + dt.timedelta(hours=2), state="closed",
        )  # fmt: skip
        with open_door():
            Session.objects.bulk_create([session])
        sessions.append(session)
    for session, day in zip(sessions, days, strict=True):
        TrainingHours.objects.bulk_create(
            TrainingHours(
                session=session, officer=officer, on=day, tenths=14 + number % 4, made_by=maker, made_at=NOW
            )
            for number, officer in enumerate(officers)
        )  # fmt: skip
    for table in ("training_traininghours", "personnel_officer", "personnel_certificate"):
        _execute(f"ANALYZE {table}")


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        if cursor.description:
            cursor.fetchall()


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
