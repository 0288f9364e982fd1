"""The papers of review: what was sent (送审表), what was said of it (意见书), what was discussed (集体讨论记录)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from enforcement.models import Case
from enforcement.papers import cause, signers
from enforcement.review.models import Deliberation, Round
from enforcement.review.outcome import spoken
from enforcement.review.points import FINE, POINTS
from portal.documents.blocks import Opinion, Signer
from portal.documents.kinds import DocumentKind, register_kind
from portal.documents.spelling import chinese_date, yuan

INTERNAL = "internal"
QUALIFIED = {"exam": "法律职业资格证书编号", "earlier": "此前已从事法制审核"}


@dataclass(frozen=True)
class OutcomeOnPaper:
    """The outcome in question."""

    kinds: str
    content: str
    amounts: str
    facts: str
    violated: str
    basis: str
    lenience: str
    digest: str


@dataclass(frozen=True)
class AboutCase:
    """What each of the three says of the case."""

    cause: str
    number: str
    parties: str
    outcome: OutcomeOnPaper


@dataclass(frozen=True)
class SubmissionForm(AboutCase):
    """法制审核送审表."""

    place: int
    reasons: str
    evidence: tuple[str, ...]
    mended: str
    note: str
    officers: tuple[Signer, ...]
    submitted_on: str


@dataclass(frozen=True)
class PointOnPaper:
    """One of the eight, with what was said."""

    number: int
    label: str
    fine: bool
    text: str


@dataclass(frozen=True)
class OpinionForm(AboutCase):
    """法制审核意见书 (SX-12)."""

    place: int
    officers: tuple[Signer, ...]
    submitted_on: str
    points: tuple[PointOnPaper, ...]
    verdict: str
    opinion: Opinion
    to_mend: str
    qualified: str


@dataclass(frozen=True)
class Position:
    """What one of those responsible said."""

    name: str
    text: str


@dataclass(frozen=True)
class DeliberationRecord(AboutCase):
    """行政处罚案件集体讨论记录 (处罚法57条2款)."""

    held_on: str
    held_at: str
    chair: str
    participants: str
    others: str
    report: str
    review: str
    positions: tuple[Position, ...]
    conclusion: str


def _day(day: dt.date | None) -> str:
    return chinese_date(day) if day else ""


def _about(case: Case, row: Round | Deliberation) -> dict[str, Any]:
    outcome = row.outcome
    amounts = [
        f"{label}{yuan(Decimal(outcome[name]))}"
        for name, label in (("fine", "罚款"), ("confiscation", "没收"))
        if outcome[name]
    ]
    return {
        "cause": cause(case),
        "number": case.number,
        "parties": "、".join(party.name for party in case.parties.all()),
        "outcome": OutcomeOnPaper(
            kinds=spoken("kinds", outcome),
            content="\n".join(part for part in (outcome["content"], outcome["licence"]) if part),
            amounts="；".join(amounts),
            facts=outcome["facts"],
            violated=outcome["violated"],
            basis=outcome["basis"],
            lenience=outcome.get("lenience", ""),
            digest=row.digest[:16],
        ),
    }


class SubmissionKind(DocumentKind):
    """行政处罚案件法制审核送审表."""

    key = "review.submission"
    label = _("法制审核送审表")
    template = "review/papers/submission.html"
    signers = ("officer",)
    about = "review"
    sealed = False
    audience = INTERNAL

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> SubmissionForm:
        """From one round."""
        row = Round.objects.get(pk=extra["round"])
        return SubmissionForm(
            **_about(subject, row),
            place=row.place,
            reasons="；".join(row.reasons),
            evidence=tuple(piece["name"] for piece in row.evidence),
            mended=row.mended,
            note=row.note,
            officers=signers(subject),
            submitted_on=_day(row.submitted_on),
        )


class OpinionKind(DocumentKind):
    """行政处罚案件法制审核意见书."""

    key = "review.opinion"
    label = _("法制审核意见书")
    series = "法审"
    template = "review/papers/opinion.html"
    signers = ("legal",)
    about = "review"
    sealed = False
    audience = INTERNAL

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> OpinionForm:
        """From one concluded round: the eight points, the verdict, who reviewed and by what right."""
        row = Round.objects.select_related("reviewer").get(pk=extra["round"])
        given = {point["key"]: point for point in row.points}
        passed = row.state == Round.State.PASSED
        name = row.reviewer.name if row.reviewer else ""
        return OpinionForm(
            **_about(subject, row),
            place=row.place,
            officers=signers(subject),
            submitted_on=_day(row.submitted_on),
            points=tuple(
                PointOnPaper(
                    number=number,
                    label=str(point.label),
                    fine=given[point.key]["answer"] == FINE,
                    text=given[point.key]["note"] or str(point.in_order),
                )
                for number, point in enumerate(POINTS, start=1)
            ),
            verdict="同意，审核通过" if passed else "存在问题，退回整改后再次送审",
            opinion=Opinion(row.opinion, (Signer(name),), _day(row.concluded_on)),
            to_mend=row.to_mend,
            qualified=f"{name}（{QUALIFIED[row.qualified]}：{row.certificate or '见人员登记'}）",
        )


class DeliberationKind(DocumentKind):
    """行政处罚案件集体讨论记录."""

    key = "review.deliberation"
    label = _("行政处罚案件集体讨论记录")
    template = "review/papers/deliberation.html"
    signers = ("head",)
    about = "deliberation"
    sealed = False
    audience = INTERNAL

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> DeliberationRecord:
        """From one deliberation."""
        row = Deliberation.objects.select_related("chair", "round__document").get(pk=extra["deliberation"])
        review = row.round.document.number if row.round is not None and row.round.document is not None else ""
        return DeliberationRecord(
            **_about(subject, row),
            held_on=_day(row.held_on),
            held_at=row.held_at,
            chair=row.chair.name if row.chair else "",
            participants="、".join(one["name"] for one in row.participants),
            others=row.others,
            report=row.report,
            review=review,
            positions=tuple(Position(one["name"], one["position"]) for one in row.participants),
            conclusion=row.conclusion,
        )


def register() -> None:
    """Register the kinds."""
    for kind in (SubmissionKind, OpinionKind, DeliberationKind):
        register_kind(kind)
