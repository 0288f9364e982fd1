"""The app of the assessment of economic impact on enterprises; adds a gate to the decision."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImpactConfig(AppConfig):
    name = "enforcement.impact"
    label = "impact"
    verbose_name = _("经济影响评估")

    def ready(self) -> None:
        from enforcement.cases.sections import add_section
        from enforcement.impact import actions, page, papers

        papers.register()
        actions.register()
        add_section(page.section)
