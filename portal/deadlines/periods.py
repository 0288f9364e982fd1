"""Counting one period: from a day or a moment to the last day or moment, with every step explained."""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from portal.deadlines.calendars import ONE_DAY, WorkCalendar, days_between, spoken
from portal.deadlines.errors import DeadlineError

SHANGHAI = ZoneInfo("Asia/Shanghai")
LAST_MOMENT = time(23, 59, 59, 999999)
START_EXCLUDED = "民事诉讼法第八十五条第二款（行政程序类推适用）"
ROLLED = "民事诉讼法第八十五条第三款（行政程序类推适用）"
UNITS = {"hours": "小时", "workdays": "个工作日", "days": "日", "months": "个月", "years": "年"}


@dataclass(frozen=True)
class Period:
    """A number of units: hours, workdays, days, months or years."""

    count: int
    unit: str

    def __str__(self) -> str:
        return f"{self.count}{UNITS[self.unit]}"


@dataclass(frozen=True)
class Moment:
    """A point in time; when only the day is known, `exact` is false and `at` is its midnight."""

    at: datetime
    exact: bool

    @property
    def on(self) -> date:
        """The day in Asia/Shanghai."""
        return self.at.astimezone(SHANGHAI).date()

    def is_before(self, other: Moment) -> bool:
        """Surely earlier: by the clock when both have one, else by the day."""
        if self.on != other.on:
            return self.on < other.on
        return self.exact and other.exact and self.at < other.at


@dataclass(frozen=True)
class Step:
    """One step of a computation: a sentence, the article it rests on, the day it is about."""

    text: str
    article: str = ""
    date: date | None = None

    def as_json(self) -> dict[str, str | None]:
        """As stored with an obligation and printed by `manage due`."""
        return {"text": self.text, "article": self.article, "date": self.date.isoformat() if self.date else None}


@dataclass(frozen=True)
class Pause:
    """Time that does not count: after `start` up to and including `end`; still running without an end."""

    start: Moment
    end: Moment | None


@dataclass(frozen=True)
class Counted:
    """Where a count has arrived; `day` is not yet moved off a holiday, `at` is set for hours only."""

    day: date
    steps: tuple[Step, ...]
    doubts: tuple[str, ...] = ()
    at: datetime | None = None


def parse_period(text: str) -> Period:
    """«7 workdays» as a period. Raises DeadlineError for anything else."""
    match = re.fullmatch(r"(\d{1,4}) (hour|workday|day|month|year)s?", text.strip())
    if not match or int(match[1]) == 0:
        raise DeadlineError(f"“{text}”不是期限：应写成“7 workdays”“90 days”“24 hours”“6 months”“2 years”之一。")
    return Period(int(match[1]), f"{match[2]}s")


def moment(value: date | datetime) -> Moment:
    """A day or a moment; a moment without a time zone is taken as Asia/Shanghai."""
    if isinstance(value, datetime):
        return Moment(value if value.tzinfo else value.replace(tzinfo=SHANGHAI), exact=True)
    return Moment(datetime.combine(value, time.min, SHANGHAI), exact=False)


def end_of(day: date) -> datetime:
    """The last moment of a day in Asia/Shanghai."""
    return datetime.combine(day, LAST_MOMENT, SHANGHAI)


def add_months(day: date, count: int) -> date:
    """The same day of the month `count` months on, or the month's last day when there is none."""
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def merged(pauses: Iterable[Pause]) -> list[Pause]:
    """Pauses in order, overlapping and touching ones made one, so that no day is taken out twice."""
    result: list[Pause] = []
    for pause in sorted(
        pauses, key=lambda one: (one.start.at, one.end is None, one.end.at if one.end else one.start.at)
    ):
        if pause.end is not None and pause.end.at <= pause.start.at:
            continue
        last = result[-1] if result else None
        if last is None or (last.end is not None and last.end.at < pause.start.at):
            result.append(pause)
        elif last.end is not None and (pause.end is None or pause.end.at > last.end.at):
            result[-1] = Pause(last.start, pause.end)
    return result


