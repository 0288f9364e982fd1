"""Enforcement subjects, the mandates of entrusted bodies and the empowerment decisions of streets."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.ledger.history import tracked

if TYPE_CHECKING:
    from portal.accounts.models import User


class OwnedQuerySet(models.QuerySet[Any]):
    """Rows of a department, with the one question of who sees them."""

    def visible_to(self, user: User) -> OwnedQuerySet:
        """The own department's and those granted; everything for those who see everything."""
        if user.sees_everything:
            return self
        return self.filter(Q(department=user.home_id) | Q(pk__in=user.granted_matters()))


class Owned(models.Model):
    """What a matter of a department has: its key is the matter's."""

    matter: Any

    class Meta:
        abstract = True

    def is_visible_to(self, user: Any) -> bool:
        """The matter's answer."""
        return bool(self.matter.is_visible_to(user))


class EnforcementSubject(Owned):
    """A department or body as an enforcement subject: one row each, applied for by it, confirmed by the bureau."""

    class Kind(models.TextChoices):
        ORGAN = "organ", _("行政机关")
        EMPOWERED = "empowered", _("法律、法规授权的组织")
        DISPATCHED = "dispatched", _("派出机构")
        ENTRUSTED = "entrusted", _("受委托组织")
        STREET = "street", _("街道")

    class State(models.TextChoices):
        APPLIED = "applied", _("已申报")
        RETURNED = "returned", _("已退回")
        CONFIRMED = "confirmed", _("已确认")
        PUBLISHED = "published", _("已公告")
        WITHDRAWN = "withdrawn", _("已撤销")

    matter = models.OneToOneField("matters.Matter", models.PROTECT, primary_key=True, related_name="+")
    department = models.OneToOneField(
        "accounts.Department", models.PROTECT, related_name="enforcement_subject", verbose_name=_("部门")
    )
    kind = models.CharField(_("主体类别"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("主体名称"), max_length=80)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    leader = models.CharField(_("负责人"), max_length=40)
    basis = models.TextField(_("设立和职权依据"))
    duties = models.TextField(_("执法职责"))
    area = models.CharField(_("执法区域"), max_length=120)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.APPLIED)
    opinion = models.TextField(_("审核意见"), blank=True)
    applied_on = models.DateField(_("申报日期"))
    confirmed_on = models.DateField(_("确认日期"), null=True, blank=True)
    published_on = models.DateField(_("公告日期"), null=True, blank=True)
    withdrawn_on = models.DateField(_("撤销日期"), null=True, blank=True)
    withdrawn_ground = models.TextField(_("撤销理由"), blank=True)
    number = models.CharField(_("公告文号"), max_length=80, blank=True)
    history = tracked()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("执法主体")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_on__isnull=False) & ~Q(withdrawn_ground=""),
                name="subject_withdrawn_with_ground",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "published"]) | Q(confirmed_on__isnull=False),
                name="subject_confirmed_on_a_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "kind", "matter"], name="subject_list")]

    def __str__(self) -> str:
        return self.name

    @property
    def sealing(self) -> Any:
        """In whose name it acts: the delegator for an entrusted body (处罚法20条)."""
        parent = self.department.parent
        return parent if self.kind == self.Kind.ENTRUSTED and parent is not None else self.department


class DatedQuerySet(OwnedQuerySet):
    """Mandates and decisions, by the days on which they have force."""

    def in_force(self, on: dt.date) -> DatedQuerySet:
        """Published, begun and not over on the day."""
        return self.filter(
            Q(valid_to=None) | Q(valid_to__gte=on),
            Q(ended_on=None) | Q(ended_on__gt=on),
            valid_from__lte=on,
            published_on__lte=on,
        )


