"""The worker's entries to examinations."""

from celery import shared_task
from django.utils import timezone


@shared_task(name="personnel.examinations.tasks.sweep")
def sweep() -> None:
    """End sittings whose time is over."""
    from personnel.examinations.sittings import sweep as end_due

    end_due(timezone.now())


@shared_task(name="personnel.examinations.tasks.count")
def count() -> None:
    """How questions have done."""
    from personnel.examinations.statistics import count as count_now

    count_now(timezone.now())
