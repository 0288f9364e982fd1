"""What a decision on the spot keeps beside the case: how it came about, was handed over and filed, and its cash."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enforcement.models import Case, Payment
from portal.ledger.history import tracked


class OnSpot(models.Model):
    """The minutes on the street: when, what was said, how it is to be paid, who signed, when it was filed."""

    class PaidBy(models.TextChoices):
        BANK = "bank", _("到银行或者通过电子支付系统缴纳")
        SMALL = "small", _("当场收缴：罚款在一百元以下")
        HARD = "hard", _("当场收缴：不当场收缴事后难以执行")
        REMOTE = "remote", _("当场收缴：边远、水上、交通不便地区，当事人提出")

    class Signed(models.TextChoices):
        SIGNED = "signed", _("当事人签收")
        REFUSED = "refused", _("当事人拒绝签收，已在决定书上注明")

    case = models.OneToOneField(Case, models.PROTECT, related_name="on_spot")
    happened_at = models.DateTimeField(_("违法行为发生时间"))
    paid_by = models.CharField(_("缴款方式"), max_length=8, choices=PaidBy.choices)
    paid_ground = models.CharField(_("当场收缴的具体理由"), max_length=200, blank=True)
    statement = models.TextField(_("当事人的陈述、申辩"), blank=True)
    answer = models.TextField(_("复核意见"), blank=True)
    signed = models.CharField(_("签收"), max_length=8, choices=Signed.choices, blank=True)
    refusal = models.TextField(_("拒绝签收的情况"), blank=True)
    late_handing = models.TextField(_("没有当场交付的原因"), blank=True)
    form = models.ForeignKey(
        "attachments.Attachment", models.PROTECT, null=True, related_name="+", verbose_name=_("签收后的决定书")
    )
    filed_on = models.DateField(_("报备案日期"), null=True, blank=True)
    filing_note = models.TextField(_("备案说明"), blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("当场处罚")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(signed="refused") | ~Q(refusal=""), name="refusal_is_noted"),
            models.CheckConstraint(
                condition=Q(paid_by__in=["bank", "small"]) | ~Q(paid_ground=""), name="collecting_has_a_ground"
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def collects(self) -> bool:
        """Whether the officers may take the money themselves (处罚法68、69条)."""
        return self.paid_by != self.PaidBy.BANK


class Collection(models.Model):
    """A fine taken on the spot, on its way: officer → agency → bank (处罚法71条)."""

    payment = models.OneToOneField(Payment, models.PROTECT, related_name="collection")
    starts_on = models.DateField(_("两日的起算日"), help_text=_("收缴之日；在水上收缴的为抵岸之日"))
    handed_on = models.DateField(_("交至行政机关"), null=True, blank=True)
    received_by = models.CharField(_("收款人"), max_length=60, blank=True)
    banked_on = models.DateField(_("缴付银行"), null=True, blank=True)
    bank_receipt = models.CharField(_("银行回单号"), max_length=60, blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("当场收缴")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(banked_on=None) | Q(banked_on__gte=F("handed_on"), handed_on__isnull=False),
                name="money_reaches_the_agency_first",
            ),
        ]

    def __str__(self) -> str:
        return str(self.payment)
