# What is kept of the time after a decision.

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
        ("enforcement", "0004_court_applied"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalCourtApplication",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="文号")),
                ("court", models.CharField(max_length=80, verbose_name="人民法院")),
                ("applied_on", models.DateField(verbose_name="申请日期")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="申请执行金额（元）")),
                ("late_ground", models.TextField(blank=True, verbose_name="逾期申请的正当理由")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "已受理"),
                            ("not_accepted", "不予受理"),
                            ("granted", "裁定准予执行"),
                            ("refused", "裁定不准予执行"),
                            ("executed", "执行完毕"),
                            ("ended", "终结执行"),
                        ],
                        max_length=14,
                        verbose_name="结果",
                    ),
                ),
                ("outcome_on", models.DateField(blank=True, null=True, verbose_name="结果日期")),
                ("outcome_number", models.CharField(blank=True, max_length=80, verbose_name="法院文书号")),
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
            ],
            options={
                "verbose_name": "historical 申请人民法院强制执行",
                "verbose_name_plural": "historical 申请人民法院强制执行s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPaymentPlan",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                ("ground", models.TextField(verbose_name="理由")),
                ("approved_on", models.DateField(verbose_name="批准日期")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="attachments.attachment",
                        verbose_name="当事人的申请",
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
            ],
            options={
                "verbose_name": "historical 暂缓或者分期缴纳",
                "verbose_name_plural": "historical 暂缓或者分期缴纳s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRemedy",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reconsideration", "行政复议"),
                            ("litigation", "行政诉讼"),
                            ("mediation", "联合化解"),
                        ],
                        max_length=16,
                        verbose_name="种类",
                    ),
                ),
                ("body", models.CharField(max_length=100, verbose_name="复议机关、人民法院或者化解单位")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="案号")),
                ("begun_on", models.DateField(verbose_name="受理日期")),
                ("stays", models.BooleanField(default=False, verbose_name="停止执行")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="结果送达日期")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "维持决定或者驳回请求"),
                            ("not_accepted", "不予受理、驳回申请或者起诉"),
                            ("withdrawn", "撤回、终止"),
                            ("mediated", "调解、和解结案"),
                            ("changed", "变更决定"),
                            ("revoked", "撤销决定"),
                            ("unlawful", "确认违法"),
                            ("void", "确认无效"),
                        ],
                        max_length=14,
                        verbose_name="结果",
                    ),
                ),
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
                        verbose_name="提起人",
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
                        verbose_name="结果文书",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 救济",
                "verbose_name_plural": "historical 救济s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSurcharge",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                ("through_on", models.DateField(verbose_name="计算到")),
                ("days", models.PositiveIntegerField(verbose_name="计算日数")),
                ("computed", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="计算金额（元）")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="加处罚款（元）")),
                ("reason", models.TextField(blank=True, verbose_name="减免理由")),
                ("confirmed_on", models.DateField(verbose_name="决定日期")),
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
            ],
            options={
                "verbose_name": "historical 加处罚款",
                "verbose_name_plural": "historical 加处罚款s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalUrging",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="文号")),
                ("issued_on", models.DateField(verbose_name="催告日期")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="催告金额（元）")),
                (
                    "method",
                    models.CharField(
                        blank=True,
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
                ("served_on", models.DateField(blank=True, null=True, verbose_name="送达生效")),
                ("receiver", models.CharField(blank=True, max_length=60, verbose_name="签收人或者见证人")),
                ("note", models.TextField(blank=True, verbose_name="送达说明")),
                ("answer", models.TextField(blank=True, verbose_name="当事人的陈述、申辩和复核意见")),
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
                    "party",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="enforcement.party",
                        verbose_name="受催告人",
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
            ],
            options={
                "verbose_name": "historical 催告",
                "verbose_name_plural": "historical 催告s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PaymentPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ground", models.TextField(verbose_name="理由")),
                ("approved_on", models.DateField(verbose_name="批准日期")),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="attachments.attachment",
                        verbose_name="当事人的申请",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payment_plans",
                        to="enforcement.decision",
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
            ],
            options={
                "verbose_name": "暂缓或者分期缴纳",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalInstalment",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                ("due_on", models.DateField(verbose_name="最迟缴纳日期")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="金额（元）")),
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
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="execution.paymentplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 分期",
                "verbose_name_plural": "historical 分期s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="CourtApplication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="文号")),
                ("court", models.CharField(max_length=80, verbose_name="人民法院")),
                ("applied_on", models.DateField(verbose_name="申请日期")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="申请执行金额（元）")),
                ("late_ground", models.TextField(blank=True, verbose_name="逾期申请的正当理由")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "已受理"),
                            ("not_accepted", "不予受理"),
                            ("granted", "裁定准予执行"),
                            ("refused", "裁定不准予执行"),
                            ("executed", "执行完毕"),
                            ("ended", "终结执行"),
                        ],
                        max_length=14,
                        verbose_name="结果",
                    ),
                ),
                ("outcome_on", models.DateField(blank=True, null=True, verbose_name="结果日期")),
                ("outcome_number", models.CharField(blank=True, max_length=80, verbose_name="法院文书号")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="court_applications",
                        to="enforcement.decision",
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
            ],
            options={
                "verbose_name": "申请人民法院强制执行",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("outcome_on", None)),
                            models.Q(
                                ("outcome_on__gte", models.F("applied_on")), models.Q(("outcome", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="court_answers_after_the_application",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField(verbose_name="最迟缴纳日期")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="金额（元）")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instalments",
                        to="execution.paymentplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "分期",
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="instalment_positive"),
                    models.UniqueConstraint(fields=("plan", "due_on"), name="one_instalment_a_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remedy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reconsideration", "行政复议"),
                            ("litigation", "行政诉讼"),
                            ("mediation", "联合化解"),
                        ],
                        max_length=16,
                        verbose_name="种类",
                    ),
                ),
                ("body", models.CharField(max_length=100, verbose_name="复议机关、人民法院或者化解单位")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="案号")),
                ("begun_on", models.DateField(verbose_name="受理日期")),
                ("stays", models.BooleanField(default=False, verbose_name="停止执行")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="结果送达日期")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "维持决定或者驳回请求"),
                            ("not_accepted", "不予受理、驳回申请或者起诉"),
                            ("withdrawn", "撤回、终止"),
                            ("mediated", "调解、和解结案"),
                            ("changed", "变更决定"),
                            ("revoked", "撤销决定"),
                            ("unlawful", "确认违法"),
                            ("void", "确认无效"),
                        ],
                        max_length=14,
                        verbose_name="结果",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remedies_sought",
                        to="enforcement.decision",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remedies_sought",
                        to="enforcement.party",
                        verbose_name="提起人",
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
                        verbose_name="结果文书",
                    ),
                ),
            ],
            options={
                "verbose_name": "救济",
                "ordering": ["begun_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on", None), ("outcome", "")),
                            models.Q(("ended_on__gte", models.F("begun_on")), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="remedy_ends_with_an_outcome",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("decision", "party", "kind"),
                        name="one_running_remedy_of_a_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Surcharge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("through_on", models.DateField(verbose_name="计算到")),
                ("days", models.PositiveIntegerField(verbose_name="计算日数")),
                ("computed", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="计算金额（元）")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="加处罚款（元）")),
                ("reason", models.TextField(blank=True, verbose_name="减免理由")),
                ("confirmed_on", models.DateField(verbose_name="决定日期")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="surcharges",
                        to="enforcement.decision",
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
            ],
            options={
                "verbose_name": "加处罚款",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0), ("amount__lte", models.F("computed"))),
                        name="surcharge_not_above_the_computed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount", models.F("computed")), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="surcharge_lowered_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Urging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="文号")),
                ("issued_on", models.DateField(verbose_name="催告日期")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="催告金额（元）")),
                (
                    "method",
                    models.CharField(
                        blank=True,
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
                ("served_on", models.DateField(blank=True, null=True, verbose_name="送达生效")),
                ("receiver", models.CharField(blank=True, max_length=60, verbose_name="签收人或者见证人")),
                ("note", models.TextField(blank=True, verbose_name="送达说明")),
                ("answer", models.TextField(blank=True, verbose_name="当事人的陈述、申辩和复核意见")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="urgings", to="enforcement.decision"
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
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="urgings",
                        to="enforcement.party",
                        verbose_name="受催告人",
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
                        verbose_name="送达凭证",
                    ),
                ),
            ],
            options={
                "verbose_name": "催告",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("served_on", None), ("served_on__gte", models.F("issued_on")), _connector="OR"
                        ),
                        name="urging_served_after_issue",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("served_on", None)),
                        fields=("decision", "party"),
                        name="one_urging_on_its_way",
                    ),
                ],
            },
        ),
    ]
