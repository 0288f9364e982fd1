"""What a person can do with a thing now, and why not: buttons, «为什么不能？» and the API's answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.door import check_actor, check_department, day_of, matter_id_of, role_names
from portal.workflow.errors import Forbidden, Unmet
from portal.workflow.models import Proposal
from portal.workflow.registry import actions_for, gates_of, is_for

Asked = dict[int, Unmet | None]


@dataclass(frozen=True)
class Availability:
    """One action for one person: whether he may perform, propose or decide it, and what is unmet."""

    action: Action[Any, Any]
    mode: str  # perform · propose · waiting · none
    unmet: list[Unmet] = field(default_factory=list)
    met: int = 0
    forbidden: str = ""
    proposal: Proposal | None = None

    @property
    def possible(self) -> bool:
        """Whether the button works."""
        return self.mode in {"perform", "propose"} and not self.unmet


def available(subject: Any, actor: Any) -> list[Availability]:
    """Every action possible in the present state, each with its answer for this person."""
    matter = Matter.objects.select_related("department").get(pk=matter_id_of(subject))
    waiting = {
        proposal.action: proposal
        for proposal in Proposal.objects.filter(
            matter=matter, subject_id=subject.pk, state=Proposal.State.REQUESTED
        ).select_related("proposed_by")
    }
    asked: Asked = {}
    return [
        availability(subject, action, actor, matter=matter, waiting=waiting.get(action.key), asked=asked)
        for action in actions_for(type(subject))
        if subject.state in action.source and not action.hidden and is_for(action, matter.kind)
    ]


def availability(
    subject: Any,
    action: Action[Any, Any],
    actor: Any,
    *,
    matter: Matter | None = None,
    waiting: Proposal | None = None,
    asked: Asked | None = None,
) -> Availability:
    """The answer for one action; gates that need the form's data are left to the form.

    `asked` keeps the answers of shared gates for the other actions on the same thing.
    """
    matter = matter or Matter.objects.select_related("department").get(pk=matter_id_of(subject))
    now = timezone.now()
    attempt: Attempt[Any, Any] = Attempt(subject, matter, action, actor, None, day_of(None, now), now)
    judged = [gate for gate in gates_of(action) if not gate.needs_data]
    mode, reason = _mode(attempt, waiting)
    if mode == "propose":
        judged = [gate for gate in judged if not gate.at_approval]
    answers = (_answer(gate, attempt, asked) for gate in judged)
    unmet = [answer for answer in answers if answer is not None]
    return Availability(action, mode, unmet, len(judged) - len(unmet), reason, waiting)


def _answer(gate: Gate, attempt: Attempt[Any, Any], asked: Asked | None) -> Unmet | None:
    if asked is None or not gate.shared:
        return gate.check(attempt)
    if id(gate) not in asked:
        asked[id(gate)] = gate.check(attempt)
    return asked[id(gate)]


def _mode(attempt: Attempt[Any, Any], waiting: Proposal | None) -> tuple[str, str]:
    action, actor = attempt.action, attempt.actor
    try:
        if not action.proposes:
            check_actor(attempt)
            return "perform", ""
        check_department(attempt)
    except Forbidden as error:
        return "none", error.sentence
    if waiting is not None:
        return "waiting", ""
    if actor.has_role(*action.proposes):
        return "propose", ""
    return "none", role_names(action.proposes)
