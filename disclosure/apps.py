"""The disclosure app: registers its actions, reactions and rule book."""

from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisclosureConfig(AppConfig):
    name = "disclosure"
    verbose_name = _("公示")

    def ready(self) -> None:
        from disclosure import actions, reactions
        from enforcement.apps import handles_or_supervises
        from portal.deadlines.registry import register_rule_book
        from portal.web.navigation import NavigationItem, register_navigation

        actions.register()
        reactions.register()
        register_navigation(NavigationItem(_("公示"), "disclosure:queue", 30, when=handles_or_supervises))
        register_rule_book("disclosure", Path(__file__).parent / "rules.toml")
