"""Proposals: what is asked, by whom, whether its gates are met now; approve, send back, take back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.matters.registry import reserved_kinds
from portal.theme.components import Cell, Empty, Light
from portal.web.base import DeskView, matter_url
from portal.web.files import adopt_files
from portal.web.meanwhile import events_since, last_sequence
from portal.web.presentation import pairs
from portal.web.standing import drawn
from portal.web.success import tell_done
from portal.web.tables import Choice, Column, ListView
from portal.workflow import proposals
from portal.workflow.actions import Action, Attempt
from portal.workflow.data import load
from portal.workflow.door import day_of, role_names, unmet_gates
from portal.workflow.errors import Blocked, Invalid, Unmet
from portal.workflow.models import Proposal
from portal.workflow.registry import action_named, gates_of

State = Proposal.State
LIGHTS = {
    State.DRAFT: "open",
    State.REQUESTED: "grey",
    State.APPROVED: "green",
    State.RETURNED: "amber",
    State.WITHDRAWN: "withdrawn",
}


def visible_proposals(user: Any) -> Any:
    """The person's own; put forward ones of matters he sees, or of his department; all for the bureau.

    A guest of a reserved matter does not see what its own department deliberates (see MatterKind).
    """
    rows = Proposal.objects.select_related("matter", "department", "proposed_by", "decided_by")
    if user.sees_everything:
        return rows.filter(Q(proposed_by=user) | ~Q(state__in=[State.DRAFT, State.RETURNED]))
    theirs = ~Q(state__in=[State.DRAFT, State.RETURNED]) & (
        Q(department=user.home_id) | (Q(matter_id__in=user.granted_matters()) & ~Q(matter__kind__in=reserved_kinds()))
    )
    return rows.filter(Q(proposed_by=user) | theirs)


def action_of(proposal: Proposal) -> Action[Any, Any] | None:
    """The action asked for; nothing when no room knows it any more."""
    try:
        return action_named(proposal.action)
    except LookupError:
        return None


def action_label(proposal: Proposal) -> str:
    """The action's name, or its key when nobody knows it."""
    action = action_of(proposal)
    return str(action.label) if action is not None else proposal.action


def subject_of(proposal: Proposal, action: Action[Any, Any]) -> Any:
    """The thing the proposal is about; nothing before it exists."""
    if proposal.subject_id is None:
        return None
    return action.model._default_manager.filter(pk=proposal.subject_id).first()


def edit_url(proposal: Proposal, action: Action[Any, Any]) -> str:
    """The form in which a draft or returned proposal is worked on; asks the database nothing."""
    if proposal.matter_id is None or proposal.subject_id is None:
        return reverse("web:act-new", args=[action.key]) if action.creates else ""
    if proposal.subject_id == proposal.matter_id:
        return reverse("web:act", args=[proposal.matter_id, action.key])
    return reverse("web:act-child", args=[proposal.matter_id, action.key, proposal.subject_id])


def decides(proposal: Proposal, action: Action[Any, Any], user: Any) -> bool:
    """Whether the two verdict buttons are this person's."""
    return (
        proposal.state == State.REQUESTED
        and proposal.proposed_by_id != user.pk
        and proposal.department_id == user.department_id
        and bool(user.has_role(*action.roles))
    )


def judged(proposal: Proposal, action: Action[Any, Any], subject: Any, user: Any) -> tuple[list[Unmet], int]:
    """The gates as they stand now for the person who decides: unmet ones, and how many are met."""
    now = timezone.now()
    try:
        data = load(action.data, proposal.data)
    except Invalid as error:
        return [Unmet("data", error.sentence)], 0
    attempt: Attempt[Any, Any] = Attempt(
        subject, proposal.matter, action, user, data, day_of(data, now), now, proposal  # type: ignore[arg-type]  # no matter before the creation
    )  # fmt: skip
    unmet = unmet_gates(attempt)
    return unmet, len(gates_of(action)) - len(unmet)


