"""The app of hearings; it is installed before the app of people, which adds its gates to every step."""

from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HearingConfig(AppConfig):
    name = "enforcement.hearing"
    label = "hearing"
    verbose_name = _("听证")

    def ready(self) -> None:
        from enforcement.cases.hearings import tell_last_hearing
        from enforcement.cases.sections import add_section
        from enforcement.hearing import actions, page, papers
        from enforcement.hearing.course import last_hearing_day
        from portal.deadlines.registry import register_rule_book

        papers.register()
        actions.register()
        tell_last_hearing(last_hearing_day)
        add_section(page.section)
        register_rule_book("hearing", Path(__file__).parent / "rules.toml")
