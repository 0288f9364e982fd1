"""The examinations app: what it registers with the platform."""

from django.apps import AppConfig


class ExaminationsConfig(AppConfig):
    name = "personnel.examinations"
    label = "examinations"
    verbose_name = "考试"

    def ready(self) -> None:
        """Register matter kinds, actions, papers and the bar's entries."""
        from personnel.examinations.registration import register_all

        register_all()
