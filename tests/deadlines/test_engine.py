"""The engine, rule by rule: what opens, settles, cancels, pauses, extends and moves a clock."""

from __future__ import annotations

from datetime import date

import pytest

from portal.deadlines.engine import LocalTerm
from portal.deadlines.errors import DeadlineError
from portal.deadlines.periods import Period
from tests.deadlines.books import around, fact, obligations, only


def text_of(made: object) -> str:
    return "\n".join(step.text for step in made.steps)  # type: ignore[attr-defined]


def test_published_on_the_last_day_is_in_time() -> None:
    made = only(
        fact("decided", "2025-06-05", "decision:1"), fact("published", "2025-06-19", "decision:1"), rule="t.disclose"
    )

    assert made.due_on == date(2025, 6, 19)
    assert made.closed_in_time


def test_published_a_day_after_the_last_day_is_late() -> None:
    made = only(
        fact("decided", "2025-06-05", "decision:1"), fact("published", "2025-06-20", "decision:1"), rule="t.disclose"
    )

    assert made.settled_at is not None
    assert not made.closed_in_time


def test_late_stays_late_however_often_it_is_published_again() -> None:
    facts = [fact("decided", "2025-06-05", "decision:1"), fact("published", "2025-06-20", "decision:1")]
    again = [*facts, fact("published", "2025-06-25", "decision:1"), fact("published", "2025-07-01", "decision:1")]

    assert obligations(*again, rule="t.disclose") == obligations(*facts, rule="t.disclose")


def test_publication_before_the_decision_settles_nothing() -> None:
    made = only(
        fact("published", "2025-06-04", "decision:1"), fact("decided", "2025-06-05", "decision:1"), rule="t.disclose"
    )

    assert made.settled_at is None


def test_of_the_same_day_without_a_time_publication_settles_the_decision() -> None:
    made = only(
        fact("decided", "2025-06-05T15:00", "decision:1"),
        fact("published", "2025-06-05", "decision:1"),
        rule="t.disclose",
    )

    assert made.closed_in_time


def test_every_decision_has_its_own_clock() -> None:
    made = obligations(
        fact("decided", "2025-06-05", "decision:1"),
        fact("decided", "2025-06-11", "decision:2"),
        fact("published", "2025-06-12", "decision:2"),
        rule="t.disclose",
    )

    assert [(one.about, one.due_on, one.settled_at is None) for one in made] == [
        ("decision:1", date(2025, 6, 19), True),
        ("decision:2", date(2025, 6, 20), False),
    ]


def test_every_party_has_its_own_clock_and_a_waiver_ends_only_its_own() -> None:
    made = obligations(
        fact("notice.served", "2025-06-05", "notice:7 party:1"),
        fact("notice.served", "2025-06-11", "notice:7 party:2"),
        fact("statement.waived", "2025-06-06", "party:1"),
        rule="t.statement",
    )

    assert [(one.about, one.due_on, one.cancelled_at is None) for one in made] == [
        ("notice:7 party:1", date(2025, 6, 17), False),
        ("notice:7 party:2", date(2025, 6, 18), True),
    ]


def test_an_exemption_ends_the_duty_and_its_end_opens_a_second_one() -> None:
    made = obligations(
        fact("decided", "2025-06-05", "decision:1"),
        fact("exempted", "2025-06-12", "decision:1"),
        fact("exemption.ended", "2025-07-01", "decision:1"),
        rule="t.disclose",
    )

    assert [(one.number, one.cancelled_at is not None, one.due_on) for one in made] == [
        (1, True, date(2025, 6, 19)),
        (2, False, date(2025, 7, 10)),
    ]


def test_an_opening_while_the_clock_runs_opens_nothing() -> None:
    made = obligations(
        fact("decided", "2025-06-05", "decision:1"),
        fact("exemption.ended", "2025-06-12", "decision:1"),
        rule="t.disclose",
    )

    assert [one.due_on for one in made] == [date(2025, 6, 19)]


def test_disclosure_is_judged_by_the_law_of_the_day_of_the_decision() -> None:
    old = only(fact("decided", "2018-12-04", "decision:1"), rule="t.disclose")
    new = only(fact("decided", "2018-12-05", "decision:1"), rule="t.disclose")

    assert (old.due_on, new.due_on) == (date(2019, 1, 2), date(2018, 12, 14))


def test_a_law_that_was_not_in_force_opens_nothing() -> None:
    assert obligations(fact("filed", "2021-07-14"), rule="t.decide") == []
    assert len(obligations(fact("filed", "2021-07-15"), rule="t.decide")) == 1


def test_a_suspension_is_taken_out_of_the_ninety_days() -> None:
    made = only(
        fact("filed", "2026-03-02"), fact("suspended", "2026-03-10"), fact("resumed", "2026-03-20"), rule="t.decide"
    )

    # 90 days end on 31 May; ten days are taken out: 10 June.
    assert made.due_on == date(2026, 6, 10)
    assert "不计入" in text_of(made)


