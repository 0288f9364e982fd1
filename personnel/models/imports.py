"""Lists of officers on their way in: uploaded, checked, confirmed by a person, written by the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from personnel.imports.reasons import Outcome
from portal.accounts.encryption import EncryptedBinaryField, EncryptedJSONField

if TYPE_CHECKING:
    from portal.accounts.models import User


class OfficerImportQuerySet(models.QuerySet["OfficerImport"]):
    """Imports, with the one question of who sees them."""

    def visible_to(self, user: User) -> OfficerImportQuerySet:
        """Own department's; all for the bureau's supervisors."""
        return self if user.sees_everything else self.filter(department=user.home_id)


class OfficerImport(models.Model):
    """One file; its counts add up to its rows. The file itself is dropped once it is written or discarded."""

    class State(models.TextChoices):
        CHECKED = "checked", _("待确认")
        QUEUED = "queued", _("等待导入")
        FINISHED = "finished", _("已完成")
        FAILED = "failed", _("未能完成")
        DISCARDED = "discarded", _("已放弃")

    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+", verbose_name=_("部门"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人")
    )
    content = EncryptedBinaryField(_("文件"), blank=True, default=b"")
    file_name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.CHECKED)
    rows = models.PositiveIntegerField(_("行数"), default=0)
    created = models.PositiveIntegerField(Outcome.CREATED.label, default=0)
    certified = models.PositiveIntegerField(Outcome.CERTIFIED.label, default=0)
    present = models.PositiveIntegerField(Outcome.PRESENT.label, default=0)
    rejected = models.PositiveIntegerField(Outcome.REJECTED.label, default=0)
    certificates = models.PositiveIntegerField(_("登记的执法证"), default=0)
    problems = EncryptedJSONField(_("问题"), default=list)
    notes = EncryptedJSONField(_("说明"), default=list)
    failure = models.TextField(_("未能完成的原因"), blank=True)
    created_at = models.DateTimeField(_("上传时间"), default=timezone.now)
    finished_at = models.DateTimeField(_("完成时间"), null=True)

    objects = OfficerImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("人员导入")
        indexes: ClassVar = [models.Index(fields=["department", "-id"], name="officer_import_department")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    rows=models.F("created") + models.F("certified") + models.F("present") + models.F("rejected")
                ),
                name="officer_import_counts_add_up",
            )
        ]

    def __str__(self) -> str:
        return self.file_name
