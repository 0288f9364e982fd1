"""The trigger functions of the portal, and the ledger's own triggers."""

from typing import ClassVar

from django.db import migrations

from portal.ledger.triggers import append_only, functions


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ledger", "0001_initial")]

    operations: ClassVar = [
        functions(),
        append_only("ledger_event"),
        append_only("ledger_seal"),
        append_only("ledger_sealedevent"),
    ]
