"""The disclosure app: registers its actions, reactions and rule book."""

from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisclosureConfig(AppConfig):
    name = "disclosure"
    verbose_name = _("公示")

    def ready(self) -> None:
        from django.urls import reverse

        from disclosure import actions, completeness, reactions
        from enforcement.apps import handles_or_supervises
        from portal.deadlines.registry import register_rule_book
        from portal.web.action_views import register_own_page
        from portal.web.navigation import NavigationItem, register_navigation

        actions.register()
        reactions.register()
        completeness.register()
        register_own_page("disclosure.mask", lambda disclosure: reverse("disclosure:mask", args=[disclosure.pk]))
        register_navigation(NavigationItem(_("公示"), "disclosure:queue", 30, when=handles_or_supervises))
        register_rule_book("disclosure", Path(__file__).parent / "rules.toml")
