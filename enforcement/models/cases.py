"""The penalty case and its children: notice, statement, decision."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enforcement.models.acts import EnforcementAct
from portal.ledger.history import tracked


class PenaltyKind(models.TextChoices):
    """The kinds of penalty of 处罚法9条, by its own words."""

    WARNING = "warning", _("警告")
    CRITICISM = "criticism", _("通报批评")
    FINE = "fine", _("罚款")
    CONFISCATE_GAINS = "confiscate_gains", _("没收违法所得")
    CONFISCATE_GOODS = "confiscate_goods", _("没收非法财物")
    SUSPEND_LICENCE = "suspend_licence", _("暂扣许可证件")
    LOWER_GRADE = "lower_grade", _("降低资质等级")
    REVOKE_LICENCE = "revoke_licence", _("吊销许可证件")
    RESTRICT_BUSINESS = "restrict_business", _("限制开展生产经营活动")
    SUSPEND_BUSINESS = "suspend_business", _("责令停产停业")
    CLOSE_BUSINESS = "close_business", _("责令关闭")
    RESTRICT_EMPLOYMENT = "restrict_employment", _("限制从业")
    DETENTION = "detention", _("行政拘留")
    OTHER = "other", _("法律、行政法规规定的其他行政处罚")


def penalty_kinds() -> Any:
    """A column of several kinds of penalty."""
    return ArrayField(
        models.CharField(max_length=24, choices=PenaltyKind.choices),
        default=list,
        blank=True,
        verbose_name=_("处罚种类"),
    )


def yuan(label: Any) -> Any:
    """A column of money in yuan, to the fen."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True)


