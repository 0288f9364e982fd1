"""The worker's entry to the ledger."""

from celery import shared_task

from portal.ledger import service


@shared_task(name="portal.ledger.tasks.seal")
def seal() -> None:
    """Seal what was committed since the last seal."""
    service.seal()
