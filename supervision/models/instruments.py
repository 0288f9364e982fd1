"""What the bureau issues to a department, what the department answers, and what it objects."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.ledger.history import tracked
from supervision.models.cases import SupervisionCase

REGULATION_FROM = dt.date(2026, 2, 1)


class Instrument(models.Model):
    """A supervision document to a department, from the approved draft to its service.

    Which kinds exist follows from the date of issue: the regulation of 2026-02-01 knows 督办函 (27)
    and 意见书 (28); before it there was 处理决定通知书.
    """

    class Kind(models.TextChoices):
        URGING = "urging", _("行政执法监督督办函")
        OPINION = "opinion", _("行政执法监督意见书")
        NOTICE = "notice", _("行政执法监督处理决定通知书")

    class Fault(models.TextChoices):
        NOT_PERFORMED = "not_performed", _("应当履行而未履行行政执法职责")
        UNLAWFUL = "unlawful", _("违法")
        IMPROPER = "improper", _("明显不当")

    class Method(models.TextChoices):
        PORTAL = "portal", _("平台签收")
        DIRECT = "direct", _("直接送达")
        EXCHANGE = "exchange", _("公文交换")
        MAIL = "mail", _("邮寄送达")

    case = models.ForeignKey(SupervisionCase, models.PROTECT, related_name="instruments", verbose_name=_("监督案件"))
    kind = models.CharField(_("文书种类"), max_length=10, choices=Kind.choices)
    fault = models.CharField(_("认定"), max_length=14, choices=Fault.choices)
    findings = models.TextField(_("查明的事实"))
    basis = models.TextField(_("违反的规定"))
    requirements = models.TextField(_("要求"))
    authority = models.TextField(_("处理依据"), blank=True)
    statement = models.TextField(_("被监督机关的说明"), blank=True)
    opinion = models.TextField(_("处理意见"), blank=True)
    personnel_advice = models.TextField(_("对人员处理的建议"), blank=True)
    discipline_lead = models.TextField(_("向监察机关移送的线索"), blank=True)
    approved_on = models.DateField(_("批准日期"))
    number = models.CharField(_("文号"), max_length=80, blank=True)
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")
    issued_on = models.DateField(_("制发日期"), null=True, blank=True)
    report_on = models.DateField(_("报送纠正情况的日期"), null=True, blank=True)
    superior = models.CharField(_("上一级主管部门"), max_length=80, blank=True)
    superior_told_on = models.DateField(_("告知上一级主管部门的日期"), null=True, blank=True)
    superior_told_how = models.CharField(_("告知方式"), max_length=200, blank=True)
    served_on = models.DateField(_("送达日期"), null=True, blank=True)
    method = models.CharField(_("送达方式"), max_length=10, choices=Method.choices, blank=True)
    receiver = models.CharField(_("签收人"), max_length=60, blank=True)
    proof = models.ForeignKey("attachments.Attachment", models.PROTECT, null=True, blank=True, related_name="+")
    reminded_on = models.DateField(_("催报日期"), null=True, blank=True)
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)
    withdrawn_ground = models.TextField(_("撤回理由"), blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("监督文书")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(report_on__gt=F("issued_on")), name="instrument_report_after_issue"
            ),
            models.CheckConstraint(
                condition=Q(served_on=None) | Q(served_on__gte=F("issued_on")), name="instrument_served_after_issue"
            ),
            models.CheckConstraint(
                condition=Q(issued_on=None)
                | (Q(kind="notice") & Q(issued_on__lt=REGULATION_FROM))
                | (~Q(kind="notice") & Q(issued_on__gte=REGULATION_FROM)),
                name="instrument_kind_of_its_day",
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(withdrawn_on=None), name="one_instrument_in_force"),
        ]

    def __str__(self) -> str:
        return self.number or str(self.get_kind_display())

    @property
    def about(self) -> str:
        """How facts name this instrument."""
        return f"instrument:{self.pk}"


class RectificationReport(models.Model):
    """What a department reports on putting right (执法监督条例27条2款、28条2款), and the bureau's check."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("已纠正")
        NOT_CORRECTED = "not_corrected", _("未纠正")

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="reports", verbose_name=_("监督文书"))
    text = models.TextField(_("纠正情况"))
    attachments = models.ManyToManyField("attachments.Attachment", related_name="+", verbose_name=_("证明材料"))
    reported_on = models.DateField(_("报送日期"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("报送人")
    )
    verdict = models.CharField(_("核验结果"), max_length=14, choices=Verdict.choices, blank=True)
    verified_on = models.DateField(_("核验日期"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("核验人")
    )
    check_note = models.TextField(_("核验情况"), blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("纠正情况报告")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.instrument} {self.reported_on}"


class Objection(models.Model):
    """What the department holds against the result (执法监督条例30条), and the answer."""

    class Outcome(models.TextChoices):
        MAINTAINED = "maintained", _("维持")
        WITHDRAWN = "withdrawn", _("撤回文书")

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="objections", verbose_name=_("监督文书"))
    reasons = models.TextField(_("异议和理由"))
    attachments = models.ManyToManyField("attachments.Attachment", related_name="+", verbose_name=_("材料"))
    raised_on = models.DateField(_("提出日期"))
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人"))
    outcome = models.CharField(_("处理结果"), max_length=12, choices=Outcome.choices, blank=True)
    answer = models.TextField(_("答复"), blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("异议")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="") | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="objection_outcome_answered",
            ),
            models.UniqueConstraint(fields=["instrument"], condition=Q(outcome=""), name="one_open_objection"),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.raised_on}"

    @property
    def about(self) -> str:
        """How facts name this objection."""
        return f"objection:{self.pk}"
