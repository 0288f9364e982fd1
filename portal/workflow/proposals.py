"""Draft, request, approve, send back: the life of a proposal around the one door."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import outbox
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt
from portal.workflow.data import dump, load
from portal.workflow.door import Outcome, check_department, day_of, matter_id_of, perform, role_names, unmet_gates
from portal.workflow.errors import Blocked, DoorError, Forbidden, Invalid, Overtaken
from portal.workflow.models import Proposal
from portal.workflow.registry import action_named

OPEN = (Proposal.State.DRAFT, Proposal.State.RETURNED)


class Changed(DoorError):
    """The proposal was taken back and put forward anew since the page with the verdict was opened."""

    def __init__(self) -> None:
        super().__init__(_("提出人在您打开这一页之后改过内容，又重新提交。请看过新的内容再决定。"))


class Stale(DoorError):
    """The draft was saved elsewhere since this page was opened."""

    def __init__(self) -> None:
        super().__init__(_("这份草稿在别处又保存过。为免互相覆盖，请先看一眼最新的内容，再决定用哪一份。"))


def draft_of(subject: Any, action: Action[Any, Any], actor: Any) -> Proposal | None:
    """The person's own draft or returned proposal for this action on this thing."""
    found = Proposal.objects.filter(action=action.key, proposed_by=actor, state__in=OPEN)
    found = found.filter(subject_id=subject.pk) if subject is not None else found.filter(subject_id=None)
    return found.order_by("-saved_at").first()


def deciding_department(subject: Any, action: Action[Any, Any], matter: Matter | None, actor: Any) -> Any:
    """Whose heads decide: the acting department, else the matter's, else the proposer's own."""
    if subject is not None and action.acting is not None:
        return action.acting(subject)
    return matter.department if matter else actor.department


def save_draft(
    subject: Any, action: Action[Any, Any], *, actor: Any, values: dict[str, Any], version: int | None = None
) -> Proposal:
    """Keep what was typed, as typed; raises Stale when the draft moved on since `version`."""
    with transaction.atomic():
        draft = draft_of(subject, action, actor)
        if draft is None:
            matter = Matter.objects.get(pk=matter_id_of(subject)) if subject is not None else None
            draft = Proposal(
                action=action.key,
                matter=matter,
                department=deciding_department(subject, action, matter, actor),
                subject_id=subject.pk if subject is not None else None,
                title=(matter.title if matter else str(action.label))[:200],
                proposed_by=actor,
            )
        else:
            draft = Proposal.objects.select_for_update().get(pk=draft.pk)
            if version is not None and version != draft.version:
                raise Stale
        draft.data = values
        draft.version += 1
        draft.saved_at = timezone.now()
        draft.save()
        return draft


def request(subject: Any, action: Action[Any, Any], *, actor: Any, data: Any) -> Proposal:
    """Put an action forward for approval; its gates must be met already.

    Raises Forbidden, Invalid, Blocked, Overtaken; the draft stays what it was.
    """
    with transaction.atomic():
        matter = None
        if subject is not None:
            matter = (
                Matter.objects.select_for_update(of=("self",))
                .select_related("department")
                .get(pk=matter_id_of(subject))
            )
            subject = type(subject)._default_manager.get(pk=subject.pk)
            if subject.state not in action.source:
                raise Overtaken(str(subject.get_state_display()), "", "")
        now = timezone.now()
        attempt: Attempt[Any, Any] = Attempt(subject, matter, action, actor, data, day_of(data, now), now)  # type: ignore[arg-type]  # a creating action has no matter yet
        if not actor.has_role(*action.proposes):
            raise Forbidden(_("这一步由%(who)s提出。") % {"who": role_names(action.proposes)}, action.proposes)
        check_department(attempt)
        problems = getattr(data, "problems", None)
        if problems is not None and (found := problems(attempt)):
            raise Invalid({name: str(sentence) for name, sentence in found.items()})
        if unmet := unmet_gates(attempt, approving=False):
            raise Blocked(unmet)
        proposal = save_draft(subject, action, actor=actor, values=dump(data))
        proposal.state = Proposal.State.REQUESTED
        proposal.requested_at = now
        proposal.reason = ""
        proposal.decided_by = proposal.decided_at = None
        try:
            with transaction.atomic():
                proposal.save()
        except IntegrityError:
            raise Overtaken(_("待审批"), "", "") from None
        outbox.put("workflow.requested", key=f"{proposal.pk}:{proposal.version}", payload={"proposal": proposal.pk})
        return proposal


