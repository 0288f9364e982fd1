# The department may replace a chair for a reason of its own.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enforcement", "0007_procedure"),
        ("hearing", "0002_triggers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="challenge",
            name="party",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="enforcement.party",
                verbose_name="申请人",
            ),
        ),
    ]
