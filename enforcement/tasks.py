"""The worker's entries to enforcement."""

from celery import shared_task


@shared_task(name="enforcement.tasks.import_file")
def import_file(run: int) -> None:
    """Check or run an uploaded file, whichever is due."""
    from enforcement.imports.jobs import work

    work(run)
