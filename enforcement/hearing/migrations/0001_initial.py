# What is kept of a hearing.

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import portal.ledger.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("attachments", "0002_guards"),
        ("documents", "0002_guards"),
        ("enforcement", "0006_no_penalty"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Hearing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.BooleanField(default=True, verbose_name="公开举行")),
                (
                    "closed_ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("state_secret", "涉及国家秘密"),
                            ("trade_secret", "涉及商业秘密"),
                            ("privacy", "涉及个人隐私"),
                        ],
                        max_length=14,
                        verbose_name="不公开的情形",
                    ),
                ),
                ("closed_note", models.TextField(blank=True, verbose_name="不公开的说明")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("pending", "待举行"),
                            ("held", "已举行"),
                            ("left", "当事人中途退出，听证终止"),
                            ("absent", "当事人拒不出席，听证终止"),
                            ("withdrawn", "当事人撤回，听证终止"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("outcome_on", models.DateField(null=True, verbose_name="结果日期")),
                ("reason", models.TextField(blank=True, verbose_name="终止的理由")),
                ("started_at", models.DateTimeField(null=True, verbose_name="开始")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="结束")),
                ("present", models.TextField(blank=True, verbose_name="到场人员")),
                ("agents", models.TextField(blank=True, verbose_name="委托代理人")),
                ("presented", models.TextField(blank=True, verbose_name="调查人员的意见")),
                ("defence", models.TextField(blank=True, verbose_name="当事人的申辩和质证")),
                ("closing_words", models.TextField(blank=True, verbose_name="最后意见和其他记载")),
                (
                    "signed",
                    models.CharField(
                        blank=True,
                        choices=[("signed", "核对无误后签字或者盖章"), ("refused", "拒绝签字或者盖章")],
                        max_length=8,
                        verbose_name="笔录的签字",
                    ),
                ),
                ("refusal", models.TextField(blank=True, verbose_name="拒绝签字的情况")),
                ("report", models.TextField(blank=True, verbose_name="听证的基本情况")),
                ("advice", models.TextField(blank=True, verbose_name="处理意见和建议")),
                ("reported_on", models.DateField(null=True, verbose_name="报告日期")),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearings",
                        to="enforcement.enforcementact",
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="主持人",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearings",
                        to="enforcement.penaltynotice",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "recorder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="记录员",
                    ),
                ),
                (
                    "report_paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="attachments.attachment",
                        verbose_name="签字的笔录",
                    ),
                ),
            ],
            options={
                "verbose_name": "听证",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ground", models.TextField(verbose_name="当事人的理由")),
                ("granted", models.BooleanField(verbose_name="决定回避")),
                ("reason", models.TextField(verbose_name="决定的理由")),
                ("decided_on", models.DateField(verbose_name="决定日期")),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="被申请的主持人",
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
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="challenges", to="hearing.hearing"
                    ),
                ),
            ],
            options={
                "verbose_name": "主持人回避",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("held", "已举行听证"),
                            ("left", "未经许可中途退出，视为放弃"),
                            ("absent", "无正当理由拒不出席，视为放弃"),
                            ("withdrawn", "撤回申请"),
                            ("late", "逾期提出，不组织听证"),
                            ("not_entitled", "不属于应当听证的情形"),
                        ],
                        max_length=14,
                        verbose_name="结果",
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                (
                    "proof",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="attachments.attachment",
                        verbose_name="书面材料",
                    ),
                ),
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearing_answer",
                        to="enforcement.statement",
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="hearing.hearing",
                    ),
                ),
            ],
            options={
                "verbose_name": "听证申请的结果",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAnswer",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("held", "已举行听证"),
                            ("left", "未经许可中途退出，视为放弃"),
                            ("absent", "无正当理由拒不出席，视为放弃"),
                            ("withdrawn", "撤回申请"),
                            ("late", "逾期提出，不组织听证"),
                            ("not_entitled", "不属于应当听证的情形"),
                        ],
                        max_length=14,
                        verbose_name="结果",
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="hearing.hearing",
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
                        verbose_name="书面材料",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="enforcement.statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 听证申请的结果",
                "verbose_name_plural": "historical 听证申请的结果s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalChallenge",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                ("ground", models.TextField(verbose_name="当事人的理由")),
                ("granted", models.BooleanField(verbose_name="决定回避")),
                ("reason", models.TextField(verbose_name="决定的理由")),
                ("decided_on", models.DateField(verbose_name="决定日期")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                        verbose_name="被申请的主持人",
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="hearing.hearing",
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
            ],
            options={
                "verbose_name": "historical 主持人回避",
                "verbose_name_plural": "historical 主持人回避s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalHearing",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                ("public", models.BooleanField(default=True, verbose_name="公开举行")),
                (
                    "closed_ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("state_secret", "涉及国家秘密"),
                            ("trade_secret", "涉及商业秘密"),
                            ("privacy", "涉及个人隐私"),
                        ],
                        max_length=14,
                        verbose_name="不公开的情形",
                    ),
                ),
                ("closed_note", models.TextField(blank=True, verbose_name="不公开的说明")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("pending", "待举行"),
                            ("held", "已举行"),
                            ("left", "当事人中途退出，听证终止"),
                            ("absent", "当事人拒不出席，听证终止"),
                            ("withdrawn", "当事人撤回，听证终止"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("outcome_on", models.DateField(null=True, verbose_name="结果日期")),
                ("reason", models.TextField(blank=True, verbose_name="终止的理由")),
                ("started_at", models.DateTimeField(null=True, verbose_name="开始")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="结束")),
                ("present", models.TextField(blank=True, verbose_name="到场人员")),
                ("agents", models.TextField(blank=True, verbose_name="委托代理人")),
                ("presented", models.TextField(blank=True, verbose_name="调查人员的意见")),
                ("defence", models.TextField(blank=True, verbose_name="当事人的申辩和质证")),
                ("closing_words", models.TextField(blank=True, verbose_name="最后意见和其他记载")),
                (
                    "signed",
                    models.CharField(
                        blank=True,
                        choices=[("signed", "核对无误后签字或者盖章"), ("refused", "拒绝签字或者盖章")],
                        max_length=8,
                        verbose_name="笔录的签字",
                    ),
                ),
                ("refusal", models.TextField(blank=True, verbose_name="拒绝签字的情况")),
                ("report", models.TextField(blank=True, verbose_name="听证的基本情况")),
                ("advice", models.TextField(blank=True, verbose_name="处理意见和建议")),
                ("reported_on", models.DateField(null=True, verbose_name="报告日期")),
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="enforcement.penaltynotice",
                    ),
                ),
                (
                    "record",
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
                    "recorder",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="记录员",
                    ),
                ),
                (
                    "report_paper",
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
                    "scan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="attachments.attachment",
                        verbose_name="签字的笔录",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 听证",
                "verbose_name_plural": "historical 听证s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSummons",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                ("held_at", models.DateTimeField(verbose_name="听证时间")),
                ("place", models.CharField(max_length=120, verbose_name="听证地点")),
                ("issued_on", models.DateField(verbose_name="通知书日期")),
                ("reason", models.TextField(blank=True, verbose_name="延期的理由")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="文号")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                    "hearing",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="hearing.hearing",
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
                "verbose_name": "historical 听证通知书",
                "verbose_name_plural": "historical 听证通知书s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Summons",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_at", models.DateTimeField(verbose_name="听证时间")),
                ("place", models.CharField(max_length=120, verbose_name="听证地点")),
                ("issued_on", models.DateField(verbose_name="通知书日期")),
                ("reason", models.TextField(blank=True, verbose_name="延期的理由")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="文号")),
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
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="summonses", to="hearing.hearing"
                    ),
                ),
            ],
            options={
                "verbose_name": "听证通知书",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSummonsService",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("direct", "直接送达"),
                            ("left", "留置送达"),
                            ("entrusted", "委托送达"),
                            ("mail", "邮寄送达"),
                            ("electronic", "电子送达"),
                            ("public", "公告送达"),
                        ],
                        max_length=12,
                        verbose_name="送达方式",
                    ),
                ),
                ("served_on", models.DateField(verbose_name="送达日期")),
                ("receiver", models.CharField(blank=True, max_length=60, verbose_name="签收人、见证人")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                        verbose_name="受送达人",
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
                        verbose_name="送达凭证",
                    ),
                ),
                (
                    "summons",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="hearing.summons",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 听证通知书送达",
                "verbose_name_plural": "historical 听证通知书送达s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SummonsService",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("direct", "直接送达"),
                            ("left", "留置送达"),
                            ("entrusted", "委托送达"),
                            ("mail", "邮寄送达"),
                            ("electronic", "电子送达"),
                            ("public", "公告送达"),
                        ],
                        max_length=12,
                        verbose_name="送达方式",
                    ),
                ),
                ("served_on", models.DateField(verbose_name="送达日期")),
                ("receiver", models.CharField(blank=True, max_length=60, verbose_name="签收人、见证人")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enforcement.party",
                        verbose_name="受送达人",
                    ),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="attachments.attachment",
                        verbose_name="送达凭证",
                    ),
                ),
                (
                    "summons",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="services", to="hearing.summons"
                    ),
                ),
            ],
            options={
                "verbose_name": "听证通知书送达",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "pending")), fields=("act",), name="one_hearing_ahead"
            ),
        ),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "pending"), ("outcome_on", None)),
                    models.Q(models.Q(("outcome", "pending"), _negated=True), ("outcome_on__isnull", False)),
                    _connector="OR",
                ),
                name="hearing_ends_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_ground", ""), ("public", True)),
                    models.Q(("public", False), models.Q(("closed_ground", ""), _negated=True)),
                    _connector="OR",
                ),
                name="hearing_closed_on_a_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome__in", ["held", "left"]), _negated=True),
                    models.Q(
                        ("ended_at__gt", models.F("started_at")),
                        ("started_at__isnull", False),
                        models.Q(("presented", ""), _negated=True),
                        models.Q(("signed", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="hearing_held_is_recorded",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed", "refused"), _negated=True),
                    models.Q(("refusal", ""), _negated=True),
                    _connector="OR",
                ),
                name="hearing_refusal_noted",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.CheckConstraint(
                condition=models.Q(("chair", models.F("recorder")), _negated=True), name="hearing_chair_is_not_recorder"
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", "held"), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="hearing_answer_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome__in", ["held", "left", "absent"]), _negated=True),
                    ("hearing__isnull", False),
                    _connector="OR",
                ),
                name="hearing_answer_names_its_hearing",
            ),
        ),
        migrations.AddConstraint(
            model_name="summonsservice",
            constraint=models.UniqueConstraint(fields=("summons", "party"), name="summons_served_once"),
        ),
    ]