def count(period: Period, start: Moment, calendar: WorkCalendar, pauses: Sequence[Pause] = ()) -> Counted:
    """Count a period forward; the day (or hour) of the start is not counted.

    `pauses` are merged; only what lies inside the running period is taken out. A pause that has no
    end yet takes out nothing: the result is the earliest date there can be.
    """
    if period.unit == "hours":
        return _count_hours(period, start, pauses)
    if period.unit == "workdays":
        return _count_workdays(period, start.on, calendar, pauses)
    return _count_days(period, start.on, pauses)


def _count_hours(period: Period, start: Moment, pauses: Sequence[Pause]) -> Counted:
    end = start.at + timedelta(hours=period.count)
    steps = [_hours_begin(start)]
    for pause in pauses:
        begun = max(pause.start.at, start.at)
        if pause.end is None or pause.end.at <= start.at or begun >= end:
            continue
        end += pause.end.at - begun
        steps.append(Step(f"{_clock(begun)}至{_clock(pause.end.at)}不计入。", date=pause.end.on))
    local = end.astimezone(SHANGHAI)
    steps.append(Step(f"连续计算{period}，休息日和节假日不扣除，至{_clock(end)}届满。", date=local.date()))
    return Counted(local.date(), tuple(steps), at=end)


def _hours_begin(start: Moment) -> Step:
    if start.exact:
        return Step(f"自{_clock(start.at)}起算。", date=start.on)
    return Step(f"只知道日期、不知道时刻，从严自{spoken(start.on)}零时起算。", date=start.on)


def _clock(at: datetime) -> str:
    local = at.astimezone(SHANGHAI)
    return f"{spoken(local.date())}{local:%H:%M}"


def _begin(day: date, note: str = "当日不计入") -> Step:
    return Step(f"自{spoken(day)}起算，{note}。", START_EXCLUDED, day)


def _count_days(period: Period, start: date, pauses: Sequence[Pause]) -> Counted:
    if period.unit == "days":
        end = start + timedelta(days=period.count)
    else:
        end = add_months(start, period.count * (12 if period.unit == "years" else 1))
    steps = [_begin(start)]
    if period.unit != "days":
        steps.append(Step(_months_text(period, start, end), "民法典第二百零二条（类推适用，据记忆，未核原文）", end))
    else:
        steps.append(Step(f"按自然日计{period}，第{period.count}日为{spoken(end)}。", date=end))
    for pause in pauses:
        begun = max(pause.start.on, start)
        if pause.end is None or pause.end.on <= start or begun >= end:
            continue
        taken = (pause.end.on - begun).days
        end += timedelta(days=taken)
        first = begun + ONE_DAY
        steps.append(
            Step(f"{spoken(first)}至{spoken(pause.end.on)}共{taken}日不计入，最后一日改为{spoken(end)}。", date=end)
        )
    return Counted(end, tuple(steps))


def _months_text(period: Period, start: date, end: date) -> str:
    text = f"计{period}，对应日为{spoken(end)}"
    return f"{text}（该月没有{start.day}日，以月末日为准）。" if end.day != start.day else f"{text}。"


def _count_workdays(period: Period, start: date, calendar: WorkCalendar, pauses: Sequence[Pause]) -> Counted:
    def excluded(day: date) -> bool:
        return any(one.end is not None and one.start.on < day <= one.end.on for one in pauses)

    end = calendar.add_workdays(start, period.count, excluded)
    days = list(days_between(start, end))
    steps = [_begin(start), *_workday_steps(days, calendar, excluded)]
    steps.append(Step(f"第{period.count}个工作日为{spoken(end)}。", date=end))
    return Counted(end, tuple(steps), tuple(calendar.doubts(day for day in days if not excluded(day))))


