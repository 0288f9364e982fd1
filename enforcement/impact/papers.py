"""The paper of an assessment: internal, kept with the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from enforcement.impact.models import Assessment
from enforcement.impact.points import NONE, POINTS, SOME
from enforcement.models import Case
from enforcement.papers import cause
from portal.documents.kinds import DocumentKind, register_kind
from portal.documents.spelling import chinese_date

SAID = {NONE: "没有或者很小", SOME: "有一定影响"}
WEIGHTY = "影响重大"
LABELS = {"production": "生产经营", "money": "资金", "people": "就业", "chain": "上下游", "credit": "信用和资质"}
OUTCOMES = {
    Assessment.Outcome.SMALL: "影响较小，可以按拟处理意见决定",
    Assessment.Outcome.SOFTENED: "有影响，采取减轻影响的措施后可以决定",
    Assessment.Outcome.ADJUST: "影响重大，应当先调整处理意见，再评估",
}


@dataclass(frozen=True)
class AnswerOnPaper:
    """One question and what was answered."""

    label: str
    text: str


@dataclass(frozen=True)
class AssessmentForm:
    """涉企行政执法案件经济影响评估表."""

    cause: str
    number: str
    parties: str
    situation: str
    proposal: str
    answers: tuple[AnswerOnPaper, ...]
    measures: str
    outcome: str
    reasons: str
    author: str
    assessed_on: str


class AssessmentKind(DocumentKind):
    """涉企行政执法案件经济影响评估表."""

    key = "impact.assessment"
    label = _("涉企行政执法案件经济影响评估表")
    template = "impact/papers/assessment.html"
    signers = ("officer",)
    about = "impact"
    sealed = False
    audience = "internal"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> AssessmentForm:
        """From one assessment."""
        row = Assessment.objects.select_related("author").get(pk=extra["assessment"])
        given = {one["key"]: one for one in row.answers}
        return AssessmentForm(
            cause=cause(subject),
            number=subject.number,
            parties="、".join(party.name for party in subject.parties.all()),
            situation=row.situation,
            proposal=row.proposal,
            answers=tuple(
                AnswerOnPaper(
                    LABELS[point.key],
                    "：".join(
                        part
                        for part in (SAID.get(given[point.key]["answer"], WEIGHTY), given[point.key]["note"])
                        if part
                    ),
                )
                for point in POINTS
            ),
            measures=row.measures,
            outcome=OUTCOMES[Assessment.Outcome(row.outcome)],
            reasons=row.reasons,
            author=row.author.name if row.author else "",
            assessed_on=chinese_date(row.assessed_on),
        )


def register() -> None:
    """Register the kind."""
    register_kind(AssessmentKind)
