"""The seven working days between the notice of a hearing and the hearing (处罚法64条2项, CF-07), by the rule book."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from portal.deadlines.calculation import Computed, calculate
from portal.deadlines.calendar_store import calendar
from portal.deadlines.calendars import WorkCalendar

RULE = "CF-07"
FAR = 60  # days within which seven working days have surely passed


def latest_notice(hearing: dt.date, days: WorkCalendar | None = None) -> Computed:
    """The last day on which the notice may be served, counted back from the day of the hearing."""
    return calculate(RULE, hearing, days or calendar("xinjiang"))


def day_of(computed: Computed) -> dt.date:
    """The day a period of days ends on."""
    due = computed.due
    return due.date() if isinstance(due, dt.datetime) else due


def in_time(served: dt.date, hearing: dt.date) -> bool:
    """Whether a notice served on one day allows a hearing on another."""
    return served <= day_of(latest_notice(hearing))


def clearly_in_time(served: dt.date, hearing: dt.date) -> bool:
    """The same when neither the day of service nor that of the hearing counts: seven whole days lie between."""
    return served < day_of(latest_notice(hearing))


@dataclass(frozen=True)
class Earliest:
    """From which day on a hearing is possible when its notice is served on a day."""

    served: dt.date
    lawful: dt.date
    safe: dt.date
    computed: Computed  # how the last day of service follows from the safe day


def earliest(served: dt.date) -> Earliest:
    """The first lawful and the first safe working day. Raises DeadlineError at the end of the calendar."""
    days = calendar("xinjiang")
    lawful = safe = None
    day = served
    for _count in range(FAR):
        day = days.next_workday(day + dt.timedelta(days=1))
        computed = latest_notice(day, days)
        if lawful is None and served <= day_of(computed):
            lawful = day
        if served < day_of(computed):
            safe = day
            break
    if lawful is None or safe is None:
        raise LookupError("no day within reach allows the hearing")
    return Earliest(served, lawful, safe, computed)
