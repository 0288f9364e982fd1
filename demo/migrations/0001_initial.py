"""The table that says whether the demo data are there."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="Loading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="以哪一天为今天")),
                ("small", models.BooleanField(default=False, verbose_name="小规模")),
                ("begun_at", models.DateTimeField(verbose_name="开始")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="完成")),
            ],
            options={"verbose_name": "演示数据装载"},
        ),
    ]
