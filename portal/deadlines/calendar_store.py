"""Calendars kept in the database: reading the newest version, publishing a year, telling what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Max
from django.db.utils import DatabaseError
from django.utils import timezone

from portal import outbox
from portal.deadlines.calendars import WorkCalendar, YearDays, national, overlaid
from portal.deadlines.errors import DeadlineError
from portal.deadlines.sources import fixed_holidays, library_years, xinjiang_years

if TYPE_CHECKING:
    from portal.accounts.models import User
    from portal.deadlines.models import CalendarVersion

NATIONAL, XINJIANG = "national", "xinjiang"
NAMES = {NATIONAL: "全国", XINJIANG: "新疆"}
MATTERS_PER_ROW = 200


def calendar(key: str) -> WorkCalendar:
    """The newest version of a calendar («national» or «xinjiang»).

    One small query finds the version; the days are read once per process and version. Raises
    DeadlineError for another name.
    """
    if key not in NAMES:
        raise DeadlineError(f"没有名为“{key}”的日历：只有 national（全国）和 xinjiang（新疆）。")
    return calendars()[key]


def calendars() -> dict[str, WorkCalendar]:
    """Both calendars in their newest versions, found with one query."""
    from portal.deadlines.models import CalendarVersion

    newest = dict(CalendarVersion.objects.values_list("calendar_id").annotate(Max("pk")))
    if NATIONAL not in newest:
        return {key: built_in(key) for key in NAMES}
    return {key: _stored(key, newest[NATIONAL], newest.get(XINJIANG, 0)) for key in NAMES}


def calendar_without_database(key: str) -> WorkCalendar:
    """The stored calendar when the database can be asked and has one, else what the program itself knows."""
    try:
        return calendar(key)
    except DatabaseError:
        connection.close()
        return built_in(key)


@lru_cache(maxsize=4)
def built_in(key: str) -> WorkCalendar:
    """The calendar from the kept library and our rule file alone."""
    base = national(library_years().values(), version="national-0", fixed=fixed_holidays())
    if key == NATIONAL:
        return base
    return overlaid(base, key=key, name=NAMES[key], version="xinjiang-0", years=xinjiang_years().values())


@lru_cache(maxsize=16)
def _stored(key: str, national_version: int, xinjiang_version: int) -> WorkCalendar:
    """By the versions' primary keys, which are never used twice, not even after a rollback."""
    base = national(
        _years(NATIONAL, national_version), version=f"{NATIONAL}-{national_version}", fixed=fixed_holidays()
    )
    if key == NATIONAL:
        return base
    years = _years(XINJIANG, xinjiang_version)
    return overlaid(base, key=key, name=NAMES[key], version=f"{XINJIANG}-{xinjiang_version}", years=years)


def calendar_of(version: str) -> WorkCalendar:
    """The calendar as it was in a version («national-1+xinjiang-2»), without a query once it has been read."""
    parts = dict(part.split("-") for part in version.split("+"))
    key = XINJIANG if XINJIANG in parts else NATIONAL
    if parts[NATIONAL] == "0":
        return built_in(key)
    return _stored(key, int(parts[NATIONAL]), int(parts.get(XINJIANG, 0)))


def _years(key: str, version: int) -> list[YearDays]:
    """The years of a calendar as a version has them: of each year the newest up to there."""
    from portal.deadlines.models import CalendarYear

    rows = (
        CalendarYear.objects.filter(calendar_id=key, version__lte=version)
        .order_by("year", "-version")
        .distinct("year")
        .prefetch_related("days")
    )
    return [
        YearDays(
            row.year,
            {day.date: day.name for day in row.days.all() if day.is_off},
            {day.date: day.name for day in row.days.all() if not day.is_off},
            row.source,
        )
        for row in rows
    ]


def published_years(key: str) -> dict[int, YearDays]:
    """The years of a calendar as they are now."""
    from portal.deadlines.models import CalendarVersion

    newest = CalendarVersion.objects.filter(calendar_id=key).aggregate(newest=Max("pk"))["newest"]
    return {one.year: one for one in _years(key, newest or 0)}


