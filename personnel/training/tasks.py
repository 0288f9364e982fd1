"""The worker's entries to training."""

from celery import shared_task
from django.utils import timezone


@shared_task(name="personnel.training.tasks.sweep")
def sweep() -> None:
    """Standings, duties, reminders."""
    from personnel.training.duty import run

    run(timezone.now())
