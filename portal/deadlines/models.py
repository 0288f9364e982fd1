"""Tables of the clock: calendars and their versions, facts, local terms, obligations and their changes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.deadlines.lights import Light, light_of
from portal.deadlines.querysets import ObligationQuerySet

if TYPE_CHECKING:
    from portal.deadlines.calendars import WorkCalendar

APPEND_ONLY_TABLES = [
    "deadlines_calendarversion",
    "deadlines_calendaryear",
    "deadlines_calendarday",
    "deadlines_fact",
    "deadlines_factvoid",
    "deadlines_term",
    "deadlines_duechange",
]


class Kind(models.TextChoices):
    """What a rule demands: to do, what one may do, what must wait, how long a thing is valid."""

    DUTY = "duty", _("义务")
    WINDOW = "window", _("权利期间")
    BAR = "bar", _("等待期")
    VALIDITY = "validity", _("有效期")


class Calendar(models.Model):
    """A calendar by name; what it says is in its versions."""

    key = models.SlugField(_("键"), primary_key=True, max_length=20)
    name = models.CharField(_("名称"), max_length=40)
    base = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("以何日历为基础"))

    class Meta:
        verbose_name = _("日历")

    def __str__(self) -> str:
        return self.name


class CalendarVersion(models.Model):
    """One change of a calendar: who entered which year, from which source. Later is larger."""

    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="versions", verbose_name=_("日历"))
    made_at = models.DateTimeField(_("录入时间"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("录入人")
    )
    source = models.TextField(_("来源"))

    class Meta:
        verbose_name = _("日历版本")

    def __str__(self) -> str:
        return f"{self.calendar_id}-{self.pk}"


class CalendarYear(models.Model):
    """A year as one version states it; the newest version of a year counts."""

    version = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="years", verbose_name=_("版本"))
    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="years", verbose_name=_("日历"))
    year = models.PositiveSmallIntegerField(_("年度"))
    source = models.TextField(_("来源"))

    class Meta:
        verbose_name = _("日历年度")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "year"], name="calendar_year_once_per_version")
        ]
        indexes: ClassVar = [models.Index(fields=["calendar", "year", "-version"], name="calendar_year_newest")]

    def __str__(self) -> str:
        return f"{self.calendar_id} {self.year}"


class CalendarDay(models.Model):
    """A dated exception: a weekday that is off, or a weekend day that is worked."""

    calendar_year = models.ForeignKey(CalendarYear, models.PROTECT, related_name="days", verbose_name=_("年度"))
    date = models.DateField(_("日期"))
    is_off = models.BooleanField(_("放假"))
    name = models.CharField(_("名称"), max_length=40)

    class Meta:
        verbose_name = _("日历例外")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["calendar_year", "date"], name="calendar_day_once_per_year")
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class Fact(models.Model):
    """Something that happened in law. Never edited: a wrong one is voided and stated again.

    `at` is the moment in law; when only the day is known it is midnight of that day (Asia/Shanghai)
    and `exact` is false. `known_at` is the moment we were told, `entered_at` the moment it was typed.
    `about` names what it is about: tokens like «decision:12», several divided by a blank.
    """

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="facts", verbose_name=_("事项"))
    name = models.CharField(_("事实"), max_length=80)
    at = models.DateTimeField(_("发生时间"))
    exact = models.BooleanField(_("有时刻"))
    known_at = models.DateTimeField(_("获知时间"))
    entered_at = models.DateTimeField(_("录入时间"), default=timezone.now)
    about = models.CharField(_("关于"), max_length=200, blank=True)
    value = models.JSONField(_("内容"), default=dict)
    event = models.ForeignKey(
        "ledger.Event", models.PROTECT, null=True, related_name="facts_stated", verbose_name=_("事件")
    )
    late_workdays = models.PositiveIntegerField(_("迟录工作日"), default=0)
    late_reason = models.TextField(_("迟录原因"), blank=True)
    late_proof = models.CharField(_("迟录证明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("事实")
        indexes: ClassVar = [
            models.Index(fields=["matter", "name"], name="fact_matter_name"),
            models.Index(fields=["entered_at"], condition=Q(late_workdays__gt=1), name="fact_entered_late"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(late_workdays__lte=1) | ~Q(late_reason=""), name="fact_late_entry_needs_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {timezone.localtime(self.at):%Y-%m-%d}"


class FactVoid(models.Model):
    """A fact taken back, with the reason; the fact itself stays where it is."""

    fact = models.OneToOneField(Fact, models.PROTECT, related_name="void", verbose_name=_("事实"))
    event = models.ForeignKey(
        "ledger.Event", models.PROTECT, null=True, related_name="facts_voided", verbose_name=_("事件")
    )
    reason = models.TextField(_("原因"))
    voided_at = models.DateTimeField(_("作废时间"), default=timezone.now)

    class Meta:
        verbose_name = _("作废的事实")

    def __str__(self) -> str:
        return f"{self.fact_id}: {self.reason}"


class Term(models.Model):
    """A local number (本地): the period a department or the bureau sets where the law gives none.

    The newest row for a rule, department and day counts; an empty period withdraws the local number.
    """

    rule = models.CharField(_("规则"), max_length=80)
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("部门")
    )
    period = models.CharField(_("期限"), max_length=40, blank=True)
    valid_from = models.DateField(_("自"))
    valid_to = models.DateField(_("至"), null=True, blank=True)
    ground = models.TextField(_("依据"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("设定人")
    )
    made_at = models.DateTimeField(_("设定时间"), default=timezone.now)

    class Meta:
        verbose_name = _("本地期限")
        indexes: ClassVar = [models.Index(fields=["rule", "department", "-id"], name="term_newest")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="term_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.period}"


class Obligation(models.Model):
    """What follows from a matter's facts by one rule: derived by replay, never written by hand.

    `due_at` is the last moment in time: 23:59:59.999999 (Asia/Shanghai) of `due_on`, or the moment
    itself for periods of hours. `near_at` is the start of the last two working days (or of the rule's
    own lead), empty when the obligation was closed before. `missed_at` is the moment the deadline
    passed unmet and stays for ever; `announced_at` and `near_announced_at` are the moments that were
    announced, not the moments at which a job ran, so that a late sweep writes the same rows.
    """

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="obligations", verbose_name=_("事项"))
    rule = models.CharField(_("规则"), max_length=80)
    law = models.CharField(_("法条代号"), max_length=20)
    about = models.CharField(_("关于"), max_length=200, blank=True)
    number = models.PositiveIntegerField(_("第几次"), default=1)
    kind = models.CharField(_("种类"), max_length=10, choices=Kind.choices)
    bound = models.CharField(_("义务人"), max_length=20)
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="obligations", verbose_name=_("部门")
    )
    unit = models.CharField(_("单位"), max_length=10)
    opened_at = models.DateTimeField(_("起算"))
    due_at = models.DateTimeField(_("届满"))
    due_on = models.DateField(_("届满日"))
    near_at = models.DateTimeField(_("临近"), null=True, blank=True)
    settled_at = models.DateTimeField(_("履行"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("消灭"), null=True, blank=True)
    closed_in_time = models.BooleanField(_("按期了结"), default=False)
    paused = models.BooleanField(_("中止"), default=False)
    provisional = models.BooleanField(_("暂定"), default=False)
    remark = models.CharField(_("说明"), max_length=200, blank=True)
    trace = models.JSONField(_("计算过程"), default=list)
    calendar_version = models.CharField(_("日历版本"), max_length=60)
    missed_at = models.DateTimeField(_("逾期"), null=True, blank=True)
    announced_at = models.DateTimeField(_("已通报的逾期"), null=True, blank=True)
    near_announced_at = models.DateTimeField(_("已提醒的临近"), null=True, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("期限义务")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "rule", "about", "number"], name="obligation_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                condition=Q(settled_at=None, cancelled_at=None),
                name="obligation_open_due",
            ),
            models.Index(
                fields=["department", "due_at"],
                condition=Q(settled_at=None, cancelled_at=None),
                name="obligation_department_due",
            ),
            models.Index(
                fields=["due_at", "id"],
                condition=Q(kind="duty", announced_at=None, provisional=False, paused=False, closed_in_time=False),
                name="obligation_to_announce",
            ),
            models.Index(
                fields=["near_at", "id"],
                condition=Q(kind="duty", near_announced_at=None, paused=False, near_at__isnull=False),
                name="obligation_to_warn",
            ),
            models.Index(fields=["department", "rule"], condition=~Q(missed_at=None), name="obligation_missed"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.due_on}"

    @property
    def is_open(self) -> bool:
        """Neither settled nor cancelled."""
        return self.settled_at is None and self.cancelled_at is None

    def light(self, now: datetime | None = None, calendar: WorkCalendar | None = None) -> Light:
        """The light and its words; a list passes the calendar it has looked up."""
        return light_of(self, now or timezone.now(), calendar)


class DueChange(models.Model):
    """Why an obligation's date or state is not what it was: old and new, and what caused it."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="changes", verbose_name=_("义务"))
    event = models.ForeignKey(
        "ledger.Event", models.PROTECT, null=True, related_name="due_changes", verbose_name=_("事件")
    )
    cause = models.CharField(_("缘由"), max_length=200)
    old_due_at = models.DateTimeField(_("原届满"))
    new_due_at = models.DateTimeField(_("新届满"))
    old = models.JSONField(_("原状"), default=dict)
    new = models.JSONField(_("现状"), default=dict)
    cleared_lateness = models.BooleanField(_("逾期转为按期"), default=False)
    made_at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        verbose_name = _("期限变更")
        indexes: ClassVar = [
            models.Index(fields=["made_at"], condition=Q(cleared_lateness=True), name="due_change_cleared"),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id}: {self.old_due_at:%Y-%m-%d} → {self.new_due_at:%Y-%m-%d}"