def approve(
    proposal: Proposal, *, actor: Any, reason: str = "", request_id: str = "", version: int | None = None
) -> Outcome:
    """Approve and perform in one transaction; every gate is judged again.

    Raises Forbidden for the proposer himself, Overtaken when somebody has decided already, Changed when the
    content is no longer that of the `version` he has read.
    """
    with transaction.atomic():
        proposal = _waiting(proposal, actor, version)
        action = action_named(proposal.action)
        if action.creates and actor.department_id != proposal.department_id:
            # What brings a thing into being has no matter yet whose department the door could ask for.
            raise Forbidden(_("这一步由%(who)s的人员办理。") % {"who": proposal.department.name}, action.roles)
        subject = action.model._default_manager.get(pk=proposal.subject_id) if proposal.subject_id else None
        outcome = perform(
            subject,
            action,
            actor=actor,
            data=load(action.data, proposal.data),
            request_id=request_id,
            proposal=proposal,
        )
        _decide(proposal, Proposal.State.APPROVED, actor, reason, outcome)
        return outcome


def send_back(proposal: Proposal, *, actor: Any, reason: str, version: int | None = None) -> Proposal:
    """Return a proposal with a reason; what was typed is kept for the proposer."""
    if not reason.strip():
        raise Invalid({"reason": _("退回须写明理由，经办人要据此修改。")})
    with transaction.atomic():
        proposal = _waiting(proposal, actor, version)
        action = action_named(proposal.action)
        if not actor.has_role(*action.roles):
            raise Forbidden(_("这一步由%(who)s审批。") % {"who": role_names(action.roles)}, action.roles)
        if actor.department_id != proposal.department_id:
            raise Forbidden(_("这一步由%(who)s的人员办理。") % {"who": proposal.department.name}, action.roles)
        _decide(proposal, Proposal.State.RETURNED, actor, reason, None)
        return proposal


def withdraw(proposal: Proposal, *, actor: Any) -> Proposal:
    """The proposer takes his request back; it becomes a draft again."""
    with transaction.atomic():
        proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
        if proposal.proposed_by_id != actor.pk:
            raise Forbidden(_("只有提出人能撤回。"))
        if proposal.state != Proposal.State.REQUESTED:
            raise Overtaken(str(proposal.get_state_display()), "", "")
        proposal.state = Proposal.State.DRAFT
        proposal.save(update_fields=["state"])
        return proposal


def _waiting(proposal: Proposal, actor: Any, version: int | None = None) -> Proposal:
    if proposal.matter_id is not None:
        Matter.objects.select_for_update(of=("self",)).get(pk=proposal.matter_id)
    proposal = (
        Proposal.objects.select_for_update(of=("self",)).select_related("proposed_by", "department").get(pk=proposal.pk)
    )
    if proposal.state != Proposal.State.REQUESTED:
        decided = timezone.localtime(proposal.decided_at).strftime("%Y-%m-%d %H:%M") if proposal.decided_at else ""
        who = str(proposal.decided_by) if proposal.decided_by and proposal.decided_by != actor else ""
        raise Overtaken(str(proposal.get_state_display()), who, decided)
    if proposal.proposed_by_id == actor.pk:
        raise Forbidden(_("提出人不能审批自己提出的事项。"))
    if version is not None and version != proposal.version:
        raise Changed
    return proposal


def _decide(proposal: Proposal, state: str, actor: Any, reason: str, outcome: Outcome | None) -> None:
    proposal.state = state
    proposal.decided_by = actor
    proposal.decided_at = timezone.now()
    proposal.reason = reason.strip()
    if outcome is not None:
        proposal.event = outcome.event
        proposal.matter = outcome.matter
        proposal.subject_id = outcome.subject.pk
    proposal.save()
    outbox.put("workflow.decided", key=f"{proposal.pk}:{proposal.version}:{state}", payload={"proposal": proposal.pk})


def waiting_for(user: Any) -> Any:
    """Requests this person could decide: his department's, of actions his roles approve, not his own."""
    from portal.workflow.registry import all_actions

    keys = [action.key for action in all_actions() if action.proposes and user.has_role(*action.roles)]
    return (
        Proposal.objects.filter(state=Proposal.State.REQUESTED, department=user.department_id, action__in=keys)
        .exclude(proposed_by=user)
        .select_related("proposed_by", "matter")
        .order_by("requested_at", "pk")
    )
