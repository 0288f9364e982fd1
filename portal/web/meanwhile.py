"""Two people at one form: who else fills it in, and what has become of the matter since a page was opened."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.ledger.models import Event
from portal.matters.models import Matter
from portal.theme.components import Entry
from portal.web.events import entry
from portal.web.presentation import shown_value
from portal.workflow.actions import Action
from portal.workflow.data import entries
from portal.workflow.models import Proposal

SEEN = "_seen"  # what of the matter the person had seen when the draft was saved; the door ignores it
STILL_AT_IT = dt.timedelta(minutes=15)
FORGOTTEN = dt.timedelta(days=30)
MOST = 12


@dataclass(frozen=True)
class Seen:
    """The last event a page has shown, and a digest of each value the form proposed then."""

    sequence: int
    values: dict[str, str] = field(default_factory=dict)

    def write(self) -> str:
        """As a hidden field carries it. It guards a person against himself only, so it is not sealed."""
        return json.dumps([self.sequence, self.values], separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> Seen | None:
        """What a hidden field says; nothing when it says nothing sensible."""
        try:
            sequence, values = json.loads(text)
            return cls(int(sequence), {str(name): str(digest) for name, digest in values.items()})
        except (ValueError, TypeError, AttributeError):
            return None


@dataclass(frozen=True)
class Meanwhile:
    """What happened since: events of the matter, and fields whose recorded value has changed (label, now, typed)."""

    events: list[Entry]
    rows: list[tuple[str, str, str]] = field(default_factory=list)


def last_sequence(matter: Matter) -> int:
    """The number of the matter's last event."""
    found = Event.objects.filter(matter=matter).aggregate(last=Max("sequence"))["last"]
    return int(found or 0)


def seen_now(action: Action[Any, Any], subject: Any, matter: Matter | None, actor: Any) -> str:
    """What a page that is drawn now has seen; empty for what brings a matter into being."""
    if matter is None:
        return ""
    return Seen(last_sequence(matter), _digests(action, _initial(action, subject, actor))).write()


def _initial(action: Action[Any, Any], subject: Any, actor: Any) -> dict[str, Any]:
    return dict(action.initial(subject, actor)) if action.initial is not None else {}


def _digests(action: Action[Any, Any], values: dict[str, Any]) -> dict[str, str]:
    """Moments are left out: a form that proposes «now» would always have changed."""
    asked = entries(action.data)
    return {
        name: hashlib.sha256(json.dumps(value, default=str).encode()).hexdigest()[:8]
        for name, value in values.items()
        if name in asked and asked[name][1].kind != "moment"
    }


def meanwhile(
    text: str, typed: dict[str, Any], *, action: Action[Any, Any], subject: Any, matter: Matter | None, actor: Any
) -> Meanwhile | None:
    """What the person has to be told before he sends; nothing when the matter stands where his page saw it.

    Somebody else's events are always told; his own only when a value that the form started from is another now.
    """
    seen = Seen.read(text)
    if seen is None or matter is None:
        return None
    rows = Event.objects.filter(matter=matter, sequence__gt=seen.sequence).select_related("actor")
    events = list(rows.order_by("-sequence")[: MOST + 1])
    if not events:
        return None
    subject = type(subject)._default_manager.get(pk=subject.pk)
    initial = _initial(action, subject, actor)
    now = _digests(action, initial)
    changed = [name for name in {**seen.values, **now} if seen.values.get(name) != now.get(name)]
    others = [event for event in events if event.actor_id not in (None, actor.pk)]
    if not others and not changed:
        return None
    return Meanwhile(
        [entry(event) for event in events[:MOST]],
        [row for name in changed if (row := _row(action, name, initial, typed, subject, actor)) is not None],
    )


def _row(
    action: Action[Any, Any], name: str, initial: dict[str, Any], typed: dict[str, Any], subject: Any, actor: Any
) -> tuple[str, str, str] | None:
    asked = entries(action.data)[name][1] if name in entries(action.data) else None
    if asked is None:
        return None
    now = shown_value(asked, initial.get(name), subject, actor) or "—"
    mine = shown_value(asked, typed.get(name), subject, actor) or "—"
    return (str(asked.label), now, mine) if now != mine else None


def events_since(matter: Matter | None, *, after: dt.datetime | None = None, sequence: int = 0) -> list[Entry]:
    """The matter's events after a moment or a number, the newest first."""
    if matter is None:
        return []
    rows = Event.objects.filter(matter=matter, sequence__gt=sequence).select_related("actor")
    if after is not None:
        rows = rows.filter(recorded_at__gt=after)
    return [entry(event) for event in rows.order_by("-sequence")[:MOST]]


def others_at(action: Action[Any, Any], subject: Any, actor: Any) -> list[str]:
    """Who else has this form open with something in it, since when; a sentence for each. Never what he typed."""
    if subject is None:
        return []
    now = timezone.now()
    rows = (
        Proposal.objects.filter(
            action=action.key,
            subject_id=subject.pk,
            state__in=[Proposal.State.DRAFT, Proposal.State.RETURNED],
            saved_at__gt=now - FORGOTTEN,
        )
        .exclude(proposed_by=actor)
        .select_related("proposed_by")
        .order_by("-saved_at")
        .only("proposed_by__name", "created_at", "saved_at")[:3]
    )
    return [_sentence(row, now) for row in rows]


def _sentence(row: Proposal, now: dt.datetime) -> str:
    values = {"who": row.proposed_by.name, "since": _moment(row.created_at, now), "last": _moment(row.saved_at, now)}
    if now - row.saved_at <= STILL_AT_IT:
        return _("%(who)s正在填这张表：%(since)s 开始，%(last)s 还在改。") % values
    return _("%(who)s有一份没有提交的草稿：%(since)s 开始，%(last)s 最后改过。") % values


def _moment(moment: dt.datetime, now: dt.datetime) -> str:
    local, today = timezone.localtime(moment), timezone.localdate(now)
    return local.strftime("%H:%M" if local.date() == today else "%Y-%m-%d %H:%M")
