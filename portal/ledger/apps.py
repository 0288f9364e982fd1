"""The ledger app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "portal.ledger"
    verbose_name = "台账"
