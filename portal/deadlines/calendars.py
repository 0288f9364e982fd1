"""Working days: a calendar as a plain value, without database or clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class FixedHoliday:
    """A holiday whose day the law itself names (全国年节及纪念日放假办法第二条): known without any notice."""

    month: int
    day: int
    name: str
    since: int  # first year


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are working days, and how sure that is.

    `published` holds the years whose national arrangement is known. `confirmed` holds the years whose
    own days of the region are known, and is None for a calendar without days of its own. In a year
    that is not published only what the law itself fixes is known: Saturday and Sunday are weekly rest
    (国务院关于职工工作时间的规定第七条), and `fixed` holidays; every other day counts as working, so that
    a date is early rather than late.
    """

    key: str
    name: str
    version: str
    off: Mapping[date, str]
    work: Mapping[date, str]
    published: frozenset[int]
    confirmed: frozenset[int] | None = None
    fixed: tuple[FixedHoliday, ...] = ()
    _fixed_by_day: Mapping[tuple[int, int], FixedHoliday] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_fixed_by_day", {(one.month, one.day): one for one in self.fixed})

    def is_workday(self, day: date) -> bool:
        """Whether the day is a working day, make-up working days included."""
        if day in self.work:
            return True
        if day in self.off or day.weekday() >= SATURDAY:
            return False
        return day.year in self.published or self._fixed(day) is None

    def name_of(self, day: date) -> str:
        """Why the day is what it is: the holiday, 「调休上班」, 「周末」 or nothing."""
        if day in self.work:
            return "调休上班"
        if day in self.off:
            return self.off[day]
        if day.year not in self.published and (fixed := self._fixed(day)):
            return fixed.name
        return "周末" if day.weekday() >= SATURDAY else ""

    def doubt(self, day: date) -> str:
        """Why it is not certain whether the day is a working day; nothing when it is certain.

        The last days of December are open until the next year's arrangement is known: from 2004 to
        2026 notices for the next year have moved 30 and 31 December and made the weekend of 29
        December work (2007, 2018), and never an earlier day.
        """
        if day.year not in self.published:
            return f"{day.year}年全国节假日安排尚未公布"
        if self.confirmed is not None and day.year not in self.confirmed:
            return f"{self.name}{day.year}年自定假日尚待司法局录入"
        if day.month == 12 and day.year + 1 not in self.published:
            weekend_before_new_year = day.day == 29 and day.weekday() >= SATURDAY
            if day.day >= 30 or weekend_before_new_year:
                return f"{day.year + 1}年元旦安排尚未公布，可能调整{day.year}年12月底的工作日"
        return ""

    def doubts(self, days: Iterable[date]) -> list[str]:
        """The different doubts about these days, in the order in which they arise."""
        return list(dict.fromkeys(doubt for day in days if (doubt := self.doubt(day))))

    def add_workdays(self, start: date, count: int, excluded: Callable[[date], bool] | None = None) -> date:
        """The last of `count` working days after `start`, which is itself not counted (民诉法85条2款)."""
        day = start
        while count > 0:
            day += ONE_DAY
            if self.is_workday(day) and not (excluded and excluded(day)):
                count -= 1
        return day

    def subtract_workdays(self, start: date, count: int) -> date:
        """The `count`-th working day before `start`, which is itself not counted."""
        day = start
        while count > 0:
            day -= ONE_DAY
            if self.is_workday(day):
                count -= 1
        return day

    def next_workday(self, day: date) -> date:
        """The day itself when it is a working day, else the first one after it (民诉法85条3款)."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def workdays_between(self, after: date, until: date) -> int:
        """How many working days lie after `after` and up to `until`; negative when `until` is earlier."""
        if until < after:
            return -self.workdays_between(until, after)
        return sum(self.is_workday(day) for day in days_between(after, until))

    def _fixed(self, day: date) -> FixedHoliday | None:
        fixed = self._fixed_by_day.get((day.month, day.day))
        return fixed if fixed and day.year >= fixed.since else None


def days_between(after: date, until: date) -> Iterator[date]:
    """The days after `after` up to and including `until`."""
    for offset in range(1, (until - after).days + 1):
        yield after + timedelta(days=offset)


def spoken(day: date) -> str:
    """A date as people say it: 2026年2月13日（星期五）."""
    return f"{day.year}年{day.month}月{day.day}日（星期{WEEKDAYS[day.weekday()]}）"


def overlaid(base: WorkCalendar, *, key: str, name: str, version: str, years: Iterable[YearDays]) -> WorkCalendar:
    """A region's calendar: the national one with the region's own days laid over it."""
    off, work = dict(base.off), dict(base.work)
    confirmed = set()
    for year in years:
        confirmed.add(year.year)
        _apply(year, off, work)
    return WorkCalendar(
        key=key,
        name=name,
        version=f"{base.version}+{version}",
        off=off,
        work=work,
        published=base.published,
        confirmed=frozenset(confirmed),
        fixed=base.fixed,
    )


@dataclass(frozen=True)
class YearDays:
    """The dated exceptions of one year's notice; a notice may also move days of the December before."""

    year: int
    off: Mapping[date, str]
    work: Mapping[date, str]
    source: str


def national(years: Iterable[YearDays], *, version: str, fixed: tuple[FixedHoliday, ...]) -> WorkCalendar:
    """The national calendar of these years; a later year's notice prevails over an earlier one."""
    off: dict[date, str] = {}
    work: dict[date, str] = {}
    published = set()
    for year in sorted(years, key=lambda one: one.year):
        published.add(year.year)
        _apply(year, off, work)
    return WorkCalendar("national", "全国", version, off, work, frozenset(published), fixed=fixed)


def _apply(year: YearDays, off: dict[date, str], work: dict[date, str]) -> None:
    for day, name in year.off.items():
        work.pop(day, None)
        off[day] = name
    for day, name in year.work.items():
        off.pop(day, None)
        work[day] = name
