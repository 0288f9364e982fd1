"""The one door: everything that changes a matter goes through `perform`."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.roles import Role
from portal.deadlines.errors import LateEntryWithoutReason
from portal.deadlines.services import replay, state_fact
from portal.ledger import history
from portal.ledger.models import Event
from portal.ledger.service import append
from portal.matters.models import Matter
from portal.workflow import papers
from portal.workflow.actions import Action, Attempt
from portal.workflow.errors import Blocked, Forbidden, Invalid, Overtaken, Repeated, Unmet
from portal.workflow.models import Passage
from portal.workflow.registry import Stated, gates_of, is_for, reactions_to


@dataclass
class Outcome:
    """What came of an action: the event, the thing as it is now, facts and documents."""

    event: Event
    subject: Any
    matter: Matter
    facts: list[Any] = field(default_factory=list)
    documents: list[Any] = field(default_factory=list)


def perform(
    subject: Any,
    action: Action[Any, Any],
    *,
    actor: Any,
    data: Any,
    request_id: str = "",
    token: str = "",
    proposal: Any = None,
    now: dt.datetime | None = None,
) -> Outcome:
    """Do one action, wholly or not at all.

    Locks the matter, then the subject; checks state, role and every gate; runs the body; issues
    papers; appends the event; states the facts; replays the obligations; runs the reactions.
    Raises Overtaken, Forbidden, Invalid, Blocked or Repeated; nothing has changed then.
    """
    with transaction.atomic(), history.collected() as rows:
        attempt = _attempt(subject, action, actor, data, proposal, now or timezone.now())
        passage = _pass_once(token)
        _check_state(attempt)
        check_actor(attempt)
        check_data(attempt)
        if unmet := unmet_gates(attempt):
            raise Blocked(unmet)
        with open_door():
            documents = _carry_out(attempt)
        event = _record(attempt, rows, documents, request_id)
        if passage is not None:
            passage.event = event
            passage.save(update_fields=["event"])
        facts = _state_facts(attempt, event)
        if facts:
            replay(attempt.matter, event=event)
        for fact in facts:
            _react(attempt, fact, event)
        _record_consequences(attempt, rows, event)
    return Outcome(event, attempt.subject, attempt.matter, facts, documents)


def rehearse(subject: Any, action: Action[Any, Any], *, actor: Any, data: Any) -> list[Any]:
    """The documents an action would issue, numbers and all, by doing it and taking everything back.

    Who may put the action forward may rehearse it; gates about the person who approves are left to him.
    Nothing stays: not the number, not the event, not the row. Raises Overtaken, Forbidden, Invalid, Blocked.
    """
    with transaction.atomic(), history.collected():
        attempt = _attempt(subject, action, actor, data, None, timezone.now())
        _check_state(attempt)
        if not actor.is_active or not actor.has_role(*(action.proposes or action.roles)):
            raise Forbidden(_("这一步由%(who)s办理。") % {"who": role_names(action.roles)}, action.roles)
        check_department(attempt)
        check_data(attempt)
        if unmet := unmet_gates(attempt, approving=not action.proposes):
            raise Blocked(unmet)
        with open_door():
            documents = _carry_out(attempt)
        transaction.set_rollback(True)
    return documents


def _attempt(subject: Any, action: Any, actor: Any, data: Any, proposal: Any, now: dt.datetime) -> Attempt[Any, Any]:
    matter: Any = None
    if subject is not None:
        matter = (
            Matter.objects.select_for_update(of=("self",)).select_related("department").get(pk=matter_id_of(subject))
        )
        model = type(subject)
        subject = model._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)
    return Attempt(subject, matter, action, actor, data, day_of(data, now), now, proposal)


def matter_id_of(subject: Any) -> int:
    """The id of the matter a subject is or belongs to."""
    return int(subject.matter_id) if hasattr(subject, "matter_id") else int(subject.pk)


def day_of(data: Any, now: dt.datetime) -> dt.date:
    """The day of the fact: the data's `on` or `at`, else today (Asia/Shanghai)."""
    on = getattr(data, "on", None) or getattr(data, "at", None)
    if isinstance(on, dt.datetime):
        return timezone.localdate(on)
    return on if isinstance(on, dt.date) else timezone.localdate(now)


def _pass_once(token: str) -> Passage | None:
    if not token:
        return None
    try:
        with transaction.atomic():
            return Passage.objects.create(token=token)
    except IntegrityError:
        earlier = Passage.objects.filter(token=token).first()
        raise Repeated(earlier.event_id if earlier else None) from None


def _check_state(attempt: Attempt[Any, Any]) -> None:
    action, subject = attempt.action, attempt.subject
    if action.creates:
        return
    if subject.state not in action.source:
        raise overtaken(subject, attempt.matter, attempt.actor)


def overtaken(subject: Any, matter: Matter, actor: Any) -> Overtaken:
    """What to say when the thing has left the state in which the step is done: who did what came last, and when."""
    last = matter.events.select_related("actor").order_by("-sequence").first()
    who = str(last.actor) if last and last.actor and last.actor != actor else ""
    when = timezone.localtime(last.recorded_at).strftime("%Y-%m-%d %H:%M") if last else ""
    return Overtaken(str(subject.get_state_display()), who, when)


def check_actor(attempt: Attempt[Any, Any]) -> None:
    """Role, department and visibility; raises Forbidden with the roles that could."""
    action, actor = attempt.action, attempt.actor
    if actor is None:
        if not action.system:
            raise Forbidden(_("这一步须由人办理。"), action.roles)
        return
    roles = action.roles if attempt.proposal is not None or not action.proposes else frozenset[str]()
    if action.proposes and attempt.proposal is None:
        raise Forbidden(_("这一步须先由%(who)s提出，再审批。") % {"who": role_names(action.proposes)}, action.proposes)
    if not actor.is_active or not actor.has_role(*roles):
        raise Forbidden(_("这一步由%(who)s办理。") % {"who": role_names(roles)}, roles)
    check_department(attempt)


