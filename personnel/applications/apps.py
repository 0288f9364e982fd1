"""The app of applications for certificates: what it registers with the platform."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplicationsConfig(AppConfig):
    name = "personnel.applications"
    label = "applications"
    verbose_name = _("执法证申领")

    def ready(self) -> None:
        """Register matter kinds, actions, papers and rule book."""
        from personnel.applications.registration import register_all

        register_all()
