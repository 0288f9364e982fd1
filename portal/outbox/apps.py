"""The outbox app."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "portal.outbox"
    verbose_name = "待发事项"

    def ready(self) -> None:
        """Make our Celery application the one that tasks are sent through."""
        from portal.celery import app

        app.set_default()
