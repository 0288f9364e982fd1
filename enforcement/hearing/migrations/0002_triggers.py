"""History rows are never changed."""

from typing import ClassVar

from django.db import migrations

from portal.ledger.triggers import append_only

KINDS = ("answer", "challenge", "hearing", "summons", "summonsservice")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hearing", "0001_initial"), ("ledger", "0002_triggers")]

    operations: ClassVar = [append_only(f"hearing_historical{kind}") for kind in KINDS]
