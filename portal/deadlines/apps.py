"""The deadlines app: registers the book of the law and fills the calendars after migrate."""

from pathlib import Path

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DeadlinesConfig(AppConfig):
    name = "portal.deadlines"
    verbose_name = "期限"

    def ready(self) -> None:
        from portal.deadlines import checks, handlers  # noqa: F401 - registers by import
        from portal.deadlines.calendar_store import install_after_migrate
        from portal.deadlines.registry import register_rule_book

        register_rule_book("deadlines", Path(__file__).parent / "law.toml")
        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="portal.deadlines.install")
