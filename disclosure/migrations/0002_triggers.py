"""A state changes only through the door; snapshots and history rows are never changed."""

from typing import ClassVar

from django.db import migrations

from portal.ledger.triggers import append_only, protect_state


class Migration(migrations.Migration):
    dependencies: ClassVar = [("disclosure", "0001_initial"), ("ledger", "0002_triggers")]

    operations: ClassVar = [
        protect_state("disclosure_disclosure", initial="pending"),
        append_only("disclosure_snapshot"),
        append_only("disclosure_historicaldisclosure"),
        append_only("disclosure_historicalspan"),
    ]
