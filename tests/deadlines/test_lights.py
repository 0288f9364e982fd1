"""The light of an obligation and its words, day by day."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine

from portal.deadlines.models import Obligation
from portal.deadlines.periods import SHANGHAI
from portal.deadlines.services import replay, state_fact
from portal.matters.models import Matter


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def after(case: Matter, day: str, *facts: tuple[str, str]) -> Obligation:
    """The obligation that follows from facts, each entered on its own day."""
    for name, text in facts:
        moment = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
        with time_machine.travel(at(text if "T" in text else f"{text}T20:00")):
            state_fact(case, name, at=moment, about="decision:1")
            made = replay(case)
    return made[0]


@pytest.mark.parametrize(
    ("now", "shape", "words"),
    [
        ("2025-06-05T09:00", "green", "剩 7 个工作日"),
        ("2025-06-10T09:00", "green", "剩 7 个工作日"),  # the feast days do not count
        ("2025-06-16T09:00", "green", "剩 3 个工作日"),
        ("2025-06-17T09:00", "amber", "剩 2 个工作日"),
        ("2025-06-18T23:00", "amber", "剩 1 个工作日"),
        ("2025-06-19T23:59", "amber", "今天到期"),
        ("2025-06-20T00:00", "red", "逾期 1 个工作日"),
        ("2025-06-21T12:00", "red", "逾期 1 个工作日"),
        ("2025-06-23T12:00", "red", "逾期 2 个工作日"),
    ],
)
def test_working_day_rules_speak_of_working_days(case: Matter, now: str, shape: str, words: str) -> None:
    light = after(case, now, ("decided", "2025-06-05")).light(at(now))

    assert (light.shape, light.words) == (shape, words)


@pytest.mark.parametrize(
    ("now", "shape", "words"),
    [
        ("2025-09-16T09:00", "green", "剩 23 日"),
        ("2025-09-28T09:00", "green", "剩 11 日"),
        ("2025-09-29T09:00", "amber", "剩 10 日"),  # two working days before 9 October lie before the holiday
        ("2025-10-09T09:00", "amber", "今天到期"),
        ("2025-10-12T09:00", "red", "逾期 3 日"),
    ],
)
def test_calendar_day_rules_speak_of_days(case: Matter, now: str, shape: str, words: str) -> None:
    light = after(case, now, ("filed", "2025-07-03")).light(at(now))

    assert (light.shape, light.words) == (shape, words)


@pytest.mark.parametrize(
    ("now", "shape", "words"),
    [
        ("2025-02-13T17:30", "amber", "剩 24 小时"),
        ("2025-02-14T14:00", "amber", "剩 3 小时"),
        ("2025-02-14T18:00", "red", "逾期 1 小时"),
        ("2025-02-14T20:31", "red", "逾期 3 小时"),
    ],
)
def test_rules_of_hours_speak_of_hours(case: Matter, now: str, shape: str, words: str) -> None:
    light = after(case, now, ("sealed", "2025-02-13T17:30")).light(at(now))

    assert (light.shape, light.words) == (shape, words)


def test_a_provisional_date_is_shown_as_such_and_never_red(case: Matter) -> None:
    duty = after(case, "", ("decided", "2026-11-24"))

    assert duty.light(at("2026-11-25T09:00")).shape == "provisional"
    assert duty.light(at("2027-03-01T09:00")).shape == "provisional"
    assert "2026-12-03" in duty.light(at("2026-11-25T09:00")).words


def test_a_paused_clock_is_shown_as_paused(case: Matter) -> None:
    duty = after(case, "", ("filed", "2025-07-03"), ("suspended", "2025-07-10"))

    assert duty.light(at("2025-12-01T09:00")).shape == "pause"


def test_done_in_time_is_green_and_done_late_stays_red(case: Matter) -> None:
    in_time = after(case, "", ("decided", "2025-06-05"), ("published", "2025-06-19"))
    assert (in_time.light().shape, in_time.light().words) == ("green", "已办结")


def test_done_late_says_how_late(case: Matter) -> None:
    late = after(case, "", ("decided", "2025-06-05"), ("published", "2025-06-23"))

    assert (late.light().shape, late.light().words) == ("red", "逾期办结（2 个工作日）")


def test_a_right_that_ran_out_is_neither_late_nor_red(case: Matter) -> None:
    with time_machine.travel(at("2025-06-05T10:00")):
        state_fact(case, "notice.served", at=date(2025, 6, 5), about="notice:7 party:1")
        replay(case)
    window = Obligation.objects.get(rule="t.statement")

    assert (window.light(at("2025-07-01T09:00")).shape, window.light(at("2025-07-01T09:00")).words) == (
        "grey",
        "已届满",
    )


def test_due_within_counts_working_days_from_today(case: Matter) -> None:
    duty = after(case, "", ("decided", "2025-06-05"))

    def within(number: int, now: str) -> list[Obligation]:
        return list(Obligation.objects.due_within(number, at(now)))

    assert within(3, "2025-06-16T09:00") == [duty]
    assert within(2, "2025-06-16T09:00") == []
    assert within(0, "2025-06-19T09:00") == [duty]
    assert within(5, "2025-06-20T09:00") == []
