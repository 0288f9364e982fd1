"""Questions to the obligations: which are open, overdue, due soon."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.deadlines.periods import end_of

if TYPE_CHECKING:
    from portal.accounts.models import User
    from portal.deadlines.models import Obligation  # noqa: F401 - named in the base class


class ObligationQuerySet(models.QuerySet["Obligation"]):
    """Obligations; every answer comes from dates, none from a flag that a job must not miss."""

    def visible_to(self, user: User) -> ObligationQuerySet:
        """Those of matters the user may see, and those that bind the user's own department."""
        if user.sees_everything:
            return self
        return self.filter(
            Q(department=user.home_id) | Q(matter__department=user.home_id) | Q(matter_id__in=user.granted_matters())
        )

    def open(self) -> ObligationQuerySet:
        """Neither settled nor cancelled."""
        return self.filter(settled_at=None, cancelled_at=None)

    def duties(self) -> ObligationQuerySet:
        """What must be done; no rights, waiting periods or validities."""
        return self.filter(kind="duty")

    def overdue(self, now: datetime | None = None) -> ObligationQuerySet:
        """Open duties whose last moment has passed; never a provisional or paused one."""
        return self.duties().open().filter(provisional=False, paused=False, due_at__lt=now or timezone.now())

    def missed(self, now: datetime | None = None) -> ObligationQuerySet:
        """Duties whose deadline passed unmet, closed since or not: late stays late for ever."""
        now = now or timezone.now()
        return self.duties().filter(provisional=False, paused=False, closed_in_time=False, due_at__lt=now)

    def due_within(self, workdays: int, now: datetime | None = None) -> ObligationQuerySet:
        """Open ones, not yet overdue, that end within so many working days from today (Xinjiang calendar)."""
        from portal.deadlines.calendar_store import calendar

        now = now or timezone.now()
        last = calendar("xinjiang").add_workdays(timezone.localdate(now), workdays)
        return self.open().filter(paused=False, due_at__gte=now, due_on__lte=last)

    def touched_by_year(self, year: int) -> ObligationQuerySet:
        """Open or provisional ones whose time lies in the year, or in the December its notice may move."""
        begins = date(year - 1, 12, 1)
        ends = date(year, 12, 31)
        return self.filter(Q(provisional=True) | Q(settled_at=None, cancelled_at=None)).filter(
            due_on__gte=begins, opened_at__lte=end_of(ends)
        )
