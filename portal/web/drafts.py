"""Drafts of the action form: kept on the server at every change, never overwritten by another page unseen."""

from __future__ import annotations

import typing
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.web.forms import ActionForm
from portal.web.meanwhile import SEEN
from portal.web.presentation import differences
from portal.workflow import proposals
from portal.workflow.actions import Action
from portal.workflow.models import Proposal

PAGE = "_page"  # which open page saved the draft last; the door ignores it


@dataclass(frozen=True)
class Conflict:
    """The draft was saved by another page: what differs, and the version to overrule."""

    version: int
    saved: str
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)


def keep(form: ActionForm, *, overrule: int | None = None) -> Proposal:
    """Save what was typed; raises proposals.Stale when another page has saved since this one was opened.

    `overrule` is the version the person has seen and decided to replace.
    """
    draft = proposals.draft_of(form.subject, form.action, form.actor)
    values = form.typed() | {PAGE: form.data.get("form_token", ""), SEEN: form.data.get("seen", "")[:4000]}
    if draft is not None and is_foreign(draft, form, overrule):
        raise proposals.Stale
    version = draft.version if draft is not None else None
    return proposals.save_draft(form.subject, form.action, actor=form.actor, values=values, version=version)


def is_foreign(draft: Proposal, form: ActionForm, overrule: int | None = None) -> bool:
    """Whether the draft holds what another page saved and this page has not seen."""
    own = draft.data.get(PAGE) == form.data.get("form_token", "")
    seen = {overrule, _number(form.data.get("draft_version"))}
    return not own and draft.version not in seen


def conflict(draft: Proposal, form: ActionForm) -> Conflict:
    """Both versions beside each other, or the mere fact when they say the same."""
    return Conflict(
        draft.version,
        timezone.localtime(draft.saved_at).strftime("%H:%M"),
        differences(form.action, form.typed(), draft.data, form.subject, form.actor),
        [
            (name, value)
            for name in (*form.asked, "form_token", "seen")
            for value in typing.cast(Any, form.data).getlist(name)
        ],
    )


def saved_words(draft: Proposal | None) -> str:
    """«草稿已自动保存，10:42»; nothing before the first save."""
    if draft is None:
        return ""
    moment = timezone.localtime(draft.saved_at)
    today = moment.date() == timezone.localdate()
    return _("草稿已自动保存，%(when)s") % {"when": moment.strftime("%H:%M" if today else "%Y-%m-%d %H:%M")}


def start(action: Action[Any, Any], subject: Any, actor: Any, draft: Proposal | None) -> dict[str, Any]:
    """What the form begins with: the draft, else what the action proposes."""
    if draft is not None:
        return {key: value for key, value in draft.data.items() if key not in {PAGE, SEEN}}
    return dict(action.initial(subject, actor)) if action.initial is not None else {}


def discard(draft: Proposal) -> None:
    """Throw a draft away: it has been carried out, or the person wants to begin anew."""
    Proposal.objects.filter(pk=draft.pk, state__in=proposals.OPEN).delete()


def _number(value: Any) -> int | None:
    return int(value) if str(value).isdigit() else None
