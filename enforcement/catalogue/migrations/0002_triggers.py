"""An entry's state changes only through the door; history rows are never changed."""

from typing import ClassVar

from django.db import migrations

from portal.ledger.triggers import append_only, protect_state

KINDS = ("appliedtier", "batch", "benchmark", "entry", "hearingthreshold", "leniency", "reviewrule", "tier")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("catalogue", "0001_initial"), ("ledger", "0002_triggers")]

    operations: ClassVar = [
        protect_state("catalogue_entry", initial="kept"),
        protect_state("catalogue_batch", initial="read"),
        *(append_only(f"catalogue_historical{kind}") for kind in KINDS),
    ]
