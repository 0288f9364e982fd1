"""History rows are never changed."""

from typing import ClassVar

from django.db import migrations

from portal.ledger.triggers import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("impact", "0001_initial"), ("ledger", "0002_triggers")]

    operations: ClassVar = [append_only("impact_historicalassessment")]
