"""Working days by number, so that a story can be told in working days and placed anywhere in time."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left

from django.utils import timezone

from portal.deadlines.calendars import WorkCalendar

BEFORE, AFTER = 1200, 60


class Days:
    """The working days around a day, by their place in a row."""

    def __init__(self, today: dt.date, calendar: WorkCalendar) -> None:
        self.today = today
        first = today - dt.timedelta(days=BEFORE)
        around = (first + dt.timedelta(days=offset) for offset in range(BEFORE + AFTER))
        self.days = [day for day in around if calendar.is_workday(day)]

    def place(self, day: dt.date) -> int:
        """The place of the day, or of the first working day after it."""
        return bisect_left(self.days, day)

    def at(self, place: int) -> dt.date:
        """The day at a place."""
        return self.days[place]

    def before_today(self, count: int) -> int:
        """The place of the count-th working day before today."""
        return self.place(self.today) - count


def moment(day: dt.date, minutes: int) -> dt.datetime:
    """So many minutes after ten in the morning, when offices in Xinjiang open (Asia/Shanghai)."""
    start = dt.datetime.combine(day, dt.time(10), timezone.get_default_timezone())
    return start + dt.timedelta(minutes=minutes)