def _workday_steps(days: list[date], calendar: WorkCalendar, excluded: Any) -> list[Step]:
    """Runs of days that count or do not, each told once: 「春节，不计」, 「计第2至第5个工作日」."""
    steps: list[Step] = []
    run: list[date] = []
    label, counted = "", 0

    def close() -> None:
        nonlocal counted
        if not run:
            return
        span = spoken(run[0]) if len(run) == 1 else f"{spoken(run[0])}至{spoken(run[-1])}"
        if label:
            steps.append(Step(f"{span}{label}，不计。", date=run[-1]))
            return
        first, counted = counted + 1, counted + len(run)
        which = f"第{first}个" if len(run) == 1 else f"第{first}至第{counted}个"
        worked = "、".join(spoken(day) for day in run if calendar.name_of(day) == "调休上班")
        made_up = f"（{worked}调休上班）" if worked and len(run) > 1 else "调休上班" if worked else ""
        steps.append(Step(f"{span}{made_up}，计{which}工作日。", date=run[-1]))

    for day in days:
        now = "中止" if excluded(day) else "" if calendar.is_workday(day) else calendar.name_of(day)
        if run and now != label:
            close()
            run = []
        label = now
        run.append(day)
    close()
    return steps


def roll_forward(counted: Counted, calendar: WorkCalendar) -> Counted:
    """Move the last day off a holiday to the first working day after it (民诉法85条3款, by analogy)."""
    moved = calendar.next_workday(counted.day)
    looked_at = [counted.day, *days_between(counted.day, moved)]
    doubts = tuple(dict.fromkeys([*counted.doubts, *calendar.doubts(looked_at)]))
    if moved == counted.day:
        worked = calendar.name_of(counted.day) == "调休上班"
        text = f"{spoken(counted.day)}{'调休上班，' if worked else ''}是工作日，不顺延。"
        return Counted(moved, (*counted.steps, Step(text, ROLLED, moved)), doubts)
    why = calendar.name_of(counted.day)
    text = f"最后一日{spoken(counted.day)}为{why}，顺延至其后第一个工作日{spoken(moved)}。"
    return Counted(moved, (*counted.steps, Step(text, ROLLED, moved)), doubts)


def show_next_workday(counted: Counted, calendar: WorkCalendar) -> Counted:
    """Keep the last day as counted, and say which working day follows when it is a day of rest."""
    moved = calendar.next_workday(counted.day)
    if moved == counted.day:
        return counted
    why = calendar.name_of(counted.day)
    text = f"从严不顺延；最后一日{spoken(counted.day)}为{why}，其后第一个工作日为{spoken(moved)}，供参考。"
    return Counted(counted.day, (*counted.steps, Step(text, date=moved)), counted.doubts, counted.at)


def count_back(period: Period, start: date, calendar: WorkCalendar) -> Counted:
    """The latest day that lies a period before `start`, which is itself not counted.

    For working days the day before it is told as the safe day: then a full period lies between.
    Raises DeadlineError for hours.
    """
    steps = [Step(f"自{spoken(start)}起往前数，当日不计入。", START_EXCLUDED, start)]
    if period.unit == "workdays":
        end = calendar.subtract_workdays(start, period.count)
        safe = calendar.subtract_workdays(start, period.count + 1)
        passed = list(days_between(end - ONE_DAY, start - ONE_DAY))
        steps += [
            Step(f"{spoken(one)}{calendar.name_of(one)}，不计。", date=one)
            for one in reversed(passed)
            if not calendar.is_workday(one)
        ]
        steps.append(Step(f"往前第{period.count}个工作日为{spoken(end)}，最迟当日完成。", date=end))
        steps.append(Step(f"稳妥日期：{spoken(safe)}（其间满{period.count}个整工作日）。", date=safe))
        return Counted(end, tuple(steps), tuple(calendar.doubts(passed)))
    if period.unit == "hours":
        raise DeadlineError("往前数的期限不能以小时计。")
    if period.unit == "days":
        end = start - timedelta(days=period.count)
    else:
        end = add_months(start, -period.count * (12 if period.unit == "years" else 1))
    steps.append(Step(f"往前{period}为{spoken(end)}，最迟当日完成。", date=end))
    return Counted(end, tuple(steps))
