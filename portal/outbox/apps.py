"""The outbox app."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "portal.outbox"
    verbose_name = "待发事项"
