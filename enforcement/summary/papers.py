"""The numbered form handed over on the spot (处罚法52条2款)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enforcement.models import Case
from enforcement.papers import evidence_lines, joined_parties, penalty_lines, signers
from enforcement.papers_context import PartyOnPaper
from portal.documents.blocks import Signer
from portal.documents.kinds import DocumentKind, register_kind
from portal.documents.spelling import chinese_date


@dataclass(frozen=True)
class OnSpotLetter:
    """当场行政处罚决定书: what 处罚法52条2款 wants on it, and room for the hands that sign."""

    party: PartyOnPaper
    happened: str  # 时间
    place: str
    facts: str
    evidence: tuple[str, ...]
    violated: str
    basis: str
    penalties: tuple[str, ...]
    discretion: str
    correction: str
    statement: str
    answer: str
    performance: str
    later: bool  # a fine to be paid at the bank, which can become overdue
    review_body: str
    court: str
    officers: tuple[Signer, ...]


class DecisionLetterKind(DocumentKind):
    """当场行政处罚决定书."""

    key = "summary.decision_letter"
    label = _("当场行政处罚决定书")
    series = "当罚"
    template = "summary/papers/decision_letter.html"
    signers = ("officer",)
    about = "decision"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> OnSpotLetter:
        """From the case as decided on the spot."""
        decision = subject.decisions.order_by("-pk").first()
        if decision is None:
            raise LookupError("the case has no decision")
        row = subject.on_spot
        happened = timezone.localtime(row.happened_at)
        return OnSpotLetter(
            party=joined_parties(subject, whole_identity=True),
            happened=f"{chinese_date(happened.date())}{happened.hour}时{happened.minute}分",
            place=subject.place,
            facts=decision.facts,
            evidence=evidence_lines(decision.evidence),
            violated=decision.violated.rstrip("。"),
            basis=decision.basis.rstrip("。"),
            penalties=penalty_lines(decision),
            discretion="\n".join(text for text in (decision.reasons, decision.lenience) if text),
            correction=subject.correction_ordered,
            statement=row.statement.rstrip("。"),
            answer=row.answer.rstrip("。"),
            performance=decision.performance,
            later=bool(decision.fine) and not row.collects,
            review_body=matter.department.reconsideration_body,
            court=matter.department.court,
            officers=signers(subject),
        )


def register() -> None:
    """Register the kind."""
    register_kind(DecisionLetterKind)
