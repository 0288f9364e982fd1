"""The app of what comes after a decision."""

from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExecutionConfig(AppConfig):
    name = "enforcement.execution"
    label = "execution"
    verbose_name = _("执行与救济")

    def ready(self) -> None:
        from enforcement.cases.dues import add_due, add_release
        from enforcement.cases.sections import add_section
        from enforcement.execution import actions, page, papers
        from enforcement.execution.money import court_ended, surcharge_due
        from portal.deadlines.registry import register_rule_book

        add_due(surcharge_due)
        add_release(court_ended)
        papers.register()
        actions.register()
        add_section(page.section)
        register_rule_book("execution", Path(__file__).parent / "rules.toml")
