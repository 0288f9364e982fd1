"""Requests change their state through the door; their history and that of corrections is never changed."""

from typing import ClassVar

from django.db import migrations

from portal.ledger.triggers import append_only, protect_state


class Migration(migrations.Migration):
    dependencies: ClassVar = [("disclosure", "0003_corrections"), ("ledger", "0002_triggers")]

    operations: ClassVar = [
        protect_state("disclosure_repair", initial="requested"),
        append_only("disclosure_historicalcorrection"),
        append_only("disclosure_historicalrepair"),
    ]
