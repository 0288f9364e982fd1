"""Sessions: what was taught where and when, who signed in on which day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from personnel.models import Officer
from personnel.training.models.plans import Form, PlanItem
from portal.ledger.history import tracked

if TYPE_CHECKING:
    from portal.accounts.models import User

EARLY = dt.timedelta(minutes=30)


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions, with the one question of who sees them."""

    def visible_to(self, user: User) -> SessionQuerySet:
        """The own department's, those open to it, and all for the bureau."""
        if user.sees_everything:
            return self
        own = Q(matter__department=user.home_id)
        return self.filter(own | Q(for_all=True) | Q(open_to__contains=[user.home_id]))


class Session(models.Model):
    """One training: form, topic, teacher, place, begin and end; its class hours stand by days."""

    class State(models.TextChoices):
        OPEN = "open", _("待举办")
        CLOSED = "closed", _("已结束")
        CANCELLED = "cancelled", _("已取消")

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="training_session", verbose_name=_("事项")
    )
    item = models.ForeignKey(
        PlanItem, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("计划项目")
    )
    form = models.CharField(_("形式"), max_length=16, choices=Form.choices)
    topic = models.CharField(_("主题"), max_length=120)
    teacher = models.CharField(_("主讲人"), max_length=60)
    place = models.CharField(_("地点"), max_length=120)
    begins_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    for_all = models.BooleanField(_("面向全区"), default=False)
    open_to = ArrayField(models.BigIntegerField(), default=list, blank=True, verbose_name=_("同时面向的部门"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.TextField(_("取消理由"), blank=True)
    history = tracked()

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("培训")
        ordering: ClassVar = ["-begins_at"]
        indexes: ClassVar = [models.Index(fields=["-begins_at"], name="training_session_list")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="training_session_ends_later"),
        ]

    def __str__(self) -> str:
        return self.topic

    def days_of(self) -> dict[dt.date, int]:
        """Its days with their class hours in tenths."""
        return {one.on: one.tenths for one in self.days.all()}

    def takes(self, officer: Officer) -> bool:
        """Whether an officer's department is among those it is for."""
        wanted = {self.matter.department_id, *self.open_to}
        return officer.active and (self.for_all or officer.department_id in wanted)

    def admits(self, now: dt.datetime) -> bool:
        """Whether one can sign in by code at the moment: on one of its days, half an hour early at most."""
        return (
            self.state == self.State.OPEN
            and self.begins_at - EARLY <= now <= self.ends_at + EARLY
            and self.days.filter(on=timezone.localdate(now)).exists()
        )


class SessionDay(models.Model):
    """One day of a session and what it counts; a session over the turn of the year counts in both years."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="days", verbose_name=_("培训"))
    on = models.DateField(_("日期"))
    tenths = models.PositiveIntegerField(_("学时（十分之一）"))
    history = tracked()

    class Meta:
        verbose_name = _("培训日")
        ordering: ClassVar = ["on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "on"], name="training_day_once"),
            models.CheckConstraint(condition=Q(tenths__range=(1, 120)), name="training_day_hours"),
        ]

    def __str__(self) -> str:
        return self.on.isoformat()


class Attendance(models.Model):
    """That an officer was there on a day; added once, never changed."""

    class Way(models.TextChoices):
        LIST = "list", _("名册登记")
        CODE = "code", _("扫码")
        FILE = "file", _("表格导入")

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances", verbose_name=_("培训"))
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="attendances", verbose_name=_("人员"))
    on = models.DateField(_("日期"))
    way = models.CharField(_("方式"), max_length=4, choices=Way.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        verbose_name = _("签到")
        ordering: ClassVar = ["on", "at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "officer", "on"], name="training_attendance_once"),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.on}"
