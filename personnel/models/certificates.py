"""Certificates of enforcement, and the times during which one was suspended."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from personnel.fields import ALL
from personnel.models.officers import Officer
from portal.ledger.history import tracked

if TYPE_CHECKING:
    from portal.accounts.models import User


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates as of a day."""

    def valid_on(self, on: dt.date, field: str = "") -> CertificateQuerySet:
        """Those that let their holder act on the day, in the field when one is named.

        Looks at what held on that day: a certificate suspended since was still good before.
        """
        suspended = Suspension.objects.filter(certificate=models.OuterRef("pk")).covering(on)
        earlier = Renewal.objects.filter(certificate=models.OuterRef("pk"), old_from__lte=on, old_to__gte=on)
        found = self.filter(Q(valid_from__lte=on, valid_to__gte=on) | models.Exists(earlier))
        found = found.filter(Q(ended_on=None) | Q(ended_on__gt=on))
        if field:
            found = found.filter(Q(fields__contains=[field]) | Q(fields__contains=[ALL]))
        return found.exclude(models.Exists(suspended))

    def visible_to(self, user: User) -> CertificateQuerySet:
        """Those of visible officers and those granted."""
        if user.sees_everything:
            return self
        return self.filter(Q(matter__department=user.department_id) | Q(matter__in=user.granted_matters()))


class Certificate(models.Model):
    """A certificate of enforcement; its own matter, since it is issued, suspended and ended."""

    class State(models.TextChoices):
        ISSUED = "issued", _("持有")
        SUSPENDED = "suspended", _("暂扣")
        REVOKED = "revoked", _("吊销")
        CANCELLED = "cancelled", _("注销")
        LOST = "lost", _("遗失作废")

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="certificate", verbose_name=_("事项")
    )
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="certificates", verbose_name=_("持证人"))
    number = models.CharField(_("证号"), max_length=40, unique=True)
    issuer = models.CharField(_("发证机关"), max_length=80)
    fields = ArrayField(models.CharField(max_length=30), verbose_name=_("执法领域"))
    area = models.CharField(_("执法区域"), max_length=60)
    valid_from = models.DateField(_("有效期自"))
    valid_to = models.DateField(_("有效期至"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ISSUED)
    ended_on = models.DateField(_("注销、吊销或者作废日期"), null=True, blank=True)
    ended_ground = models.TextField(_("注销、吊销或者作废理由"), blank=True)
    history = tracked()

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("执法证")
        verbose_name_plural = _("执法证")
        ordering: ClassVar = ["valid_to", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["valid_to"], name="certificate_expiry"),
            GinIndex(fields=["fields"], name="certificate_fields"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="certificate_ends_after_start"),
            models.CheckConstraint(condition=~Q(fields=[]), name="certificate_has_a_field"),
            models.CheckConstraint(
                condition=Q(ended_on=None, state__in=["issued", "suspended"])
                | Q(ended_on__isnull=False, state__in=["revoked", "cancelled", "lost"]),
                name="certificate_end_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def covers(self, field: str) -> bool:
        """Whether the certificate is good for the field; «综合» covers every one."""
        return not field or field in self.fields or ALL in self.fields

    def has_expired(self, on: dt.date) -> bool:
        """Whether its last day lies before the day."""
        return self.valid_to < on


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    """Suspensions as of a day."""

    def covering(self, on: dt.date) -> SuspensionQuerySet:
        """Those in effect on the day: from the first day on, the day of return no longer."""
        return self.filter(begun_on__lte=on).filter(Q(ended_on=None) | Q(ended_on__gt=on))


class Suspension(models.Model):
    """A time during which a certificate was taken in; the day of return belongs to the holder again."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="suspensions", verbose_name=_("执法证"))
    begun_on = models.DateField(_("暂扣日期"))
    ground = models.TextField(_("暂扣理由"))
    ended_on = models.DateField(_("发还日期"), null=True, blank=True)
    end_ground = models.TextField(_("发还理由"), blank=True)
    history = tracked()

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("暂扣")
        ordering: ClassVar = ["begun_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("begun_on")), name="suspension_ends_after_start"
            ),
            models.UniqueConstraint(fields=["certificate"], condition=Q(ended_on=None), name="one_running_suspension"),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.begun_on}"


class Renewal(models.Model):
    """A longer validity, and the one before it: what was done under the earlier one stays judged by it."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="renewals", verbose_name=_("执法证"))
    renewed_on = models.DateField(_("换证日期"))
    old_from = models.DateField(_("原有效期自"))
    old_to = models.DateField(_("原有效期至"))
    new_from = models.DateField(_("新有效期自"))
    new_to = models.DateField(_("新有效期至"))
    document = models.CharField(_("发证机关的文书"), max_length=200, blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("续期换证")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(new_to__gt=F("old_to")), name="renewal_lasts_longer"),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.new_to}"
