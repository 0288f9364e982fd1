"""Who is told of a proposal: those who can decide it when it is made, the proposer when it is decided."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from portal import outbox
from portal.inbox import notify, notify_department_roles
from portal.inbox.kinds import NoticeKind, register_notice_kind
from portal.workflow.models import Proposal
from portal.workflow.registry import action_named

WAITING = NoticeKind("workflow.waiting", _("等您审批的事项"))
VERDICT = NoticeKind("workflow.verdict", _("审批结果"))


def _proposal(payload: dict[str, Any]) -> Proposal:
    return Proposal.objects.select_related("proposed_by", "decided_by", "department", "matter").get(
        pk=payload["proposal"]
    )


def tell_deciders(payload: dict[str, Any]) -> None:
    """A request is on its way to whoever may decide it; nobody is told of one that was decided meanwhile."""
    proposal = _proposal(payload)
    if proposal.state != Proposal.State.REQUESTED:
        return
    action = action_named(proposal.action)
    notify_department_roles(
        proposal.department,
        action.roles,
        _t("%(who)s提交“%(action)s”，等您审批：%(title)s")
        % {"who": proposal.proposed_by.name, "action": action.label, "title": proposal.title},
        kind=WAITING.key,
        url=reverse("web:proposal", args=[proposal.pk]),
        matter=proposal.matter,
        key=f"requested:{proposal.pk}:{proposal.version}",
    )


def tell_proposer(payload: dict[str, Any]) -> None:
    """The proposer hears the verdict, with the reason when it came back."""
    proposal = _proposal(payload)
    values = {"action": action_named(proposal.action).label, "title": proposal.title, "reason": proposal.reason}
    if proposal.state == Proposal.State.APPROVED:
        text = _t("“%(action)s”已批准：%(title)s") % values
    elif proposal.state == Proposal.State.RETURNED:
        text = _t("“%(action)s”被退回：%(title)s。理由：%(reason)s") % values
    else:
        return
    notify(
        [proposal.proposed_by],
        text,
        kind=VERDICT.key,
        url=reverse("web:proposal", args=[proposal.pk]),
        matter=proposal.matter,
        key=f"decided:{proposal.pk}:{proposal.version}:{proposal.state}",
    )


def register() -> None:
    """Register kinds and handlers."""
    register_notice_kind(WAITING)
    register_notice_kind(VERDICT)
    outbox.handles("workflow.requested")(tell_deciders)
    outbox.handles("workflow.decided")(tell_proposer)
