"""Postings, pictures and imported lists of officers; the number of the legal qualification."""

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import portal.accounts.encryption


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_initial"),
        ("personnel", "0002_triggers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalofficer",
            name="legal_number",
            field=models.CharField(blank=True, max_length=40, verbose_name="法律职业资格证书编号"),
        ),
        migrations.AddField(
            model_name="officer",
            name="legal_number",
            field=models.CharField(blank=True, max_length=40, verbose_name="法律职业资格证书编号"),
        ),
        migrations.CreateModel(
            name="HistoricalPosting",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("position", models.CharField(blank=True, max_length=60, verbose_name="职务")),
                ("begun_on", models.DateField(verbose_name="到岗日期")),
                ("ground", models.CharField(blank=True, max_length=200, verbose_name="到岗缘由")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="离岗日期")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("change", "本部门内调整职务"),
                            ("transfer", "调往本区其他执法部门"),
                            ("off_post", "调离执法岗位"),
                            ("away", "调出本区"),
                            ("long_leave", "长期离岗（病假、借调、学习等）"),
                            ("resigned", "辞职、辞退或者开除"),
                            ("retired", "退休"),
                            ("died", "去世"),
                        ],
                        max_length=12,
                        verbose_name="离岗情形",
                    ),
                ),
                ("end_ground", models.CharField(blank=True, max_length=200, verbose_name="离岗说明")),
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
            ],
            options={
                "verbose_name": "historical 任职经历",
                "verbose_name_plural": "historical 任职经历s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="OfficerImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "content",
                    portal.accounts.encryption.EncryptedBinaryField(blank=True, default=b"", verbose_name="文件"),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checked", "待确认"),
                            ("queued", "等待导入"),
                            ("finished", "已完成"),
                            ("failed", "未能完成"),
                            ("discarded", "已放弃"),
                        ],
                        default="checked",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="行数")),
                ("created", models.PositiveIntegerField(default=0, verbose_name="新登记的人员")),
                ("certified", models.PositiveIntegerField(default=0, verbose_name="补登执法证")),
                ("present", models.PositiveIntegerField(default=0, verbose_name="已经登记")),
                ("rejected", models.PositiveIntegerField(default=0, verbose_name="未收")),
                ("certificates", models.PositiveIntegerField(default=0, verbose_name="登记的执法证")),
                ("problems", portal.accounts.encryption.EncryptedJSONField(default=list, verbose_name="问题")),
                ("notes", portal.accounts.encryption.EncryptedJSONField(default=list, verbose_name="说明")),
                ("failure", models.TextField(blank=True, verbose_name="未能完成的原因")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="上传时间")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="完成时间")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
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
                "verbose_name": "人员导入",
                "indexes": [models.Index(fields=["department", "-id"], name="officer_import_department")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "rows",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("created"), "+", models.F("certified")
                                        ),
                                        "+",
                                        models.F("present"),
                                    ),
                                    "+",
                                    models.F("rejected"),
                                ),
                            )
                        ),
                        name="officer_import_counts_add_up",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficerPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("photo", "照片"), ("legal_proof", "法律职业资格证书")],
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                ("content", portal.accounts.encryption.EncryptedBinaryField(verbose_name="内容")),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="上传时间")),
                ("replaced_at", models.DateTimeField(blank=True, null=True, verbose_name="更换时间")),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pictures",
                        to="personnel.officer",
                        verbose_name="执法人员",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
            ],
            options={
                "verbose_name": "人员图片",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("officer", "kind"),
                        name="one_current_picture",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.CharField(blank=True, max_length=60, verbose_name="职务")),
                ("begun_on", models.DateField(verbose_name="到岗日期")),
                ("ground", models.CharField(blank=True, max_length=200, verbose_name="到岗缘由")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="离岗日期")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("change", "本部门内调整职务"),
                            ("transfer", "调往本区其他执法部门"),
                            ("off_post", "调离执法岗位"),
                            ("away", "调出本区"),
                            ("long_leave", "长期离岗（病假、借调、学习等）"),
                            ("resigned", "辞职、辞退或者开除"),
                            ("retired", "退休"),
                            ("died", "去世"),
                        ],
                        max_length=12,
                        verbose_name="离岗情形",
                    ),
                ),
                ("end_ground", models.CharField(blank=True, max_length=200, verbose_name="离岗说明")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.department",
                        verbose_name="部门",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="personnel.officer",
                        verbose_name="执法人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "任职经历",
                "ordering": ["-begun_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)), fields=("officer",), name="one_open_posting"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on", None), ("ending", "")),
                            models.Q(("ended_on__gte", models.F("begun_on")), models.Q(("ending", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="posting_end_is_whole",
                    ),
                ],
            },
        ),
    ]
