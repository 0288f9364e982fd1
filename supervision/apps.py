"""The supervision app: what it registers with the platform."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "supervision"
    verbose_name = "执法监督"

    def ready(self) -> None:
        """Register matter kind, actions, path, rule book, papers and outbox handlers."""
        from supervision.registration import register_all

        register_all()
