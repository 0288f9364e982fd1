"""The record of files taken from lists is only ever added to."""

from typing import ClassVar

from django.db import migrations

from portal.ledger.triggers import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("web", "0001_saved_views"), ("ledger", "0002_triggers")]

    operations: ClassVar = [append_only("web_export")]
