"""Parties by folded name: the radar looks for those without a number by it."""

from typing import ClassVar

from django.db import migrations

from enforcement.radar.folding import FOLDED


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = [("enforcement", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(
            f"CREATE INDEX party_folded_name ON enforcement_party (({FOLDED.format(column='name')}));",
            "DROP INDEX IF EXISTS party_folded_name;",
        )
    ]
