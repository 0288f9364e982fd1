"""The training app: what it registers with the platform."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "personnel.training"
    label = "training"
    verbose_name = "培训"

    def ready(self) -> None:
        """Register matter kinds, actions, papers and rule book."""
        from personnel.training.registration import register_all

        register_all()
