"""Entries of the catalogues and their versions."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import enforcement.catalogue.models
import portal.ledger.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_initial"),
        ("enforcement", "0005_catalogue"),
        ("matters", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="matters.matter",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("item", "执法事项"),
                            ("review", "重大决定法制审核目录"),
                            ("leniency", "减免责清单"),
                            ("hearing", "听证标准"),
                        ],
                        max_length=10,
                        verbose_name="目录",
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="编码")),
                ("title", models.CharField(max_length=300, verbose_name="名称")),
                (
                    "state",
                    models.CharField(
                        choices=[("kept", "在册"), ("ended", "已废止")],
                        default="kept",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="最新版本")),
                ("effective_from", models.DateField(verbose_name="施行")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="废止")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.department",
                        verbose_name="部门",
                    ),
                ),
            ],
            options={
                "verbose_name": "目录条目",
                "ordering": ["department", "kind", "code"],
            },
        ),
        migrations.CreateModel(
            name="Benchmark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("effective_from", models.DateField(verbose_name="施行")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="废止")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("yuan", "金额幅度（元）"),
                            ("fixed", "定额（元）"),
                            ("times", "倍数幅度"),
                            ("none", "没有罚款幅度"),
                        ],
                        max_length=6,
                        verbose_name="罚款的计算",
                    ),
                ),
                ("base", models.CharField(blank=True, max_length=60, verbose_name="倍数的基数")),
                (
                    "lowest",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="法定下限"
                    ),
                ),
                (
                    "highest",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="法定上限"
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="制定依据")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_versions",
                        to="catalogue.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "裁量基准",
                "ordering": ["entry", "-version"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HearingThreshold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("effective_from", models.DateField(verbose_name="施行")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="废止")),
                ("natural", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="对自然人（元）")),
                ("organisation", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="对单位（元）")),
                (
                    "item_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="适用事项",
                    ),
                ),
                ("ground", models.CharField(max_length=300, verbose_name="依据")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_versions",
                        to="catalogue.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "听证标准",
                "ordering": ["entry", "-version"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HistoricalBatch",
            fields=[
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                ("file_name", models.CharField(max_length=200, verbose_name="文件")),
                ("digest", models.CharField(max_length=64)),
                ("target", models.CharField(max_length=10, verbose_name="目录")),
                ("effective_from", models.DateField(verbose_name="施行")),
                ("rows", models.JSONField(default=list)),
                ("faults", models.JSONField(default=list)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[("read", "待采用"), ("adopted", "已采用")],
                        default="read",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.department",
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
                    "matter",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.matter",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 目录导入",
                "verbose_name_plural": "historical 目录导入s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalBenchmark",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("effective_from", models.DateField(verbose_name="施行")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="废止")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("yuan", "金额幅度（元）"),
                            ("fixed", "定额（元）"),
                            ("times", "倍数幅度"),
                            ("none", "没有罚款幅度"),
                        ],
                        max_length=6,
                        verbose_name="罚款的计算",
                    ),
                ),
                ("base", models.CharField(blank=True, max_length=60, verbose_name="倍数的基数")),
                (
                    "lowest",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="法定下限"
                    ),
                ),
                (
                    "highest",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="法定上限"
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="制定依据")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalogue.entry",
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
            ],
            options={
                "verbose_name": "historical 裁量基准",
                "verbose_name_plural": "historical 裁量基准s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEntry",
            fields=[
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("item", "执法事项"),
                            ("review", "重大决定法制审核目录"),
                            ("leniency", "减免责清单"),
                            ("hearing", "听证标准"),
                        ],
                        max_length=10,
                        verbose_name="目录",
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="编码")),
                ("title", models.CharField(max_length=300, verbose_name="名称")),
                (
                    "state",
                    models.CharField(
                        choices=[("kept", "在册"), ("ended", "已废止")],
                        default="kept",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="最新版本")),
                ("effective_from", models.DateField(verbose_name="施行")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="废止")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.department",
                        verbose_name="部门",
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
                    "matter",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.matter",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 目录条目",
                "verbose_name_plural": "historical 目录条目s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalHearingThreshold",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("effective_from", models.DateField(verbose_name="施行")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="废止")),
                ("natural", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="对自然人（元）")),
                ("organisation", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="对单位（元）")),
                (
                    "item_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="适用事项",
                    ),
                ),
                ("ground", models.CharField(max_length=300, verbose_name="依据")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalogue.entry",
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
            ],
            options={
                "verbose_name": "historical 听证标准",
                "verbose_name_plural": "historical 听证标准s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLeniency",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("effective_from", models.DateField(verbose_name="施行")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="废止")),
                (
                    "list",
                    models.CharField(
                        choices=[
                            ("no_penalty", "不予处罚"),
                            ("lighter", "从轻处罚"),
                            ("reduced", "减轻处罚"),
                            ("no_coercion", "不予实施行政强制"),
                        ],
                        max_length=12,
                        verbose_name="清单",
                    ),
                ),
                ("circumstances", models.TextField(verbose_name="适用情形")),
                ("conditions", models.TextField(blank=True, verbose_name="应当同时具备的条件")),
                (
                    "item_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="适用事项",
                    ),
                ),
                ("ground", models.CharField(max_length=300, verbose_name="依据")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalogue.entry",
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
            ],
            options={
                "verbose_name": "historical 减免责清单条目",
                "verbose_name_plural": "historical 减免责清单条目s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalReviewRule",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("effective_from", models.DateField(verbose_name="施行")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="废止")),
                ("text", models.TextField(verbose_name="哪些决定")),
                (
                    "penalty_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("warning", "警告"),
                                ("criticism", "通报批评"),
                                ("fine", "罚款"),
                                ("confiscate_gains", "没收违法所得"),
                                ("confiscate_goods", "没收非法财物"),
                                ("suspend_licence", "暂扣许可证件"),
                                ("lower_grade", "降低资质等级"),
                                ("revoke_licence", "吊销许可证件"),
                                ("restrict_business", "限制开展生产经营活动"),
                                ("suspend_business", "责令停产停业"),
                                ("close_business", "责令关闭"),
                                ("restrict_employment", "限制从业"),
                                ("detention", "行政拘留"),
                                ("other", "法律、行政法规规定的其他行政处罚"),
                            ],
                            max_length=24,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "natural",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="对自然人罚没达到（元）"
                    ),
                ),
                (
                    "organisation",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="对单位罚没达到（元）"
                    ),
                ),
                (
                    "item_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="适用事项",
                    ),
                ),
                ("ground", models.CharField(max_length=300, verbose_name="依据")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalogue.entry",
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
            ],
            options={
                "verbose_name": "historical 法制审核目录条目",
                "verbose_name_plural": "historical 法制审核目录条目s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTier",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                ("place", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("name", models.CharField(max_length=30, verbose_name="阶次")),
                ("circumstances", models.TextField(verbose_name="适用情形")),
                (
                    "lowest",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="下限"),
                ),
                (
                    "highest",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="上限"),
                ),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("warning", "警告"),
                                ("criticism", "通报批评"),
                                ("fine", "罚款"),
                                ("confiscate_gains", "没收违法所得"),
                                ("confiscate_goods", "没收非法财物"),
                                ("suspend_licence", "暂扣许可证件"),
                                ("lower_grade", "降低资质等级"),
                                ("revoke_licence", "吊销许可证件"),
                                ("restrict_business", "限制开展生产经营活动"),
                                ("suspend_business", "责令停产停业"),
                                ("close_business", "责令关闭"),
                                ("restrict_employment", "限制从业"),
                                ("detention", "行政拘留"),
                                ("other", "法律、行政法规规定的其他行政处罚"),
                            ],
                            max_length=24,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="种类",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "benchmark",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalogue.benchmark",
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
            ],
            options={
                "verbose_name": "historical 裁量阶次",
                "verbose_name_plural": "historical 裁量阶次s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Leniency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("effective_from", models.DateField(verbose_name="施行")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="废止")),
                (
                    "list",
                    models.CharField(
                        choices=[
                            ("no_penalty", "不予处罚"),
                            ("lighter", "从轻处罚"),
                            ("reduced", "减轻处罚"),
                            ("no_coercion", "不予实施行政强制"),
                        ],
                        max_length=12,
                        verbose_name="清单",
                    ),
                ),
                ("circumstances", models.TextField(verbose_name="适用情形")),
                ("conditions", models.TextField(blank=True, verbose_name="应当同时具备的条件")),
                (
                    "item_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="适用事项",
                    ),
                ),
                ("ground", models.CharField(max_length=300, verbose_name="依据")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_versions",
                        to="catalogue.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "减免责清单条目",
                "ordering": ["entry", "-version"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReviewRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("effective_from", models.DateField(verbose_name="施行")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="废止")),
                ("text", models.TextField(verbose_name="哪些决定")),
                (
                    "penalty_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("warning", "警告"),
                                ("criticism", "通报批评"),
                                ("fine", "罚款"),
                                ("confiscate_gains", "没收违法所得"),
                                ("confiscate_goods", "没收非法财物"),
                                ("suspend_licence", "暂扣许可证件"),
                                ("lower_grade", "降低资质等级"),
                                ("revoke_licence", "吊销许可证件"),
                                ("restrict_business", "限制开展生产经营活动"),
                                ("suspend_business", "责令停产停业"),
                                ("close_business", "责令关闭"),
                                ("restrict_employment", "限制从业"),
                                ("detention", "行政拘留"),
                                ("other", "法律、行政法规规定的其他行政处罚"),
                            ],
                            max_length=24,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "natural",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="对自然人罚没达到（元）"
                    ),
                ),
                (
                    "organisation",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="对单位罚没达到（元）"
                    ),
                ),
                (
                    "item_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="适用事项",
                    ),
                ),
                ("ground", models.CharField(max_length=300, verbose_name="依据")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_versions",
                        to="catalogue.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "法制审核目录条目",
                "ordering": ["entry", "-version"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Tier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("name", models.CharField(max_length=30, verbose_name="阶次")),
                ("circumstances", models.TextField(verbose_name="适用情形")),
                (
                    "lowest",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="下限"),
                ),
                (
                    "highest",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="上限"),
                ),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("warning", "警告"),
                                ("criticism", "通报批评"),
                                ("fine", "罚款"),
                                ("confiscate_gains", "没收违法所得"),
                                ("confiscate_goods", "没收非法财物"),
                                ("suspend_licence", "暂扣许可证件"),
                                ("lower_grade", "降低资质等级"),
                                ("revoke_licence", "吊销许可证件"),
                                ("restrict_business", "限制开展生产经营活动"),
                                ("suspend_business", "责令停产停业"),
                                ("close_business", "责令关闭"),
                                ("restrict_employment", "限制从业"),
                                ("detention", "行政拘留"),
                                ("other", "法律、行政法规规定的其他行政处罚"),
                            ],
                            max_length=24,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="种类",
                    ),
                ),
                (
                    "benchmark",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tiers", to="catalogue.benchmark"
                    ),
                ),
            ],
            options={
                "verbose_name": "裁量阶次",
                "ordering": ["benchmark", "place"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAppliedTier",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                (
                    "stage",
                    models.CharField(
                        choices=[("proposed", "调查终结"), ("notified", "事先告知"), ("decided", "处罚决定")],
                        max_length=8,
                        verbose_name="环节",
                    ),
                ),
                (
                    "fine",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="罚款（元）"
                    ),
                ),
                (
                    "base",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="基数（元）"
                    ),
                ),
                ("inside", models.BooleanField(verbose_name="在阶次之内")),
                ("reason", models.TextField(blank=True, verbose_name="超出阶次的理由")),
                ("on", models.DateField(verbose_name="日期")),
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
                    "tier",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalogue.tier",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 适用的裁量阶次",
                "verbose_name_plural": "historical 适用的裁量阶次s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="AppliedTier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("proposed", "调查终结"), ("notified", "事先告知"), ("decided", "处罚决定")],
                        max_length=8,
                        verbose_name="环节",
                    ),
                ),
                (
                    "fine",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="罚款（元）"
                    ),
                ),
                (
                    "base",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="基数（元）"
                    ),
                ),
                ("inside", models.BooleanField(verbose_name="在阶次之内")),
                ("reason", models.TextField(blank=True, verbose_name="超出阶次的理由")),
                ("on", models.DateField(verbose_name="日期")),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applied_tiers",
                        to="enforcement.enforcementact",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enforcement.decision",
                    ),
                ),
                ("leniencies", models.ManyToManyField(blank=True, related_name="+", to="catalogue.leniency")),
                (
                    "tier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="applied", to="catalogue.tier"
                    ),
                ),
            ],
            options={
                "verbose_name": "适用的裁量阶次",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="matters.matter",
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="文件")),
                ("digest", models.CharField(max_length=64)),
                ("target", models.CharField(max_length=10, verbose_name="目录")),
                ("effective_from", models.DateField(verbose_name="施行")),
                ("rows", models.JSONField(default=list)),
                ("faults", models.JSONField(default=list)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[("read", "待采用"), ("adopted", "已采用")],
                        default="read",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.department"
                    ),
                ),
            ],
            options={
                "verbose_name": "目录导入",
                "ordering": ["-matter"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("department", "digest", "effective_from"), name="catalogue_file_once"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["kind", "code", "matter"], name="entry_list"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("department", "kind", "code"), name="entry_once"),
        ),
        migrations.AddConstraint(
            model_name="benchmark",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("entry", "="),
                    (
                        enforcement.catalogue.models.DateRange(
                            "effective_from",
                            "effective_to",
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_lower=True, inclusive_upper=True
                            ),
                        ),
                        "&&",
                    ),
                ],
                name="benchmark_never_twice",
            ),
        ),
        migrations.AddConstraint(
            model_name="benchmark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("effective_to", None), ("effective_to__gte", models.F("effective_from")), _connector="OR"
                ),
                name="benchmark_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingthreshold",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("entry", "="),
                    (
                        enforcement.catalogue.models.DateRange(
                            "effective_from",
                            "effective_to",
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_lower=True, inclusive_upper=True
                            ),
                        ),
                        "&&",
                    ),
                ],
                name="hearing_never_twice",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingthreshold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("effective_to", None), ("effective_to__gte", models.F("effective_from")), _connector="OR"
                ),
                name="hearing_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="leniency",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("entry", "="),
                    (
                        enforcement.catalogue.models.DateRange(
                            "effective_from",
                            "effective_to",
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_lower=True, inclusive_upper=True
                            ),
                        ),
                        "&&",
                    ),
                ],
                name="leniency_never_twice",
            ),
        ),
        migrations.AddConstraint(
            model_name="leniency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("effective_to", None), ("effective_to__gte", models.F("effective_from")), _connector="OR"
                ),
                name="leniency_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewrule",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("entry", "="),
                    (
                        enforcement.catalogue.models.DateRange(
                            "effective_from",
                            "effective_to",
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_lower=True, inclusive_upper=True
                            ),
                        ),
                        "&&",
                    ),
                ],
                name="review_never_twice",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("effective_to", None), ("effective_to__gte", models.F("effective_from")), _connector="OR"
                ),
                name="review_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="tier",
            constraint=models.UniqueConstraint(fields=("benchmark", "place"), name="tier_place"),
        ),
        migrations.AddConstraint(
            model_name="tier",
            constraint=models.CheckConstraint(
                condition=models.Q(("lowest", None), ("highest__gte", models.F("lowest")), _connector="OR"),
                name="tier_range",
            ),
        ),
        migrations.AddIndex(
            model_name="appliedtier",
            index=models.Index(fields=["tier", "stage", "on"], name="applied_tier"),
        ),
        migrations.AddConstraint(
            model_name="appliedtier",
            constraint=models.CheckConstraint(
                condition=models.Q(("inside", True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="outside_needs_a_reason",
            ),
        ),
    ]
