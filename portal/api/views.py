"""The calls: matters and their state, actions carried out or put forward, proposals, files."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.api import bodies, reading
from portal.api.answers import Refusal, answer, gate
from portal.api.base import ApiView
from portal.api.exposure import is_exposed, scope_for
from portal.api.models import Scope
from portal.attachments import AttachmentRefused, store
from portal.documents import views as document_views
from portal.matters.models import Matter
from portal.matters.registry import kinds
from portal.web.action_views import Place, place_of
from portal.web.base import visible_matter
from portal.web.files import adopt_files
from portal.web.forms import ActionForm
from portal.web.standing import standing
from portal.workflow import proposals
from portal.workflow.actions import Action
from portal.workflow.data import dump
from portal.workflow.door import perform
from portal.workflow.errors import Forbidden, Overtaken
from portal.workflow.models import Proposal
from portal.workflow.registry import action_named

PAGE_SIZE = 50
MOST_EVENTS = 200


class Me(ApiView):
    """GET /me: whose token this is, and for whom the call is made."""

    def get(self, _request: Any) -> HttpResponseBase:
        """The token and the person."""
        return answer(
            {
                "system": self.token.name,
                "department": self.token.department.code,
                "scopes": self.token.scopes,
                "expires_on": self.token.expires_on.isoformat(),
                "person": self.person.username,
                "roles": sorted(self.person.roles),
            }
        )


class Matters(ApiView):
    """GET /matters: what the person sees, the newest first; `before` is the last id of the page before."""

    def get(self, request: Any) -> HttpResponseBase:
        """A page of matters."""
        known = [kind.key for kind in kinds()]
        rows = Matter.objects.visible_to(self.person).filter(kind__in=known).select_related("department")
        if kind := request.GET.get("kind", ""):
            rows = rows.filter(kind=_text(kind))
        if number := request.GET.get("number", ""):
            rows = rows.filter(number=_text(number))
        if before := request.GET.get("before", ""):
            rows = rows.filter(pk__lt=_key(before, "before"))
        found = list(rows.order_by("-pk")[: PAGE_SIZE + 1])
        more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
        return answer(
            {"matters": [reading.brief(matter) for matter in found], "before": found[-1].pk if more else None}
        )


class MatterState(ApiView):
    """GET /matters/ID: state, clocks, next actions and why not, documents."""

    def get(self, _request: Any, pk: int) -> HttpResponseBase:
        """The matter as the person sees it now."""
        return answer(reading.whole(_known_matter(pk, self.person), self.person))


class Events(ApiView):
    """GET /matters/ID/events: what happened, the oldest first, behind `after`."""

    def get(self, request: Any, pk: int) -> HttpResponseBase:
        """Up to 200 events."""
        matter = visible_matter(pk, self.person)
        after = _key(request.GET.get("after", "") or "0", "after")
        rows = matter.events.filter(sequence__gt=after).select_related("actor").order_by("sequence")
        return answer({"events": [reading.event(row) for row in rows[:MOST_EVENTS]]})


class DocumentFile(ApiView):
    """GET /documents/ID/file: the PDF."""

    def get(self, request: Any, pk: int) -> HttpResponseBase:
        """The stored bytes, if the person sees the document and it is made."""
        request.user = self.person
        return document_views.file(request, pk)


class Actions(ApiView):
    """GET and POST /actions/KEY and /matters/ID/actions/KEY: the form of an action, and carrying it out."""

    def get(self, request: Any, action_key: str, pk: int | None = None) -> HttpResponseBase:
        """What is asked, whether this person may do it now, and which gates are not met."""
        place = self.place(action_key, pk, _key(request.GET.get("subject", "") or "0", "subject"))
        now = standing(place.action, place.subject, place.matter, self.person)
        if now.mode == "none":
            raise Forbidden(now.reason, place.action.proposes or place.action.roles)
        form = reading.form(place.action, place.subject, self.person)
        return answer(form | {"mode": now.mode, "reason": now.reason, "gates": [gate(item) for item in now.unmet]})

    def post(self, request: Any, action_key: str, pk: int | None = None) -> HttpResponseBase:
        """201 when it was done, 202 when it waits for approval."""
        content = bodies.read(request, "data", "subject")
        subject = bodies.whole(content.get("subject"), "subject")
        return self.once(lambda: self.carry_out(self.place(action_key, pk, subject), content.get("data", {})))

    def place(self, action_key: str, pk: int | None, subject: int | None) -> Place:
        """The action and its thing; raises Http404 for what is not exposed or not visible."""
        try:
            exposed = is_exposed(action_named(action_key))
        except LookupError:
            exposed = False
        if not exposed:
            raise Http404
        return place_of(self.person, action_key, pk, subject or None)

    def carry_out(self, place: Place, values: Any) -> tuple[int, dict[str, Any]]:
        """Through the same fields and the same door as the desk's form."""
        action = place.action
        self.require(scope_for(action))
        if place.subject is not None and place.subject.state not in action.source:
            raise Overtaken(str(place.subject.get_state_display()), "", "")
        now = standing(action, place.subject, place.matter, self.person)
        if now.mode == "none":
            raise Forbidden(now.reason, action.proposes or action.roles)
        if now.mode == "waiting":
            raise Overtaken(_("待审批"), "", "")
        data = self.cleaned(place, values)
        if now.mode == "propose":
            proposal = proposals.request(place.subject, action, actor=self.person, data=data)
            return 202, {"proposal": reading.proposal(proposal)}
        outcome = perform(place.subject, action, actor=self.person, data=data, request_id=self.request.id)
        if action.creates:
            adopt_files(action, dump(data), outcome.matter, self.person)
        return 201, _done(outcome, self.person)

    def cleaned(self, place: Place, values: Any) -> Any:
        """The action's data; raises Refusal 422 with the form's sentences."""
        action: Action[Any, Any] = place.action
        query = bodies.typed(action, values)
        form = ActionForm(action, subject=place.subject, actor=self.person, matter=place.matter, data=query)
        if form.is_valid():
            return form.to_data()
        fields = {name: [str(sentence) for sentence in sentences] for name, sentences in form.errors.items()}
        raise Refusal(422, _("有的字段不能接受。"), fields=fields)


