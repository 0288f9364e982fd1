"""Recusals."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import portal.ledger.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("enforcement", "0005_catalogue"),
        ("personnel", "0004_open_postings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalRecusal",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                ("name", models.CharField(max_length=60, verbose_name="被申请人")),
                (
                    "source",
                    models.CharField(
                        choices=[("own", "本人申请回避"), ("party", "当事人申请回避")],
                        max_length=6,
                        verbose_name="来由",
                    ),
                ),
                ("ground", models.TextField(verbose_name="理由")),
                ("asked_on", models.DateField(verbose_name="提出日期")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("pending", "待决定"), ("granted", "决定回避"), ("refused", "驳回申请")],
                        default="pending",
                        max_length=8,
                        verbose_name="结果",
                    ),
                ),
                ("decided_on", models.DateField(null=True, verbose_name="决定日期")),
                ("reason", models.TextField(blank=True, verbose_name="决定理由")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "act",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="enforcement.enforcementact",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="决定人",
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
                    "officer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="personnel.officer",
                        verbose_name="执法人员",
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
                        verbose_name="申请的当事人",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="被申请人账号",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 回避",
                "verbose_name_plural": "historical 回避s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="被申请人")),
                (
                    "source",
                    models.CharField(
                        choices=[("own", "本人申请回避"), ("party", "当事人申请回避")],
                        max_length=6,
                        verbose_name="来由",
                    ),
                ),
                ("ground", models.TextField(verbose_name="理由")),
                ("asked_on", models.DateField(verbose_name="提出日期")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("pending", "待决定"), ("granted", "决定回避"), ("refused", "驳回申请")],
                        default="pending",
                        max_length=8,
                        verbose_name="结果",
                    ),
                ),
                ("decided_on", models.DateField(null=True, verbose_name="决定日期")),
                ("reason", models.TextField(blank=True, verbose_name="决定理由")),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to="enforcement.enforcementact",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="决定人",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to="personnel.officer",
                        verbose_name="执法人员",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enforcement.party",
                        verbose_name="申请的当事人",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="被申请人账号",
                    ),
                ),
            ],
            options={
                "verbose_name": "回避",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person", None), _negated=True),
                            models.Q(("officer", None), _negated=True),
                            _connector="OR",
                        ),
                        name="recusal_is_about_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on", None), ("outcome", "pending")),
                            models.Q(
                                models.Q(("outcome", "pending"), _negated=True),
                                ("decided_on__gte", models.F("asked_on")),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="recusal_decided_wholly",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "pending"), models.Q(("person", None), _negated=True)),
                        fields=("act", "person"),
                        name="one_recusal_asked_user",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "pending"), models.Q(("officer", None), _negated=True)),
                        fields=("act", "officer"),
                        name="one_recusal_asked_officer",
                    ),
                ],
            },
        ),
    ]
