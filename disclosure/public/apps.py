"""The app of the public zone."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicZoneConfig(AppConfig):
    """Installed on the desk, which writes it, and alone with the theme in the public process, which reads it."""

    name = "disclosure.public"
    label = "publiczone"
    verbose_name = _("公示区")
    default_auto_field = "django.db.models.BigAutoField"
