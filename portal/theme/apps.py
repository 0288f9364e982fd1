"""The theme as a Django app."""

from django.apps import AppConfig


class ThemeConfig(AppConfig):
    """Templates, tags and static files; nothing to register."""

    name = "portal.theme"
    label = "theme"
