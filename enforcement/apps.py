"""The enforcement app: registers its matters, actions, papers and rule book."""

from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnforcementConfig(AppConfig):
    name = "enforcement"
    verbose_name = _("执法")

    def ready(self) -> None:
        from enforcement import papers
        from enforcement.cases import actions, path
        from portal.deadlines.registry import register_rule_book

        papers.register()
        actions.register()
        path.register()
        register_rule_book("enforcement", Path(__file__).parent / "rules.toml")
