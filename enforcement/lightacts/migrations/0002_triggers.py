"""History rows, and what a file brought, are never changed."""

from typing import ClassVar

from django.db import migrations

from portal.ledger.triggers import append_only

TABLES = ("lightacts_historicallightact", "lightacts_historicalreview", "lightacts_actimport")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("lightacts", "0001_initial"), ("ledger", "0002_triggers")]

    operations: ClassVar = [append_only(table) for table in TABLES]
