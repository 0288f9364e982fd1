"""Pictures of an officer: the photograph on the certificate, and the proof of his legal qualification."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from personnel.models.officers import Officer
from portal.accounts.encryption import EncryptedBinaryField


class OfficerPicture(models.Model):
    """A JPEG without metadata, encrypted at rest; a newer one replaces it, the older stays on record."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("照片")
        LEGAL_PROOF = "legal_proof", _("法律职业资格证书")

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="pictures", verbose_name=_("执法人员"))
    kind = models.CharField(_("种类"), max_length=12, choices=Kind.choices)
    content = EncryptedBinaryField(_("内容"))
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("上传人")
    )
    uploaded_at = models.DateTimeField(_("上传时间"), default=timezone.now)
    replaced_at = models.DateTimeField(_("更换时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("人员图片")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["officer", "kind"], condition=Q(replaced_at=None), name="one_current_picture"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.kind}"
