"""The form of any action: filled in, kept as a draft, done or put forward for approval."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.db import models, transaction
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.matters.models import Matter
from portal.matters.registry import kind_of
from portal.theme.components import Pair, Section
from portal.web import drafts
from portal.web.base import DeskView, matter_url, visible_matter
from portal.web.citations import law_line
from portal.web.files import adopt_files
from portal.web.forms import ActionForm
from portal.web.live import live_url
from portal.web.meanwhile import SEEN, Meanwhile, Seen, events_since, meanwhile, others_at, seen_now
from portal.web.middleware import refusal
from portal.web.presentation import pairs
from portal.web.standing import Standing, drawn, standing
from portal.web.success import tell_done, tell_requested
from portal.workflow import proposals
from portal.workflow.actions import Action
from portal.workflow.data import dump
from portal.workflow.door import matter_id_of, overtaken, perform, role_names
from portal.workflow.errors import Blocked, DoorError, Forbidden, Invalid, Overtaken, Repeated, Unmet
from portal.workflow.models import Proposal
from portal.workflow.registry import action_named


@dataclass(frozen=True)
class Place:
    """What the address names: an action on a thing of a matter, or one that brings a thing into being."""

    action: Action[Any, Any]
    matter: Matter | None = None
    subject: Any = None

    @property
    def back(self) -> str:
        """Where the person came from."""
        return matter_url(self.matter) if self.matter is not None else reverse("web:workbench")

    def url(self, name: str = "act") -> str:
        """The address of this form, or of its autosave."""
        if self.matter is None:
            return reverse(f"web:{name}-new", args=[self.action.key])
        if self.subject.pk == self.matter.pk and type(self.subject) is kind_of(self.matter).model:
            return reverse(f"web:{name}", args=[self.matter.pk, self.action.key])
        return reverse(f"web:{name}-child", args=[self.matter.pk, self.action.key, self.subject.pk])


def place_of(user: Any, action_key: str, matter_pk: int | None, subject_pk: int | None) -> Place:
    """Resolve an address; 404 for anything unknown, invisible, or that does not belong together."""
    try:
        action = action_named(action_key)
    except LookupError:
        raise Http404 from None
    if not action.roles or action.creates != (matter_pk is None):
        raise Http404
    if matter_pk is None:
        return Place(action)
    matter = visible_matter(matter_pk, user)
    subject = action.model._default_manager.filter(pk=subject_pk or matter_pk).first()
    if subject is None or matter_id_of(subject) != matter.pk:
        raise Http404
    return Place(action, matter, subject)


_own_pages: dict[str, Callable[[Any], str]] = {}


def register_own_page(action_key: str, url: Callable[[Any], str]) -> None:
    """Say that an action is done on a page of its own, whose address follows from the thing; in ready()."""
    _own_pages[action_key] = url


def has_own_page(action_key: str) -> bool:
    """Whether the action is done on a page of its own."""
    return action_key in _own_pages


class ActionView(DeskView):
    """`/desk/do/<matter>/<action>/`, `/desk/do/<matter>/<action>/<subject>/`, `/desk/new/<action>/`."""

    place: Place
    standing: Standing

    def get(
        self, _request: Any, action_key: str, matter_pk: int | None = None, subject_pk: int | None = None
    ) -> HttpResponseBase:
        """The form, with the draft that was left or what the action proposes."""
        if (elsewhere := self.prepare(action_key, matter_pk, subject_pk)) is not None:
            return elsewhere
        place = self.place
        draft = proposals.draft_of(place.subject, place.action, self.user)
        initial = drafts.start(place.action, place.subject, self.user, draft)
        initial |= {"form_token": uuid.uuid4().hex, "draft_version": draft.version if draft else 0}
        initial["seen"] = seen_now(place.action, place.subject, place.matter, self.user)
        since = self.meanwhile(draft.data.get(SEEN, ""), initial) if draft is not None else None
        return self.form_page(self.form(initial=initial), draft, since=since)

    def post(
        self, _request: Any, action_key: str, matter_pk: int | None = None, subject_pk: int | None = None
    ) -> HttpResponseBase:
        """Keep the draft, throw it away, or go through the door."""
        try:
            elsewhere = self.prepare(action_key, matter_pk, subject_pk)
        except Overtaken as error:
            return self.overtaken(error)
        if elsewhere is not None:
            return self.forestalled() or elsewhere
        place = self.place
        draft = proposals.draft_of(place.subject, place.action, self.user)
        if "discard_draft" in self.request.POST:
            if draft is not None:
                drafts.discard(draft)
            return redirect(place.url())
        form = self.form(data=self.request.POST, files=self.request.FILES)
        form.take_uploads()
        overrule = self._overruled()
        if draft is not None and drafts.is_foreign(draft, form, overrule):
            return self.form_page(form, draft, conflict=drafts.conflict(draft, form), status=409)
        if "keep_mine" in self.request.POST or "compare" in self.request.POST:
            drafts.keep(form, overrule=overrule)
            return redirect(place.url())
        if "save_draft" in self.request.POST:
            drafts.keep(form, overrule=overrule)
            messages.success(self.request, _("草稿已保存，下次打开这张表会接着填。"))
            return redirect(place.back)
        return self.submit(form, draft)

    def prepare(self, action_key: str, matter_pk: int | None, subject_pk: int | None) -> HttpResponseBase | None:
        """Find the thing and judge the person; raises Http404, Forbidden, Overtaken.

        Answers a redirect when the action waits for somebody's approval already, or has a page of its own.
        """
        self.place = place_of(self.user, action_key, matter_pk, subject_pk)
        place = self.place
        if not place.action.creates and place.subject.state not in place.action.source:
            raise overtaken(place.subject, cast(Matter, place.matter), self.user)
        self.standing = standing(place.action, place.subject, place.matter, self.user)
        if self.standing.mode == "none":
            raise Forbidden(self.standing.reason, place.action.proposes or place.action.roles)
        if self.standing.mode == "waiting" and self.standing.proposal is not None:
            return redirect("web:proposal", self.standing.proposal.pk)
        own = _own_pages.get(action_key)
        return redirect(own(place.subject)) if own is not None else None

    def form(self, **options: Any) -> ActionForm:
        """The action's form for this thing and person."""
        place = self.place
        return ActionForm(place.action, subject=place.subject, actor=self.user, matter=place.matter, **options)

    def submit(self, form: ActionForm, draft: Proposal | None) -> HttpResponseBase:
        """Through the door, or back to the form with every sentence and everything typed."""
        place, unmet = self.place, list[Unmet]()
        since = self.meanwhile(form.data.get("seen", ""), form.typed())
        if since is not None:
            return self.moved_on(form, draft, since)
        if form.is_valid():
            try:
                return self.carry_out(form, draft)
            except Invalid as error:
                form.add_problems(error.fields)
            except Blocked as error:
                unmet = error.unmet
            except Repeated as error:
                messages.info(self.request, error.sentence)
                return redirect(place.back)
            except Overtaken as error:
                return self.forestalled() or self.overtaken(error)
            except Forbidden as error:
                return refusal(self.request, error, back=place.back)
        kept = self._keep(form)
        return self.form_page(form, kept or draft, refused=unmet, status=422)

    def meanwhile(self, seen: str, typed: dict[str, Any]) -> Meanwhile | None:
        """What has become of the matter since a page saw it."""
        place = self.place
        return meanwhile(seen, typed, action=place.action, subject=place.subject, matter=place.matter, actor=self.user)

    def moved_on(self, form: ActionForm, draft: Proposal | None, since: Meanwhile) -> HttpResponse:
        """The form again with everything typed, under what others have done meanwhile; sent again, it counts."""
        place = self.place
        data = cast(QueryDict, form.data).copy()
        data["seen"] = seen_now(place.action, place.subject, place.matter, self.user)
        form.data = data
        kept = self._keep(form)
        return self.form_page(form, kept or draft, since=since, status=409)

    def overtaken(self, error: Overtaken) -> HttpResponse:
        """The thing has left the state in which this is done: what happened, and everything typed, kept as a draft."""
        place = self.place
        action, roles = place.action, place.action.proposes or place.action.roles
        seen = Seen.read(self.request.POST.get("seen", ""))
        typed, kept = list[Pair](), False
        if self.user.has_role(*roles) and place.matter is not None:
            form = self.form(data=self.request.POST, files=self.request.FILES)
            form.take_uploads()
            typed = pairs(action, form.typed(), place.subject, self.user)
            kept = self._keep(form) is not None
        context = {
            "title": _("这件事已经往前走了"),
            "sentence": error.sentence,
            "typed": typed,
            "kept": kept,
            "events": events_since(place.matter, sequence=seen.sequence) if seen else [],
            "back": place.back,
        }
        return self.page("web/overtaken.html", context, status=409)

    def forestalled(self) -> HttpResponseBase | None:
        """Somebody else has put the same step forward: his proposal, and what was typed here kept as a draft."""
        place = self.place
        waiting = standing(place.action, place.subject, place.matter, self.user).proposal
        if waiting is None or waiting.proposed_by_id == self.user.pk:
            return None
        form = self.form(data=self.request.POST, files=self.request.FILES)
        form.take_uploads()
        kept = self._keep(form) is not None
        words = _("%(who)s先提交了这一步，正在等待审批。") % {"who": waiting.proposed_by.name}
        messages.warning(self.request, words + (_("您填的内容没有提交，已存为您的草稿。") if kept else ""))
        return redirect("web:proposal", waiting.pk)

    def carry_out(self, form: ActionForm, draft: Proposal | None) -> HttpResponseBase:
        """Perform the action, or request it from those who approve."""
        place = self.place
        data = form.to_data()
        if self.standing.mode == "propose":
            proposal = proposals.request(place.subject, place.action, actor=self.user, data=data)
            tell_requested(self.request, place.action)
            return redirect("web:proposal", proposal.pk)
        with transaction.atomic():
            outcome = perform(
                place.subject,
                place.action,
                actor=self.user,
                data=data,
                request_id=self.request.id,
                token=str(form.data.get("form_token", ""))[:64],
            )
            if place.action.creates:
                adopt_files(place.action, dump(data), outcome.matter, self.user)
            if draft is not None:
                drafts.discard(draft)
        tell_done(self.request, place.action, outcome)
        return redirect(matter_url(outcome.matter))

    def form_page(
        self,
        form: ActionForm,
        draft: Proposal | None,
        *,
        refused: list[Unmet] | None = None,
        conflict: drafts.Conflict | None = None,
        since: Meanwhile | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """The page with the form."""
        place, now = self.place, self.standing
        proposes = now.mode == "propose"
        who = role_names(place.action.roles).split("、")[0]
        return self.page(
            "web/action.html",
            {
                "action": place.action,
                "matter": place.matter,
                "crumbs": self.crumbs(),
                "form": form,
                "parts": parts(form),
                "law": law_line(place.action.law),
                "unmet": drawn(refused or now.unmet),
                "refused": bool(refused),
                "met": 0 if refused else now.met,
                "draft": draft,
                "returned": draft if draft is not None and draft.state == Proposal.State.RETURNED else None,
                "restored": draft is not None and not form.is_bound,
                "conflict": conflict,
                "since": since,
                "others": others_at(place.action, place.subject, self.user),
                "action_url": place.url(),
                "autosave_url": place.url("autosave"),
                "preview_url": place.url("preview") if place.action.papers else "",
                "live_url": live_url(place.action.key, place.subject),
                "saved_words": drafts.saved_words(draft),
                "submit_label": _("提交%(who)s审批") % {"who": who} if proposes else place.action.label,
                "draft_label": _("存草稿，离开"),
                "cancel_url": place.back,
            },
            status=status,
        )

    def crumbs(self) -> list[dict[str, str]]:
        """Where the form is."""
        matter = self.place.matter
        here = {"label": str(self.place.action.label)}
        if matter is None:
            return [{"label": _("工作台"), "url": reverse("web:workbench")}, here]
        return [{"label": matter.number or matter.title, "url": self.place.back}, here]

    def _keep(self, form: ActionForm) -> Proposal | None:
        try:
            return drafts.keep(form, overrule=self._overruled())
        except proposals.Stale:
            return None

    def _overruled(self) -> int | None:
        value = self.request.POST.get("overrule", "")
        return int(value) if value.isdigit() else None


class AutosaveView(ActionView):
    """The same addresses with `autosave/`: called by htmx at every change."""

    http_method_names = ["post"]

    def post(
        self, request: Any, action_key: str, matter_pk: int | None = None, subject_pk: int | None = None
    ) -> HttpResponseBase:
        """Keep the draft; the answer is a line under the form, never an error page."""
        try:
            if self.prepare(action_key, matter_pk, subject_pk) is not None:
                raise Overtaken(_("待审批"), "", "")
            form = self.form(data=request.POST)
            draft = drafts.keep(form)
        except proposals.Stale as error:
            return render(request, "web/partials/stale.html", {"sentence": error.sentence})
        except DoorError as error:
            return render(request, "web/partials/not_saved.html", {"sentence": error.sentence})
        others = others_at(self.place.action, self.place.subject, self.user)
        return render(request, "theme/saved.html", {"words": drafts.saved_words(draft), "others": others})


def parts(form: ActionForm) -> list[Section]:
    """The form's sections; none is named when there is only one."""
    return form.sections()


def action_url(action_key: str, subject: models.Model, matter: Matter) -> str:
    """The address of an action's form for a thing."""
    return Place(action_named(action_key), matter, subject).url()
