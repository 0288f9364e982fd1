"""The actions on a penalty case after its decision (WORKFLOWS.md 1a, rows «served»)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enforcement.cases import gates as case_gates
from enforcement.execution import bodies, gates, passing
from enforcement.execution import data as forms
from enforcement.execution.money import computed
from enforcement.models import Case, EnforcementAct
from portal.accounts.roles import Role
from portal.workflow import registry
from portal.workflow.actions import Action

S = EnforcementAct.State
OFFICER = frozenset({Role.OFFICER.value})
HEADS = frozenset({Role.HEAD.value, Role.DEPUTY.value})
SERVED = frozenset({S.SERVED.value})
AFTER = frozenset({S.DECIDED.value, S.NO_PENALTY.value, S.SERVED.value, S.COURT_APPLIED.value, S.CLOSED.value})


def _only_party(case: Case, _actor: Any) -> dict[str, Any]:
    only = list(case.parties.values_list("pk", flat=True)[:2])
    return {"party": only[0]} if len(only) == 1 else {}


def _surcharge_initial(case: Case, _actor: Any) -> dict[str, Any]:
    today, decision = timezone.localdate(), forms.decision_of(case)
    result = computed(decision, today) if decision is not None else None
    return {"through": today, "amount": result.amount if result is not None else None}


def _court_initial(case: Case, _actor: Any) -> dict[str, Any]:
    return {"court": case.department.court}


BEGIN_REMEDY: Action[Case, forms.BeginRemedy] = Action(
    key="execution.begin_remedy",
    label=_("登记复议、诉讼或者化解"),
    model=Case,
    source=AFTER,
    target=None,
    roles=OFFICER,
    data=forms.BeginRemedy,
    initial=_only_party,
    body=bodies.begin_remedy,
    facts=("reconsideration.begun", "litigation.begun", "mediation.begun"),
    law=("处罚法73条", "CF-21"),
    rare=True,
)
END_REMEDY: Action[Case, forms.EndRemedy] = Action(
    key="execution.end_remedy",
    label=_("登记复议、诉讼或者化解的结果"),
    model=Case,
    source=AFTER,
    target=None,
    roles=OFFICER,
    data=forms.EndRemedy,
    gates=(gates.remedy_running,),
    body=bodies.end_remedy,
    facts=(
        "reconsideration.ended",
        "litigation.ended",
        "mediation.ended",
        "reconsideration.opinion_received",
        "decision.annulled",
    ),
    law=("SS-02", "FY-03", "CF-17"),
    rare=True,
)
ANSWER_OPINION: Action[Case, forms.AnswerOpinion] = Action(
    key="execution.answer_opinion",
    label=_("报送复议意见书落实情况"),
    model=Case,
    source=AFTER,
    target=None,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.AnswerOpinion,
    gates=(gates.opinion_open,),
    body=bodies.answer_opinion,
    facts=("reconsideration.opinion_answered",),
    law=("FY-03",),
    rare=True,
)
DEFER: Action[Case, forms.Defer] = Action(
    key="execution.defer",
    label=_("批准暂缓或者分期缴纳"),
    model=Case,
    source=SERVED,
    target=None,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.Defer,
    gates=(gates.decision_served, gates.fine_unpaid, case_gates.decider_did_not_handle),
    body=bodies.defer,
    facts=("fine.deferred",),
    papers=("execution.payment_plan",),
    law=("处罚法66条2款",),
    rare=True,
)
SURCHARGE: Action[Case, forms.ConfirmSurcharge] = Action(
    key="execution.surcharge",
    label=_("确认加处罚款"),
    model=Case,
    source=SERVED | {S.COURT_APPLIED.value},
    target=None,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.ConfirmSurcharge,
    initial=_surcharge_initial,
    gates=(gates.paid_late, case_gates.decider_did_not_handle),
    body=bodies.confirm_surcharge,
    facts=("surcharge.confirmed",),
    papers=("execution.surcharge",),
    law=("CF-20", "CF-21"),
    later=True,
)
URGE: Action[Case, forms.Urge] = Action(
    key="execution.urge",
    label=_("催告履行"),
    model=Case,
    source=SERVED,
    target=None,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.Urge,
    initial=_only_party,
    gates=(gates.something_left, gates.performance_over, case_gates.decider_did_not_handle),
    body=bodies.urge,
    facts=("urging.issued",),
    papers=("execution.urging",),
    law=("强制法54条", "QZ-05"),
    later=True,
)
SERVE_URGING: Action[Case, forms.ServeUrging] = Action(
    key="execution.serve_urging",
    label=_("登记催告书送达"),
    model=Case,
    source=SERVED,
    target=None,
    roles=OFFICER,
    data=forms.ServeUrging,
    gates=(gates.urging_on_its_way, gates.urging_rendered),
    body=bodies.serve_urging,
    facts=("urging.served",),
    law=("QZ-05",),
    later=True,
)
APPLY: Action[Case, forms.ApplyToCourt] = Action(
    key="execution.apply_court",
    label=_("申请人民法院强制执行"),
    model=Case,
    source=SERVED,
    target=S.COURT_APPLIED.value,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.ApplyToCourt,
    initial=_court_initial,
    gates=(
        gates.served_on_all,
        gates.something_left,
        gates.urged_long_enough,
        gates.no_remedy_pending,
        gates.remedy_periods_over,
        gates.within_application,
        case_gates.decider_did_not_handle,
    ),
    body=bodies.apply_to_court,
    facts=("court.applied",),
    papers=("execution.court_application",),
    law=("强制法53条", "QZ-06"),
    later=True,
)
COURT_ANSWER: Action[Case, forms.CourtAnswer] = Action(
    key="execution.court_answer",
    label=_("登记法院的处理结果"),
    model=Case,
    source=frozenset({S.COURT_APPLIED.value}),
    target=None,
    roles=OFFICER,
    data=forms.CourtAnswer,
    gates=(gates.application_pending,),
    body=bodies.court_answer,
    facts=("court.answered",),
    law=("强制法53条",),
    primary=True,
)
ALL = (BEGIN_REMEDY, END_REMEDY, ANSWER_OPINION, DEFER, SURCHARGE, URGE, SERVE_URGING, APPLY, COURT_ANSWER)


def register() -> None:
    """Put the actions on the register; a case is not closed while something of this is open."""
    registry.register(*ALL, *passing.ALL)
    for gate in (gates.no_remedy_pending, gates.surcharge_settled, gates.no_application_pending):
        registry.add_gate("enforcement.case.close", gate)
