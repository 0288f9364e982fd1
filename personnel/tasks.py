"""The worker's entries to personnel."""

from celery import shared_task
from django.utils import timezone


@shared_task(name="personnel.tasks.watch_certificates")
def watch_certificates() -> None:
    """Tell of last days that come near."""
    from personnel.expiry import tell

    tell(timezone.localdate())
