"""What is kept of the time after a decision: remedies, plans of payment, surcharges, urgings, court applications."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enforcement.models import Decision, Party, Service
from portal.ledger.history import tracked


def _money(label: object) -> models.DecimalField:  # type: ignore[type-arg]  # a column in yuan, to the fen
    return models.DecimalField(label, max_digits=14, decimal_places=2)  # type: ignore[arg-type]  # a lazy label


def _file(label: object = "") -> models.ForeignKey:  # type: ignore[type-arg]  # a column
    return models.ForeignKey(
        "attachments.Attachment",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,  # type: ignore[arg-type]  # a lazy label
    )


def _paper() -> models.ForeignKey:  # type: ignore[type-arg]  # a column
    return models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")


class Remedy(models.Model):
    """A reconsideration, a suit or a joint mediation about a decision, with its outcome."""

    class Kind(models.TextChoices):
        RECONSIDERATION = "reconsideration", _("行政复议")
        LITIGATION = "litigation", _("行政诉讼")
        MEDIATION = "mediation", _("联合化解")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("维持决定或者驳回请求")
        NOT_ACCEPTED = "not_accepted", _("不予受理、驳回申请或者起诉")
        WITHDRAWN = "withdrawn", _("撤回、终止")
        MEDIATED = "mediated", _("调解、和解结案")
        CHANGED = "changed", _("变更决定")
        REVOKED = "revoked", _("撤销决定")
        UNLAWFUL = "unlawful", _("确认违法")
        VOID = "void", _("确认无效")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="remedies_sought")
    party = models.ForeignKey(Party, models.PROTECT, related_name="remedies_sought", verbose_name=_("提起人"))
    kind = models.CharField(_("种类"), max_length=16, choices=Kind.choices)
    body = models.CharField(_("复议机关、人民法院或者化解单位"), max_length=100)
    number = models.CharField(_("案号"), max_length=80, blank=True)
    begun_on = models.DateField(_("受理日期"))
    stays = models.BooleanField(_("停止执行"), default=False)
    ended_on = models.DateField(_("结果送达日期"), null=True, blank=True)
    outcome = models.CharField(_("结果"), max_length=14, choices=Outcome.choices, blank=True)
    note = models.TextField(_("说明"), blank=True)
    proof = _file(_("结果文书"))
    history = tracked()

    class Meta:
        verbose_name = _("救济")
        ordering: ClassVar = ["begun_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_on=None, outcome="") | Q(ended_on__gte=F("begun_on")) & ~Q(outcome=""),
                name="remedy_ends_with_an_outcome",
            ),
            models.UniqueConstraint(
                fields=["decision", "party", "kind"], condition=Q(ended_on=None), name="one_running_remedy_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number or self.body}"

    @property
    def about(self) -> str:
        """How facts name it: decision and party."""
        return f"{self.decision.about} {self.party.about}"


class PassedApplication(models.Model):
    """An application for reconsideration handed in at the department itself (复议法32条), and what came of it (FY-05)."""

    class Basis(models.TextChoices):
        SPOT = "spot", _("当场作出的处罚决定")
        MONITOR = "monitor", _("依据电子技术监控设备记录作出的处罚决定")

    class Outcome(models.TextChoices):
        FORWARDED = "forwarded", _("维持决定，已转送复议机关")
        CORRECTED = "corrected", _("自行纠正，已告知申请人和复议机关")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="passed_applications")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    basis = models.CharField(_("可以经本机关提交的情形"), max_length=8, choices=Basis.choices)
    received_on = models.DateField(_("收到日期"))
    outcome = models.CharField(_("处理"), max_length=10, choices=Outcome.choices, blank=True)
    answered_on = models.DateField(_("转送或者告知日期"), null=True)
    note = models.TextField(_("说明"), blank=True)
    proof = _file(_("转送或者告知的材料"))
    history = tracked()

    class Meta:
        verbose_name = _("经本机关提交的复议申请")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_on=None, outcome="") | Q(answered_on__gte=F("received_on")) & ~Q(outcome=""),
                name="passed_application_answered_wholly",
            ),
            models.UniqueConstraint(
                fields=["decision", "party"], condition=Q(answered_on=None), name="one_application_to_pass_on"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.received_on.isoformat()}"

    @property
    def about(self) -> str:
        """How facts name it: decision and party."""
        return f"{self.decision.about} {self.party.about}"


class PaymentPlan(models.Model):
    """Leave to pay a fine later or in parts (处罚法66条2款); a new one replaces the one before."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="payment_plans")
    ground = models.TextField(_("理由"))
    approved_on = models.DateField(_("批准日期"))
    application = _file(_("当事人的申请"))
    document = _paper()
    history = tracked()

    class Meta:
        verbose_name = _("暂缓或者分期缴纳")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return str(self.approved_on)


