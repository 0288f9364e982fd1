# Applications for reconsideration handed in at the department.

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import portal.ledger.models


class Migration(migrations.Migration):
    dependencies = [
        ("attachments", "0002_guards"),
        ("enforcement", "0007_procedure"),
        ("execution", "0002_triggers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalPassedApplication",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                (
                    "basis",
                    models.CharField(
                        choices=[("spot", "当场作出的处罚决定"), ("monitor", "依据电子技术监控设备记录作出的处罚决定")],
                        max_length=8,
                        verbose_name="可以经本机关提交的情形",
                    ),
                ),
                ("received_on", models.DateField(verbose_name="收到日期")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("forwarded", "维持决定，已转送复议机关"),
                            ("corrected", "自行纠正，已告知申请人和复议机关"),
                        ],
                        max_length=10,
                        verbose_name="处理",
                    ),
                ),
                ("answered_on", models.DateField(null=True, verbose_name="转送或者告知日期")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="enforcement.decision",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="enforcement.party",
                        verbose_name="申请人",
                    ),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="attachments.attachment",
                        verbose_name="转送或者告知的材料",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 经本机关提交的复议申请",
                "verbose_name_plural": "historical 经本机关提交的复议申请s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PassedApplication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "basis",
                    models.CharField(
                        choices=[("spot", "当场作出的处罚决定"), ("monitor", "依据电子技术监控设备记录作出的处罚决定")],
                        max_length=8,
                        verbose_name="可以经本机关提交的情形",
                    ),
                ),
                ("received_on", models.DateField(verbose_name="收到日期")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("forwarded", "维持决定，已转送复议机关"),
                            ("corrected", "自行纠正，已告知申请人和复议机关"),
                        ],
                        max_length=10,
                        verbose_name="处理",
                    ),
                ),
                ("answered_on", models.DateField(null=True, verbose_name="转送或者告知日期")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passed_applications",
                        to="enforcement.decision",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enforcement.party",
                        verbose_name="申请人",
                    ),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="attachments.attachment",
                        verbose_name="转送或者告知的材料",
                    ),
                ),
            ],
            options={
                "verbose_name": "经本机关提交的复议申请",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_on", None), ("outcome", "")),
                            models.Q(
                                ("answered_on__gte", models.F("received_on")), models.Q(("outcome", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="passed_application_answered_wholly",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("answered_on", None)),
                        fields=("decision", "party"),
                        name="one_application_to_pass_on",
                    ),
                ],
            },
        ),
    ]
