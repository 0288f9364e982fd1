"""Beat's entry to the press."""

from celery import shared_task

from portal.documents import press


@shared_task(name="portal.documents.tasks.render_pending")
def render_pending() -> None:
    """Make what waits and was not brought by the outbox."""
    press.render_pending()