def check_department(attempt: Attempt[Any, Any]) -> None:
    """Only people of the acting department act, on a matter they can see, of a kind the action is for."""
    action, actor = attempt.action, attempt.actor
    if action.creates:
        return
    if not is_for(action, attempt.matter.kind):
        raise Forbidden(_("“%(action)s”不用于这一类事项。") % {"action": action.label})
    department = action.acting(attempt.subject) if action.acting else attempt.matter.department
    if actor.department_id != department.pk:
        raise Forbidden(_("这一步由%(who)s的人员办理。") % {"who": department.name}, action.roles)
    if not attempt.matter.is_visible_to(actor):
        raise Forbidden(_("这件事不在您能看到的范围内。"))


def role_names(roles: frozenset[str]) -> str:
    """The roles in words, in the order of the list of roles."""
    return "、".join(str(role.label) for role in Role if role.value in roles)


def check_data(attempt: Attempt[Any, Any]) -> None:
    """The data are of the action's kind and free of problems; raises Invalid, naming each field."""
    if not isinstance(attempt.data, attempt.action.data):
        raise TypeError(f"{attempt.action.key} takes {attempt.action.data.__name__}")
    problems = getattr(attempt.data, "problems", None)
    if problems is not None and (found := problems(attempt)):
        raise Invalid({name: str(sentence) for name, sentence in found.items()})


def unmet_gates(attempt: Attempt[Any, Any], *, approving: bool = True) -> list[Unmet]:
    """Every gate that is not met, the action's own and those of higher rooms."""
    answers = (gate.check(attempt) for gate in gates_of(attempt.action) if approving or not gate.at_approval)
    return [unmet for unmet in answers if unmet is not None]


class open_door:  # noqa: N801 - reads as a phrase in `with open_door():`
    """While open, the state trigger lets this transaction through; nothing else opens it."""

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('portal.door', true)")
            self.before = cursor.fetchone()[0] or ""
            cursor.execute("SELECT set_config('portal.door', pg_current_xact_id()::text, true)")

    def __exit__(self, kind: Any, *_rest: Any) -> None:
        if kind is None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('portal.door', %s, true)", [self.before])


def _carry_out(attempt: Attempt[Any, Any]) -> list[Any]:
    action = attempt.action
    action.body(attempt)
    subject = attempt.subject
    if subject is None or attempt.matter is None:
        raise RuntimeError(f"{action.key} has brought nothing into being")
    if action.target is not None:
        subject.state = action.target
    subject.save()
    documents = []
    for wanted in attempt.papers:
        document = papers.issuer().issue(
            wanted.kind,
            matter=attempt.matter,
            subject=subject,
            actor=attempt.actor,
            about=wanted.about,
            extra=wanted.extra,
            on=attempt.on,
        )
        if wanted.then is not None:
            wanted.then(document)
        documents.append(document)
    return documents


def _record(attempt: Attempt[Any, Any], rows: list[models.Model], documents: list[Any], request_id: str) -> Event:
    subject = attempt.subject
    data: dict[str, Any] = {"state": getattr(subject, "state", ""), **attempt.labels}
    if documents:
        data["documents"] = [{"kind": document.kind, "number": document.number} for document in documents]
    if attempt.proposal is not None:
        data["proposed_by"] = attempt.proposal.proposed_by.username
    digests = history.digests(rows)
    rows.clear()
    event = append(
        attempt.matter,
        name=attempt.action.key,
        actor=attempt.actor,
        happened_at=moment_of(attempt),
        subject=f"{subject._meta.label_lower}:{subject.pk}",
        data=data,
        facts=[{"name": f.name, "at": f.at, "about": f.about, "value": f.value or {}} for f in attempt.facts],
        digests=digests,
        request_id=request_id or uuid.uuid4().hex,
    )
    for document in documents:
        papers.issuer().bind(document, event)
    return event


def _record_consequences(attempt: Attempt[Any, Any], rows: list[models.Model], event: Event) -> None:
    """History rows that reactions wrote after the event are bound by a second one."""
    if rows:
        append(
            attempt.matter,
            name=f"{attempt.action.key}.consequences",
            actor=attempt.actor,
            subject=f"event:{event.sequence}",
            digests=history.digests(rows),
            request_id=event.request_id,
        )


def moment_of(attempt: Attempt[Any, Any]) -> dt.datetime:
    """When the event happened: now, or noon of an earlier day of which only the day is known."""
    if attempt.on == attempt.today:
        return attempt.now
    return timezone.make_aware(dt.datetime.combine(attempt.on, dt.time(12)))


def _state_facts(attempt: Attempt[Any, Any], event: Event) -> list[Any]:
    late_reason = getattr(attempt.data, "late_reason", "") or ""
    try:
        return [
            state_fact(
                attempt.matter,
                pending.name,
                at=pending.at,
                about=pending.about,
                known_at=attempt.now,
                value=pending.value,
                event=event,
                late_reason=late_reason,
            )
            for pending in attempt.facts
        ]
    except LateEntryWithoutReason as error:
        if any(field == "late_reason" for field in getattr(attempt.data, "__dataclass_fields__", {})):
            raise Invalid({"late_reason": str(error)}) from error
        raise Blocked([Unmet("late_entry", str(error))]) from error


def _react(attempt: Attempt[Any, Any], fact: Any, event: Event) -> None:
    stated = Stated(fact, attempt.matter, attempt.subject, attempt.actor, event, attempt.data)
    for reaction in reactions_to(fact.name):
        reaction(stated)
