"""The decision of a light act on paper: one kind of document for each kind of act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from enforcement.lightacts.kinds import ASKED, Kind
from enforcement.lightacts.models import LightAct
from enforcement.papers import joined_parties, signers
from enforcement.papers_context import PartyOnPaper
from portal.documents.blocks import Contact, Signer
from portal.documents.kinds import DocumentKind, register_kind
from portal.documents.spelling import chinese_date


@dataclass(frozen=True)
class ActLetter:
    """What a decision says: to whom, on which request or cause, what was found, by which law, what follows."""

    party: PartyOnPaper
    licence: bool
    granted: bool
    request: str
    begun: str
    facts: str
    basis: str
    content: tuple[str, ...]
    officers: tuple[Signer, ...]
    review_body: str
    court: str
    contact: Contact


class _DecisionKind(DocumentKind):
    template = "lightacts/papers/decision.html"
    signers = ("head",)
    about = "decision"

    def title(self, matter: Any, subject: LightAct, extra: dict[str, Any]) -> str:
        """A licence says in its title whether it was granted."""
        if subject.kind != Kind.LICENCE:
            return str(self.label)
        return "准予行政许可决定书" if subject.result == LightAct.Result.GRANTED else "不予行政许可决定书"

    def context(self, matter: Any, subject: LightAct, extra: dict[str, Any]) -> ActLetter:
        """From the act as decided."""
        decision = subject.decisions.order_by("-pk").first()
        if decision is None:
            raise LookupError("the act has no decision")
        department = matter.department
        return ActLetter(
            party=joined_parties(subject, whole_identity=True),
            licence=subject.kind == Kind.LICENCE,
            granted=subject.result == LightAct.Result.GRANTED,
            request=subject.request.rstrip("。"),
            begun=chinese_date(subject.accepted_on or subject.registered_on),
            facts=decision.facts,
            basis=decision.basis.rstrip("。"),
            content=tuple(line for line in decision.content.splitlines() if line.strip()),
            officers=signers(subject),
            review_body=department.reconsideration_body,
            court=department.court,
            contact=Contact(address=department.address, phone=department.phone),
        )


def register() -> None:
    """Register a kind of document for each kind of act."""
    for kind, asked in ASKED.items():
        known = {"key": f"lightacts.{kind}", "label": asked.title, "series": asked.series}
        register_kind(_KINDS.setdefault(kind, type(f"{kind.title()}LetterKind", (_DecisionKind,), known)))


_KINDS: dict[str, type[DocumentKind]] = {}
