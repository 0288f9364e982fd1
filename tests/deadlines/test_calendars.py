"""Calendars: entering a year makes a version, recomputes what it moves, and a missing year is told."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest
import time_machine

from portal import outbox
from portal.deadlines.calendar_store import (
    built_in,
    calendar,
    check_calendars,
    install_calendars,
    publish_year,
    published_years,
)
from portal.deadlines.calendars import YearDays
from portal.deadlines.errors import BadCalendarFile, DeadlineError
from portal.deadlines.models import CalendarVersion, DueChange, Obligation
from portal.deadlines.periods import SHANGHAI
from portal.deadlines.services import replay, state_fact
from portal.deadlines.sources import read_ical, read_json, xinjiang_years, year_days
from portal.matters.models import Matter
from portal.outbox.models import OutboxRow
from tests.cast import Cast

NEW_YEAR = {date(2027, 1, 1): "元旦", date(2027, 1, 2): "元旦", date(2027, 1, 3): "元旦"}
SPRING = {date(2027, 2, day): "春节" for day in range(5, 14)}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def year_2027(*, off: dict[date, str] | None = None, work: dict[date, str] | None = None) -> YearDays:
    return YearDays(
        2027, off or NEW_YEAR | SPRING, work or {date(2027, 1, 30): "春节", date(2027, 2, 14): "春节"}, "示例通知"
    )


def test_the_year_counts_working_days_as_the_notices_do() -> None:
    for year, number in ((2024, 251), (2025, 248), (2026, 248)):
        assert built_in("national").workdays_between(date(year - 1, 12, 31), date(year, 12, 31)) == number


@pytest.mark.parametrize(
    ("key", "day", "is_workday"),
    [
        ("national", "2026-02-14", True),  # Saturday, worked for the Spring Festival
        ("national", "2026-02-16", False),
        ("national", "2018-12-29", True),  # Saturday, worked by the notice for 2019
        ("national", "2018-12-31", False),
        ("national", "2025-06-06", True),
        ("xinjiang", "2025-06-06", False),
        ("xinjiang", "2025-06-05", True),
        ("xinjiang", "2022-05-05", False),
        ("national", "2027-01-01", False),  # the law names the day
        ("national", "2027-01-04", True),
        ("national", "2027-10-03", False),
        ("national", "2027-02-06", False),  # Saturday
    ],
)
def test_a_day_is_worked_or_not(key: str, day: str, *, is_workday: bool) -> None:
    assert built_in(key).is_workday(date.fromisoformat(day)) is is_workday


@pytest.mark.parametrize(
    ("key", "day", "doubtful"),
    [
        ("national", "2026-12-29", False),  # a Tuesday: no notice has ever reached it
        ("national", "2026-12-30", True),
        ("national", "2026-12-31", True),
        ("national", "2025-12-31", False),  # the notice for 2026 is known
        ("national", "2027-03-01", True),
        ("xinjiang", "2026-03-20", True),
        ("xinjiang", "2025-03-20", False),
        ("xinjiang", "2024-03-20", True),
    ],
)
def test_a_day_is_certain_only_when_its_notices_are_known(key: str, day: str, *, doubtful: bool) -> None:
    assert bool(built_in(key).doubt(date.fromisoformat(day))) is doubtful


@pytest.mark.django_db
def test_installing_twice_adds_nothing_and_never_overwrites_the_bureau(cast: Cast) -> None:
    install_calendars()
    mine = YearDays(2025, {date(2025, 1, 1): "元旦"}, {}, "司法局更正")
    publish_year(mine, key="national", actor=cast.supervisor)
    versions = CalendarVersion.objects.count()

    assert install_calendars() == []

    assert CalendarVersion.objects.count() == versions
    assert published_years("national")[2025].source == "司法局更正"


@pytest.mark.django_db
def test_a_year_entered_again_is_a_new_version_and_the_old_one_stays(cast: Cast) -> None:
    install_calendars()
    first = publish_year(year_2027(), key="national", actor=cast.supervisor)
    second = publish_year(year_2027(off=NEW_YEAR, work={}), key="national", actor=cast.supervision_head)

    assert second.pk > first.pk
    assert calendar("national").is_workday(date(2027, 2, 8))
    assert first.years.get().days.count() == len(NEW_YEAR) + len(SPRING) + 2
    assert calendar("national").version == f"national-{second.pk}" == str(second)
    assert calendar("xinjiang").version.startswith(f"national-{second.pk}+xinjiang-")


@time_machine.travel(at("2026-12-23T10:00"), tick=False)
def test_entering_the_year_recomputes_provisional_dates_and_leaves_a_change(case: Matter, cast: Cast) -> None:
    state_fact(case, "decided", at=date(2026, 12, 23), about="decision:1")
    [duty] = replay(case)
    assert (duty.due_on, duty.provisional) == (date(2027, 1, 4), True)

    publish_year(YearDays(2026, {}, {}, "自治区2026年没有另外的假日（示例）"), key="xinjiang", actor=cast.supervisor)
    publish_year(year_2027(off={**NEW_YEAR, date(2027, 1, 4): "元旦"}), key="national", actor=cast.supervisor)
    publish_year(YearDays(2027, {}, {}, "自治区2027年通知（示例）"), key="xinjiang", actor=cast.supervisor)
    assert DueChange.objects.count() == 0  # not within the clerk's click
    outbox.drain()

    duty.refresh_from_db()
    assert (duty.due_on, duty.provisional, duty.remark) == (date(2027, 1, 5), False, "")
    change = DueChange.objects.get()
    assert (change.new_due_at, change.old["provisional"], change.new["provisional"]) == (duty.due_at, True, False)
    assert "日历" in change.cause


@time_machine.travel(at("2025-06-05T10:00"), tick=False)
def test_a_year_that_does_not_touch_an_obligation_leaves_it_alone(case: Matter, cast: Cast) -> None:
    state_fact(case, "decided", at=date(2025, 6, 5), about="decision:1")
    replay(case)

    publish_year(year_2027(), key="national", actor=cast.supervisor)

    assert not OutboxRow.objects.filter(topic="deadlines.recompute").exists()


@time_machine.travel(at("2025-06-05T10:00"), tick=False)
def test_many_matters_are_recomputed_in_groups(case: Matter, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.deadlines.calendar_store.MATTERS_PER_ROW", 2)
    matters = [case, *(Matter.objects.create(department=cast.city, kind="case", title=f"示例 {n}") for n in range(4))]
    for one in matters:
        state_fact(one, "decided", at=date(2025, 6, 5), about="decision:1")
        replay(one)
    changed = YearDays(2025, dict(xinjiang_years()[2025].off) | {date(2025, 6, 11): "示例假日"}, {}, "更正通知（示例）")

    publish_year(changed, key="xinjiang", actor=cast.supervisor)
    assert OutboxRow.objects.filter(topic="deadlines.recompute").count() == 3
    outbox.drain()

    assert set(Obligation.objects.values_list("due_on", flat=True)) == {date(2025, 6, 20)}
    assert DueChange.objects.count() == 5


@pytest.mark.django_db
def test_from_the_first_of_december_the_bureau_is_told_once_a_month_that_next_year_is_missing() -> None:
    install_calendars()
    OutboxRow.objects.all().delete()

    check_calendars(at("2025-11-30T08:00"))
    assert not OutboxRow.objects.exists()

    for moment in ("2025-12-01T08:00", "2025-12-02T08:00", "2025-12-31T08:00"):
        check_calendars(at(moment))
    # 2026 is known to the library for the nation; Xinjiang's own days are not.
    assert [row.key for row in OutboxRow.objects.order_by("key")] == ["xinjiang:2026:2025-12"]

    check_calendars(at("2026-12-01T08:00"))
    assert sorted(OutboxRow.objects.values_list("key", flat=True)) == [
        "national:2027:2026-12",
        "xinjiang:2026:2025-12",
        "xinjiang:2026:2026-12",
        "xinjiang:2027:2026-12",
    ]


def json_file(year: int, *days: dict[str, Any]) -> bytes:
    return json.dumps({"year": year, "papers": ["国办发明电〔2026〕0号（示例）"], "days": list(days)}).encode()


def test_a_json_file_is_read_with_days_of_the_december_before() -> None:
    read = read_json(
        json_file(
            2027,
            {"name": "元旦", "date": "2026-12-31", "isOffDay": True},
            {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
            {"name": "元旦", "date": "2027-01-03", "isOffDay": False},
        )
    )

    assert set(read.off) == {date(2026, 12, 31), date(2027, 1, 1)}
    assert set(read.work) == {date(2027, 1, 3)}
    assert read.source == "国办发明电〔2026〕0号（示例）"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"{", "第1行第2列"),
        (b"[]", "“days”列表"),
        (json_file(2027), "尚未公布"),
        (json_file(2026, {"date": "2026-01-01", "isOffDay": True}), "文件是2026年的"),
        (json_file(2027, {"name": "元旦", "date": "2027/1/1", "isOffDay": True}), "第1个日期“2027/1/1”"),
        (json_file(2027, {"name": "元旦", "date": "2027-01-01", "isOffDay": "yes"}), "没有写明放假还是上班"),
        (json_file(2027, {"name": "元旦", "date": "2025-01-01", "isOffDay": True}), "不属于2027年"),
        (json_file(2027, *[{"name": "元旦", "date": "2027-01-01", "isOffDay": True}] * 2), "出现了两次"),
        (json_file(2027, {"name": "元旦", "date": "2027-01-04", "isOffDay": False}), "本来就上班"),
    ],
)
def test_a_bad_json_file_is_answered_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(BadCalendarFile, match=sentence):
        read_json(content, year=2027)


ICAL = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270205
DTEND;VALUE=DATE:20270214
SUMMARY:春节 休
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270130
SUMMARY:春节（班）
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260214
SUMMARY:春节（班）
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_ical_file_is_read_for_its_year(newline: str) -> None:
    read = read_ical(ICAL.replace("\n", newline).encode(), year=2027)

    assert dict(read.off) == SPRING
    assert dict(read.work) == {date(2027, 1, 30): "春节"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("BEGIN:VEVENT", "没有 BEGIN:VCALENDAR"),
        (ICAL.replace("春节 休", "春节"), "没有写明“休”还是“班”"),
        (ICAL.replace("20270130", "2027013"), "读不懂"),
        (ICAL.replace("20270214", "20270514"), "不像放假安排"),
        (ICAL.replace("2027", "2025"), "没有2027年的日期"),
    ],
)
def test_a_bad_ical_file_is_answered_with_a_sentence(content: str, sentence: str) -> None:
    with pytest.raises(BadCalendarFile, match=sentence):
        read_ical(content.encode(), year=2027)


def test_an_unknown_calendar_is_answered_with_a_sentence() -> None:
    with pytest.raises(DeadlineError, match="没有名为“tibet”的日历"):
        calendar("tibet")


def test_a_weekday_cannot_be_a_make_up_day() -> None:
    with pytest.raises(BadCalendarFile, match="2027-01-04"):
        year_days(2027, [(date(2027, 1, 4), False, "")], "示例")
