"""The light act: one row beside the common act, and the opinions of its reviewers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enforcement.models import EnforcementAct, Party
from portal.ledger.history import tracked


class LightAct(EnforcementAct):
    """A licence, a coercive measure or execution, a levy, a payment, a confirmation or another act."""

    class Result(models.TextChoices):
        GRANTED = "granted", _("准予")
        REFUSED = "refused", _("不予")
        DECIDED = "decided", _("已作出决定")

    request = models.TextField(_("申请或者事由"))
    target = models.CharField(_("涉及的场所、设施、财物或者行为"), max_length=300, blank=True)
    accepted_on = models.DateField(_("受理日期"), null=True, blank=True)
    urged_on = models.DateField(_("催告书送达日期"), null=True, blank=True)
    result = models.CharField(_("结论"), max_length=10, choices=Result.choices, blank=True)
    licence_name = models.CharField(_("许可证件名称"), max_length=120, blank=True)
    licence_number = models.CharField(_("许可证件编号"), max_length=80, blank=True)
    valid_from = models.DateField(_("有效期自"), null=True, blank=True)
    valid_to = models.DateField(_("有效期至"), null=True, blank=True)
    amount = models.DecimalField(_("金额（元）"), max_digits=14, decimal_places=2, null=True, blank=True)
    carried_out = models.TextField(_("执行情况"), blank=True)
    executed_on = models.DateField(_("执行日期"), null=True, blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("许可和其他执法行为")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="licence_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gte=0), name="light_amount_not_negative"),
        ]


class Review(models.Model):
    """A legal review of an act before its decision, with the opinion in writing (SX-12)."""

    class Verdict(models.TextChoices):
        PASSED = "passed", _("同意作出决定")
        RETURNED = "returned", _("退回补正")

    act = models.ForeignKey(LightAct, models.PROTECT, related_name="reviews")
    proposal = models.TextField(_("送审的拟决定"))
    submitted_on = models.DateField(_("送审日期"))
    verdict = models.CharField(_("结论"), max_length=10, choices=Verdict.choices, blank=True)
    opinion = models.TextField(_("审核意见"), blank=True)
    reviewer = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    concluded_on = models.DateField(_("审核日期"), null=True, blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("法制审核")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["act"], condition=Q(concluded_on=None), name="one_open_review"),
            models.CheckConstraint(
                condition=Q(concluded_on=None, verdict="")
                | Q(concluded_on__isnull=False) & ~Q(opinion="") & ~Q(verdict=""),
                name="a_review_ends_with_an_opinion",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_verdict_display() or _("审核中"))


class ActImport(models.Model):
    """A file of acts that was taken in: how many rows, and what was wrong with the others."""

    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    actor = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    file_name = models.CharField(_("文件"), max_length=200)
    at = models.DateTimeField(_("时间"))
    created = models.PositiveIntegerField(_("新建"))
    present = models.PositiveIntegerField(_("已有"))
    faults = models.JSONField(_("没有采用的"), default=list)

    class Meta:
        verbose_name = _("执法行为导入")

    def __str__(self) -> str:
        return self.file_name


def first_party(act: EnforcementAct) -> Party | None:
    """The party of a light act: it has one."""
    return act.parties.order_by("pk").first()
