"""The time of a case stopped and lengthened by a named article; orders to correct with their last day."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enforcement.measures.models.columns import file, paper
from enforcement.models import Case, Party
from portal.ledger.history import tracked


class TimeBasisQuerySet(models.QuerySet[Any]):
    """Articles about time, by department and day."""

    def visible_to(self, user: Any) -> TimeBasisQuerySet:
        """The own department's; all for the bureau."""
        if user.sees_everything:
            return self
        return self.filter(Q(department=user.home_id) | Q(pk__in=user.granted_matters()))

    def in_force(self, on: dt.date) -> TimeBasisQuerySet:
        """Those in force on a day."""
        return self.filter(Q(effective_to=None) | Q(effective_to__gte=on), effective_from__lte=on)


class TimeBasis(models.Model):
    """An article that lets a department take time out of the ninety days, or lengthen them (处罚法60条)."""

    class Purpose(models.TextChoices):
        SUSPEND = "suspend", _("不计入办案期限")
        EXTEND = "extend", _("延长办案期限")

    class Approver(models.TextChoices):
        HEAD = "head", _("负责人批准")
        COLLECTIVE = "collective", _("负责人集体讨论决定")
        SUPERIOR = "superior", _("报上一级机关决定")

    class State(models.TextChoices):
        IN_FORCE = "in_force", _("在用")
        ENDED = "ended", _("已停用")

    matter = models.OneToOneField("matters.Matter", models.PROTECT, primary_key=True, related_name="+")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+", verbose_name=_("部门"))
    purpose = models.CharField(_("用途"), max_length=8, choices=Purpose.choices)
    law = models.CharField(_("法律、法规或者规章"), max_length=120)
    article = models.CharField(_("条款"), max_length=60)
    words = models.TextField(_("条文"))
    step = models.PositiveSmallIntegerField(_("第几次延期"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("延长日数"), null=True, blank=True)
    approver = models.CharField(_("由谁决定"), max_length=10, choices=Approver.choices, default=Approver.HEAD)
    effective_from = models.DateField(_("启用"))
    effective_to = models.DateField(_("停用"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.IN_FORCE)
    history = tracked()

    objects = TimeBasisQuerySet.as_manager()

    class Meta:
        verbose_name = _("办案时限依据")
        ordering: ClassVar = ["department", "purpose", "step", "pk"]
        indexes: ClassVar = [models.Index(fields=["effective_from", "matter"], name="time_basis_list")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(purpose="suspend", step=None, days=None) | Q(purpose="extend", step__gte=1),
                name="time_basis_extends_by_steps",
            ),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")), name="time_basis_ends"
            ),
        ]

    def __str__(self) -> str:
        words = f"《{self.law}》{self.article}"
        if self.purpose == self.Purpose.SUSPEND:
            return words
        return _("%(words)s：第 %(step)d 次延期，%(who)s") % {
            "words": words,
            "step": self.step,
            "who": self.get_approver_display(),
        }

    @property
    def cited(self) -> str:
        """As a trace or a paper cites it."""
        return f"《{self.law}》{self.article}"

    def is_visible_to(self, user: Any) -> bool:
        """The matter's answer."""
        return bool(self.matter.is_visible_to(user))


class Suspension(models.Model):
    """A stretch of time that does not count towards the ninety days."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="suspensions")
    basis = models.ForeignKey(TimeBasis, models.PROTECT, related_name="+", verbose_name=_("依据"))
    reason = models.TextField(_("理由"))
    begun_on = models.DateField(_("起"))
    expected_on = models.DateField(_("预计恢复"))
    resumed_on = models.DateField(_("恢复"), null=True)
    resumed_reason = models.TextField(_("恢复的理由"), blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("不计入办案期限的时间")
        ordering: ClassVar = ["begun_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(resumed_on=None) | Q(resumed_on__gte=F("begun_on")), name="suspension_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return _("%(day)s 起：%(reason)s") % {"day": self.begun_on.isoformat(), "reason": self.reason[:30]}

    @property
    def about(self) -> str:
        """How facts name it."""
        return f"suspension:{self.pk}"


class Extension(models.Model):
    """The ninety days lengthened before they were over; old and new last day are both kept."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="extensions")
    basis = models.ForeignKey(TimeBasis, models.PROTECT, related_name="+", verbose_name=_("依据"))
    step = models.PositiveSmallIntegerField(_("第几次延期"))
    days = models.PositiveSmallIntegerField(_("延长日数"))
    reason = models.TextField(_("理由"))
    extended_on = models.DateField(_("批准日期"))
    old_due = models.DateField(_("原期限"))
    new_due = models.DateField(_("新期限"))
    approval = models.TextField(_("集体讨论或者上级批准的情况"), blank=True)
    proof = file(_("集体讨论记录或者上级批复"))
    number = models.CharField(_("文号"), max_length=80, blank=True)
    document = paper()
    history = tracked()

    class Meta:
        verbose_name = _("延长办案期限")
        ordering: ClassVar = ["step"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "step"], name="extension_step_once"),
            models.CheckConstraint(condition=Q(days__gte=1), name="extension_has_days"),
            models.CheckConstraint(condition=Q(new_due__gt=F("old_due")), name="extension_lengthens"),
        ]

    def __str__(self) -> str:
        return self.number or str(self.new_due)


class CorrectionOrder(models.Model):
    """An order to correct (处罚法28条1款): at once or by a day, looked at again, with its outcome."""

    class Outcome(models.TextChoices):
        CORRECTED = "corrected", _("已改正")
        PARTLY = "partly", _("部分改正")
        NOT = "not", _("未改正")

    case = models.ForeignKey(Case, models.PROTECT, related_name="correction_orders")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("当事人"))
    content = models.TextField(_("改正的内容和要求"))
    violated = models.TextField(_("违反的规定"))
    basis = models.TextField(_("责令改正的依据"))
    issued_on = models.DateField(_("责令日期"))
    due_on = models.DateField(_("改正期限"))
    number = models.CharField(_("文号"), max_length=80, blank=True)
    document = paper()
    checked_on = models.DateField(_("复查日期"), null=True)
    outcome = models.CharField(_("复查结果"), max_length=10, choices=Outcome.choices, blank=True)
    found = models.TextField(_("复查情况"), blank=True)
    proof = file(_("复查记录"))
    history = tracked()

    class Meta:
        verbose_name = _("责令改正")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(due_on__gte=F("issued_on")), name="correction_due_after_the_order"),
            models.CheckConstraint(
                condition=Q(checked_on=None, outcome="") | Q(checked_on__gte=F("issued_on")) & ~Q(outcome=""),
                name="correction_checked_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.due_on)

    @property
    def about(self) -> str:
        """How facts name it."""
        return f"correction:{self.pk}"
