"""The light of an obligation: one shape and the words that say how much is left or lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from portal.deadlines.calendars import WorkCalendar
    from portal.deadlines.models import Obligation


@dataclass(frozen=True)
class Light:
    """Shape of the theme: red late · amber near · green · pause · provisional · open · grey · withdrawn."""

    shape: str
    words: str


def light_of(obligation: Obligation, now: datetime, calendar: WorkCalendar | None = None) -> Light:
    """Red once the last moment has passed, amber in the last two working days, else green.

    A closed obligation keeps its lateness for ever. A provisional one never turns red.
    Words count by the calendar version the obligation was computed with, unless another is given.
    """
    if not obligation.is_open:
        return _closed(obligation, calendar)
    if obligation.paused:
        return Light("pause", _("暂停计算"))
    if now < obligation.opened_at:
        return Light("open", _("未开始"))
    if obligation.provisional:
        return Light("provisional", _("暂定 %(day)s") % {"day": f"{obligation.due_on:%Y-%m-%d}"})
    if now > obligation.due_at:
        return _passed(obligation, now, calendar)
    shape = "amber" if obligation.near_at and now >= obligation.near_at else "green"
    return Light(shape, _left(obligation, now, calendar))


def _closed(obligation: Obligation, calendar: WorkCalendar | None) -> Light:
    if obligation.cancelled_at is not None:
        return Light("withdrawn", _("已终止"))
    if obligation.closed_in_time or obligation.kind != "duty" or obligation.provisional:
        return Light("green", _("已办结"))
    settled = obligation.settled_at or obligation.due_at
    return Light(
        "red", _("逾期办结（%(much)s）") % {"much": _distance(obligation, obligation.due_at, settled, calendar)}
    )


def _passed(obligation: Obligation, now: datetime, calendar: WorkCalendar | None) -> Light:
    if obligation.kind != "duty":
        return Light("grey", _("已届满"))
    return Light("red", _("逾期 %(much)s") % {"much": _distance(obligation, obligation.due_at, now, calendar)})


def _left(obligation: Obligation, now: datetime, calendar: WorkCalendar | None) -> str:
    if obligation.unit != "hours" and timezone.localdate(now) == obligation.due_on:
        return _("今天到期")
    return _("剩 %(much)s") % {"much": _distance(obligation, now, obligation.due_at, calendar)}


def _distance(obligation: Obligation, start: datetime, end: datetime, calendar: WorkCalendar | None) -> str:
    """How much lies between two moments, in the unit of the rule; at least one, since something does."""
    if obligation.unit == "hours":
        hours = max(1, (end - start) // timedelta(hours=1))
        return ngettext("%(count)d 小时", "%(count)d 小时", hours) % {"count": hours}
    first, last = timezone.localdate(start), timezone.localdate(end)
    if obligation.unit == "workdays":
        from portal.deadlines.calendar_store import calendar_of

        workdays = (calendar or calendar_of(obligation.calendar_version)).workdays_between(first, last)
        if workdays > 0:
            return ngettext("%(count)d 个工作日", "%(count)d 个工作日", workdays) % {"count": workdays}
    days = max(1, (last - first).days)
    return ngettext("%(count)d 日", "%(count)d 日", days) % {"count": days}
