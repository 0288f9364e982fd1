"""The app of the radar: a part of the case's page, a card of the workbench, notices to both sides."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RadarConfig(AppConfig):
    name = "enforcement.radar"
    label = "radar"
    verbose_name = _("重复执法提示")

    def ready(self) -> None:
        from enforcement.cases.duplicates import near_days_from
        from enforcement.cases.sections import add_section
        from enforcement.radar import showing
        from enforcement.radar.models import near_days
        from portal.accounts.roles import BUREAU_ROLES
        from portal.inbox.kinds import NoticeKind, register_notice_kind
        from portal.web.navigation import KEEPING, Card, NavigationItem, register_card, register_navigation
        from portal.workflow.registry import react

        near_days_from(near_days)
        add_section(showing.section)
        register_navigation(NavigationItem(_("重复执法提示"), "radar:settings", 92, roles=BUREAU_ROLES, group=KEEPING))
        register_card(Card("radar", 35, "radar/_card.html", showing.values))
        register_notice_kind(NoticeKind("radar", _("重复执法提示")))
        for fact in ("case.registered", "case.filed"):
            react(fact, showing.tell, many=showing.tell_many)
