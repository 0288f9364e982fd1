"""The web app: furniture of the desk."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages that belong to no room: workbench, action form, proposals, search, lists."""

    name = "portal.web"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Register who is told of proposals."""
        from portal.web import notices

        notices.register()
