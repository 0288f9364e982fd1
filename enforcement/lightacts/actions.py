"""The steps of light acts (WORKFLOWS.md 1): registered, reviewed where required, decided, served, executed, archived."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from enforcement.cases import data as case_forms
from enforcement.cases import service_gates
from enforcement.lightacts import bodies, gates
from enforcement.lightacts import data as forms
from enforcement.lightacts import outcome_data as outcome
from enforcement.lightacts.kinds import ACT_MATTER, ASKED, LICENCE_MATTER, OTHERS
from enforcement.lightacts.models import LightAct, first_party
from enforcement.models import EnforcementAct
from portal.accounts.roles import Role
from portal.workflow import registry
from portal.workflow.actions import Action

S = EnforcementAct.State
OFFICER = frozenset({Role.OFFICER.value})
LEGAL = frozenset({Role.LEGAL.value})
HEADS = frozenset({Role.HEAD.value, Role.DEPUTY.value})
LICENCE, ACT = frozenset({LICENCE_MATTER}), frozenset({ACT_MATTER})
OPEN = frozenset({S.REGISTERED.value})
DECIDED = frozenset({S.DECIDED.value, S.SERVED.value, S.EXECUTED.value, S.ARCHIVED.value})


def _passed(act: LightAct, _actor: Any) -> dict[str, Any]:
    review = gates.last_review(act)
    return {"content": review.proposal} if review is not None else {}


def _receiver(act: LightAct, _actor: Any) -> dict[str, Any]:
    party = first_party(act)
    return {"receiver": party.name[:60] if party else ""}


def _made(key: str, label: Any, data: Any, body: Any, **more: Any) -> Action[LightAct, Any]:
    return Action(key=f"lightacts.{key}", label=label, model=LightAct, data=data, body=body, **more)


RECEIVE = _made(
    "receive", _("收到许可申请"), forms.Receive, bodies.receive,
    source=frozenset(), target=S.REGISTERED.value, roles=OFFICER, kinds=LICENCE,
    gates=(gates.item_in_force,), facts=("licence.received",), law=("许可法29条", "许可法32条"), primary=True,
)  # fmt: skip
REGISTER = _made(
    "register", _("登记其他执法行为"), forms.Register, bodies.register,
    source=frozenset(), target=S.REGISTERED.value, roles=OFFICER, kinds=ACT,
    gates=(gates.item_in_force, gates.two_chosen), facts=("act.registered",), law=("三项制度",),
)  # fmt: skip
ACCEPT = _made(
    "accept", _("受理"), forms.Accept, bodies.accept,
    source=OPEN, target=None, roles=OFFICER, kinds=LICENCE, gates=(gates.not_accepted_yet,),
    facts=("licence.accepted",), law=("许可法32条",), primary=True, later=True,
)  # fmt: skip
ASK = _made(
    "ask_completion", _("一次告知补正"), forms.AskCompletion, bodies.ask_completion,
    source=OPEN, target=None, roles=OFFICER, kinds=LICENCE, gates=(gates.not_accepted_yet,),
    facts=("licence.completion_asked",), law=("XK-02",), later=True,
)  # fmt: skip
COMPLETED = _made(
    "completed", _("收到补正材料"), forms.Accept, bodies.completed,
    source=OPEN, target=None, roles=OFFICER, kinds=LICENCE, gates=(gates.not_accepted_yet,),
    facts=("licence.received",), law=("XK-02",), rare=True,
)  # fmt: skip
REFUSE = _made(
    "refuse", _("不予受理"), forms.Refuse, bodies.refuse,
    source=OPEN, target=S.NOT_ACCEPTED.value, roles=HEADS, proposes=OFFICER, kinds=LICENCE,
    gates=(gates.not_accepted_yet,), facts=("licence.not_accepted",), law=("许可法32条",), rare=True,
)  # fmt: skip
EXTEND = _made(
    "extend", _("延长决定期限"), forms.Extend, bodies.extend,
    source=OPEN | {S.UNDER_REVIEW.value}, target=None, roles=HEADS, proposes=OFFICER, kinds=LICENCE,
    gates=(gates.accepted, gates.extended_once), facts=("licence.extended",), law=("XK-01",), rare=True,
)  # fmt: skip
ADD_RECORD = _made(
    "add_record", _("添加记录和材料"), case_forms.AddEvidence, bodies.add_evidence,
    source=OPEN | {S.UNDER_REVIEW.value, S.DECIDED.value, S.SERVED.value}, target=None, roles=OFFICER,
    law=("CF-32", "SX-07"),
)  # fmt: skip
URGE = _made(
    "urge", _("登记催告书送达"), forms.Urge, bodies.urge,
    source=OPEN, target=None, roles=OFFICER, kinds=ACT, gates=(gates.is_execution,), facts=("act.urged",),
    law=("强制法35条",), later=True,
)  # fmt: skip
SUBMIT = _made(
    "submit_review", _("送法制审核"), forms.SubmitReview, bodies.submit_review,
    source=OPEN, target=S.UNDER_REVIEW.value, roles=OFFICER, gates=(gates.recorded,), facts=("act.review_asked",),
    law=("SX-10",),
)  # fmt: skip
OPINE = _made(
    "opine", _("提出审核意见"), forms.Opine, bodies.opine,
    source=frozenset({S.UNDER_REVIEW.value}), target=S.REGISTERED.value, roles=LEGAL,
    gates=(gates.reviewer_apart,), facts=("act.reviewed",), law=("SX-11", "SX-12"), primary=True,
)  # fmt: skip
BEFORE_DECISION = (gates.recorded, gates.review_passed, gates.remedy_body_known, gates.decider_apart)
DECIDE_LICENCE = _made(
    "decide_licence", _("作出许可决定"), outcome.DecideLicence, bodies.decide_licence,
    source=OPEN, target=S.DECIDED.value, roles=HEADS, proposes=OFFICER, kinds=LICENCE,
    initial=_passed, gates=(gates.accepted, *BEFORE_DECISION), facts=("act.decided",),
    papers=("lightacts.licence",), law=("许可法38条", "XK-01"), primary=True,
)  # fmt: skip
DECIDE = _made(
    "decide", _("作出决定"), outcome.Decide, bodies.decide,
    source=OPEN, target=S.DECIDED.value, roles=HEADS, proposes=OFFICER, kinds=ACT,
    initial=_passed, gates=(gates.two_now, gates.urged, *BEFORE_DECISION), facts=("act.decided",),
    papers=tuple(f"lightacts.{kind}" for kind in OTHERS), law=("SX-01",), primary=True,
)  # fmt: skip
SERVE = _made(
    "serve", _("登记送达"), outcome.Serve, bodies.serve,
    source=frozenset({S.DECIDED.value}), target=S.SERVED.value, roles=OFFICER, initial=_receiver,
    gates=(service_gates.paper_ready, service_gates.decision_in_force),
    facts=("decision.service_begun", "decision.served", "act.served"), law=("XK-03",), primary=True,
)  # fmt: skip
EXECUTE = _made(
    "execute", _("登记执行情况"), outcome.Execute, bodies.execute,
    source=frozenset({S.SERVED.value}), target=S.EXECUTED.value, roles=OFFICER,
    gates=(gates.needs_execution, gates.filmed, service_gates.decision_in_force), facts=("act.executed",),
    law=("SX-07", "QZ-07"), primary=True, kinds=ACT,
)  # fmt: skip
ARCHIVE = _made(
    "archive", _("归档"), outcome.Archive, bodies.archive,
    source=frozenset({S.DECIDED.value, S.SERVED.value, S.EXECUTED.value}), target=S.ARCHIVED.value,
    roles=frozenset({Role.DEPT_ADMIN.value, Role.OFFICER.value}), gates=(gates.over,), facts=("act.archived",),
    law=("CF-32",), later=True,
)  # fmt: skip
ANNUL = _made(
    "annul", _("登记决定被变更、撤销"), outcome.Annul, bodies.annul,
    source=DECIDED, target=None, roles=HEADS, gates=(service_gates.decision_in_force,), facts=("act.annulled",),
    law=("SX-04",), rare=True,
)  # fmt: skip
ALL: tuple[Action[LightAct, Any], ...] = (
    RECEIVE, REGISTER, ACCEPT, ASK, COMPLETED, REFUSE, EXTEND, ADD_RECORD, URGE, SUBMIT, OPINE, DECIDE_LICENCE,
    DECIDE, SERVE, EXECUTE, ARCHIVE, ANNUL,
)  # fmt: skip
PAPERS = tuple(f"lightacts.{kind}" for kind in ASKED)


def register() -> None:
    """Put the steps on the register."""
    registry.register(*ALL)
