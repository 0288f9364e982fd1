"""The actions about people on a case: recusal declared, applied for, decided; officers changed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from enforcement.cases import gates as case_gates
from enforcement.models import Case, EnforcementAct
from enforcement.people import bodies, gates
from enforcement.people import data as forms
from enforcement.people.assigning import ASSIGN
from portal.accounts.roles import Role
from portal.workflow import registry
from portal.workflow.actions import Action

S = EnforcementAct.State
OFFICER = frozenset({Role.OFFICER.value})
HEADS = frozenset({Role.HEAD.value, Role.DEPUTY.value})
OPEN = frozenset(set(S.values) - {S.NOT_FILED.value, S.CLOSED.value})


def _only_pending(case: Case, _actor: Any) -> dict[str, Any]:
    only = list(forms.pending(case, None).values_list("pk", flat=True)[:2])
    return {"recusal": only[0]} if len(only) == 1 else {}


DECLARE: Action[Case, forms.Declare] = Action(
    key="people.declare_recusal",
    label=_("申请本人回避"),
    model=Case,
    source=OPEN,
    target=None,
    roles=OFFICER | HEADS,
    data=forms.Declare,
    gates=(gates.acts_in_the_case,),
    body=bodies.declare,
    facts=("recusal.asked",),
    law=("CF-33",),
    rare=True,
)
APPLY: Action[Case, forms.Apply] = Action(
    key="people.apply_recusal",
    label=_("登记当事人的回避申请"),
    model=Case,
    source=OPEN,
    target=None,
    roles=OFFICER | HEADS,
    data=forms.Apply,
    body=bodies.apply,
    facts=("recusal.asked",),
    law=("CF-33",),
    rare=True,
)
DECIDE: Action[Case, forms.Decide] = Action(
    key="people.decide_recusal",
    label=_("决定是否回避"),
    model=Case,
    source=OPEN,
    target=None,
    roles=HEADS,
    data=forms.Decide,
    initial=_only_pending,
    gates=(gates.somebody_waits, gates.not_about_oneself, gates.successor_fit),
    body=bodies.decide,
    facts=("recusal.decided",),
    law=("CF-33",),
    rare=True,
)
REASSIGN: Action[Case, forms.Reassign] = Action(
    key="people.reassign",
    label=_("更换办案人员"),
    model=Case,
    source=OPEN,
    target=None,
    roles=HEADS,
    data=forms.Reassign,
    gates=(gates.somebody_handles, gates.successor_fit),
    body=bodies.reassign,
    facts=("case.reassigned",),
    law=("CF-01",),
    rare=True,
)
ALL = (DECLARE, APPLY, DECIDE, REASSIGN, ASSIGN)
# What a recused person may still do: say so himself.
OWN_WORD = frozenset({DECLARE.key})
CERTIFIED_NOW = ("enforcement.case.notify", "enforcement.case.renotify")


def register() -> None:
    """Put the actions on the register, and the gates about people on every step of a case registered so far."""
    registry.register(*ALL)
    for action in registry.actions_for(Case):
        if not action.creates and not action.system and action.key not in OWN_WORD:
            registry.add_gate(action.key, gates.actor_not_recused)
    registry.add_gate("enforcement.case.file", gates.chosen_not_recused)
    registry.add_gate("enforcement.case.add_evidence", gates.certified_on_site)
    registry.add_gate("enforcement.case.decide", gates.recusals_decided)
    registry.add_gate("enforcement.case.no_penalty", gates.recusals_decided)
    for key in CERTIFIED_NOW:
        registry.add_gate(key, case_gates.two_certified_now)
