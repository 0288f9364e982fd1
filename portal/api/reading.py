"""Matters, their clocks, next steps, documents and events as plain values; the desk's own answers, not new ones."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from portal.accounts.models import User
from portal.api.answers import gate, moment
from portal.api.exposure import is_exposed
from portal.documents.models import Document
from portal.ledger.models import Event
from portal.matters.models import Matter
from portal.matters.registry import kind_of, url_of
from portal.web import events, workspace
from portal.web.citations import law_line
from portal.workflow.actions import Action
from portal.workflow.availability import Availability, available
from portal.workflow.data import Entry, entries, required
from portal.workflow.models import Proposal

MOST_OPTIONS = 200


def brief(matter: Matter) -> dict[str, Any]:
    """A matter as a line of a list."""
    kind = kind_of(matter)
    return {
        "id": matter.pk,
        "kind": matter.kind,
        "kind_label": str(kind.label),
        "number": matter.number,
        "title": matter.title,
        "department": matter.department.code,
        "opened_at": moment(matter.opened_at),
        "closed_at": moment(matter.closed_at),
        "page": settings.DESK_URL.rstrip("/") + url_of(matter),
    }


def whole(matter: Matter, user: User) -> dict[str, Any]:
    """A matter with its state, clocks, what the person may do next and why not, and its documents."""
    subject: Any = kind_of(matter).subject(matter)
    running, closed = workspace.clocks(matter, timezone.now())
    documents = Document.objects.visible_to(user).filter(matter=matter).order_by("-issued_at", "-pk")[:100]
    return brief(matter) | {
        "state": getattr(subject, "state", ""),
        "state_label": str(subject.get_state_display()) if hasattr(subject, "get_state_display") else "",
        "path": [dataclasses.asdict(step) for step in workspace.path(subject, matter)],
        "clocks": [_clock(one, is_open=True) for one in running] + [_clock(one, is_open=False) for one in closed],
        "actions": [_offer(one) for one in available(subject, user) if one.mode != "none" and is_exposed(one.action)],
        "documents": [document(one) for one in documents],
    }


def document(one: Document) -> dict[str, Any]:
    """A document's particulars; the PDF is had by its id."""
    return {
        "id": one.pk,
        "kind": one.kind,
        "title": one.title.replace("\n", ""),
        "number": one.number,
        "state": one.state,
        "issued_on": one.issued_on.isoformat(),
        "sha256": one.sha256,
        "verification_code": one.code,
    }


def event(one: Event) -> dict[str, Any]:
    """An event as it was recorded, with its hash."""
    content = json.loads(one.canonical)
    return {
        "sequence": one.sequence,
        "name": one.name,
        "label": events.event_label(one.name),
        "actor": one.actor.username if one.actor else None,
        "happened_at": moment(one.happened_at),
        "recorded_at": moment(one.recorded_at),
        "facts": [{"name": fact["name"], "at": fact["at"], "about": fact["about"]} for fact in content["facts"]],
        "sha256": one.sha256,
    }


def proposal(one: Proposal) -> dict[str, Any]:
    """Something put forward."""
    return {
        "id": one.pk,
        "action": one.action,
        "matter": one.matter_id,
        "state": one.state,
        "proposed_by": one.proposed_by.username,
        "requested_at": moment(one.requested_at),
        "reason": one.reason,
    }


def form(action: Action[Any, Any], subject: Any, user: User) -> dict[str, Any]:
    """What an action asks of this person for this thing, with what it would propose itself."""
    start = dict(action.initial(subject, user)) if action.initial is not None and subject is not None else {}
    return {
        "action": action.key,
        "label": str(action.label),
        "law": law_line(action.law),
        "fields": [_field(name, field, entry, subject, user) for name, (field, entry) in entries(action.data).items()],
        "initial": json.loads(json.dumps(start, default=str)),
    }


def _field(name: str, field: Any, entry: Entry, subject: Any, user: User) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": name,
        "label": str(entry.label),
        "kind": entry.kind,
        "required": required(field),
        "help": str(entry.help),
        "law": law_line(entry.law),
    }
    if entry.options is not None:
        offered = entry.options(subject, user)
        rows = offered[:MOST_OPTIONS] if isinstance(offered, QuerySet) else list(offered)[:MOST_OPTIONS]
        pairs = [(row.pk, row) for row in rows] if isinstance(offered, QuerySet) else rows
        found["options"] = [{"value": value, "label": str(label)} for value, label in pairs if str(value)]
    return found


def _offer(one: Availability) -> dict[str, Any]:
    return {
        "action": one.action.key,
        "label": str(one.action.label),
        "mode": one.mode,
        "possible": one.possible,
        "gates": [gate(item) for item in one.unmet],
        "proposal": one.proposal.pk if one.proposal is not None else None,
    }


def _clock(one: Any, *, is_open: bool) -> dict[str, Any]:
    return {
        "name": one.name,
        "open": is_open,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "due_at": moment(one.due_at),
        "light": one.shape,
        "words": one.words,
        "provisional": one.provisional,
        "article": one.article,
        "computed": [{"text": step.text, "article": step.article} for step in one.trace],
    }
