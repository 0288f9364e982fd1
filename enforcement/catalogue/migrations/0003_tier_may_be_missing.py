"""A leniency entry may be applied where an item has no benchmark."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_triggers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="appliedtier",
            name="tier",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="applied", to="catalogue.tier"
            ),
        ),
    ]
