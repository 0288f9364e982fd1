"""The history of channels is never changed."""

from typing import ClassVar

from django.db import migrations

from portal.ledger.triggers import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("disclosure", "0005_channels"), ("ledger", "0002_triggers")]

    operations: ClassVar = [append_only("disclosure_historicalchannel")]
