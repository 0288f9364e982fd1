"""The assessment as a step, and the gate it puts before a penalty decision."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases.gates import current_notice
from enforcement.impact.data import Assess
from enforcement.impact.models import Assessment
from enforcement.models import Case, EnforcementAct, Party
from portal.accounts.roles import Role
from portal.workflow import registry
from portal.workflow.actions import Action, Attempt, Gate

S = EnforcementAct.State
SCHEME = "区工作方案三（三）3（本地）"
CaseAttempt = Attempt[Case, Any]


def concerns_enterprise(case: Any) -> bool:
    """Whether a party does business: a company or a business of one's own."""
    return bool(case.parties.filter(kind__in=(Party.Kind.COMPANY, Party.Kind.BUSINESS)).exists())


def proposal_of(case: Case) -> str:
    """What is to be decided: as notified, else as proposed."""
    notice = current_notice(case)
    return notice.content if notice is not None else case.proposed_content


def last_assessment(case: Any) -> Assessment | None:
    """The one that counts."""
    return Assessment.objects.filter(act=case.pk).select_related("author").order_by("-pk").first()


def _against_enterprise(attempt: CaseAttempt) -> bool:
    return concerns_enterprise(attempt.subject)


def _impact_settled(attempt: CaseAttempt) -> bool | str:
    last = last_assessment(attempt.subject)
    if last is None or last.outcome != Assessment.Outcome.ADJUST:
        return True
    return _t("%(day)s 的经济影响评估认为应当先调整处理意见：请调整后再次评估。") % {
        "day": last.assessed_on.isoformat()
    }


against_enterprise = Gate(
    "against_enterprise", _("当事人不是经营主体，不作经济影响评估"), (SCHEME,), _against_enterprise
)
impact_settled = Gate("impact_settled", _("经济影响评估认为应当先调整处理意见"), (SCHEME,), _impact_settled)


def assess(attempt: Attempt[Case, Assess]) -> None:
    """Kept with its author and on paper."""
    data = attempt.data
    made = Assessment.objects.create(
        act=attempt.subject,
        situation=data.situation.strip(),
        proposal=proposal_of(attempt.subject),
        answers=data.answered(),
        measures=data.measures.strip(),
        outcome=data.outcome,
        reasons=data.reasons.strip(),
        assessed_on=attempt.on,
        author=attempt.actor,
    )

    def keep(paper: Any) -> None:
        made.document_id = paper.pk
        made.save()

    attempt.fact("case.impact_assessed", about=made.about, value={"outcome": data.outcome})
    attempt.paper("impact.assessment", about=made.about, then=keep, assessment=made.pk)
    attempt.label(outcome=data.outcome)


ASSESS: Action[Case, Assess] = Action(
    key="impact.assess",
    label=_("评估对企业的经济影响"),
    model=Case,
    source=frozenset({S.INVESTIGATED.value, S.NOTIFIED.value}),
    target=None,
    roles=frozenset({Role.OFFICER.value, Role.LEGAL.value, Role.HEAD.value, Role.DEPUTY.value}),
    data=Assess,
    gates=(against_enterprise,),
    body=assess,
    facts=("case.impact_assessed",),
    papers=("impact.assessment",),
    law=(SCHEME,),
    later=True,
)


def register() -> None:
    """The step, and what it asks of the decision."""
    registry.register(ASSESS)
    registry.add_gate("enforcement.case.decide", impact_settled)