class Instalment(models.Model):
    """One part of a plan, with its last day."""

    plan = models.ForeignKey(PaymentPlan, models.PROTECT, related_name="instalments")
    due_on = models.DateField(_("最迟缴纳日期"))
    amount = _money(_("金额（元）"))
    history = tracked()

    class Meta:
        verbose_name = _("分期")
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_positive"),
            models.UniqueConstraint(fields=["plan", "due_on"], name="one_instalment_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.due_on} {self.amount}"


class Surcharge(models.Model):
    """A surcharge confirmed by the head: what was computed, what is asked, and why less if it is less."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="surcharges")
    through_on = models.DateField(_("计算到"))
    days = models.PositiveIntegerField(_("计算日数"))
    computed = _money(_("计算金额（元）"))
    amount = _money(_("加处罚款（元）"))
    reason = models.TextField(_("减免理由"), blank=True)
    confirmed_on = models.DateField(_("决定日期"))
    document = _paper()
    history = tracked()

    class Meta:
        verbose_name = _("加处罚款")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gte=0, amount__lte=F("computed")), name="surcharge_not_above_the_computed"
            ),
            models.CheckConstraint(
                condition=Q(amount=F("computed")) | ~Q(reason=""), name="surcharge_lowered_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.amount)


class Urging(models.Model):
    """A letter that urges one party to perform before the court is asked (强制法54条), and its service."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="urgings")
    party = models.ForeignKey(Party, models.PROTECT, related_name="urgings", verbose_name=_("受催告人"))
    number = models.CharField(_("文号"), max_length=80, blank=True)
    issued_on = models.DateField(_("催告日期"))
    amount = _money(_("催告金额（元）"))
    method = models.CharField(_("送达方式"), max_length=12, choices=Service.Method.choices, blank=True)
    served_on = models.DateField(_("送达生效"), null=True, blank=True)
    receiver = models.CharField(_("签收人或者见证人"), max_length=60, blank=True)
    note = models.TextField(_("送达说明"), blank=True)
    proof = _file(_("送达凭证"))
    answer = models.TextField(_("当事人的陈述、申辩和复核意见"), blank=True)
    document = _paper()
    history = tracked()

    class Meta:
        verbose_name = _("催告")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(served_on=None) | Q(served_on__gte=F("issued_on")), name="urging_served_after_issue"
            ),
            models.UniqueConstraint(
                fields=["decision", "party"], condition=Q(served_on=None), name="one_urging_on_its_way"
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("催告书"))

    @property
    def about(self) -> str:
        """How facts name it: decision and party."""
        return f"{self.decision.about} {self.party.about}"


class CourtApplication(models.Model):
    """The court asked to enforce a decision (处罚法72条1款4项, 强制法53条), and what it answered."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("已受理")
        NOT_ACCEPTED = "not_accepted", _("不予受理")
        GRANTED = "granted", _("裁定准予执行")
        REFUSED = "refused", _("裁定不准予执行")
        EXECUTED = "executed", _("执行完毕")
        ENDED = "ended", _("终结执行")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="court_applications")
    number = models.CharField(_("文号"), max_length=80, blank=True)
    court = models.CharField(_("人民法院"), max_length=80)
    applied_on = models.DateField(_("申请日期"))
    amount = _money(_("申请执行金额（元）"))
    late_ground = models.TextField(_("逾期申请的正当理由"), blank=True)
    outcome = models.CharField(_("结果"), max_length=14, choices=Outcome.choices, blank=True)
    outcome_on = models.DateField(_("结果日期"), null=True, blank=True)
    outcome_number = models.CharField(_("法院文书号"), max_length=80, blank=True)
    note = models.TextField(_("说明"), blank=True)
    document = _paper()
    history = tracked()

    FINAL: ClassVar = frozenset({Outcome.NOT_ACCEPTED, Outcome.REFUSED, Outcome.EXECUTED, Outcome.ENDED})

    class Meta:
        verbose_name = _("申请人民法院强制执行")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="", outcome_on=None) | Q(outcome_on__gte=F("applied_on")) & ~Q(outcome=""),
                name="court_answers_after_the_application",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("强制执行申请书"))

    @property
    def is_pending(self) -> bool:
        """Whether the court has not had its last word."""
        return self.outcome not in self.FINAL
