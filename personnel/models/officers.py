"""Officers: the enforcement staff of a department, with or without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from portal.accounts.encryption import EncryptedTextField, keyed_hash
from portal.accounts.identity import masked, validate_identity

if TYPE_CHECKING:
    from portal.accounts.models import User


class OfficerQuerySet(models.QuerySet["Officer"]):
    """Officers, with the one question of who sees them."""

    def visible_to(self, user: User) -> OfficerQuerySet:
        """Those of the own department; all for the bureau's supervisors."""
        return self if user.sees_everything else self.filter(department=user.home_id)

    def with_identity(self, number: str) -> OfficerQuerySet:
        """Those whose identity number is exactly this one; nobody for an empty value."""
        digest = keyed_hash(number)
        return self.filter(identity_hash=digest) if digest else self.none()


class Officer(models.Model):
    """A person on the enforcement staff of a department; with or without an account."""

    class Gender(models.TextChoices):
        MALE = "male", _("男")
        FEMALE = "female", _("女")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="officer", verbose_name=_("账号")
    )
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, related_name="officers", verbose_name=_("部门")
    )
    name = models.CharField(_("姓名"), max_length=40)
    gender = models.CharField(_("性别"), max_length=6, choices=Gender.choices, blank=True)
    identity = EncryptedTextField(_("公民身份号码"), blank=True, default="", validators=[validate_identity])
    identity_hash = models.CharField(max_length=64, blank=True, default="", editable=False, db_index=True)
    phone = models.CharField(_("手机"), max_length=20, blank=True)
    position = models.CharField(_("职务"), max_length=60, blank=True)
    legal_qualified = models.BooleanField(
        _("取得法律职业资格"), default=False, help_text=_("初次从事法制审核的人员须取得（处罚法58条2款）")
    )
    legal_number = models.CharField(_("法律职业资格证书编号"), max_length=40, blank=True)
    active = models.BooleanField(_("在岗"), default=True)
    history = HistoricalRecords()

    objects = OfficerQuerySet.as_manager()

    class Meta:
        verbose_name = _("执法人员")
        verbose_name_plural = _("执法人员")
        ordering: ClassVar = ["department__code", "name", "pk"]
        indexes: ClassVar = [models.Index(fields=["department", "active", "name"], name="officer_department_list")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["identity_hash"],
                condition=Q(active=True) & ~Q(identity_hash=""),
                name="officer_active_once",
                violation_error_message=_("这个公民身份号码已经登记为在岗执法人员。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The keyed hash follows the number."""
        self.identity = "".join(self.identity.split()).upper()
        self.identity_hash = keyed_hash(self.identity)
        super().save(*args, **kwargs)

    @property
    def masked_identity(self) -> str:
        """The number as it may be shown without a logged click."""
        return masked(self.identity)

    def is_visible_to(self, user: User) -> bool:
        """The same question as OfficerQuerySet.visible_to for one officer."""
        return user.sees_everything or self.department_id == user.home_id
