"""Beat's entry to the scanner."""

from celery import shared_task

from portal.attachments import scanning


@shared_task(name="portal.attachments.tasks.scan_waiting")
def scan_waiting() -> None:
    """Scan what has no verdict yet."""
    scanning.scan_waiting()
