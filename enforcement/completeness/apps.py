"""The app of completeness: gaps in number series, their explanations, the monthly reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompletenessConfig(AppConfig):
    name = "enforcement.completeness"
    label = "completeness"
    verbose_name = _("应归尽归")

    def ready(self) -> None:
        """Register matter kinds, actions, the paper, the clock, the notice and the entry of the bar."""
        from enforcement.completeness.registration import register_all

        register_all()
