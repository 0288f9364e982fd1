"""The disclosure app: registers its actions, reactions and rule book."""

from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisclosureConfig(AppConfig):
    name = "disclosure"
    verbose_name = _("公示")

    def ready(self) -> None:
        from disclosure import actions, reactions
        from portal.deadlines.registry import register_rule_book

        actions.register()
        reactions.register()
        register_rule_book("disclosure", Path(__file__).parent / "rules.toml")
