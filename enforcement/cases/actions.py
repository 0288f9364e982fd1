"""The actions on a penalty case (WORKFLOWS.md 1a): from, to, who, gates, facts, papers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from enforcement.cases import bodies, gates, service_gates, standards
from enforcement.cases import data as forms
from enforcement.cases.handling import handling
from enforcement.cases.remedies import performance_text
from enforcement.models import Case, EnforcementAct
from portal.accounts.roles import Role
from portal.workflow import registry
from portal.workflow.actions import Action

S = EnforcementAct.State
OFFICER = frozenset({Role.OFFICER.value})
HEADS = frozenset({Role.HEAD.value, Role.DEPUTY.value})
EVIDENCE_STATES = frozenset({S.FILED.value, S.INVESTIGATED.value, S.NOTIFIED.value})


def evidence_text(case: Case) -> str:
    """Today's evidence, a line a piece, as the form of a decision begins."""
    return "\n".join(f"{place}．{piece.name}，证明{piece.proves}" for place, piece in enumerate(case.evidence.all(), 1))


def _notify_initial(case: Case, _actor: Any) -> dict[str, Any]:
    return {
        "facts": case.found_facts,
        "reasons": case.discretion,
        "violated": case.proposed_violated,
        "basis": case.proposed_basis,
        "kinds": case.proposed_kinds,
        "content": case.proposed_content,
        "fine": case.proposed_fine,
    } | standards.chosen(case)


def _decide_initial(case: Case, _actor: Any) -> dict[str, Any]:
    notice = gates.current_notice(case)
    if notice is None:
        return {}
    return {
        "evidence": evidence_text(case),
        "kinds": notice.kinds,
        "content": notice.content,
        "performance": performance_text(bool(notice.fine)),
        "fine": notice.fine,
        "confiscation": notice.confiscation,
    } | standards.chosen(case)


def _amend_initial(case: Case, _actor: Any) -> dict[str, Any]:
    return {"facts": case.facts, "place": case.place, "occurred_on": case.occurred_on, "ended_on": case.ended_on}


def _serve_initial(case: Case, _actor: Any) -> dict[str, Any]:
    only = list(case.parties.values_list("pk", flat=True)[:2])
    return {"party": only[0]} if len(only) == 1 else {}


