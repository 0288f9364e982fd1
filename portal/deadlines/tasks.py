"""The worker's entries to the clock."""

from celery import shared_task
from django.utils import timezone


@shared_task(name="portal.deadlines.tasks.sweep")
def sweep() -> None:
    """Announce what the dates already say."""
    from portal.deadlines.sweeping import sweep as run

    run(timezone.now())


@shared_task(name="portal.deadlines.tasks.check_calendars")
def check_calendars() -> None:
    """Tell the bureau which calendar is missing."""
    from portal.deadlines.calendar_store import check_calendars as run

    run(timezone.now())
