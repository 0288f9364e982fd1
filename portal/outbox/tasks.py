"""The worker's entry to the outbox."""

from celery import shared_task

from portal.outbox import service


@shared_task(name="portal.outbox.tasks.drain")
def drain() -> None:
    """Carry out what waits."""
    service.drain()
