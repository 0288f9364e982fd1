"""The worker's entries to disclosure."""

from celery import shared_task

from disclosure import expiry


@shared_task(name="disclosure.tasks.expire")
def expire() -> None:
    """End the display periods that are over."""
    expiry.expire_due()
