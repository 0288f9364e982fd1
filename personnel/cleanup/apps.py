"""The app of clean-up campaigns: what it registers with the platform."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CleanupConfig(AppConfig):
    name = "personnel.cleanup"
    label = "cleanup"
    verbose_name = _("资格清理")

    def ready(self) -> None:
        """Register matter kinds, actions, papers, rule book and the list of officers."""
        from personnel.cleanup.registration import register_all

        register_all()
