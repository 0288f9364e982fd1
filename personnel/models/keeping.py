"""What becomes of a certificate while it is held: where it comes from, renewals, annual checks, warnings of its end."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from personnel.models.certificates import Certificate
from portal.ledger.history import tracked

# Signs that cannot be misread on a card; sixteen of them are 77 bits of chance.
SIGNS = "23456789ACDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16


def new_code() -> str:
    """A fresh code of a check page: it follows from nothing and cannot be guessed."""
    return "".join(secrets.choice(SIGNS) for _position in range(CODE_LENGTH))


class Provenance(models.Model):
    """Where a certificate comes from, which one it replaces, and the code behind its QR."""

    class Source(models.TextChoices):
        REGION = "region", _("自治区统一样式证件（经本区监督机构）")
        MINISTRY = "ministry", _("国务院部门核发，本地只登记")

    certificate = models.OneToOneField(
        Certificate, models.PROTECT, primary_key=True, related_name="provenance", verbose_name=_("执法证")
    )
    source = models.CharField(_("来源"), max_length=8, choices=Source.choices, default=Source.REGION)
    replaces = models.OneToOneField(
        Certificate, models.PROTECT, null=True, blank=True, related_name="replacement", verbose_name=_("原证")
    )
    note = models.TextField(_("更正说明"), blank=True)
    code = models.CharField(_("核验码"), max_length=16, unique=True, default=new_code)

    class Meta:
        verbose_name = _("证件来源")

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.source}"


class AnnualCheck(models.Model):
    """One outcome of the annual check (ZJX-03, 本地); of several in a year the last one counts."""

    class Outcome(models.TextChoices):
        PASSED = "passed", _("通过")
        FAILED = "failed", _("不通过")

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="checks", verbose_name=_("执法证"))
    year = models.PositiveSmallIntegerField(_("年度"))
    outcome = models.CharField(_("结果"), max_length=6, choices=Outcome.choices)
    ground = models.TextField(_("理由"), blank=True)
    checked_on = models.DateField(_("审验日期"))
    history = tracked()

    class Meta:
        verbose_name = _("年度审验")
        ordering: ClassVar = ["-year", "-pk"]
        indexes: ClassVar = [models.Index(fields=["certificate", "year", "-id"], name="certificate_check_last")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="passed") | (Q(outcome="failed") & ~Q(ground="")), name="failed_check_has_a_ground"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.year} {self.outcome}"


class CheckSetting(models.Model):
    """Whether the bureau checks certificates yearly, and until when (本地); the newest row for a year counts."""

    from_year = models.PositiveSmallIntegerField(_("自年度"))
    required = models.BooleanField(_("每年审验执法证"), default=False)
    until_month = models.PositiveSmallIntegerField(_("审验截止月"), default=3)
    until_day = models.PositiveSmallIntegerField(_("审验截止日"), default=31)
    ground = models.TextField(_("依据"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("设定人"))
    made_at = models.DateTimeField(_("设定时间"), default=timezone.now)

    class Meta:
        verbose_name = _("年审设定")

    def __str__(self) -> str:
        return str(self.from_year)

    @classmethod
    def of(cls, year: int) -> CheckSetting:
        """What holds for a year; nothing is checked when nothing was set."""
        return cls.objects.filter(from_year__lte=year).order_by("-pk").first() or cls(from_year=year)

    def until(self, year: int) -> dt.date:
        """The last day of the year's check."""
        return dt.date(year, self.until_month, self.until_day)


class ExpiryNotice(models.Model):
    """Holder and department were told that a last day comes near: once for each day and distance."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="+", verbose_name=_("执法证"))
    valid_to = models.DateField(_("有效期至"))
    days = models.PositiveSmallIntegerField(_("提前日数"))
    told_at = models.DateTimeField(_("提醒时间"), default=timezone.now)

    class Meta:
        verbose_name = _("到期提醒")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["certificate", "valid_to", "days"], name="certificate_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.valid_to} {self.days}"
