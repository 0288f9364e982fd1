"""The web app: furniture of the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """Pages that belong to no room: workbench, action form, proposals, search, lists."""

    name = "portal.web"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Register who is told of proposals, and the first entries of the bar."""
        from portal.accounts.roles import BUREAU_ROLES, Role
        from portal.web import notices, reminders
        from portal.web.events import name_event
        from portal.web.navigation import KEEPING, WORKBENCH, NavigationItem, register_navigation

        name_event("documents.void", _("作废文书"))
        notices.register()
        reminders.register()
        deciding = frozenset({Role.HEAD.value, Role.DEPUTY.value, Role.SUPERVISION_HEAD.value})
        register_navigation(
            NavigationItem(_("工作台"), WORKBENCH, 0),
            NavigationItem(_("审批"), "web:proposals", 5, roles=deciding),
            NavigationItem(_("文号"), "documents:numbers", 80, roles=frozenset({Role.DEPT_ADMIN.value}), group=KEEPING),
            NavigationItem(_("日历"), "deadlines:calendars", 90, roles=BUREAU_ROLES, group=KEEPING),
        )
