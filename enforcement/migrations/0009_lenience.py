# Circumstances for a lighter or reduced penalty, and how the notice and the decision word them.

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import portal.ledger.models
from portal.ledger.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0003_tier_may_be_missing"),
        ("ledger", "0002_triggers"),
        ("enforcement", "0008_light_act_states"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="lenience",
            field=models.TextField(blank=True, verbose_name="从轻、减轻、不予处罚的情节"),
        ),
        migrations.AddField(
            model_name="historicaldecision",
            name="lenience",
            field=models.TextField(blank=True, verbose_name="从轻、减轻、不予处罚的情节"),
        ),
        migrations.AddField(
            model_name="historicalpenaltynotice",
            name="lenience",
            field=models.TextField(blank=True, verbose_name="从轻、减轻情节"),
        ),
        migrations.AddField(
            model_name="penaltynotice",
            name="lenience",
            field=models.TextField(blank=True, verbose_name="从轻、减轻情节"),
        ),
        migrations.CreateModel(
            name="HistoricalCircumstance",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("salt", models.BinaryField(default=portal.ledger.models.new_salt)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("minor", "已满十四周岁不满十八周岁的未成年人（处罚法30条）"),
                            ("capacity", "尚未完全丧失辨认或者控制自己行为能力的精神病人、智力残疾人（处罚法31条）"),
                            ("remedied", "主动消除或者减轻违法行为危害后果（处罚法32条1项）"),
                            ("coerced", "受他人胁迫或者诱骗实施违法行为（处罚法32条2项）"),
                            ("confessed", "主动供述行政机关尚未掌握的违法行为（处罚法32条3项）"),
                            ("merit", "配合行政机关查处违法行为有立功表现（处罚法32条4项）"),
                            ("by_law", "法律、法规、规章规定的其他情形（处罚法32条5项）"),
                            ("listed", "本部门减免责清单的条目（本地）"),
                        ],
                        max_length=10,
                        verbose_name="情节",
                    ),
                ),
                ("provision", models.CharField(blank=True, max_length=200, verbose_name="其他情形的条款")),
                (
                    "effect",
                    models.CharField(
                        choices=[("lighter", "从轻处罚"), ("reduced", "减轻处罚")], max_length=8, verbose_name="处理"
                    ),
                ),
                ("facts", models.TextField(verbose_name="事实和证据")),
                ("reasons", models.TextField(verbose_name="理由")),
                ("recorded_on", models.DateField(verbose_name="认定日期")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="不再适用日期")),
                ("withdrawn_reason", models.TextField(blank=True, verbose_name="不再适用的理由")),
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
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalogue.leniency",
                        verbose_name="清单条目",
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
                        verbose_name="当事人",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 从轻、减轻情节",
                "verbose_name_plural": "historical 从轻、减轻情节s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Circumstance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("minor", "已满十四周岁不满十八周岁的未成年人（处罚法30条）"),
                            ("capacity", "尚未完全丧失辨认或者控制自己行为能力的精神病人、智力残疾人（处罚法31条）"),
                            ("remedied", "主动消除或者减轻违法行为危害后果（处罚法32条1项）"),
                            ("coerced", "受他人胁迫或者诱骗实施违法行为（处罚法32条2项）"),
                            ("confessed", "主动供述行政机关尚未掌握的违法行为（处罚法32条3项）"),
                            ("merit", "配合行政机关查处违法行为有立功表现（处罚法32条4项）"),
                            ("by_law", "法律、法规、规章规定的其他情形（处罚法32条5项）"),
                            ("listed", "本部门减免责清单的条目（本地）"),
                        ],
                        max_length=10,
                        verbose_name="情节",
                    ),
                ),
                ("provision", models.CharField(blank=True, max_length=200, verbose_name="其他情形的条款")),
                (
                    "effect",
                    models.CharField(
                        choices=[("lighter", "从轻处罚"), ("reduced", "减轻处罚")], max_length=8, verbose_name="处理"
                    ),
                ),
                ("facts", models.TextField(verbose_name="事实和证据")),
                ("reasons", models.TextField(verbose_name="理由")),
                ("recorded_on", models.DateField(verbose_name="认定日期")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="不再适用日期")),
                ("withdrawn_reason", models.TextField(blank=True, verbose_name="不再适用的理由")),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="circumstances",
                        to="enforcement.enforcementact",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.leniency",
                        verbose_name="清单条目",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enforcement.party",
                        verbose_name="当事人",
                    ),
                ),
            ],
            options={
                "verbose_name": "从轻、减轻情节",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entry__isnull", False), ("ground", "listed")),
                            models.Q(models.Q(("ground", "listed"), _negated=True), ("entry", None)),
                            _connector="OR",
                        ),
                        name="listed_circumstance_names_its_entry",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("facts", ""), _negated=True), models.Q(("reasons", ""), _negated=True)
                        ),
                        name="circumstance_has_its_facts_and_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_on", None), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_on__gte", models.F("recorded_on")),
                                models.Q(("withdrawn_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="circumstance_withdrawn_wholly",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_on", None)),
                        fields=("act", "party", "ground", "entry", "provision"),
                        name="circumstance_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        append_only("enforcement_historicalcircumstance"),
    ]
