"""The app of the interface for other systems."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """Tokens of departments, and the addresses below /desk/api/."""

    name = "portal.api"
    label = "api"
    verbose_name = "接口"

    def ready(self) -> None:
        """One entry of the bar for those who keep tokens."""
        from portal.api.pages import KEEPERS
        from portal.web.navigation import KEEPING, NavigationItem, register_navigation

        register_navigation(NavigationItem(_("接口"), "api:tokens", 85, roles=KEEPERS, group=KEEPING))
