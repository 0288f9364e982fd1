"""Rounds of review, suspicions, deliberations; reviewers and settings."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import portal.ledger.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_initial"),
        ("attachments", "0002_guards"),
        ("documents", "0002_guards"),
        ("enforcement", "0005_catalogue"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalRound",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                ("place", models.PositiveIntegerField(verbose_name="次序")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "审核中"),
                            ("passed", "审核通过"),
                            ("returned", "存在问题，退回"),
                            ("withdrawn", "已撤回送审"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("reasons", models.JSONField(default=list, verbose_name="送审理由")),
                ("outcome", models.JSONField(verbose_name="送审的处理意见")),
                ("digest", models.CharField(max_length=64, verbose_name="处理意见校验值")),
                ("evidence", models.JSONField(default=list, verbose_name="送审时的证据")),
                ("heard_on", models.DateField(blank=True, null=True, verbose_name="送审前最后一次听证")),
                ("mended", models.TextField(blank=True, verbose_name="整改情况")),
                ("note", models.TextField(blank=True, verbose_name="承办意见")),
                ("submitted_on", models.DateField(verbose_name="送审日期")),
                (
                    "qualified",
                    models.CharField(
                        blank=True,
                        choices=[("exam", "取得法律职业资格"), ("earlier", "此前已从事法制审核")],
                        max_length=8,
                        verbose_name="审核资格",
                    ),
                ),
                ("certificate", models.CharField(blank=True, max_length=60, verbose_name="资格证书编号或者从事时间")),
                ("taken_on", models.DateField(blank=True, null=True, verbose_name="承办日期")),
                ("invited", models.BooleanField(default=False, verbose_name="因受邀审核而可以查看本案")),
                ("points", models.JSONField(blank=True, default=list, verbose_name="逐项审核意见")),
                ("opinion", models.TextField(blank=True, verbose_name="审核意见")),
                ("to_mend", models.TextField(blank=True, verbose_name="须整改的问题")),
                ("concluded_on", models.DateField(blank=True, null=True, verbose_name="结论日期")),
                ("chaired_on", models.DateField(blank=True, null=True, verbose_name="负责人主持研究日期")),
                ("chair_note", models.TextField(blank=True, verbose_name="研究情况")),
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
                    "chaired_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="主持人",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="documents.document",
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
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审核人员",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="送审人",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 法制审核",
                "verbose_name_plural": "historical 法制审核s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField(verbose_name="次序")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "审核中"),
                            ("passed", "审核通过"),
                            ("returned", "存在问题，退回"),
                            ("withdrawn", "已撤回送审"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("reasons", models.JSONField(default=list, verbose_name="送审理由")),
                ("outcome", models.JSONField(verbose_name="送审的处理意见")),
                ("digest", models.CharField(max_length=64, verbose_name="处理意见校验值")),
                ("evidence", models.JSONField(default=list, verbose_name="送审时的证据")),
                ("heard_on", models.DateField(blank=True, null=True, verbose_name="送审前最后一次听证")),
                ("mended", models.TextField(blank=True, verbose_name="整改情况")),
                ("note", models.TextField(blank=True, verbose_name="承办意见")),
                ("submitted_on", models.DateField(verbose_name="送审日期")),
                (
                    "qualified",
                    models.CharField(
                        blank=True,
                        choices=[("exam", "取得法律职业资格"), ("earlier", "此前已从事法制审核")],
                        max_length=8,
                        verbose_name="审核资格",
                    ),
                ),
                ("certificate", models.CharField(blank=True, max_length=60, verbose_name="资格证书编号或者从事时间")),
                ("taken_on", models.DateField(blank=True, null=True, verbose_name="承办日期")),
                ("invited", models.BooleanField(default=False, verbose_name="因受邀审核而可以查看本案")),
                ("points", models.JSONField(blank=True, default=list, verbose_name="逐项审核意见")),
                ("opinion", models.TextField(blank=True, verbose_name="审核意见")),
                ("to_mend", models.TextField(blank=True, verbose_name="须整改的问题")),
                ("concluded_on", models.DateField(blank=True, null=True, verbose_name="结论日期")),
                ("chaired_on", models.DateField(blank=True, null=True, verbose_name="负责人主持研究日期")),
                ("chair_note", models.TextField(blank=True, verbose_name="研究情况")),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_rounds",
                        to="enforcement.enforcementact",
                    ),
                ),
                (
                    "chaired_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="主持人",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审核人员",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="送审人",
                    ),
                ),
            ],
            options={
                "verbose_name": "法制审核",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSuspicion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                ("note", models.TextField(verbose_name="涉嫌的犯罪和依据")),
                ("recorded_on", models.DateField(verbose_name="发现日期")),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_crime", "经核实不涉嫌犯罪"),
                            ("not_filed", "公安机关不予立案，退回案件"),
                            ("exempt", "依法不需要追究刑事责任或者免予刑事处罚，应当给予行政处罚"),
                        ],
                        max_length=10,
                        verbose_name="排除理由",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="说明")),
                ("cleared_on", models.DateField(blank=True, null=True, verbose_name="排除日期")),
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
                    "cleared_by",
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
                    "proof",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="attachments.attachment",
                        verbose_name="文书",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="记录人",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="review.round",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 涉嫌犯罪线索",
                "verbose_name_plural": "historical 涉嫌犯罪线索s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDeliberation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                ("held_on", models.DateField(verbose_name="讨论日期")),
                ("held_at", models.CharField(blank=True, max_length=100, verbose_name="地点")),
                ("participants", models.JSONField(default=list, verbose_name="参加讨论的负责人")),
                ("others", models.CharField(blank=True, max_length=200, verbose_name="列席、汇报、记录人员")),
                ("report", models.TextField(verbose_name="案情汇报")),
                ("conclusion", models.TextField(verbose_name="讨论结论")),
                ("outcome", models.JSONField(verbose_name="讨论决定的处理意见")),
                ("digest", models.CharField(max_length=64, verbose_name="处理意见校验值")),
                ("evidence", models.JSONField(default=list, verbose_name="讨论时的证据")),
                ("heard_on", models.DateField(blank=True, null=True, verbose_name="讨论前最后一次听证")),
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
                    "chair",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="主持人",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="documents.document",
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
                    "round",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="review.round",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 集体讨论",
                "verbose_name_plural": "historical 集体讨论s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Deliberation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField(verbose_name="讨论日期")),
                ("held_at", models.CharField(blank=True, max_length=100, verbose_name="地点")),
                ("participants", models.JSONField(default=list, verbose_name="参加讨论的负责人")),
                ("others", models.CharField(blank=True, max_length=200, verbose_name="列席、汇报、记录人员")),
                ("report", models.TextField(verbose_name="案情汇报")),
                ("conclusion", models.TextField(verbose_name="讨论结论")),
                ("outcome", models.JSONField(verbose_name="讨论决定的处理意见")),
                ("digest", models.CharField(max_length=64, verbose_name="处理意见校验值")),
                ("evidence", models.JSONField(default=list, verbose_name="讨论时的证据")),
                ("heard_on", models.DateField(blank=True, null=True, verbose_name="讨论前最后一次听证")),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliberations",
                        to="enforcement.enforcementact",
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="主持人",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliberations",
                        to="review.round",
                    ),
                ),
            ],
            options={
                "verbose_name": "集体讨论",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Suspicion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.TextField(verbose_name="涉嫌的犯罪和依据")),
                ("recorded_on", models.DateField(verbose_name="发现日期")),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_crime", "经核实不涉嫌犯罪"),
                            ("not_filed", "公安机关不予立案，退回案件"),
                            ("exempt", "依法不需要追究刑事责任或者免予刑事处罚，应当给予行政处罚"),
                        ],
                        max_length=10,
                        verbose_name="排除理由",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="说明")),
                ("cleared_on", models.DateField(blank=True, null=True, verbose_name="排除日期")),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspicions",
                        to="enforcement.enforcementact",
                    ),
                ),
                (
                    "cleared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="决定人",
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
                        verbose_name="文书",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="记录人",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspicions",
                        to="review.round",
                    ),
                ),
            ],
            options={
                "verbose_name": "涉嫌犯罪线索",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Reviewer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("exam", "取得法律职业资格"),
                            ("earlier", "此前已从事法制审核"),
                            ("ended", "不再从事法制审核"),
                        ],
                        max_length=8,
                        verbose_name="资格",
                    ),
                ),
                ("certificate", models.CharField(blank=True, max_length=60, verbose_name="法律职业资格证书编号")),
                ("since", models.DateField(blank=True, null=True, verbose_name="从事法制审核的起始日期")),
                ("ground", models.CharField(max_length=200, verbose_name="依据")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="登记时间")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_standings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审核人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "法制审核人员",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["user", "-id"], name="reviewer_newest")],
            },
        ),
        migrations.CreateModel(
            name="ReviewSetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "order",
                    models.CharField(
                        choices=[("either", "告知之前或者之后都可以"), ("before", "告知之前"), ("after", "告知之后")],
                        default="either",
                        max_length=8,
                        verbose_name="法制审核的时间",
                    ),
                ),
                (
                    "leaders",
                    models.PositiveSmallIntegerField(
                        default=2,
                        validators=[
                            django.core.validators.MinValueValidator(2),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="集体讨论至少参加的负责人",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="自")),
                ("ground", models.CharField(max_length=200, verbose_name="依据")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="设定时间")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.department",
                        verbose_name="部门",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="设定人",
                    ),
                ),
            ],
            options={
                "verbose_name": "法制审核设定",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["department", "-id"], name="review_setting_newest")],
            },
        ),
        migrations.AddIndex(
            model_name="round",
            index=models.Index(fields=["state", "submitted_on", "id"], name="round_queue"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(fields=("act", "place"), name="round_place"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("act",), name="one_open_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("opinion", ""), ("state__in", ["open", "withdrawn"])),
                    models.Q(
                        ("state__in", ["passed", "returned"]),
                        models.Q(("reviewer", None), _negated=True),
                        models.Q(("qualified", ""), _negated=True),
                        models.Q(("opinion", ""), _negated=True),
                        models.Q(("points", []), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="round_concluded_wholly",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("concluded_on", None), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True), ("concluded_on__gte", models.F("submitted_on"))
                    ),
                    _connector="OR",
                ),
                name="round_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(("to_mend", ""), _negated=True),
                    _connector="OR",
                ),
                name="round_returned_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspicion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cleared_on", None)), fields=("act",), name="one_open_suspicion"
            ),
        ),
        migrations.AddConstraint(
            model_name="suspicion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cleared_on", None), ("ground", ""), ("reason", "")),
                    models.Q(
                        ("cleared_on__gte", models.F("recorded_on")),
                        models.Q(("ground", ""), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="suspicion_cleared_wholly",
            ),
        ),
    ]
