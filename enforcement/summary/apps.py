"""The app of the summary procedure."""

from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SummaryConfig(AppConfig):
    name = "enforcement.summary"
    label = "summary"
    verbose_name = _("简易程序")

    def ready(self) -> None:
        from enforcement.cases.sections import add_section
        from enforcement.summary import actions, page, papers, path
        from portal.deadlines.registry import register_rule_book

        papers.register()
        actions.register()
        path.register()
        add_section(page.section)
        register_rule_book("summary", Path(__file__).parent / "rules.toml")
