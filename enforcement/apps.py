"""The enforcement app: registers its matters, actions, papers and rule book."""

from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def handles_or_supervises(user: Any) -> bool:
    """Whether the person's department enforces, or he supervises those that do."""
    kinds = {"organ", "empowered", "dispatched", "entrusted", "street", "bureau"}
    return bool(user.sees_everything or (user.department is not None and user.department.kind in kinds))


class EnforcementConfig(AppConfig):
    name = "enforcement"
    verbose_name = _("执法")

    def ready(self) -> None:
        from enforcement import papers
        from enforcement.cases import actions, gates, lenience, no_penalty, path, qualified
        from enforcement.cases.sections import add_section
        from enforcement.imports import registration
        from portal.deadlines.registry import register_rule_book
        from portal.web.events import name_event
        from portal.web.navigation import NavigationItem, register_navigation
        from portal.workflow.registry import add_gate

        add_gate("certificate.cancel", gates.no_open_cases)
        qualified.register()
        papers.register()
        actions.register()
        no_penalty.register()
        lenience.register()
        add_section(lenience.section)
        path.register()
        registration.register()
        name_event("enforcement.party.identity_shown", _("显示当事人身份号码"))
        register_navigation(NavigationItem(_("案件"), "enforcement:cases", 20, when=handles_or_supervises))
        register_rule_book("enforcement", Path(__file__).parent / "rules.toml")