def test_overlapping_pauses_are_taken_out_once() -> None:
    made = only(
        fact("filed", "2026-03-02"),
        fact("suspended", "2026-03-10"),
        fact("appraisal.begun", "2026-03-15"),
        fact("resumed", "2026-03-20"),
        fact("appraisal.ended", "2026-03-25"),
        rule="t.decide",
    )

    assert made.due_on == date(2026, 6, 15)  # 15 days from 10 to 25 March


def test_only_what_lies_inside_the_running_period_is_taken_out() -> None:
    before = only(
        fact("suspended", "2026-02-01"), fact("filed", "2026-03-02"), fact("resumed", "2026-03-05"), rule="t.decide"
    )
    after = only(
        fact("filed", "2026-03-02"), fact("suspended", "2026-06-20"), fact("resumed", "2026-06-30"), rule="t.decide"
    )

    assert before.due_on == date(2026, 6, 3)  # three days of it
    assert after.due_on == date(2026, 6, 1)  # 31 May is a Sunday; the pause came after the end


def test_while_suspended_the_clock_is_paused_and_shows_the_earliest_date() -> None:
    made = only(fact("filed", "2026-03-02"), fact("suspended", "2026-03-10"), rule="t.decide")

    assert made.paused
    assert made.due_on == date(2026, 6, 1)


def test_a_pause_of_working_days_takes_out_working_days_only() -> None:
    made = only(
        fact("review.asked", "2026-06-22"),
        fact("review.stopped", "2026-06-24"),
        fact("review.going_on", "2026-06-29"),
        rule="t.review",
    )

    # counted 23, 24, then 30 June and 1, 2, 3, 6, 7, 8, 9 July
    assert made.due_on == date(2026, 7, 9)


def test_an_extension_before_expiry_moves_the_end_from_the_uncorrected_last_day() -> None:
    made = only(fact("filed", "2025-07-03"), fact("extended", "2025-10-01"), rule="t.decide")

    # the 90th day is 1 October; thirty more end on 31 October, a Friday
    assert made.due_on == date(2025, 10, 31)


def test_an_extension_on_the_last_day_after_the_holiday_still_counts() -> None:
    assert only(fact("filed", "2025-07-03"), fact("extended", "2025-10-09"), rule="t.decide").due_on == date(
        2025, 10, 31
    )


def test_an_extension_after_expiry_has_no_effect_and_the_trace_says_so() -> None:
    made = only(fact("filed", "2025-07-03"), fact("extended", "2025-10-10"), rule="t.decide")

    assert made.due_on == date(2025, 10, 9)
    assert "不产生延期效力" in text_of(made)


def test_a_further_extension_may_name_the_day() -> None:
    made = only(
        fact("filed", "2025-07-03"),
        fact("extended", "2025-09-20"),
        fact("extended", "2025-10-20", to="2025-12-06", article="市场监督管理行政处罚程序规定第六十四条"),
        rule="t.decide",
    )

    assert made.due_on == date(2025, 12, 6)  # a Saturday: the day named is not moved
    assert made.steps[-1].article == "市场监督管理行政处罚程序规定第六十四条"


def test_an_extension_by_another_amount_is_taken_from_the_fact() -> None:
    made = only(
        fact("review.asked", "2026-06-22"), fact("review.extended", "2026-06-30", by="5 workdays"), rule="t.review"
    )

    assert made.due_on == date(2026, 7, 13)


def test_a_department_has_the_period_of_its_own_ministry() -> None:
    asked = fact("review.asked", "2026-06-22")
    agriculture = only(asked, rule="t.review", surroundings=around(department="NYJ"))

    assert only(asked, rule="t.review").due_on == date(2026, 7, 6)
    assert agriculture.due_on == date(2026, 6, 29)
    assert obligations(asked, rule="t.review", surroundings=around(department="CGJ")) == []


def test_a_local_number_counts_from_the_day_it_was_set() -> None:
    terms = (
        LocalTerm("t.local", "", Period(5, "workdays"), date(2026, 1, 1), date.max),
        LocalTerm("t.local", "SCJGJ", Period(3, "workdays"), date(2026, 6, 1), date.max),
    )
    set_up = around(terms=terms)

    assert obligations(fact("transfer.sent", "2025-12-31"), rule="t.local", surroundings=set_up) == []
    assert only(fact("transfer.sent", "2026-05-11"), rule="t.local", surroundings=set_up).due_on == date(2026, 5, 18)
    assert only(fact("transfer.sent", "2026-06-01"), rule="t.local", surroundings=set_up).due_on == date(2026, 6, 4)


