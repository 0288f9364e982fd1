"""The actions of legal review, suspicion of crime and deliberation on a case (WORKFLOWS.md 1a); none moves its state."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from enforcement.cases import gates as case_gates
from enforcement.models import Case, EnforcementAct
from enforcement.review import bodies, gates
from enforcement.review import data as forms
from enforcement.review.data.fields import proposed
from enforcement.review.reviewers import leaders
from enforcement.review.rounds import last_round, open_round
from portal.accounts.roles import Role
from portal.workflow import registry
from portal.workflow.actions import Action

S = EnforcementAct.State
OFFICER = frozenset({Role.OFFICER.value})
LEGAL = frozenset({Role.LEGAL.value})
HEADS = frozenset({Role.HEAD.value, Role.DEPUTY.value})
REVIEWERS = frozenset({Role.LEGAL.value, Role.COUNSEL.value})
REVIEWED = frozenset({S.INVESTIGATED.value, S.NOTIFIED.value})
OPEN = REVIEWED | {S.LEAD.value, S.FILED.value}


def _submit_initial(case: Case, _actor: Any) -> dict[str, Any]:
    """The outcome of the last round where there was one: it is what was to be mended."""
    last = last_round(case)
    if last is None:
        return proposed(case)
    return {name: last.outcome[name] for name in ("kinds", "content", "fine", "confiscation", "licence")}


def _deliberate_initial(case: Case, actor: Any) -> dict[str, Any]:
    """The reviewed outcome, everybody who is responsible, the one who records it first."""
    people = sorted(leaders(case), key=lambda user: user.pk != getattr(actor, "pk", None))
    return _submit_initial(case, actor) | {
        "participants": [user.pk for user in people],
        "positions": "\n".join(f"{user.name}：" for user in people),
    }


def _of_the_reviewer(case: Case) -> Any:
    """Whose people give the opinion: the reviewer's department, which may be another one."""
    found = open_round(case)
    return found.reviewer.department if found is not None and found.reviewer is not None else case.department


SUBMIT: Action[Case, forms.Submit] = Action(
    key="review.submit",
    label=_("送法制审核"),
    model=Case,
    source=REVIEWED,
    target=None,
    roles=OFFICER,
    data=forms.Submit,
    initial=_submit_initial,
    gates=(gates.no_open_round, gates.review_order),
    body=bodies.submit,
    facts=("review.submitted",),
    papers=("review.submission",),
    law=("CF-10", "SX-10"),
)
WITHDRAW: Action[Case, forms.Withdraw] = Action(
    key="review.withdraw",
    label=_("撤回送审"),
    model=Case,
    source=REVIEWED,
    target=None,
    roles=OFFICER,
    data=forms.Withdraw,
    gates=(gates.round_waits,),
    body=bodies.withdraw,
    facts=("review.withdrawn",),
    law=("CF-10",),
    rare=True,
)
TAKE: Action[Case, forms.Take] = Action(
    key="review.take",
    label=_("承办法制审核"),
    model=Case,
    source=REVIEWED,
    target=None,
    roles=LEGAL,
    data=forms.Take,
    gates=(gates.nobody_reviews, gates.fit_to_take),
    body=bodies.take,
    facts=("review.assigned",),
    law=("CF-10", "CF-11"),
    later=True,
)
ASSIGN: Action[Case, forms.Assign] = Action(
    key="review.assign",
    label=_("指定审核人员"),
    model=Case,
    source=REVIEWED,
    target=None,
    roles=HEADS,
    data=forms.Assign,
    gates=(gates.round_waits, gates.fit_to_review),
    body=bodies.assign,
    facts=("review.assigned",),
    law=("CF-10", "CF-11"),
    later=True,
)
EXTEND: Action[Case, forms.Extend] = Action(
    key="review.extend",
    label=_("延长审核期限"),
    model=Case,
    source=REVIEWED,
    target=None,
    roles=HEADS,
    data=forms.Extend,
    gates=(gates.round_waits,),
    body=bodies.extend,
    facts=("review.extended",),
    law=("BM-02",),
    rare=True,
)
OPINE: Action[Case, forms.Opine] = Action(
    key="review.opine",
    label=_("出具法制审核意见"),
    model=Case,
    source=REVIEWED,
    target=None,
    roles=REVIEWERS,
    data=forms.Opine,
    gates=(gates.own_round, gates.fit_to_take, gates.file_unchanged),
    body=bodies.opine,
    facts=("review.concluded", "crime.suspected"),
    papers=("review.opinion",),
    law=("CF-10", "SX-11", "SX-12"),
    acting=_of_the_reviewer,
    later=True,
)
CHAIR: Action[Case, forms.Chair] = Action(
    key="review.chair",
    label=_("主持研究审核分歧"),
    model=Case,
    source=REVIEWED,
    target=None,
    roles=HEADS,
    data=forms.Chair,
    gates=(gates.returned_and_not_chaired,),
    body=bodies.chair,
    facts=("review.chaired",),
    law=("118号（十四）",),
    rare=True,
)
SUSPECT: Action[Case, forms.Suspect] = Action(
    key="review.suspect",
    label=_("记录涉嫌犯罪"),
    model=Case,
    source=OPEN,
    target=None,
    roles=OFFICER | LEGAL | HEADS,
    data=forms.Suspect,
    gates=(gates.suspicion_new,),
    body=bodies.suspect,
    facts=("crime.suspected",),
    law=("处罚法27条", "处罚法57条1款4项"),
    rare=True,
)
CLEAR: Action[Case, forms.Clear] = Action(
    key="review.clear_suspicion",
    label=_("排除涉嫌犯罪"),
    model=Case,
    source=OPEN,
    target=None,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.Clear,
    gates=(gates.suspicion_open, case_gates.decider_did_not_handle),
    body=bodies.clear,
    facts=("crime.cleared",),
    law=("处罚法57条1款4项", "YS-13"),
    later=True,
)
DELIBERATE: Action[Case, forms.Deliberate] = Action(
    key="review.deliberate",
    label=_("登记集体讨论"),
    model=Case,
    source=frozenset({S.NOTIFIED.value}),
    target=None,
    roles=HEADS,
    data=forms.Deliberate,
    initial=_deliberate_initial,
    gates=(gates.chair_present, gates.enough_leaders, gates.reviewed_first, case_gates.decider_did_not_handle),
    body=bodies.deliberate,
    facts=("case.deliberated",),
    papers=("review.deliberation",),
    law=("CF-12",),
    later=True,
)
ALL = (SUBMIT, WITHDRAW, TAKE, ASSIGN, EXTEND, OPINE, CHAIR, SUSPECT, CLEAR, DELIBERATE)
DECIDED = "case.decided"


def register() -> None:
    """Put the actions on the register, and the gates on every step that decides a case, whoever registered it."""
    registry.register(*ALL)
    registry.add_gate("enforcement.case.decide", gates.review_passed)
    registry.add_gate("enforcement.case.decide", gates.deliberated)
    for action in registry.actions_for(Case):
        if DECIDED in action.facts and not OPEN.isdisjoint(action.source):
            registry.add_gate(action.key, gates.no_open_suspicion)
    registry.add_gate("enforcement.case.notify", gates.reviewed_before_notice)
