"""A state changes only through the door; history rows are never changed."""

from typing import ClassVar

from django.db import migrations

from portal.ledger.triggers import append_only, protect_state

HISTORY = (
    "enforcement_historicalactofficer",
    "enforcement_historicalcase",
    "enforcement_historicaldecision",
    "enforcement_historicalevidence",
    "enforcement_historicalparty",
    "enforcement_historicalpayment",
    "enforcement_historicalpenaltynotice",
    "enforcement_historicalservice",
    "enforcement_historicalstatement",
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0001_initial"), ("ledger", "0002_triggers")]

    operations: ClassVar = [
        protect_state("enforcement_enforcementact", initial="lead"),
        *(append_only(table) for table in HISTORY),
    ]