def test_a_hearing_is_announced_seven_working_days_before_and_a_new_day_moves_it() -> None:
    scheduled = fact("hearing.scheduled", "2026-03-02", held_on="2026-03-16")
    moved = fact("hearing.rescheduled", "2026-03-04", held_on="2026-03-23")

    assert only(scheduled, rule="t.hearing_notice").due_on == date(2026, 3, 5)
    assert only(scheduled, moved, rule="t.hearing_notice").due_on == date(2026, 3, 12)
    assert "稳妥日期" in text_of(only(scheduled, rule="t.hearing_notice"))


def test_a_fact_without_the_day_to_count_from_is_told() -> None:
    with pytest.raises(DeadlineError, match="held_on"):
        obligations(fact("hearing.scheduled", "2026-03-02"), rule="t.hearing_notice")


def test_hours_run_through_the_weekend_and_are_judged_by_the_minute() -> None:
    sealed = fact("sealed", "2026-02-13T17:30")
    early = only(sealed, fact("approved", "2026-02-14T17:30"), rule="t.emergency")
    late = only(sealed, fact("approved", "2026-02-14T17:31"), rule="t.emergency")

    assert early.closed_in_time
    assert not late.closed_in_time
    assert not late.provisional


def test_the_application_to_the_court_runs_from_the_end_of_both_remedies() -> None:
    made = only(fact("served", "2025-06-11", "decision:1 party:1"), rule="t.court")

    # reconsideration ends 11 August, litigation 11 December 2025; three months: 11 March 2026
    assert made.due_on == date(2026, 3, 11)
    assert "提起行政诉讼" in made.steps[0].text


def test_a_remedy_that_was_used_keeps_the_application_to_the_court_from_running() -> None:
    made = obligations(
        fact("served", "2025-06-11", "decision:1 party:1"),
        fact("reconsideration.asked", "2025-07-01", "decision:1 party:1"),
        rule="t.court",
    )

    assert made == []


def test_a_chained_clock_is_provisional_when_what_it_hangs_on_is() -> None:
    made = only(fact("served", "2026-09-01", "decision:1 party:1"), rule="t.court")

    assert made.provisional


def test_the_day_named_in_the_letter_prevails_over_the_default() -> None:
    assert only(fact("letter.served", "2026-03-02", report_on="2026-03-20"), rule="t.report").due_on == date(
        2026, 3, 20
    )
    assert only(fact("letter.served", "2026-03-02"), rule="t.report").due_on == date(2026, 4, 1)


def test_a_clock_of_knowledge_runs_from_the_moment_we_were_told() -> None:
    made = only(fact("complaint.made", "2026-03-02", known="2026-03-09"), rule="t.told")

    assert made.due_on == date(2026, 3, 24)


def test_a_yearly_clock_has_one_obligation_for_each_year_until_it_is_ended() -> None:
    facts = [
        fact("certificate.issued", "2024-05-10"),
        fact("training.fulfilled", "2024-12-20", "year:2024"),
        fact("training.fulfilled", "2026-01-15", "year:2025"),
    ]
    made = obligations(*facts, rule="t.training")
    ended = obligations(*facts, fact("certificate.cancelled", "2026-04-01"), rule="t.training")

    assert [(one.about, one.due_on, one.closed_in_time) for one in made] == [
        ("year:2024", date(2024, 12, 31), True),
        ("year:2025", date(2025, 12, 31), False),
        ("year:2026", date(2026, 12, 31), False),
    ]
    assert made[1].settled_at is not None
    assert [one.about for one in ended] == ["year:2024", "year:2025", "year:2026"]
    assert ended[2].cancelled_at is not None


def test_a_yearly_clock_ended_last_year_begins_no_new_year() -> None:
    made = obligations(
        fact("certificate.issued", "2024-05-10"), fact("certificate.cancelled", "2024-08-01"), rule="t.training"
    )

    assert [(one.about, one.cancelled_at is not None) for one in made] == [("year:2024", True)]


def test_a_date_in_a_year_without_a_calendar_is_provisional_and_says_why() -> None:
    made = only(fact("decided", "2026-12-23", "decision:1"), rule="t.disclose")

    assert made.provisional
    assert made.due_on == date(2027, 1, 4)
    assert "2027年全国节假日安排尚未公布" in made.doubts


def test_a_date_in_a_year_of_xinjiang_that_is_not_entered_is_provisional() -> None:
    entered = only(fact("decided", "2025-06-05", "decision:1"), rule="t.disclose")
    missing = only(fact("decided", "2026-06-05", "decision:1"), rule="t.disclose")

    assert not entered.provisional
    assert missing.doubts == ("新疆2026年自定假日尚待司法局录入",)


def test_amber_begins_two_working_days_before_the_last_day() -> None:
    made = only(fact("decided", "2025-06-05", "decision:1"), rule="t.disclose")

    assert made.near_at is not None
    assert made.near_at.date() == date(2025, 6, 17)
