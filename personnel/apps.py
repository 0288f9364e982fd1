"""The personnel app: what it registers with the platform."""

from django.apps import AppConfig


class PersonnelConfig(AppConfig):
    name = "personnel"
    verbose_name = "执法人员"

    def ready(self) -> None:
        """Register matter kind, actions and rule book."""
        from personnel.registration import register_all

        register_all()
