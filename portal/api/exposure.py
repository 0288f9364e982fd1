"""Which actions other systems may carry out, and which of a token's scopes each needs."""

from __future__ import annotations

from typing import Any, Final

from portal.accounts.roles import Role
from portal.api.models import Scope
from portal.web.action_views import has_own_page
from portal.workflow.actions import Action
from portal.workflow.registry import all_actions

DECIDING: Final = frozenset(
    {Role.HEAD.value, Role.DEPUTY.value, Role.SUPERVISION_HEAD.value, Role.GOVERNMENT.value, Role.COORDINATOR.value}
)


def is_exposed(action: Action[Any, Any]) -> bool:
    """An action that stands on the desk as a form: not the programme's own, nor one on a page made for it."""
    return bool(action.roles) and not action.hidden and not has_own_page(action.key)


def exposed() -> list[Action[Any, Any]]:
    """All of them, in the order of their keys."""
    return sorted((action for action in all_actions() if is_exposed(action)), key=lambda action: action.key)


def scope_for(action: Action[Any, Any]) -> Scope:
    """Putting forward and plain steps are work; a step only a leader may take is a decision."""
    return Scope.DECIDE if not action.proposes and action.roles <= DECIDING else Scope.WORK