class Case(EnforcementAct):
    """A penalty case, by the ordinary or by the summary procedure."""

    class Procedure(models.TextChoices):
        ORDINARY = "ordinary", _("普通程序")
        SUMMARY = "summary", _("简易程序")

    class Source(models.TextChoices):
        INSPECTION = "inspection", _("行政检查")
        COMPLAINT = "complaint", _("投诉举报")
        TRANSFER = "transfer", _("其他机关移送")
        SUPERIOR = "superior", _("上级交办")
        MONITORING = "monitoring", _("监测、抽检")
        SELF_REPORT = "self_report", _("当事人主动报告")
        OTHER = "other", _("其他")

    procedure = models.CharField(
        _("程序"), max_length=10, choices=Procedure.choices, default=Procedure.ORDINARY, db_default=Procedure.ORDINARY
    )
    source = models.CharField(_("案件来源"), max_length=14, choices=Source.choices)
    facts = models.TextField(_("涉嫌违法事实"))
    place = models.CharField(_("违法行为发生地"), max_length=200, blank=True)
    occurred_on = models.DateField(_("违法行为发生日"), null=True, blank=True)
    ended_on = models.DateField(_("违法行为终了日"), null=True, blank=True)
    discovered_on = models.DateField(_("发现日期"), null=True, blank=True)
    endangers = models.BooleanField(
        _("涉及公民生命健康安全、金融安全且有危害后果"), default=False, help_text=_("追责期限为五年")
    )
    limitation_answer = models.TextField(_("追责期限的说明"), blank=True)
    duplicate_answer = models.TextField(_("同一当事人同一事项另案的说明"), blank=True)
    found_facts = models.TextField(_("查明的事实"), blank=True)
    proposed_kinds = penalty_kinds()
    proposed_fine = yuan(_("拟罚款（元）"))
    proposed_content = models.TextField(_("拟处罚内容"), blank=True)
    proposed_violated = models.TextField(_("违反的规定"), blank=True)
    proposed_basis = models.TextField(_("处罚依据"), blank=True)
    discretion = models.TextField(_("裁量说明"), blank=True)
    correction_ordered = models.CharField(_("责令改正"), max_length=200, blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("处罚案件")


class PenaltyNotice(models.Model):
    """The notice before the decision (处罚法44条); a new one replaces the one before."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    number = models.CharField(_("文号"), max_length=80, blank=True)
    issued_on = models.DateField(_("日期"))
    facts = models.TextField(_("事实"))
    reasons = models.TextField(_("理由"))
    violated = models.TextField(_("违反的规定"))
    basis = models.TextField(_("处罚依据"))
    kinds = penalty_kinds()
    fine = yuan(_("拟罚款（元）"))
    confiscation = yuan(_("拟没收（元）"))
    content = models.TextField(_("拟处罚内容"))
    hearing_offered = models.BooleanField(_("告知听证权利"), default=False)
    hearing_ground = models.CharField(_("听证权利的判断"), max_length=200, blank=True)
    lenience = models.TextField(_("从轻、减轻情节"), blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    history = tracked()

    class Meta:
        verbose_name = _("事先告知")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.number or str(_("事先告知书"))

    @property
    def about(self) -> str:
        """How facts name this notice."""
        return f"notice:{self.pk}"

    @property
    def reasons_in_full(self) -> str:
        """The reasons, and each circumstance for a lighter or reduced penalty, as the paper says them."""
        return "\n".join(text for text in (self.reasons, self.lenience) if text)


class Statement(models.Model):
    """What a party said to a notice: statement, waiver, or the wish for a hearing."""

    class Kind(models.TextChoices):
        STATEMENT = "statement", _("陈述、申辩")
        WAIVER = "waiver", _("书面放弃陈述、申辩")
        HEARING = "hearing", _("要求听证")
        HEARING_WAIVER = "hearing_waiver", _("书面放弃听证")

    notice = models.ForeignKey(PenaltyNotice, models.PROTECT, related_name="statements")
    party = models.ForeignKey("enforcement.Party", models.PROTECT, related_name="statements")
    kind = models.CharField(_("种类"), max_length=16, choices=Kind.choices)
    made_on = models.DateField(_("日期"))
    content = models.TextField(_("内容"), blank=True)
    answer = models.TextField(_("复核意见"), blank=True)
    attachment = models.ForeignKey("attachments.Attachment", models.PROTECT, null=True, blank=True, related_name="+")
    history = tracked()

    class Meta:
        verbose_name = _("陈述申辩")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.party} {self.get_kind_display()}"


class Decision(models.Model):
    """A penalty decision with the contents of 处罚法59条."""

    class Outcome(models.TextChoices):
        IN_FORCE = "in_force", _("有效")
        CHANGED = "changed", _("已变更")
        REVOKED = "revoked", _("已撤销")
        UNLAWFUL = "unlawful", _("已确认违法")
        VOID = "void", _("已确认无效")

    class Ground(models.TextChoices):
        """Why nothing is imposed; empty for a decision that imposes a penalty."""

        NOT_PROVEN = "not_proven", _("违法事实不能成立")
        MINOR = "minor", _("违法行为轻微并及时改正，没有造成危害后果")
        FIRST = "first", _("初次违法且危害后果轻微并及时改正")
        NO_FAULT = "no_fault", _("当事人有证据足以证明没有主观过错")
        UNDER_AGE = "under_age", _("不满十四周岁的未成年人")
        NO_CAPACITY = "no_capacity", _("精神病人、智力残疾人不能辨认或者不能控制自己行为")
        TOO_LATE = "too_late", _("超过追责期限")

    act = models.ForeignKey(EnforcementAct, models.PROTECT, related_name="decisions")
    notice = models.ForeignKey(PenaltyNotice, models.PROTECT, null=True, related_name="decisions")
    number = models.CharField(_("决定书文号"), max_length=120, blank=True)
    decided_on = models.DateField(_("决定日期"), null=True)
    facts = models.TextField(_("违法事实"))
    evidence = models.TextField(_("证据"), blank=True)
    violated = models.TextField(_("违反的规定"), blank=True)
    basis = models.TextField(_("处罚依据"), blank=True)
    reasons = models.TextField(_("理由"), blank=True)
    kinds = penalty_kinds()
    fine = yuan(_("罚款（元）"))
    confiscation = yuan(_("没收金额（元）"))
    licence = models.CharField(_("暂扣或者吊销的证照"), max_length=200, blank=True)
    content = models.TextField(_("处罚内容"), blank=True)
    performance = models.TextField(_("履行方式和期限"), blank=True)
    remedies = models.TextField(_("救济途径和期限"), blank=True)
    hearing_opinion = models.TextField(_("对听证意见的采纳情况"), blank=True)
    ground = models.CharField(_("不予处罚的情形"), max_length=12, choices=Ground.choices, blank=True)
    lenience = models.TextField(_("从轻、减轻、不予处罚的情节"), blank=True)
    education = models.TextField(_("教育情况"), blank=True)
    guardian = models.TextField(_("责令监护人的情况"), blank=True)
    outcome = models.CharField(_("效力"), max_length=10, choices=Outcome.choices, default=Outcome.IN_FORCE)
    outcome_on = models.DateField(_("变更、撤销等日期"), null=True, blank=True)
    outcome_ground = models.TextField(_("变更、撤销等理由"), blank=True)
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    history = tracked()

    class Meta:
        verbose_name = _("处罚决定")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(fine=None) | Q(fine__gte=0), name="fine_not_negative"),
            models.CheckConstraint(
                condition=Q(ground="") | Q(kinds=[], fine=None, confiscation=None, licence=""),
                name="no_penalty_imposes_nothing",
            ),
            models.CheckConstraint(
                condition=Q(outcome="in_force") | Q(outcome_on__gte=F("decided_on")) | Q(decided_on=None),
                name="decision_falls_after_it_is_made",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["number"], name="decision_number")]

    def __str__(self) -> str:
        return self.number or str(_("处罚决定书"))

    @property
    def about(self) -> str:
        """How facts name this decision."""
        return f"decision:{self.pk}"

    @property
    def reasons_in_full(self) -> str:
        """The reasons, and each circumstance for a lighter or reduced penalty, as the paper says them."""
        return "\n".join(text for text in (self.reasons, self.lenience) if text)


class Payment(models.Model):
    """Money paid on a decision, by the receipt of the bank (处罚法67条: never to the department itself)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="payments")
    party = models.ForeignKey("enforcement.Party", models.PROTECT, related_name="payments")
    amount = models.DecimalField(_("金额（元）"), max_digits=14, decimal_places=2)
    paid_on = models.DateField(_("缴款日期"))
    receipt = models.CharField(_("缴款票据号"), max_length=60)
    history = tracked()

    class Meta:
        verbose_name = _("缴款")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive"),
            models.UniqueConstraint(fields=["decision", "receipt"], name="receipt_once"),
        ]

    def __str__(self) -> str:
        return f"{self.receipt} {self.amount}"
