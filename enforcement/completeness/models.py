"""Explanations of numbers that are not in the portal, and the report of a month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from portal.ledger.history import tracked

if TYPE_CHECKING:
    from portal.accounts.models import User


class OwnQuerySet(models.QuerySet[Any]):
    """Rows of a department, with the one question of who sees them."""

    def visible_to(self, user: User) -> OwnQuerySet:
        """The own department's; the bureau sees all."""
        return self if user.sees_everything else self.filter(department=user.home_id)


class Explanation(models.Model):
    """Why the numbers from `first` to `last` of a series are not in the portal; taken back, never changed."""

    class State(models.TextChoices):
        STANDING = "standing", _("有效")
        TAKEN_BACK = "taken_back", _("已撤回")

    class Ground(models.TextChoices):
        VOID = "void", _("文书作废，没有作出决定")
        SPOILED = "spoiled", _("纸质文书填写错误或者损毁")
        RESERVED = "reserved", _("预留未用")
        SKIPPED = "skipped", _("编号时跳号")
        BEGUN_LATER = "begun_later", _("本年度从后面的号开始编")
        WRONG = "wrong", _("前后的号录入有误")
        ELSEWHERE = "elsewhere", _("在其他系统办理，尚未归集")
        SECRET = "secret", _("依法不能归集（涉密）")

    # The decision exists, though not here: these stay among what is to be collected.
    EXISTING: ClassVar = (Ground.ELSEWHERE, Ground.SECRET)

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="number_explanation", verbose_name=_("事项")
    )
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+", verbose_name=_("部门"))
    head = models.CharField(_("代字"), max_length=40)
    year = models.PositiveSmallIntegerField(_("年份"))
    first = models.PositiveBigIntegerField(_("起"))
    last = models.PositiveBigIntegerField(_("止"))
    ground = models.CharField(_("情形"), max_length=12, choices=Ground.choices)
    reason = models.TextField(_("说明"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.STANDING)
    explained_on = models.DateField(_("说明日期"))
    taken_back_on = models.DateField(_("撤回日期"), null=True, blank=True)
    taken_back_reason = models.TextField(_("撤回理由"), blank=True)
    history = tracked()

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("缺号说明")
        indexes: ClassVar = [models.Index(fields=["department", "head", "year"], name="explanation_series")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(first__gte=1, last__gte=F("first")), name="explanation_range"),
            models.CheckConstraint(
                condition=Q(state="standing", taken_back_on=None, taken_back_reason="")
                | Q(state="taken_back", taken_back_on__isnull=False) & ~Q(taken_back_reason=""),
                name="explanation_taken_back_says_why",
            ),
            ExclusionConstraint(
                name="number_explained_once",
                expressions=[
                    ("department", "="),
                    ("head", "="),
                    ("year", "="),
                    (Func(F("first"), F("last"), Value("[]"), function="int8range"), "&&"),
                ],
                condition=Q(state="standing"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.head}〔{self.year}〕{self.first}—{self.last}"


class MonthReport(models.Model):
    """What a department's series look like after a month, and what it says to that."""

    class State(models.TextChoices):
        OPEN = "open", _("待报送")
        REPORTED = "reported", _("已报送")

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="completeness_report", verbose_name=_("事项")
    )
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+", verbose_name=_("部门"))
    month = models.DateField(_("月份"))
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.OPEN)
    figures = models.JSONField(_("情况"), default=dict)
    missing = models.PositiveBigIntegerField(_("缺号"), default=0)
    as_of = models.DateField(_("截至"))
    opinion = models.TextField(_("部门说明"), blank=True)
    reported_on = models.DateField(_("报送日期"), null=True, blank=True)
    history = tracked()

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("归集月报")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["department", "month"], name="one_completeness_report_a_month"),
            models.CheckConstraint(
                condition=Q(state="open", reported_on=None) | Q(state="reported", reported_on__isnull=False),
                name="completeness_report_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department_id} {self.month:%Y-%m}"
