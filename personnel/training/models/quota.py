"""The quota of a year: what the bureau has set, who is away, where each holder stands, each department's duty."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from personnel.models import Officer
from portal.ledger.history import tracked

if TYPE_CHECKING:
    from portal.accounts.models import User

REQUIRED_TENTHS = 600  # PX-01: at least 60 class hours a person and year


class QuotaSetting(models.Model):
    """The bureau's local switches (本地), from a year on; the newest row for a year counts, older ones stay."""

    from_year = models.PositiveSmallIntegerField(_("自年度"))
    proportional = models.BooleanField(_("新持证、长期离岗的按天数折算"), default=False)
    suspends = models.BooleanField(_("年度学时不足的暂扣执法证"), default=False)
    grace_days = models.PositiveSmallIntegerField(_("年度结束后多少日暂扣"), default=30)
    ground = models.TextField(_("依据"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("设定人"))
    made_at = models.DateTimeField(_("设定时间"), default=timezone.now)

    class Meta:
        verbose_name = _("学时规则设定")

    def __str__(self) -> str:
        return str(self.from_year)

    @classmethod
    def of(cls, year: int) -> QuotaSetting:
        """What holds for a year; everything is off when nothing was set."""
        found = cls.objects.filter(from_year__lte=year).order_by("-pk").first()
        return found or cls(from_year=year)


class LongLeave(models.Model):
    """A long absence of an officer: illness, maternity, secondment; counts only when the bureau's switch is on."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="long_leaves", verbose_name=_("人员"))
    begun_on = models.DateField(_("自"))
    ended_on = models.DateField(_("至"))
    ground = models.CharField(_("事由"), max_length=120)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("长期离岗")
        ordering: ClassVar = ["-begun_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ended_on__gte=F("begun_on")), name="training_leave_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.begun_on}"


class StandingQuerySet(models.QuerySet["Standing"]):
    """Standings, with the one question of who sees them."""

    def visible_to(self, user: User) -> StandingQuerySet:
        """The own department's; the bureau sees all."""
        return self if user.sees_everything else self.filter(department=user.home_id)


class Standing(models.Model):
    """Where a holder stands in a year, as the last sweep has found it: derived, thrown away and made anew freely."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+", verbose_name=_("人员"))
    department = models.ForeignKey("accounts.Department", models.CASCADE, related_name="+", verbose_name=_("部门"))
    year = models.PositiveSmallIntegerField(_("年度"))
    tenths = models.IntegerField(_("已有学时（十分之一）"))
    required = models.PositiveIntegerField(_("应有学时（十分之一）"))
    missing = models.PositiveIntegerField(_("还差学时（十分之一）"))
    counted_at = models.DateTimeField(_("统计时间"))

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("年度学时")
        indexes: ClassVar = [models.Index(fields=["year", "department", "-missing"], name="training_standing_list")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["officer", "year"], name="training_standing_once"),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.year}"


class DutyQuerySet(models.QuerySet["QuotaDuty"]):
    """Departments' duties, with the one question of who sees them."""

    def visible_to(self, user: User) -> DutyQuerySet:
        """The own department's; the bureau sees all."""
        return self if user.sees_everything else self.filter(matter__department=user.home_id)


class QuotaDuty(models.Model):
    """A department's yearly duty: whoever holds a certificate at the year's end has the hours (PX-01)."""

    class State(models.TextChoices):
        RUNNING = "running", _("逐年履行")

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="quota_duty", verbose_name=_("事项")
    )
    department = models.OneToOneField(
        "accounts.Department", models.PROTECT, related_name="quota_duty", verbose_name=_("部门")
    )
    state = models.CharField(_("状态"), max_length=7, choices=State.choices, default=State.RUNNING)
    history = tracked()

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("年度学时职责")

    def __str__(self) -> str:
        return str(self.department_id)
