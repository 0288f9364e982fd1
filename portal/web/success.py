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
    """«下一步：登记送达。», or nothing when it is somebody else's turn."""
    if not hasattr(subject, "state"):
        return ""
    possible = [one for one in available(subject, user) if one.possible and not one.action.rare]
    possible.sort(key=lambda one: not one.action.primary)
    return _("下一步：%(action)s。") % {"action": possible[0].action.label} if possible else ""
