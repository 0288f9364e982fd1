"""The papers after a decision: leave to pay later, surcharge, urging, application to the court."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from enforcement.cases.dues import amount_due, amount_paid
from enforcement.execution.data import decision_of
from enforcement.execution.models import CourtApplication, PaymentPlan, Surcharge, Urging
from enforcement.execution.money import fine_left
from enforcement.models import Case, Decision, Service
from enforcement.papers import joined_parties, party_on_paper
from enforcement.papers_context import PartyOnPaper
from portal.documents.blocks import Contact
from portal.documents.kinds import DocumentKind, register_kind
from portal.documents.spelling import chinese_date, yuan, yuan_in_words


@dataclass(frozen=True)
class AboutDecision:
    """What each of these papers says of the decision."""

    party: PartyOnPaper
    decided_on: str
    number: str
    content: str  # what the decision imposes, in a line
    served_on: str
    contact: Contact


@dataclass(frozen=True)
class PlanLetter(AboutDecision):
    """延期（分期）缴纳罚款批准书 (处罚法66条2款)."""

    ground: str
    left: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class SurchargeLetter(AboutDecision):
    """加处罚款决定书 (处罚法72条1款1项)."""

    fine: str
    through: str
    days: int
    amount: str
    lowered: str  # why it is less than computed, or empty
    review_body: str
    court: str


@dataclass(frozen=True)
class UrgingLetter(AboutDecision):
    """履行行政处罚决定催告书 (强制法35、54条)."""

    fine: str
    surcharge: str
    paid: str
    amount: str


@dataclass(frozen=True)
class CourtLetter(AboutDecision):
    """行政处罚强制执行申请书 (强制法53至55条)."""

    court: str
    amount: str
    fine: str
    surcharge: str
    urged: tuple[str, ...]
    late_ground: str


def _about(case: Case, decision: Decision, party: PartyOnPaper) -> dict[str, Any]:
    department = case.department
    served = Service.objects.filter(decision=decision, effective_on__isnull=False).order_by("-effective_on").first()
    return {
        "party": party,
        "decided_on": chinese_date(decision.decided_on) if decision.decided_on else "",
        "number": decision.number,
        "content": "、".join(line.strip() for line in decision.content.splitlines() if line.strip()).rstrip("。"),
        "served_on": chinese_date(served.effective_on) if served is not None and served.effective_on else "",
        "contact": Contact(address=department.address, phone=department.phone),
    }


def _decision(case: Case) -> Decision:
    decision = decision_of(case)
    if decision is None:
        raise LookupError("the case has no decision")
    return decision


def _both(amount: Decimal) -> str:
    return f"{yuan(amount)}（大写：人民币{yuan_in_words(amount)}）"


def _surcharged(decision: Decision) -> Decimal:
    last = decision.surcharges.order_by("-pk").first()
    return last.amount if last is not None else Decimal()


class PaymentPlanKind(DocumentKind):
    """延期（分期）缴纳罚款批准书."""

    key = "execution.payment_plan"
    label = _("延期（分期）缴纳罚款批准书")
    series = "罚缓"
    template = "execution/papers/payment_plan.html"
    signers = ("head",)
    about = "decision"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> PlanLetter:
        """From one plan."""
        decision = _decision(subject)
        plan = PaymentPlan.objects.get(pk=extra["plan"])
        parts = tuple(
            f"{chinese_date(one.due_on)}前缴纳{_both(one.amount)}" for one in plan.instalments.order_by("due_on")
        )
        return PlanLetter(
            **_about(subject, decision, joined_parties(subject)),
            ground=plan.ground,
            left=_both(fine_left(decision)),
            parts=parts,
        )


class SurchargeKind(DocumentKind):
    """加处罚款决定书."""

    key = "execution.surcharge"
    label = _("加处罚款决定书")
    series = "罚加"
    template = "execution/papers/surcharge.html"
    signers = ("head",)
    about = "decision"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> SurchargeLetter:
        """From one confirmed surcharge."""
        decision = _decision(subject)
        row = Surcharge.objects.get(pk=extra["surcharge"])
        return SurchargeLetter(
            **_about(subject, decision, joined_parties(subject)),
            fine=yuan(decision.fine or Decimal()),
            through=chinese_date(row.through_on),
            days=row.days,
            amount=_both(row.amount),
            lowered=row.reason,
            review_body=subject.department.reconsideration_body,
            court=subject.department.court,
        )


class UrgingKind(DocumentKind):
    """履行行政处罚决定催告书."""

    key = "execution.urging"
    label = _("履行行政处罚决定催告书")
    series = "罚催"
    template = "execution/papers/urging.html"
    signers = ("head",)
    about = "party"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> UrgingLetter:
        """From one urging."""
        decision = _decision(subject)
        urging = Urging.objects.select_related("party").get(pk=extra["urging"])
        return UrgingLetter(
            **_about(subject, decision, party_on_paper(urging.party)),
            fine=yuan((decision.fine or Decimal()) + (decision.confiscation or Decimal())),
            surcharge=yuan(_surcharged(decision)) if _surcharged(decision) else "",
            paid=yuan(amount_paid(decision)),
            amount=_both(urging.amount),
        )


class CourtApplicationKind(DocumentKind):
    """行政处罚强制执行申请书."""

    key = "execution.court_application"
    label = _("行政处罚强制执行申请书")
    series = "罚执申"
    template = "execution/papers/court_application.html"
    signers = ("head",)
    about = "decision"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> CourtLetter:
        """From one application."""
        decision = _decision(subject)
        row = CourtApplication.objects.get(pk=extra["application"])
        urged = tuple(
            f"{chinese_date(one.served_on)}向{one.party.name}送达催告书（{one.number}）"
            for one in decision.urgings.exclude(served_on=None).select_related("party").order_by("served_on")
            if one.served_on
        )
        return CourtLetter(
            **_about(subject, decision, joined_parties(subject)),
            court=row.court,
            amount=_both(row.amount),
            fine=yuan(amount_due(decision) - _surcharged(decision)),
            surcharge=yuan(_surcharged(decision)) if _surcharged(decision) else "",
            urged=urged,
            late_ground=row.late_ground,
        )


def register() -> None:
    """Register the kinds."""
    for kind in (PaymentPlanKind, SurchargeKind, UrgingKind, CourtApplicationKind):
        register_kind(kind)