class ProposalView(DeskView):
    """`/desk/proposals/<pk>/`: one proposal, and the verdict on it."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """Show it."""
        return self.show(self.proposal(pk))

    def post(self, request: Any, pk: int) -> HttpResponseBase:
        """Approve, send back or take back; the door's refusals become pages of their own."""
        proposal = self.proposal(pk)
        verdict = request.POST.get("verdict", "")
        reason = request.POST.get("reason", "")
        if verdict == "approve":
            return self.approve(proposal, reason)
        if verdict == "return":
            return self.send_back(proposal, reason)
        if verdict == "withdraw":
            proposals.withdraw(proposal, actor=self.user)
            messages.success(request, _("已撤回，内容留作草稿。"))
            return redirect(self.edit_or_self(proposal))
        raise Http404

    def approve(self, proposal: Proposal, reason: str) -> HttpResponseBase:
        """Approve and do it in one."""
        action = action_named(proposal.action)
        seen = self._read("seen")
        if seen is not None and proposal.matter is not None and seen < last_sequence(proposal.matter):
            words = _("您打开这一页之后，这件事又有了变化，见下面“提出之后”。请看过再决定。")
            return self.show(proposal, reason=reason, changed=words, status=409)
        try:
            outcome = proposals.approve(
                proposal, actor=self.user, reason=reason, request_id=self.request.id, version=self._read("version")
            )
        except Blocked as error:
            return self.show(proposal, refused=error.unmet, reason=reason, status=422)
        except proposals.Changed as error:
            return self.show(self.proposal(proposal.pk), reason=reason, changed=error.sentence, status=409)
        if action.creates:
            adopt_files(action, proposal.data, outcome.matter, proposal.proposed_by)
        tell_done(self.request, action, outcome)
        return redirect(matter_url(outcome.matter))

    def _read(self, name: str) -> int | None:
        """What the page with the verdict had shown: the proposal's version, the matter's last event."""
        given = self.request.POST.get(name, "")
        return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None

    def send_back(self, proposal: Proposal, reason: str) -> HttpResponseBase:
        """Return it with a reason."""
        try:
            proposals.send_back(proposal, actor=self.user, reason=reason, version=self._read("version"))
        except proposals.Changed as error:
            return self.show(self.proposal(proposal.pk), reason=reason, changed=error.sentence, status=409)
        except Invalid as error:
            return self.show(proposal, reason_error=error.sentence, status=422)
        messages.success(self.request, _("已退回给%(who)s，并附上您的理由。") % {"who": proposal.proposed_by.name})
        return redirect("web:proposals")

    def proposal(self, pk: int) -> Proposal:
        """The proposal if this person may see it, else 404."""
        found = visible_proposals(self.user).filter(pk=pk).first()
        if found is None or action_of(found) is None:
            raise Http404
        proposal: Proposal = found
        return proposal

    def edit_or_self(self, proposal: Proposal) -> str:
        """The form when there is something to go on with, else this page."""
        action = action_named(proposal.action)
        return edit_url(proposal, action) or reverse("web:proposal", args=[proposal.pk])

    def show(
        self,
        proposal: Proposal,
        *,
        refused: list[Unmet] | None = None,
        reason: str = "",
        reason_error: str = "",
        changed: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """The page."""
        action = action_named(proposal.action)
        subject = subject_of(proposal, action)
        mine = proposal.proposed_by_id == self.user.pk
        may_decide = decides(proposal, action, self.user)
        unmet, met = judged(proposal, action, subject, self.user) if may_decide else ([], 0)
        return self.page(
            "web/proposal.html",
            {
                "proposal": proposal,
                "action": action,
                "law": "；".join(action.law),
                "crumbs": [
                    {"label": _("审批"), "url": reverse("web:proposals")},
                    {"label": " ".join(dict.fromkeys((str(action.label), proposal.title))).strip()},
                ],
                "matter_url": matter_url(proposal.matter) if proposal.matter else "",
                "asked": pairs(action, proposal.data, subject, proposal.proposed_by),
                "status_light": light(proposal),
                "may_decide": may_decide,
                "may_withdraw": mine and proposal.state == State.REQUESTED,
                "edit_url": edit_url(proposal, action) if mine and proposal.state in proposals.OPEN else "",
                "unmet": drawn(refused or unmet),
                "met": met,
                "gates_total": len(gates_of(action)),
                "waits_for": role_names(action.roles),
                "reason": reason,
                "reason_error": reason_error,
                "changed": changed,
                "seen": last_sequence(proposal.matter) if may_decide and proposal.matter else "",
                "since": events_since(proposal.matter, after=proposal.requested_at)
                if proposal.state == State.REQUESTED and proposal.requested_at
                else [],
            },
            status=status,
        )


def light(proposal: Proposal) -> Light:
    """Shape and words of a proposal's state."""
    return Light(LIGHTS[State(proposal.state)], str(proposal.get_state_display()))  # type: ignore[arg-type]  # a shape


WHICH = (
    ("waiting", gettext_lazy("等我审批")),
    ("own", gettext_lazy("我提出的")),
    ("returned", gettext_lazy("退回给我的")),
    ("drafts", gettext_lazy("我的草稿")),
    ("decided", gettext_lazy("我审批过的")),
)


class ProposalsView(ListView):
    """`/desk/proposals/`: what waits for me, and what I have put forward."""

    template = "web/proposals.html"
    caption = gettext_lazy("审批事项")
    columns = (
        Column("action", gettext_lazy("事项"), lambda row: Cell(action_label(row), url=reverse("web:proposal", args=[row.pk]), small=row.title)),
        Column("proposed_by", gettext_lazy("提出人"), lambda row: row.proposed_by.name),
        Column("saved_at", gettext_lazy("时间"), lambda row: Cell(timezone.localtime(row.requested_at or row.saved_at).strftime("%Y-%m-%d %H:%M")), order="saved_at"),
        Column("state", gettext_lazy("状态"), lambda row: Cell(light(row).words, shape=light(row).shape)),
    )  # fmt: skip
    default_order = "-saved_at"
    facets = (Choice("which", gettext_lazy("范围"), WHICH, lambda rows, _value: rows, radio=True),)

    @property
    def which(self) -> str:
        """Which of the lists; those that wait for me unless something else is asked."""
        asked = self.request.GET.get("which", "")
        return asked if asked in dict(WHICH) else "waiting"

    def rows(self) -> Any:
        """The list's rows before filters."""
        user = self.user
        everything = Proposal.objects.select_related("proposed_by", "matter")
        match self.which:
            case "own":
                return everything.filter(proposed_by=user).exclude(state__in=[State.DRAFT, State.RETURNED])
            case "returned":
                return everything.filter(proposed_by=user, state=State.RETURNED)
            case "drafts":
                return everything.filter(proposed_by=user, state=State.DRAFT)
            case "decided":
                return everything.filter(decided_by=user)
            case _:
                return proposals.waiting_for(user).order_by()

    def empty(self) -> Empty:
        """What an empty list says."""
        return {
            "waiting": Empty(_("没有等您审批的事项"), _("经办人提交后会出现在这里，同时通知您。")),
            "own": Empty(_("您还没有提出过事项"), _("在案件页面的“下一步”里提交，就会出现在这里。")),
            "returned": Empty(_("没有被退回的事项"), _("退回的审批会留着您填过的内容，出现在这里。")),
            "drafts": Empty(_("没有草稿"), _("填表时会自动保存；没有提交的会出现在这里。")),
            "decided": Empty(_("您还没有审批过事项"), _("批准或者退回之后，可以在这里查到。")),
        }[self.which]

    def context(self) -> dict[str, Any]:
        """The heading."""
        return {"title": _("审批"), "which": self.which}