class Proposals(ApiView):
    """GET /proposals: what waits for the person's decision."""

    def get(self, _request: Any) -> HttpResponseBase:
        """Up to 200, the oldest first."""
        return answer({"proposals": [reading.proposal(one) for one in proposals.waiting_for(self.person)[:200]]})


class ProposalState(ApiView):
    """GET /proposals/ID: whether it was approved or returned, and why."""

    def get(self, _request: Any, pk: int) -> HttpResponseBase:
        """The proposal, for its own department."""
        return answer(reading.proposal(_own_proposal(pk, self.person)))


class Decision(ApiView):
    """POST /proposals/ID/decision: {"approve": true} or {"approve": false, "reason": "…"}."""

    needs = Scope.DECIDE

    def post(self, request: Any, pk: int) -> HttpResponseBase:
        """Approve and carry out, or send back with a reason."""
        content = bodies.read(request, "approve", "reason")
        approve, reason = content.get("approve"), content.get("reason", "")
        if not isinstance(approve, bool) or not isinstance(reason, str) or "\0" in reason:
            raise Refusal(422, _("请写 approve 是 true 还是 false；退回时用 reason 写明理由。"))
        return self.once(lambda: self.decide(_own_proposal(pk, self.person), reason[:2000], approve=approve))

    def decide(self, proposal: Proposal, reason: str, *, approve: bool) -> tuple[int, dict[str, Any]]:
        """Through the door, or back to whoever put it forward."""
        if not approve:
            return 200, {"proposal": reading.proposal(proposals.send_back(proposal, actor=self.person, reason=reason))}
        outcome = proposals.approve(proposal, actor=self.person, reason=reason, request_id=self.request.id)
        return 201, _done(outcome, self.person)


class Files(ApiView):
    """POST /files: one file as multipart/form-data, for a matter or for one that is still to be registered."""

    needs = Scope.WORK

    def post(self, request: Any) -> HttpResponseBase:
        """The id to write into an action's data."""
        upload = request.FILES.get("file")
        if upload is None:
            raise Refusal(422, _("请用 multipart/form-data 上传，字段名是 file。"))
        matter = None
        if given := request.POST.get("matter", ""):
            matter = visible_matter(_key(given, "matter"), self.person)
            if matter.department_id != self.person.department_id:
                raise Forbidden(_("只有承办部门的人员可以上传。"))
        try:
            with transaction.atomic():
                stored = store(matter, upload, self.person)
        except AttachmentRefused as error:
            raise Refusal(422, str(error)) from None
        return answer({"id": stored.pk, "name": stored.name, "size": stored.size, "sha256": stored.sha256}, 201)


class Unknown(ApiView):
    """Every other address below the interface: JSON too, not a page."""

    def get(self, _request: Any, rest: str = "") -> HttpResponseBase:
        """Nothing is there."""
        raise Http404

    post = get


def _done(outcome: Any, person: User) -> dict[str, Any]:
    matter = visible_matter(outcome.matter.pk, person)
    return {
        "matter": reading.brief(matter),
        "subject": outcome.subject.pk,
        "state": getattr(outcome.subject, "state", ""),
        "event": reading.event(outcome.event),
        "documents": [reading.document(one) for one in outcome.documents],
    }


def _known_matter(pk: int, person: User) -> Matter:
    matter = visible_matter(pk, person)
    if matter.kind not in {kind.key for kind in kinds()}:
        raise Http404
    return matter


def _own_proposal(pk: int, person: User) -> Proposal:
    found = Proposal.objects.select_related("proposed_by").filter(pk=pk, department=person.department_id)
    proposal = found.exclude(state=Proposal.State.DRAFT).first()
    if proposal is None:
        raise Http404
    return proposal


def _key(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise Refusal(400, _("%(name)s 应当是一个编号。") % {"name": name})
    return int(text)


def _text(value: str) -> str:
    if "\0" in value:
        raise Refusal(400, _("请求读不懂。"))
    return value
