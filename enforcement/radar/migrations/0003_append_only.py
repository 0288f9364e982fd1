"""What was set for the radar is only added to."""

from typing import ClassVar

from django.db import migrations

from portal.ledger.triggers import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("radar", "0002_settings"), ("ledger", "0002_triggers")]

    operations: ClassVar = [append_only("radar_radarsetting")]
