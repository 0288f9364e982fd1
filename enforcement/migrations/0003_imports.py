# Runs of the import, the rows they took, and what was wrong with the others.

import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import enforcement.imports.models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_initial"),
        ("enforcement", "0002_triggers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "file",
                    models.FileField(blank=True, upload_to=enforcement.imports.models.upload_path, verbose_name="文件"),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                ("size", models.PositiveBigIntegerField(verbose_name="大小")),
                ("sha256", models.CharField(max_length=64)),
                ("forced_layout", models.CharField(blank=True, max_length=20, verbose_name="格式")),
                ("decided_on_from", models.CharField(blank=True, max_length=100, verbose_name="推定决定日期的列")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "等待检查"),
                            ("checking", "正在检查"),
                            ("checked", "待确认"),
                            ("queued", "等待归集"),
                            ("running", "正在归集"),
                            ("finished", "已完成"),
                            ("failed", "未能完成"),
                            ("discarded", "已放弃"),
                        ],
                        default="uploaded",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("layout", models.CharField(blank=True, max_length=60, verbose_name="认出的格式")),
                ("expected", models.PositiveIntegerField(default=0, verbose_name="检查时的行数")),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="行数")),
                ("created", models.PositiveIntegerField(default=0, verbose_name="已归集")),
                ("to_complete", models.PositiveIntegerField(default=0, verbose_name="待补全")),
                ("duplicate", models.PositiveIntegerField(default=0, verbose_name="重复")),
                ("rejected", models.PositiveIntegerField(default=0, verbose_name="未收")),
                ("rejected_by_reason", models.JSONField(default=dict)),
                ("trial", models.JSONField(default=dict, verbose_name="检查结果")),
                ("notes", models.JSONField(default=list, verbose_name="说明")),
                ("failure", models.TextField(blank=True, verbose_name="未能完成的原因")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("started_at", models.DateTimeField(null=True)),
                ("alive_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="最近一次进展")),
                ("finished_at", models.DateTimeField(null=True)),
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
                "verbose_name": "信息归集",
            },
        ),
        migrations.CreateModel(
            name="ImportProblem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("created", "已归集"),
                            ("to_complete", "待补全"),
                            ("duplicate", "重复"),
                            ("rejected", "未收"),
                        ],
                        max_length=12,
                    ),
                ),
                ("sheet", models.CharField(blank=True, max_length=100)),
                ("line", models.PositiveIntegerField()),
                ("column", models.CharField(blank=True, max_length=100)),
                ("value", models.CharField(blank=True, max_length=200)),
                ("code", models.CharField(max_length=30)),
                ("sentence", models.TextField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="problems", to="enforcement.importrun"
                    ),
                ),
            ],
            options={
                "verbose_name": "归集的问题",
            },
        ),
        migrations.CreateModel(
            name="ImportedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                ("imposed", models.CharField(max_length=64)),
                ("sheet", models.CharField(blank=True, max_length=100)),
                ("line", models.PositiveIntegerField()),
                ("remarks", models.JSONField(default=list)),
                ("originals", models.JSONField(default=dict)),
                (
                    "case",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imported_row",
                        to="enforcement.case",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.department"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="imported", to="enforcement.importrun"
                    ),
                ),
            ],
            options={
                "verbose_name": "归集的行",
            },
        ),
        migrations.AddIndex(
            model_name="importrun",
            index=models.Index(fields=["department", "-id"], name="import_run_department"),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "rows",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("created"), "+", models.F("to_complete")
                                ),
                                "+",
                                models.F("duplicate"),
                            ),
                            "+",
                            models.F("rejected"),
                        ),
                    )
                ),
                name="import_counts_add_up",
            ),
        ),
        migrations.AddIndex(
            model_name="importproblem",
            index=models.Index(fields=["run", "outcome", "id"], name="import_problem_page"),
        ),
        migrations.AddConstraint(
            model_name="importedrow",
            constraint=models.UniqueConstraint(fields=("department", "key"), name="imported_once"),
        ),
    ]
