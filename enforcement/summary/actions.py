"""The steps of the summary procedure (WORKFLOWS.md 1a): decided on the spot, handed over, filed, the cash."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enforcement.cases import data as case_forms
from enforcement.cases import gates as case_gates
from enforcement.cases import service_gates
from enforcement.models import Case, EnforcementAct
from enforcement.summary import bodies, gates, tiers
from enforcement.summary import data as forms
from portal.accounts.roles import Role
from portal.workflow import registry
from portal.workflow.actions import Action

S = EnforcementAct.State
OFFICER = frozenset({Role.OFFICER.value})
ONLY = frozenset({bodies.MATTER_KIND})
AFTER = frozenset({S.DECIDED.value, S.SERVED.value, S.COURT_APPLIED.value})
# Steps of the ordinary procedure's service: here the form is handed over on the spot.
NOT_HERE = ("enforcement.case.serve_decision", "enforcement.case.confirm_service")


def _decide_initial(_case: Any, actor: Any) -> dict[str, Any]:
    officer = getattr(actor, "officer", None)
    begun: dict[str, Any] = {"happened_at": timezone.localtime().replace(second=0, microsecond=0), "place": ""}
    return begun | ({"officers": [officer.pk]} if officer is not None else {})


def _hand_over_initial(case: Case, _actor: Any) -> dict[str, Any]:
    return {"receiver": case.party_names}


def _evidence_initial(case: Case, _actor: Any) -> dict[str, Any]:
    links = case.act_officers.filter(until=None).select_related("officer")
    return {
        "collectors": "、".join(link.officer.name for link in links),
        "obtained_on": case.decided_on,
        "place": case.place[:120],
    }


DECIDE: Action[Case, forms.Decide] = Action(
    key="summary.decide",
    label=_("当场处罚"),
    model=Case,
    source=frozenset(),
    target=S.DECIDED.value,
    roles=OFFICER,
    data=forms.Decide,
    initial=_decide_initial,
    gates=(
        gates.two_certified,
        gates.was_there,
        gates.item_in_force,
        gates.within_limits,
        gates.facts_clear,
        gates.punishable,
        gates.not_too_old,
        gates.certificates_shown,
        gates.told,
        gates.recusal_declared,
        gates.not_fined_before,
        tiers.inside_tier,
        tiers.entry_fits,
        gates.collected_lawfully,
        gates.remedy_body_known,
    ),
    body=bodies.decide,
    facts=("summary.decided", "case.decided", "case.mitigated"),
    papers=("summary.decision_letter",),
    law=("处罚法51条", "处罚法52条"),
    kinds=ONLY,
    primary=True,
)
HAND_OVER: Action[Case, forms.HandOver] = Action(
    key="summary.hand_over",
    label=_("当场交付决定书"),
    model=Case,
    source=frozenset({S.DECIDED.value}),
    target=S.SERVED.value,
    roles=OFFICER,
    data=forms.HandOver,
    initial=_hand_over_initial,
    gates=(service_gates.paper_ready, service_gates.decision_in_force),
    body=bodies.hand_over,
    facts=("summary.handed_over", "decision.service_begun", "decision.served"),
    law=("处罚法52条1款",),
    primary=True,
    kinds=ONLY,
)
COLLECT: Action[Case, forms.Collect] = Action(
    key="summary.collect",
    label=_("当场收缴罚款"),
    model=Case,
    source=frozenset({S.SERVED.value}),
    target=None,
    roles=OFFICER,
    data=forms.Collect,
    gates=(gates.may_collect, gates.fine_unpaid, gates.on_the_spot),
    body=bodies.collect,
    facts=("fine.collected", "fine.paid"),
    law=("CF-25", "处罚法70条"),
    primary=True,
    later=True,
    kinds=ONLY,
)
FILE: Action[Case, forms.FileWithAgency] = Action(
    key="summary.file",
    label=_("报所属机关备案"),
    model=Case,
    source=frozenset({S.SERVED.value, S.COURT_APPLIED.value}),
    target=None,
    roles=OFFICER,
    data=forms.FileWithAgency,
    gates=(gates.not_filed_yet,),
    body=bodies.file,
    facts=("summary.filed",),
    law=("CF-24",),
    primary=True,
    later=True,
    kinds=ONLY,
)
HAND_IN: Action[Case, forms.HandIn] = Action(
    key="summary.hand_in",
    label=_("收缴款交至机关"),
    model=Case,
    source=frozenset({S.SERVED.value}),
    target=None,
    roles=OFFICER,
    data=forms.HandIn,
    gates=(gates.cash_with_officers,),
    body=bodies.hand_in,
    facts=("fine.handed_in",),
    law=("CF-26",),
    later=True,
    kinds=ONLY,
)
BANK: Action[Case, forms.Bank] = Action(
    key="summary.bank",
    label=_("收缴款缴付银行"),
    model=Case,
    source=frozenset({S.SERVED.value}),
    target=None,
    roles=OFFICER | {Role.DEPT_ADMIN.value},
    data=forms.Bank,
    gates=(gates.cash_with_agency,),
    body=bodies.bank,
    facts=("fine.banked",),
    law=("CF-26",),
    later=True,
    kinds=ONLY,
)
ADD_EVIDENCE: Action[Case, case_forms.AddEvidence] = Action(
    key="summary.add_evidence",
    label=_("添加现场证据"),
    model=Case,
    source=AFTER,
    target=None,
    roles=OFFICER,
    data=case_forms.AddEvidence,
    initial=_evidence_initial,
    gates=(case_gates.two_certified_now,),
    body=bodies.add_evidence,
    law=("处罚法46条",),
    kinds=ONLY,
)
ALL: tuple[Action[Case, Any], ...] = (DECIDE, HAND_OVER, COLLECT, FILE, HAND_IN, BANK, ADD_EVIDENCE)


def register() -> None:
    """Put the steps on the register; the ordinary service is not for these cases, and they close later."""
    registry.register(*ALL)
    for key in NOT_HERE:
        registry.keep_off(key, bodies.MATTER_KIND)
    registry.add_gate("enforcement.case.close", gates.filed_before_closing)
    registry.add_gate("enforcement.case.close", gates.banked_before_closing)
    registry.add_gate("execution.begin_remedy", gates.reconsideration_first)
