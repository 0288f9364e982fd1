"""Runs of the import, the rows they took, and what was wrong with the others."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enforcement.imports.reasons import Outcome

if TYPE_CHECKING:
    from portal.accounts.models import User


def upload_path(run: ImportRun, _name: str) -> str:
    """Where an uploaded file waits; its own name never becomes a path."""
    return f"imports/{run.key}.upload"


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Runs, with the one question of who sees them."""

    def visible_to(self, user: User) -> ImportRunQuerySet:
        """Own department's; all for the bureau's supervisors."""
        return self if user.sees_everything else self.filter(department=user.home_id)


class ImportRun(models.Model):
    """One file on its way in: uploaded, checked, run; its counts always add up to its rows."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("等待检查")
        CHECKING = "checking", _("正在检查")
        CHECKED = "checked", _("待确认")
        QUEUED = "queued", _("等待归集")
        RUNNING = "running", _("正在归集")
        FINISHED = "finished", _("已完成")
        FAILED = "failed", _("未能完成")
        DISCARDED = "discarded", _("已放弃")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+", verbose_name=_("部门"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人")
    )
    file = models.FileField(_("文件"), upload_to=upload_path, blank=True)
    file_name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField(_("大小"))
    sha256 = models.CharField(max_length=64)
    forced_layout = models.CharField(_("格式"), max_length=20, blank=True)
    decided_on_from = models.CharField(_("推定决定日期的列"), max_length=100, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.UPLOADED)
    layout = models.CharField(_("认出的格式"), max_length=60, blank=True)
    expected = models.PositiveIntegerField(_("检查时的行数"), default=0)
    rows = models.PositiveIntegerField(_("行数"), default=0)
    created = models.PositiveIntegerField(Outcome.CREATED.label, default=0)
    to_complete = models.PositiveIntegerField(Outcome.TO_COMPLETE.label, default=0)
    duplicate = models.PositiveIntegerField(Outcome.DUPLICATE.label, default=0)
    rejected = models.PositiveIntegerField(Outcome.REJECTED.label, default=0)
    rejected_by_reason = models.JSONField(default=dict)
    trial = models.JSONField(_("检查结果"), default=dict)
    notes = models.JSONField(_("说明"), default=list)
    failure = models.TextField(_("未能完成的原因"), blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    alive_at = models.DateTimeField(_("最近一次进展"), default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("信息归集")
        indexes: ClassVar = [models.Index(fields=["department", "-id"], name="import_run_department")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    rows=models.F("created") + models.F("to_complete") + models.F("duplicate") + models.F("rejected")
                ),
                name="import_counts_add_up",
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def errors_path(self) -> str:
        """The error file, below the media folder."""
        return f"imports/{self.key}-errors.csv"


class ImportedRow(models.Model):
    """A row that was taken: its key keeps it from being taken twice, in any run, by any number of runs."""

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="imported")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    imposed = models.CharField(max_length=64)
    sheet = models.CharField(max_length=100, blank=True)
    line = models.PositiveIntegerField()
    case = models.OneToOneField("enforcement.Case", models.PROTECT, null=True, related_name="imported_row")
    remarks = models.JSONField(default=list)
    originals = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("归集的行")
        constraints: ClassVar = [models.UniqueConstraint(fields=["department", "key"], name="imported_once")]

    def __str__(self) -> str:
        return f"{self.sheet}:{self.line}"


class ImportProblem(models.Model):
    """What a person should know of a row: why it was not taken, what it lacks, which row it repeats."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="problems")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    sheet = models.CharField(max_length=100, blank=True)
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=100, blank=True)
    value = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=30)
    sentence = models.TextField()

    class Meta:
        verbose_name = _("归集的问题")
        indexes: ClassVar = [models.Index(fields=["run", "outcome", "id"], name="import_problem_page")]

    def __str__(self) -> str:
        return f"{self.line} {self.code}"