class Dated(Owned):
    """What mandates and decisions have: their days, and when and why they ended before."""

    valid_from = models.DateField(_("起"))
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    ended_on = models.DateField(_("终止日期"), null=True, blank=True, help_text=_("从这一天起没有效力"))
    ended_ground = models.TextField(_("终止理由"), blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_in_force(self, on: dt.date) -> bool:
        """The row's own answer; the queryset's `in_force` is the same question."""
        last: dt.date | None = getattr(self, "valid_to", None)
        return (
            self.published_on is not None
            and self.published_on <= on
            and self.valid_from <= on
            and (last is None or on <= last)
            and (self.ended_on is None or on < self.ended_on)
        )


class Mandate(Dated):
    """A written mandate (委托书): what a department lets an entrusted body do in its name (处罚法20条)."""

    class State(models.TextChoices):
        SIGNED = "signed", _("已签发")
        PUBLISHED = "published", _("已公布")
        ENDED = "ended", _("已终止")

    matter = models.OneToOneField("matters.Matter", models.PROTECT, primary_key=True, related_name="+")
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, related_name="given_mandates", verbose_name=_("委托机关")
    )
    body = models.ForeignKey(
        "accounts.Department", models.PROTECT, related_name="held_mandates", verbose_name=_("受委托组织")
    )
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.SIGNED)
    number = models.CharField(_("文号"), max_length=80, blank=True)
    signed_on = models.DateField(_("签发日期"))
    basis = models.TextField(_("委托依据"))
    powers = models.TextField(_("委托权限"))
    items = models.JSONField(_("委托事项"), default=list)
    valid_to = models.DateField(_("止"))
    history = tracked()

    class Meta:
        verbose_name = _("委托书")
        ordering: ClassVar = ["-valid_from", "-matter"]
        indexes: ClassVar = [models.Index(fields=["body", "valid_to"], name="mandate_body")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="mandate_ends_after_start"),
            models.CheckConstraint(condition=~Q(department=F("body")), name="mandate_to_another"),
            models.CheckConstraint(condition=Q(ended_on=None) | ~Q(ended_ground=""), name="mandate_ended_with_ground"),
        ]

    def __str__(self) -> str:
        return self.number or str(_("委托书"))

    def covers(self, code: str) -> bool:
        """Whether the item is among the matters entrusted."""
        return any(item["code"] == code for item in self.items)


class Empowerment(Dated):
    """An empowerment decision (赋权): which powers of district departments a street exercises itself (处罚法24条)."""

    class State(models.TextChoices):
        REGISTERED = "registered", _("已登记")
        PUBLISHED = "published", _("已公布")
        ENDED = "ended", _("已终止")

    matter = models.OneToOneField("matters.Matter", models.PROTECT, primary_key=True, related_name="+")
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, related_name="empowerments", verbose_name=_("街道")
    )
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.REGISTERED)
    issuer = models.CharField(_("作出决定的机关"), max_length=80)
    title = models.CharField(_("决定名称"), max_length=200)
    number = models.CharField(_("决定文号"), max_length=80)
    decided_on = models.DateField(_("决定日期"))
    announced_in = models.CharField(_("公布载体"), max_length=200)
    valid_to = models.DateField(_("止"), null=True, blank=True)
    evaluate_by = models.DateField(_("下次评估不迟于"), null=True, blank=True)
    evaluations = models.PositiveSmallIntegerField(_("已评估次数"), default=0)
    evaluation = models.TextField(_("最近一次评估"), blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("赋权决定")
        ordering: ClassVar = ["-valid_from", "-matter"]
        indexes: ClassVar = [models.Index(fields=["department", "valid_from"], name="empowerment_street")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="empowerment_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | ~Q(ended_ground=""), name="empowerment_ended_with_ground"
            ),
            models.UniqueConstraint(fields=["department", "number"], name="empowerment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）"


class EmpoweredItemQuerySet(models.QuerySet["EmpoweredItem"]):
    """Items, by the day."""

    def in_force(self, on: dt.date) -> EmpoweredItemQuerySet:
        """Items of decisions in force on the day, not taken back by then."""
        decisions = Empowerment.objects.in_force(on)
        return self.filter(Q(taken_back_on=None) | Q(taken_back_on__gt=on), empowerment__in=decisions)


class EmpoweredItem(models.Model):
    """One item of an empowerment list; it can be taken back alone (三(一)1: tracked item by item)."""

    empowerment = models.ForeignKey(Empowerment, models.PROTECT, related_name="items", verbose_name=_("赋权决定"))
    code = models.CharField(_("事项编码"), max_length=30)
    name = models.CharField(_("事项名称"), max_length=300)
    origin = models.CharField(_("原行使部门"), max_length=80, blank=True)
    taken_back_on = models.DateField(_("收回日期"), null=True, blank=True)
    ground = models.TextField(_("收回理由"), blank=True)
    history = tracked()

    objects = EmpoweredItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("赋权事项")
        ordering: ClassVar = ["empowerment", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["empowerment", "code"], name="empowered_item_once"),
            models.CheckConstraint(
                condition=Q(taken_back_on=None) | ~Q(ground=""), name="empowered_item_taken_back_with_ground"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["code"], name="empowered_item_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
