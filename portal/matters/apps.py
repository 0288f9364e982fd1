"""The matters app."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "portal.matters"
    verbose_name = "事项"
