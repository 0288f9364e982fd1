"""The app of acts other than penalties."""

from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LightActsConfig(AppConfig):
    name = "enforcement.lightacts"
    label = "lightacts"
    verbose_name = _("许可和其他执法行为")

    def ready(self) -> None:
        from enforcement.apps import handles_or_supervises
        from enforcement.lightacts import actions, importing, papers, path
        from portal.deadlines.registry import register_rule_book
        from portal.web.navigation import HANDLING, NavigationItem, register_navigation

        papers.register()
        actions.register()
        importing.register()
        path.register()
        register_rule_book("lightacts", Path(__file__).parent / "rules.toml")
        register_navigation(
            NavigationItem(_("许可等"), "lightacts:acts", 22, when=handles_or_supervises, group=HANDLING)
        )
