"""The worker's entries to completeness."""

from celery import shared_task
from django.utils import timezone


@shared_task(name="enforcement.completeness.tasks.open_reports")
def open_reports() -> None:
    """Open the reports of the months that are over."""
    from enforcement.completeness.reports import open_due

    open_due(timezone.localdate())
