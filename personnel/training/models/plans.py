"""A department's training plan of a year, and what it plans month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from personnel.training.hours import shown
from portal.ledger.history import tracked

if TYPE_CHECKING:
    from portal.accounts.models import User


class Form(models.TextChoices):
    """The eight forms of the work plan 三(二)2 («集中+日常、综合+专业、线上+线下、科室负责人+专家视频»), drills, simulations."""

    CENTRAL = "central", _("集中培训")
    DAILY = "daily", _("日常培训")
    GENERAL = "general", _("综合培训")
    SPECIAL = "special", _("专业培训")
    ONLINE = "online", _("线上培训")
    OFFLINE = "offline", _("线下培训")
    SECTION_HEAD = "section_head", _("科室负责人讲授")
    EXPERT_VIDEO = "expert_video", _("专家视频授课")
    DRILL = "drill", _("执法岗位技能大练兵")
    SIMULATION = "simulation", _("执法事务情景模拟展演")


class PlanQuerySet(models.QuerySet["TrainingPlan"]):
    """Plans, with the one question of who sees them."""

    def visible_to(self, user: User) -> PlanQuerySet:
        """The own department's; the bureau sees all of them."""
        return self if user.sees_everything else self.filter(matter__department=user.home_id)


class TrainingPlan(models.Model):
    """What a department will train in a year; drawn up by it, approved or returned by the bureau."""

    class State(models.TextChoices):
        DRAFT = "draft", _("拟订")
        SUBMITTED = "submitted", _("已报送")
        RETURNED = "returned", _("已退回")
        APPROVED = "approved", _("已批准")
        DONE = "done", _("已完成")

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="training_plan", verbose_name=_("事项")
    )
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+", verbose_name=_("部门"))
    year = models.PositiveSmallIntegerField(_("年度"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT)
    opinion = models.TextField(_("审核意见"), blank=True)
    summary = models.TextField(_("完成情况"), blank=True)
    history = tracked()

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("年度培训计划")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["department", "year"], name="training_plan_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.department_id}"


class PlanItem(models.Model):
    """One training of the plan: form, topic, month, class hours, for whom."""

    plan = models.ForeignKey(TrainingPlan, models.PROTECT, related_name="items", verbose_name=_("计划"))
    form = models.CharField(_("形式"), max_length=16, choices=Form.choices)
    topic = models.CharField(_("主题"), max_length=120)
    month = models.PositiveSmallIntegerField(_("月份"))
    tenths = models.PositiveIntegerField(_("计划学时（十分之一）"))
    audience = models.CharField(_("参训人员"), max_length=120)
    dropped = models.BooleanField(_("已删去"), default=False)
    history = tracked()

    class Meta:
        verbose_name = _("计划项目")
        ordering: ClassVar = ["month", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="training_item_month"),
            models.CheckConstraint(condition=Q(tenths__gt=0), name="training_item_has_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.month}月 {self.topic}（{shown(self.tenths)}学时）"
