"""The sweep announces what the dates already say: once each, and the same rows however late it runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, connections, transaction

from portal.deadlines import sweeping
from portal.deadlines.models import DueChange, Obligation
from portal.deadlines.periods import SHANGHAI
from portal.deadlines.services import replay, state_fact, void_fact
from portal.deadlines.sweeping import SweepResult, sweep
from portal.matters.models import Matter
from portal.outbox.models import OutboxRow
from tests.cast import Cast, matter

LATE = "随卷补录"
STATED = datetime(2025, 6, 5, 10, tzinfo=SHANGHAI)  # due on 19 June 2025, amber from 17 June


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def decided(case: Matter, number: int = 1) -> Obligation:
    with time_machine.travel(STATED, tick=False):
        state_fact(case, "decided", at=date(2025, 6, 5), about=f"decision:{number}")
        replay(case)
    return Obligation.objects.get(matter=case, rule="t.disclose", about=f"decision:{number}")


def announced() -> list[tuple[str, str, int]]:
    rows = OutboxRow.objects.filter(topic__startswith="deadlines.").order_by("topic", "key")
    return [(row.topic, row.key, row.payload["obligation"]) for row in rows]


def state() -> list[dict[str, Any]]:
    rows = Obligation.objects.order_by("id").values("id", "missed_at", "announced_at", "near_announced_at")
    return [dict(row) for row in rows]


def test_nothing_is_announced_before_the_last_two_working_days(case: Matter) -> None:
    decided(case)

    assert sweep(at("2025-06-16T23:59")) == SweepResult(missed=0, near=0, expired=0, yearly=0)
    assert announced() == []


def test_near_and_missed_are_announced_once_with_the_deadlines_own_moments(case: Matter) -> None:
    duty = decided(case)

    assert sweep(at("2025-06-17T00:00")).near == 1
    assert sweep(at("2025-06-19T23:59")).missed == 0
    assert sweep(at("2025-06-20T00:00")).missed == 1
    assert sweep(at("2025-06-20T00:10")) == SweepResult(missed=0, near=0, expired=0, yearly=0)

    duty.refresh_from_db()
    assert duty.missed_at == duty.announced_at == duty.due_at
    assert duty.near_announced_at == at("2025-06-17T00:00")
    assert [(topic, key) for topic, key, _id in announced()] == [
        ("deadlines.missed", f"{duty.pk}:2025-06-19T15:59:59"),
        ("deadlines.near", f"{duty.pk}:2025-06-16T16:00:00"),
    ]


def test_three_days_late_gives_the_same_rows(case: Matter, cast: Cast) -> None:
    other = matter(cast.city)
    for one in (case, other):
        decided(one)
    with time_machine.travel(at("2025-06-18T09:00")):
        state_fact(other, "published", at=date(2025, 6, 18), about="decision:1")
        replay(other)

    def run(*moments: str) -> tuple[list[dict[str, Any]], list[tuple[str, str, int]]]:
        with transaction.atomic():
            for moment in moments:
                sweep(at(moment))
            result = state(), announced()
            transaction.set_rollback(True)
        return result

    in_time = run("2025-06-17T00:00", "2025-06-18T00:00", "2025-06-19T00:00", "2025-06-20T00:00", "2025-06-20T00:10")

    assert run("2025-06-23T00:00") == in_time
    assert run("2025-06-23T00:00", "2025-06-23T00:10") == in_time
    assert [topic for topic, _key, _id in in_time[1]] == ["deadlines.missed", "deadlines.near", "deadlines.near"]


def test_what_was_done_before_it_became_near_is_never_announced(case: Matter) -> None:
    decided(case)
    with time_machine.travel(at("2025-06-12T09:00")):
        state_fact(case, "published", at=date(2025, 6, 12), about="decision:1")
        replay(case)

    sweep(at("2025-07-01T00:00"))

    assert announced() == []


def test_what_was_done_late_is_announced_as_missed_even_when_no_sweep_ran(case: Matter) -> None:
    duty = decided(case)
    with time_machine.travel(at("2025-06-23T09:00")):
        state_fact(case, "published", at=date(2025, 6, 23), about="decision:1")
        replay(case)

    sweep(at("2025-06-23T09:10"))

    duty.refresh_from_db()
    assert duty.missed_at == duty.due_at
    assert duty.settled_at is not None


def test_a_provisional_date_warns_and_is_never_called_late(case: Matter) -> None:
    with time_machine.travel(at("2026-11-24T10:00")):
        state_fact(case, "decided", at=date(2026, 11, 24), about="decision:1")
        [duty] = replay(case)
    assert duty.provisional

    result = sweep(at("2027-03-01T00:00"))

    assert (result.near, result.missed) == (1, 0)
    assert not Obligation.objects.overdue(at("2027-03-01T00:00")).exists()


def test_a_right_that_runs_out_is_no_breach(case: Matter) -> None:
    with time_machine.travel(STATED):
        state_fact(case, "notice.served", at=date(2025, 6, 5), about="notice:7 party:1")
        replay(case)

    assert sweep(at("2025-07-01T00:00")) == SweepResult(missed=0, near=0, expired=0, yearly=0)


def test_a_paused_clock_is_not_announced(case: Matter) -> None:
    with time_machine.travel(at("2025-06-05T10:00")):
        state_fact(case, "filed", at=date(2025, 6, 5))
        state_fact(case, "suspended", at=date(2025, 6, 5))
        replay(case)

    assert sweep(at("2026-01-01T00:00")).missed == 0


def test_a_backdated_entry_clears_the_lateness_but_leaves_the_evidence(case: Matter) -> None:
    duty = decided(case)
    sweep(at("2025-06-20T00:00"))
    with time_machine.travel(at("2025-06-23T09:00")):
        published = state_fact(case, "published", at=date(2025, 6, 18), about="decision:1", late_reason=LATE)
        replay(case)

    duty.refresh_from_db()
    assert (duty.missed_at, duty.announced_at) == (None, None)
    assert DueChange.objects.get(cleared_lateness=True).obligation == duty
    assert len([row for row in announced() if row[0] == "deadlines.missed"]) == 1

    with time_machine.travel(at("2025-06-24T09:00")):
        void_fact(published, event=None, reason="并未公示")
        replay(case)
    sweep(at("2025-06-24T09:10"))

    duty.refresh_from_db()
    assert duty.missed_at == duty.due_at
    assert len([row for row in announced() if row[0] == "deadlines.missed"]) == 1


def test_a_new_end_after_an_announcement_is_announced_again_when_it_passes(case: Matter) -> None:
    with time_machine.travel(at("2025-07-03T10:00")):
        state_fact(case, "filed", at=date(2025, 7, 3))
        [duty] = replay(case)
    sweep(at("2025-10-10T00:00"))
    with time_machine.travel(at("2025-10-11T10:00")):
        state_fact(case, "extended", at=date(2025, 9, 30), late_reason=LATE)
        replay(case)
    sweep(at("2025-11-01T00:00"))

    duty.refresh_from_db()
    assert duty.missed_at == at("2025-10-31T23:59:59.999999")
    assert [key for topic, key, _id in announced() if topic == "deadlines.missed"] == [
        f"{duty.pk}:2025-10-09T15:59:59",
        f"{duty.pk}:2025-10-31T15:59:59",
    ]


def test_the_sweep_begins_the_next_year_of_a_yearly_clock(case: Matter) -> None:
    with time_machine.travel(at("2025-03-03T10:00")):
        state_fact(case, "certificate.issued", at=date(2025, 3, 3))
        replay(case)
    assert [one.about for one in Obligation.objects.filter(rule="t.training")] == ["year:2025"]

    with time_machine.travel(at("2026-01-05T00:00")):
        assert sweep(at("2026-01-05T00:00")).yearly == 1
        assert sweep(at("2026-01-05T00:10")).yearly == 0

    rows = Obligation.objects.filter(rule="t.training").order_by("due_at")
    assert [(one.about, one.missed_at is not None) for one in rows] == [("year:2025", True), ("year:2026", False)]


def test_a_yearly_clock_that_was_ended_is_left_alone(case: Matter) -> None:
    with time_machine.travel(at("2025-03-03T10:00")):
        state_fact(case, "certificate.issued", at=date(2025, 3, 3))
        state_fact(case, "training.fulfilled", at=date(2025, 3, 3), about="year:2025")
        state_fact(case, "certificate.cancelled", at=date(2025, 3, 3))
        replay(case)

    with time_machine.travel(at("2026-01-05T00:00")):
        assert sweep(at("2026-01-05T00:00")).yearly == 0


def many_duties(cast: Cast, number: int) -> None:
    case = matter(cast.market)
    due = at("2025-06-19T23:59:59.999999")
    Obligation.objects.bulk_create(
        Obligation(
            matter=case, rule="t.disclose", law="SX-02", about=f"decision:{index}", kind="duty", bound="department",
            department=cast.market, unit="workdays", opened_at=STATED, due_at=due, due_on=due.date(),
            near_at=at("2025-06-17T00:00"), calendar_version="national-1+xinjiang-1",
        )
        for index in range(number)
    )  # fmt: skip


@pytest.mark.concurrency
def test_killed_in_the_middle_it_has_announced_whole_groups_and_the_next_run_the_rest(
    committed_database: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "ROWS_PER_STATEMENT", 100)
    many_duties(cast, 250)

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        own = cursor.fetchone()[0]

    def kill_after_two() -> Iterator[None]:
        yield
        yield
        killer = connections["default"].copy()
        with killer.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [own])
        killer.close()
        yield

    killing = kill_after_two()

    def wrapper(execute: Any, statement: Any, params: Any, many: bool, context: Any) -> Any:
        if isinstance(statement, str) and "WITH due AS" in statement and params["topic"] == "deadlines.missed":
            next(killing)
        return execute(statement, params, many, context)

    with pytest.raises(Exception, match=r"terminat|closed"), connection.execute_wrapper(wrapper):
        sweep(at("2025-06-23T00:00"))
    connection.close()

    marked = Obligation.objects.exclude(announced_at=None).count()
    assert marked == OutboxRow.objects.filter(topic="deadlines.missed").count() == 200

    sweep(at("2025-06-23T00:00"))

    assert OutboxRow.objects.filter(topic="deadlines.missed").count() == 250
    assert OutboxRow.objects.filter(topic="deadlines.near").count() == 250
    assert not Obligation.objects.filter(announced_at=None).exists()


@pytest.mark.concurrency
def test_two_sweeps_at_once_announce_everything_once(committed_database: str, cast: Cast) -> None:
    many_duties(cast, 400)
    results: list[int] = []

    def run() -> None:
        try:
            results.append(sweep(at("2025-06-23T00:00")).missed)
        finally:
            connections["default"].close()

    workers = [threading.Thread(target=run) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(results) == 400
    assert OutboxRow.objects.filter(topic="deadlines.missed").count() == 400
    assert Obligation.objects.filter(missed_at__isnull=False).count() == 400


def test_the_moment_a_deadline_passes_is_midnight_in_shanghai(case: Matter) -> None:
    duty = decided(case)

    assert duty.due_at + timedelta(microseconds=1) == at("2025-06-20T00:00")
    assert not Obligation.objects.overdue(duty.due_at).exists()
    assert Obligation.objects.overdue(duty.due_at + timedelta(microseconds=1)).get() == duty
