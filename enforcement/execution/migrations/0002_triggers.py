"""History rows are never changed."""

from typing import ClassVar

from django.db import migrations

from portal.ledger.triggers import append_only

KINDS = ("courtapplication", "instalment", "paymentplan", "remedy", "surcharge", "urging")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("execution", "0001_initial"), ("ledger", "0002_triggers")]

    operations: ClassVar = [append_only(f"execution_historical{kind}") for kind in KINDS]
