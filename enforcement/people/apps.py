"""The app of people on cases; it is installed after the other apps of enforcement, whose steps it adds gates to."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "enforcement.people"
    label = "people"
    verbose_name = _("办案人员")

    def ready(self) -> None:
        from enforcement.cases.exclusions import tell_kept_out
        from enforcement.cases.lists import BulkStep, offer_bulk
        from enforcement.cases.sections import add_section
        from enforcement.people import actions, gates, links, page
        from enforcement.people.assigning import HEADS, can_be_picked
        from portal.accounts.roles import BUREAU_ROLES, Role
        from portal.web.navigation import PEOPLE, NavigationItem, register_navigation

        actions.register()
        add_section(page.section)
        tell_kept_out(gates.kept_out)
        links.register()
        offer_bulk(BulkStep(_("分派办案人员"), "people:assign", HEADS, can_be_picked))
        roles = frozenset({*BUREAU_ROLES, Role.HEAD.value, Role.DEPUTY.value, Role.DEPT_ADMIN.value})
        register_navigation(NavigationItem(_("人员看板"), "people:board", 62, roles=roles, group=PEOPLE))
