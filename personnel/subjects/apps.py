"""The register of enforcement subjects: what it registers with the platform."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubjectsConfig(AppConfig):
    name = "personnel.subjects"
    label = "subjects"
    verbose_name = _("执法主体")

    def ready(self) -> None:
        """Register matter kinds, actions, papers, rule book, navigation."""
        from personnel.subjects.registration import register_all

        register_all()
