"""Events in words: what was done, which papers, who, and when it was entered if later."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.ledger.models import Event
from portal.theme.components import Entry
from portal.workflow.registry import action_named


def entry(event: Event) -> Entry:
    """One event in words: what, which papers, who, and when it was entered if later."""
    content = json.loads(event.canonical)
    papers = [paper["number"] for paper in content["data"].get("documents", []) if paper.get("number")]
    text = event_label(event.name) + (f"：{'、'.join(papers)}" if papers else "")
    who = event.actor.name if event.actor else _("系统")
    recorded = timezone.localtime(event.recorded_at)
    happened = timezone.localtime(event.happened_at)
    if recorded.date() != happened.date():
        who += _("，%(when)s 登记") % {"when": recorded.strftime("%Y-%m-%d %H:%M")}
        return Entry(happened.date(), text, who)
    return Entry(event.happened_at, text, who)


CONSEQUENCES = ".consequences"
_event_labels: dict[str, Any] = {}


def name_event(name: str, label: Any) -> None:
    """Say how an event is called that no action stands behind; rooms call it in AppConfig.ready()."""
    _event_labels[name] = label


def event_label(name: str) -> str:
    """The action's name, or the one a room has given; else the event's own.

    What reactions wrote after an action is a record of its own and named after the action.
    """
    if name.endswith(CONSEQUENCES):
        return _("“%(action)s”引起的变化") % {"action": event_label(name.removesuffix(CONSEQUENCES))}
    try:
        return str(action_named(name).label)
    except LookupError:
        return str(_event_labels.get(name, name))
