"""The catalogue says who handles, reviews and approves; two versions of one item never overlap."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_initial"),
        ("enforcement", "0004_court_applied"),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.AddField(
            model_name="enforcementitem",
            name="approver",
            field=models.CharField(blank=True, max_length=60, verbose_name="批准人"),
        ),
        migrations.AddField(
            model_name="enforcementitem",
            name="citations",
            field=models.JSONField(blank=True, default=list, verbose_name="依据条款"),
        ),
        migrations.AddField(
            model_name="enforcementitem",
            name="handler",
            field=models.CharField(blank=True, max_length=60, verbose_name="承办机构"),
        ),
        migrations.AddField(
            model_name="enforcementitem",
            name="reviewer",
            field=models.CharField(blank=True, max_length=60, verbose_name="审核机构"),
        ),
        migrations.AddField(
            model_name="historicalenforcementitem",
            name="approver",
            field=models.CharField(blank=True, max_length=60, verbose_name="批准人"),
        ),
        migrations.AddField(
            model_name="historicalenforcementitem",
            name="citations",
            field=models.JSONField(blank=True, default=list, verbose_name="依据条款"),
        ),
        migrations.AddField(
            model_name="historicalenforcementitem",
            name="handler",
            field=models.CharField(blank=True, max_length=60, verbose_name="承办机构"),
        ),
        migrations.AddField(
            model_name="historicalenforcementitem",
            name="reviewer",
            field=models.CharField(blank=True, max_length=60, verbose_name="审核机构"),
        ),
        migrations.AddConstraint(
            model_name="enforcementitem",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("department", "="),
                    ("code", "="),
                    (
                        models.Func(
                            "effective_from",
                            "effective_to",
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_lower=True, inclusive_upper=True
                            ),
                            function="DATERANGE",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="item_never_twice_in_force",
            ),
        ),
    ]
