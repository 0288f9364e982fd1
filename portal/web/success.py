"""What a person is told after something was done: what happened, and what comes next."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.workflow.actions import Action
from portal.workflow.availability import available
from portal.workflow.door import Outcome, role_names


def tell_done(request: HttpRequest, action: Action[Any, Any], outcome: Outcome) -> None:
    """Say that it is done, under which number, and what this person can do next."""
    words = _("“%(action)s”已办好。") % {"action": action.label}
    numbers = [str(document.number) for document in outcome.documents if document.number]
    if numbers:
        words += _("文书：%(numbers)s。") % {"numbers": "、".join(numbers)}
    messages.success(request, words + next_words(outcome.subject, request.user))


def tell_requested(request: HttpRequest, action: Action[Any, Any]) -> None:
    """Say that it waits, and for whom."""
    messages.success(
        request,
        _("“%(action)s”已提交，等%(who)s审批。结果会通知您；退回的会连同您填的内容一起回来。")
        % {"action": action.label, "who": role_names(action.roles)},
    )


def next_words(subject: Any, user: Any) -> str:
    """«下一步：登记送达。», or whose turn it is; nothing when the thing is at its end."""
    if not hasattr(subject, "state"):
        return ""
    found = [one for one in available(subject, user) if not one.action.rare and one.action.roles]
    found.sort(key=lambda one: (not one.possible, not one.action.primary))
    if not found:
        return ""
    first = found[0]
    if first.possible:
        return _("下一步：%(action)s。") % {"action": first.action.label}
    if first.mode == "none":
        who = role_names(first.action.proposes or first.action.roles)
        return _("下一步由%(who)s办理：%(action)s。") % {"who": who, "action": first.action.label}
    return ""
