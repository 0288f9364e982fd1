"""What holds whatever the facts are: order of entry, replaying, pauses, working days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.deadlines.calendar_store import built_in
from portal.deadlines.calendars import days_between
from portal.deadlines.engine import derive
from portal.deadlines.periods import SHANGHAI, Moment, Pause, Period, add_months, count, merged, moment
from portal.deadlines.statements import StatedFact
from tests.deadlines.books import around, book

NAMES = sorted({name for rule in book().values() for name in rule.facts})
FIRST, LAST = date(2022, 1, 1), date(2027, 6, 30)
ABOUTS: list[dict[str, str]] = [
    {},
    {"decision": "1"},
    {"decision": "2"},
    {"party": "1"},
    {"decision": "1", "party": "1"},
    {"notice": "1", "party": "2"},
    {"year": "2025"},
]
VALUES: list[dict[str, Any]] = [
    {"held_on": "2026-03-16"},
    {"held_on": "2025-10-13", "to": "2026-05-01"},
    {"held_on": "2026-01-05", "by": "5 days"},
]
days = st.dates(FIRST, LAST)
moments = st.one_of(
    days.map(moment),
    st.datetimes(datetime(2022, 1, 1), datetime(2027, 6, 30)).map(lambda one: moment(one.replace(microsecond=0))),  # noqa: DTZ001 - `moment` gives it Shanghai
)
told_later = st.builds(
    StatedFact, st.sampled_from(NAMES), moments, moments, st.sampled_from(ABOUTS), st.sampled_from(VALUES)
)
first_day = st.just(moment(FIRST))
facts = st.builds(
    StatedFact, st.sampled_from(NAMES), moments, first_day, st.sampled_from(ABOUTS), st.sampled_from(VALUES)
)
pauses = st.builds(
    lambda start, length: Pause(moment(start), None if length is None else moment(start + timedelta(days=length))),
    days,
    st.one_of(st.none(), st.integers(0, 40)),
)
closed_pauses = st.builds(
    lambda start, length: Pause(moment(start), moment(start + timedelta(days=length))), days, st.integers(1, 40)
)


@settings(max_examples=300, deadline=None)
@given(st.lists(told_later, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_entry_changes_nothing(stated: list[StatedFact], chance: Any) -> None:
    shuffled = list(stated)
    chance.shuffle(shuffled)

    assert derive(book(), shuffled, around()) == derive(book(), stated, around())


@settings(max_examples=200, deadline=None)
@given(st.lists(facts, max_size=12))
def test_entering_a_fact_twice_changes_nothing(stated: list[StatedFact]) -> None:
    again = [replace(fact, known=moment(LAST)) for fact in stated]

    assert derive(book(), [*again, *stated], around()) == derive(book(), stated, around())


@settings(max_examples=200, deadline=None)
@given(st.lists(facts, max_size=12))
def test_every_obligation_has_one_identity_and_a_reason(stated: list[StatedFact]) -> None:
    made = derive(book(), stated, around())

    assert len({one.identity for one in made}) == len(made)
    assert all(one.steps for one in made)
    assert all(one.settled_at is None or one.cancelled_at is None for one in made)


@settings(max_examples=200, deadline=None)
@given(days, st.integers(1, 60), st.sampled_from(["national", "xinjiang"]))
def test_more_working_days_never_end_earlier(start: date, number: int, key: str) -> None:
    days_of = built_in(key)
    end, later = days_of.add_workdays(start, number), days_of.add_workdays(start, number + 1)

    assert start < end < later
    assert days_of.is_workday(end)
    assert days_of.workdays_between(start, end) == number


@settings(max_examples=200, deadline=None)
@given(days, days, st.integers(1, 30))
def test_a_later_start_never_ends_earlier(one: date, other: date, number: int) -> None:
    days_of = built_in("xinjiang")
    first, second = sorted([one, other])

    assert days_of.add_workdays(first, number) <= days_of.add_workdays(second, number)


@settings(max_examples=200, deadline=None)
@given(days, st.integers(1, 30), st.sampled_from(["national", "xinjiang"]))
def test_counting_back_and_forth_meets_on_working_days(start: date, number: int, key: str) -> None:
    days_of = built_in(key)
    end = days_of.add_workdays(start, number)
    begin = days_of.subtract_workdays(end, number)

    assert days_of.workdays_between(begin, end) == number
    assert begin <= start
    assert not any(days_of.is_workday(day) for day in days_between(begin, start))


@settings(max_examples=200, deadline=None)
@given(days, st.integers(1, 20))
def test_xinjiang_never_ends_before_the_nation(start: date, number: int) -> None:
    assert built_in("xinjiang").add_workdays(start, number) >= built_in("national").add_workdays(start, number)


@settings(max_examples=200, deadline=None)
@given(st.lists(pauses, max_size=8))
def test_merged_pauses_cover_the_same_days_and_do_not_overlap(given_pauses: list[Pause]) -> None:
    result = merged(given_pauses)

    def covered(some: list[Pause]) -> set[date]:
        horizon = LAST + timedelta(days=60)
        return {day for one in some for day in days_between(one.start.on, one.end.on if one.end else horizon)}

    assert covered(result) == covered(given_pauses)
    ends = [(one.start.at, one.end.at if one.end else None) for one in result]
    assert all(end is not None and end < after[0] for (_start, end), after in pairwise(ends))


@settings(max_examples=300, deadline=None)
@given(days, st.integers(1, 90), st.lists(closed_pauses, max_size=5), st.sampled_from(["days", "workdays"]))
def test_as_many_days_count_as_the_law_gives_whatever_the_pauses(
    start: date, number: int, given_pauses: list[Pause], unit: str
) -> None:
    calendar = built_in("national")
    end = count(Period(number, unit), moment(start), calendar, merged(given_pauses)).day

    def counts(day: date) -> bool:
        paused = any(one.start.on < day <= one.end.on for one in given_pauses if one.end)
        return not paused and (unit == "days" or calendar.is_workday(day))

    assert sum(counts(day) for day in days_between(start, end)) == number
    assert counts(end)


@given(days, st.integers(1, 72))
def test_hours_are_not_touched_by_any_calendar(start: date, number: int) -> None:
    begin = Moment(datetime(start.year, start.month, start.day, 9, 30, tzinfo=SHANGHAI), exact=True)
    ends = {count(Period(number, "hours"), begin, built_in(key)).at for key in ("national", "xinjiang")}

    assert ends == {begin.at + timedelta(hours=number)}


@given(days, st.integers(1, 60))
def test_months_end_on_the_same_day_or_on_the_last_of_the_month(start: date, number: int) -> None:
    end = add_months(start, number)

    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == number
    assert end.day == start.day or (end + timedelta(days=1)).day == 1
