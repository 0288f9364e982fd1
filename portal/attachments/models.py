"""Attachments: a row per uploaded file. Never deleted, only voided with a reason (a trigger refuses)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.matters.registry import reserved_kinds

if TYPE_CHECKING:
    from pathlib import Path

    from portal.accounts.models import User
    from portal.matters.models import Matter


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Attachments; who sees a matter sees its files, and everybody his own loose ones.

    Of a reserved matter a guest sees only what his own department uploaded (see MatterKind).
    """

    def visible_to(self, user: User) -> AttachmentQuerySet:
        """The files the person may see."""
        own = models.Q(matter=None, uploaded_by=user)
        if user.sees_everything:
            return self.filter(models.Q(matter__isnull=False) | own)
        granted = models.Q(matter_id__in=user.granted_matters()) & (
            ~models.Q(matter__kind__in=reserved_kinds()) | models.Q(uploaded_by__department=user.department_id)
        )
        return self.filter(own | models.Q(matter__department=user.home_id) | granted)

    def of(self, matter: Matter) -> AttachmentQuerySet:
        """A matter's files, the oldest first."""
        return self.filter(matter=matter).select_related("uploaded_by").order_by("uploaded_at", "id")


class Attachment(models.Model):
    """One file as it was uploaded. The bytes lie in the vault under their SHA-256."""

    class Scan(models.TextChoices):
        UNSCANNED = "unscanned", _("未查毒")
        CLEAN = "clean", _("未发现病毒")
        INFECTED = "infected", _("发现病毒")
        UNAVAILABLE = "unavailable", _("查毒服务不可用")

    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, null=True, related_name="attachments", verbose_name=_("事项")
    )
    name = models.CharField(_("文件名"), max_length=140)
    size = models.PositiveBigIntegerField(_("大小"))
    media_type = models.CharField(_("类型"), max_length=100)
    sha256 = models.CharField(max_length=64)
    file = models.CharField(_("存放位置"), max_length=80, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人")
    )
    uploaded_at = models.DateTimeField(_("上传时间"), default=timezone.now)
    scan_state = models.CharField(_("查毒"), max_length=12, choices=Scan.choices, default=Scan.UNSCANNED)
    scanned_at = models.DateTimeField(_("查毒时间"), null=True, blank=True)
    scan_note = models.CharField(_("查毒结果"), max_length=200, blank=True)
    voided_at = models.DateTimeField(_("作废时间"), null=True, blank=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField(_("作废理由"), max_length=200, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("附件")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(voided_at=None, void_reason="")
                | models.Q(voided_at__isnull=False) & ~models.Q(void_reason=""),
                name="void_attachment_says_why",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["id"],
                condition=models.Q(scan_state__in=["unscanned", "unavailable"]),
                name="attachment_to_scan",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The file's page on the desk."""
        return reverse("attachments:page", args=[self.pk])

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        from portal.attachments.vault import path_of

        return path_of(self.file)

    @property
    def may_be_downloaded(self) -> bool:
        """An infected file is kept as evidence and handed to nobody."""
        return self.scan_state != self.Scan.INFECTED