REGISTER: Action[Case, forms.Register] = Action(
    key="enforcement.case.register",
    label=_("登记线索"),
    model=Case,
    source=frozenset(),
    target=None,
    roles=OFFICER,
    data=forms.Register,
    gates=(gates.item_in_force,),
    body=bodies.register,
    facts=("case.registered",),
    law=("处罚法54条",),
    primary=True,
)
FILE: Action[Case, forms.File] = Action(
    key="enforcement.case.file",
    label=_("立案"),
    model=Case,
    source=frozenset({S.LEAD.value}),
    target=S.FILED.value,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.File,
    initial=lambda case, _actor: {"officers": handling(case)},
    gates=(
        gates.two_certified_chosen,
        gates.recusal_declared,
        gates.within_limitation,
        gates.duplicates_answered,
        gates.decider_did_not_handle,
    ),
    body=bodies.file,
    facts=("case.filed",),
    papers=("enforcement.filing_form",),
    law=("处罚法54条2款",),
    primary=True,
)
DECLINE: Action[Case, forms.Decline] = Action(
    key="enforcement.case.decline",
    label=_("不予立案"),
    model=Case,
    source=frozenset({S.LEAD.value}),
    target=S.NOT_FILED.value,
    roles=HEADS,
    data=forms.Decline,
    body=bodies.decline,
    facts=("case.not_filed",),
    law=("处罚法54条2款",),
    rare=True,
)
AMEND: Action[Case, forms.Amend] = Action(
    key="enforcement.case.amend",
    label=_("补充或者更正登记"),
    model=Case,
    source=frozenset({S.LEAD.value, S.FILED.value}),
    target=None,
    roles=OFFICER,
    data=forms.Amend,
    initial=_amend_initial,
    body=bodies.amend,
    rare=True,
)
ADD_PARTY: Action[Case, forms.AddParty] = Action(
    key="enforcement.case.add_party",
    label=_("增加当事人"),
    model=Case,
    source=frozenset({S.LEAD.value, S.FILED.value, S.INVESTIGATED.value}),
    target=None,
    roles=OFFICER,
    data=forms.AddParty,
    body=bodies.add_party,
    rare=True,
)
ADD_EVIDENCE: Action[Case, forms.AddEvidence] = Action(
    key="enforcement.case.add_evidence",
    label=_("添加证据"),
    model=Case,
    source=EVIDENCE_STATES,
    target=None,
    roles=OFFICER,
    data=forms.AddEvidence,
    gates=(gates.two_certified_now,),
    body=bodies.add_evidence,
    law=("处罚法46条", "处罚法54条"),
)
CONCLUDE: Action[Case, forms.Conclude] = Action(
    key="enforcement.case.conclude",
    label=_("调查终结"),
    model=Case,
    source=frozenset({S.FILED.value}),
    target=S.INVESTIGATED.value,
    roles=OFFICER,
    data=forms.Conclude,
    gates=(gates.two_certified_now, gates.has_evidence),
    body=bodies.conclude,
    facts=("case.investigated",),
    law=("处罚法57条",),
    primary=True,
)
NOTIFY: Action[Case, forms.Notify] = Action(
    key="enforcement.case.notify",
    label=_("事先告知"),
    model=Case,
    source=frozenset({S.INVESTIGATED.value}),
    target=S.NOTIFIED.value,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.Notify,
    initial=_notify_initial,
    gates=(gates.hearing_right, gates.decider_did_not_handle),
    body=bodies.notify,
    facts=("notice.issued",),
    papers=("enforcement.notice_letter",),
    law=("处罚法44条", "处罚法62条"),
    primary=True,
)
RENOTIFY: Action[Case, forms.Notify] = Action(
    key="enforcement.case.renotify",
    label=_("重新告知"),
    model=Case,
    source=frozenset({S.NOTIFIED.value}),
    target=S.NOTIFIED.value,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.Notify,
    initial=_notify_initial,
    gates=(gates.hearing_right, gates.decider_did_not_handle),
    body=bodies.notify,
    facts=("notice.issued",),
    papers=("enforcement.notice_letter",),
    law=("处罚法44条", "CF-14"),
    rare=True,
)
SERVE_NOTICE: Action[Case, forms.Serve] = Action(
    key="enforcement.case.serve_notice",
    label=_("登记告知书送达"),
    model=Case,
    source=frozenset({S.NOTIFIED.value}),
    target=None,
    roles=OFFICER,
    data=forms.Serve,
    initial=_serve_initial,
    gates=(
        service_gates.paper_ready,
        service_gates.somebody_to_serve,
        service_gates.party_not_served_yet,
        service_gates.served_after_issue,
        service_gates.electronic_consent,
    ),
    body=bodies.serve_notice,
    facts=("notice.served",),
    papers=("enforcement.service_receipt",),
    law=("处罚法44条", "处罚法61条"),
    primary=True,
)
STATEMENT: Action[Case, forms.State] = Action(
    key="enforcement.case.statement",
    label=_("登记陈述申辩"),
    model=Case,
    source=frozenset({S.NOTIFIED.value}),
    target=None,
    roles=OFFICER,
    data=forms.State,
    initial=_serve_initial,
    gates=(gates.notice_served,),
    body=bodies.state,
    facts=("statement.waived", "statement.made", "hearing.requested", "hearing.waived"),
    law=("处罚法45条", "处罚法62条", "处罚法64条"),
)
DECIDE: Action[Case, forms.Decide] = Action(
    key="enforcement.case.decide",
    label=_("作出处罚决定"),
    model=Case,
    source=frozenset({S.NOTIFIED.value}),
    target=S.DECIDED.value,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.Decide,
    initial=_decide_initial,
    gates=(
        gates.two_certified_now,
        gates.notice_served,
        gates.statement_period_over,
        gates.statements_answered,
        gates.hearing_period_over,
        gates.correction_ordered,
        gates.party_addressed,
        gates.remedy_body_known,
        gates.not_heavier,
        gates.not_fined_before,
        gates.decider_did_not_handle,
    ),
    body=bodies.decide,
    facts=("case.decided", "decision.to_serve"),
    papers=("enforcement.decision_letter",),
    law=("处罚法57条", "处罚法59条"),
    primary=True,
)
SERVE_DECISION: Action[Case, forms.Serve] = Action(
    key="enforcement.case.serve_decision",
    label=_("登记决定书送达"),
    model=Case,
    source=frozenset({S.DECIDED.value, S.NO_PENALTY.value}),
    target=None,
    roles=OFFICER,
    data=forms.Serve,
    initial=_serve_initial,
    gates=(
        service_gates.nothing_to_complete,
        service_gates.paper_ready,
        service_gates.somebody_to_serve,
        service_gates.party_not_served_yet,
        service_gates.served_after_issue,
        service_gates.electronic_consent,
    ),
    body=bodies.serve_decision,
    facts=("decision.service_begun", "decision.served", "decision.imposes_nothing"),
    papers=("enforcement.service_receipt",),
    law=("处罚法61条",),
    primary=True,
)
CONFIRM_SERVICE: Action[Case, forms.ConfirmService] = Action(
    key="enforcement.case.confirm_service",
    label=_("确认送达生效"),
    model=Case,
    source=frozenset({S.NOTIFIED.value, S.DECIDED.value, S.NO_PENALTY.value}),
    target=None,
    roles=OFFICER,
    data=forms.ConfirmService,
    gates=(service_gates.service_begun,),
    body=bodies.confirm_service,
    facts=("notice.served", "decision.served", "decision.imposes_nothing"),
    papers=("enforcement.service_receipt",),
    law=("处罚法61条", "QJ-02"),
)
PAY: Action[Case, forms.Pay] = Action(
    key="enforcement.case.pay",
    label=_("登记缴款"),
    model=Case,
    source=frozenset({S.DECIDED.value, S.SERVED.value, S.COURT_APPLIED.value}),
    target=None,
    roles=OFFICER,
    data=forms.Pay,
    initial=_serve_initial,
    gates=(service_gates.something_due,),
    body=bodies.pay,
    facts=("fine.paid",),
    law=("处罚法67条", "CF-19"),
)
CLOSE: Action[Case, forms.Close] = Action(
    key="enforcement.case.close",
    label=_("结案"),
    model=Case,
    source=frozenset({S.SERVED.value, S.COURT_APPLIED.value, S.NO_PENALTY.value}),
    target=S.CLOSED.value,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.Close,
    gates=(service_gates.reached_all, service_gates.performed, gates.decider_did_not_handle),
    body=bodies.close,
    facts=("case.closed",),
    law=("BM-04",),
    primary=True,
)
ANNUL: Action[Case, forms.Annul] = Action(
    key="enforcement.case.annul",
    label=_("登记决定被变更、撤销"),
    model=Case,
    # A closed case too: courts and superiors take decisions away long after they were performed.
    source=frozenset({S.DECIDED.value, S.NO_PENALTY.value, S.SERVED.value, S.COURT_APPLIED.value, S.CLOSED.value}),
    target=None,
    roles=HEADS,
    data=forms.Annul,
    gates=(service_gates.decision_in_force,),
    body=bodies.annul,
    facts=("decision.annulled",),
    law=("处罚法48条2款",),
    rare=True,
)
ALL = (
    REGISTER,
    FILE,
    DECLINE,
    AMEND,
    ADD_PARTY,
    ADD_EVIDENCE,
    CONCLUDE,
    NOTIFY,
    RENOTIFY,
    SERVE_NOTICE,
    STATEMENT,
    DECIDE,
    SERVE_DECISION,
    CONFIRM_SERVICE,
    PAY,
    CLOSE,
    ANNUL,
)


def register() -> None:
    """Put the actions on the register."""
    registry.register(*ALL)