def publish_year(days: YearDays, *, key: str, actor: User | None, source: str = "") -> CalendarVersion:
    """Enter a year's dated exceptions as a new version; open obligations it touches are recomputed after commit.

    A year of the region without own days is published empty: that confirms it. Recomputing goes
    through the outbox in groups, so that entering a calendar never holds up the desk. Raises
    DeadlineError for an unknown calendar.
    """
    with transaction.atomic():
        version = _new_version(key, [days], actor=actor, source=source or days.source)
        _recompute_year(version, days.year)
    return version


def _new_version(key: str, years: Iterable[YearDays], *, actor: User | None, source: str) -> CalendarVersion:
    from portal.deadlines.models import Calendar, CalendarDay, CalendarVersion, CalendarYear

    kept = Calendar.objects.select_for_update().filter(pk=key).first()
    if kept is None:
        raise DeadlineError(f"没有名为“{key}”的日历。")
    version = CalendarVersion.objects.create(calendar=kept, made_by=actor, source=source)
    for year in years:
        row = CalendarYear.objects.create(version=version, calendar=kept, year=year.year, source=source or year.source)
        CalendarDay.objects.bulk_create(
            CalendarDay(calendar_year=row, date=day, is_off=is_off, name=name)
            for named, is_off in ((year.off, True), (year.work, False))
            for day, name in sorted(named.items())
        )
    return version


def _recompute_year(version: CalendarVersion, year: int) -> None:
    """Ask for the matters whose open or provisional obligations the year can move."""
    from portal.deadlines.models import Obligation

    touched = Obligation.objects.touched_by_year(year).values_list("matter", flat=True)
    ask_for_recomputing(touched, key=f"{version}:{year}", cause=f"日历 {version}：{year}年")


def ask_for_recomputing(touched: Iterable[int], *, key: str, cause: str) -> None:
    """Outbox rows for the worker, some matters each, that replay these matters after the commit."""
    matters = sorted(set(touched))
    for index in range(0, len(matters), MATTERS_PER_ROW):
        outbox.put(
            "deadlines.recompute",
            key=f"{key}:{index}",
            payload={"matters": matters[index : index + MATTERS_PER_ROW], "cause": cause},
        )


def install_calendars() -> list[int]:
    """Fill in the years the program knows and the database does not; returns the national years added.

    Idempotent; a year entered by the bureau is never overwritten.
    """
    from portal.deadlines.models import Calendar, CalendarYear

    with transaction.atomic():
        Calendar.objects.get_or_create(pk=NATIONAL, defaults={"name": NAMES[NATIONAL]})
        Calendar.objects.get_or_create(pk=XINJIANG, defaults={"name": NAMES[XINJIANG], "base_id": NATIONAL})
        added = []
        for key, known in ((NATIONAL, library_years()), (XINJIANG, xinjiang_years())):
            Calendar.objects.select_for_update().get(pk=key)
            there = set(CalendarYear.objects.filter(calendar_id=key).values_list("year", flat=True))
            fresh = [days for year, days in sorted(known.items()) if year not in there]
            if not fresh:
                continue
            version = _new_version(key, fresh, actor=None, source="")
            for days in fresh:
                _recompute_year(version, days.year)
            added += [days.year for days in fresh if key == NATIONAL]
    return added


def install_after_migrate(**_signal: Any) -> None:
    """Run after every migrate, so that a newer library brings its years along."""
    install_calendars()


@dataclass(frozen=True)
class MissingYear:
    """A year of a calendar that nobody has entered."""

    key: str
    year: int


def missing_years(now: datetime) -> list[MissingYear]:
    """The current year where it is missing, and from 1 December the next one."""
    today = timezone.localdate(now)
    years = [today.year, today.year + 1] if today.month == 12 else [today.year]
    return [MissingYear(key, year) for key in NAMES for year in years if year not in published_years(key)]


def check_calendars(now: datetime) -> list[MissingYear]:
    """Tell the bureau which years are missing, once a month for each (outbox topic deadlines.calendar_missing)."""
    found = missing_years(now)
    with transaction.atomic():
        for missing in found:
            outbox.put(
                "deadlines.calendar_missing",
                key=f"{missing.key}:{missing.year}:{timezone.localdate(now):%Y-%m}",
                payload={
                    "calendar": missing.key,
                    "name": NAMES[missing.key],
                    "year": missing.year,
                    "month": f"{timezone.localdate(now):%Y-%m}",
                },
            )
    return found
