"""History rows are never changed."""

from typing import ClassVar

from django.db import migrations

from portal.ledger.triggers import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("execution", "0003_passed_applications"), ("ledger", "0002_triggers")]

    operations: ClassVar = [append_only("execution_historicalpassedapplication")]
