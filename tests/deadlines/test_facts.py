"""Facts are stated and voided, never edited; what is entered late says why; replay keeps every change."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine
from django.db import InternalError, ProgrammingError, connection, transaction

from portal.deadlines.errors import DeadlineError, LateEntryWithoutReason
from portal.deadlines.models import APPEND_ONLY_TABLES, DueChange, Fact, Obligation, Term
from portal.deadlines.periods import SHANGHAI
from portal.deadlines.services import open_windows, replay, state_fact, void_fact, window_end, window_over
from portal.matters.models import Matter
from tests.database import as_owner

LATE = "随卷补录"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def the_duty(case: Matter) -> Obligation:
    return Obligation.objects.get(matter=case, rule="t.disclose")


@time_machine.travel(at("2025-06-09T10:00"))
def test_a_fact_of_the_working_day_before_needs_no_reason(case: Matter) -> None:
    # 6 and 9 June 2025 are off in Xinjiang: Thursday 5 June is the day before.
    assert state_fact(case, "decided", at=date(2025, 6, 5), about="decision:1").late_workdays == 0


@time_machine.travel(at("2025-06-12T10:00"))
def test_a_fact_entered_more_than_one_working_day_late_needs_a_reason_and_is_counted(case: Matter) -> None:
    with pytest.raises(LateEntryWithoutReason, match="晚了 2 个工作日"):
        state_fact(case, "decided", at=date(2025, 6, 5), about="decision:1")
    assert not Fact.objects.exists()

    fact = state_fact(case, "decided", at=date(2025, 6, 5), about="decision:1", late_reason=LATE)

    assert (fact.late_workdays, fact.late_reason) == (2, LATE)


@time_machine.travel(at("2026-03-02T10:00"))
def test_an_about_without_kind_and_number_is_refused(case: Matter) -> None:
    with pytest.raises(DeadlineError, match="种类:编号"):
        state_fact(case, "decided", at=date(2026, 3, 2), about="12")


@time_machine.travel(at("2025-06-05T10:00"))
def test_replaying_twice_writes_nothing(case: Matter) -> None:
    state_fact(case, "decided", at=date(2025, 6, 5), about="decision:1")
    first = replay(case)
    before = list(Obligation.objects.values())

    with_second = replay(case)

    assert [one.pk for one in with_second] == [one.pk for one in first]
    assert list(Obligation.objects.values()) == before
    assert not DueChange.objects.exists()


@time_machine.travel(at("2025-06-05T10:00"))
def test_an_obligation_keeps_rule_law_department_calendar_and_trace(cast: object, case: Matter) -> None:
    state_fact(case, "decided", at=date(2025, 6, 5), about="decision:1")
    replay(case)

    duty = the_duty(case)
    assert (duty.law, duty.kind, duty.bound, duty.department_id) == ("SX-02", "duty", "department", case.department_id)
    assert duty.due_at == at("2025-06-19T23:59:59.999999")
    assert duty.calendar_version.startswith("national-")
    assert any("古尔邦节" in step["text"] for step in duty.trace)
    assert duty.trace[0]["article"].startswith("国办发〔2018〕118号")


@time_machine.travel(at("2025-06-05T10:00"))
def test_voiding_the_opening_cancels_the_obligation_and_keeps_the_row(case: Matter) -> None:
    fact = state_fact(case, "decided", at=date(2025, 6, 5), about="decision:1")
    replay(case)

    void_fact(fact, event=None, reason="录错了案件")
    replay(case)

    duty = the_duty(case)
    assert duty.cancelled_at == duty.opened_at
    assert not Obligation.objects.overdue(at("2026-01-01T00:00")).exists()
    assert DueChange.objects.get().obligation == duty
    assert replay(case)
    assert DueChange.objects.count() == 1
    with pytest.raises(DeadlineError, match="已经作废"):
        void_fact(fact, event=None, reason="再来一次")


@time_machine.travel(at("2025-06-12T10:00"))
def test_a_corrected_decision_day_moves_the_same_obligation_and_leaves_a_change(case: Matter) -> None:
    wrong = state_fact(case, "decided", at=date(2025, 6, 11), about="decision:1")
    replay(case)
    before = the_duty(case)

    void_fact(wrong, event=None, reason="日期录错")
    state_fact(case, "decided", at=date(2025, 6, 5), about="decision:1", late_reason=LATE)
    replay(case, cause="更正决定日期")

    duty = the_duty(case)
    assert duty.pk == before.pk
    assert (before.due_on, duty.due_on) == (date(2025, 6, 20), date(2025, 6, 19))
    change = DueChange.objects.get()
    assert (change.old_due_at, change.new_due_at, change.cause) == (before.due_at, duty.due_at, "更正决定日期")


@time_machine.travel(at("2025-06-12T10:00"))
def test_facts_in_any_order_of_entry_give_the_same_rows(case: Matter) -> None:
    state_fact(case, "published", at=date(2025, 6, 12), about="decision:1")
    replay(case)
    assert not Obligation.objects.exists()

    state_fact(case, "decided", at=date(2025, 6, 5), about="decision:1", late_reason=LATE)
    replay(case)

    assert the_duty(case).closed_in_time


@time_machine.travel(at("2026-05-11T10:00"))
def test_a_local_number_comes_from_its_newest_row(cast: object, case: Matter) -> None:
    Term.objects.create(rule="t.local", period="5 workdays", valid_from=date(2026, 1, 1), ground="试行")
    state_fact(case, "transfer.sent", at=date(2026, 5, 11))
    assert replay(case)[0].due_on == date(2026, 5, 18)

    Term.objects.create(
        rule="t.local",
        department=case.department,
        period="3 workdays",
        valid_from=date(2026, 1, 1),
        ground="本部门更严",
    )

    assert replay(case)[0].due_on == date(2026, 5, 14)
    assert DueChange.objects.count() == 1


@time_machine.travel(at("2025-06-05T10:00"))
def test_a_window_is_over_the_day_after_its_last_day_or_when_waived(case: Matter) -> None:
    state_fact(case, "notice.served", at=date(2025, 6, 5), about="notice:7 party:1")
    state_fact(case, "notice.served", at=date(2025, 6, 5), about="notice:7 party:2")
    replay(case)
    about = "party:1 notice:7"

    assert window_end(case, "t.statement", about) == date(2025, 6, 17)
    assert not window_over(case, "t.statement", about, date(2025, 6, 17))
    assert window_over(case, "t.statement", about, date(2025, 6, 18))
    assert not window_over(case, "t.statement", "notice:8 party:1", date(2025, 7, 1))

    state_fact(case, "statement.waived", at=date(2025, 6, 5), about="party:2")
    replay(case)

    assert window_over(case, "t.statement", "notice:7 party:2", date(2025, 6, 5))
    assert [one.about for one in open_windows(case, "t.statement")] == ["notice:7 party:1"]


@pytest.mark.parametrize("table", APPEND_ONLY_TABLES)
def test_not_even_the_owner_can_change_remove_or_empty_what_is_only_added_to(case: Matter, table: str) -> None:
    Term.objects.create(rule="t.local", period="5 workdays", valid_from=date(2026, 1, 1), ground="试行")
    with time_machine.travel(at("2025-06-05T10:00")):
        fact = state_fact(case, "decided", at=date(2025, 6, 5), about="decision:1")
        replay(case)
        void_fact(fact, event=None, reason="录错")
        replay(case)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    column = {"deadlines_calendarday": "date"}.get(table, "id")
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        refused = pytest.raises((ProgrammingError, InternalError), match="append-only")
        with as_owner(), refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
