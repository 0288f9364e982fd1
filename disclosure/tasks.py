"""The worker's entries to disclosure."""

from celery import shared_task

from disclosure import directory, expiry, figures


@shared_task(name="disclosure.tasks.expire")
def expire() -> None:
    """End the display periods that are over."""
    expiry.expire_due()


@shared_task(name="disclosure.tasks.count")
def count() -> None:
    """Bring the public figures up to date."""
    figures.count()


@shared_task(name="disclosure.tasks.publish_directory")
def publish_directory() -> None:
    """Bring departments, items and certificates on the public site up to date."""
    directory.publish()
