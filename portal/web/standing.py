"""Where one person stands before one action: may he do it, put it forward, or what is in the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.matters.models import Matter
from portal.theme import components
from portal.web.citations import articles
from portal.workflow.actions import Action, Attempt
from portal.workflow.availability import availability
from portal.workflow.door import day_of, role_names
from portal.workflow.errors import Unmet
from portal.workflow.models import Proposal
from portal.workflow.registry import gates_of


@dataclass(frozen=True)
class Standing:
    """mode: perform · propose · waiting (somebody has put it forward) · none (with the reason)."""

    mode: str
    reason: str = ""
    unmet: list[Unmet] = field(default_factory=list)
    met: int = 0
    proposal: Proposal | None = None


def standing(action: Action[Any, Any], subject: Any, matter: Matter | None, actor: Any) -> Standing:
    """The answer before anything is filled in; gates that need data are left to the form."""
    if subject is None or matter is None:
        return _before_creation(action, actor)
    waiting = (
        Proposal.objects.filter(action=action.key, subject_id=subject.pk, state=Proposal.State.REQUESTED)
        .select_related("proposed_by")
        .first()
    )
    found = availability(subject, action, actor, matter=matter, waiting=waiting)
    reason = found.forbidden
    if found.mode == "none" and action.proposes and reason == role_names(action.proposes):
        reason = _("这一步由%(who)s提出。") % {"who": reason}
    return Standing(found.mode, reason, found.unmet, found.met, waiting)


def _before_creation(action: Action[Any, Any], actor: Any) -> Standing:
    roles = action.proposes or action.roles
    if not actor.is_active or not actor.has_role(*roles):
        words = _("这一步由%(who)s提出。") if action.proposes else _("这一步由%(who)s办理。")
        return Standing("none", words % {"who": role_names(roles)})
    now = timezone.now()
    attempt: Attempt[Any, Any] = Attempt(None, None, action, actor, None, day_of(None, now), now)  # type: ignore[arg-type]  # there is no matter before the creation
    judged = [gate for gate in gates_of(action) if not gate.needs_data and not (action.proposes and gate.at_approval)]
    unmet = [answer for gate in judged if (answer := gate.check(attempt)) is not None]
    return Standing("propose" if action.proposes else "perform", "", unmet, len(judged) - len(unmet))


def drawn(unmet: list[Unmet]) -> list[components.Unmet]:
    """Unmet gates as the theme draws them, citations written out."""
    return [components.Unmet(item.sentence, articles(item.citation)) for item in unmet]
