"""The pages of disclosure: the queue by due date, one disclosure, and the masking desk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db.models import F, OuterRef, Q, Subquery
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from disclosure import masking_desk
from disclosure.actions import MASK
from disclosure.acts import personal_ground
from disclosure.models import Disclosure, latest_snapshot
from disclosure.projection import public_address, public_key, public_texts
from disclosure.texts import KIND_LABELS, labels_of
from portal.deadlines.calendar_store import calendar
from portal.deadlines.models import Obligation
from portal.theme.components import Cell, Clock, Empty, Pair
from portal.web.action_views import action_url
from portal.web.base import DeskView, matter_url, visible_or_404
from portal.web.tables import Choice, Column, ListView, Text
from portal.web.workspace import NextSteps, clock, next_steps
from portal.workflow.availability import availability
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, DoorError, Invalid

SHAPES: dict[str, Any] = {
    Disclosure.State.PENDING: "open",
    Disclosure.State.MASKED: "grey",
    Disclosure.State.APPROVED: "grey",
    Disclosure.State.PUBLISHED: "green",
    Disclosure.State.EXPIRED: "withdrawn",
    Disclosure.State.WITHDRAWN: "withdrawn",
    Disclosure.State.REPAIRED: "withdrawn",
    Disclosure.State.EXEMPT: "withdrawn",
}
OWN_RULES = (
    "decision.disclose",
    "decision.withdraw",
    "decision.take_down",
    "disclosure.correct",
    "disclosure.least_general",
    "disclosure.least_serious",
)
OPEN_STATES = (Disclosure.State.PENDING, Disclosure.State.MASKED, Disclosure.State.APPROVED)


def _due(row: Any) -> Cell:
    if row.due_on is None:
        return Cell("—")
    if row.state not in OPEN_STATES:
        return Cell(row.due_on.isoformat())
    today = timezone.localdate()
    days = calendar("xinjiang")
    if row.due_on < today:
        late = days.workdays_between(row.due_on, today)
        return Cell(_t("逾期 %(days)d 个工作日") % {"days": late}, shape="red", small=row.due_on.isoformat())
    left = days.workdays_between(today, row.due_on)
    words = _t("今天到期") if row.due_on == today else _t("剩 %(days)d 个工作日") % {"days": left}
    return Cell(words, shape="amber" if left <= 2 else "green", small=row.due_on.isoformat())


class DisclosureList(ListView):
    """What must go public, the earliest due first."""

    title = _("公示")
    caption = _("决定的公示")
    columns = (
        Column(
            "decision",
            _("决定"),
            lambda row: Cell(
                row.decision.number or _t("（文号待补正）"),
                url=reverse("disclosure:page", args=[row.pk]),
                small=row.act.title,
            ),
        ),
        Column("department", _("部门"), lambda row: row.department.short_name),
        Column("state", _("状态"), lambda row: Cell(row.get_state_display(), shape=SHAPES[row.state])),
        Column("due", _("公示期限"), _due, order="due_on"),
        Column(
            "decided",
            _("决定日期"),
            lambda row: row.decision.decided_on.isoformat() if row.decision.decided_on else "—",
        ),
        Column(
            "published",
            _("公示时间"),
            lambda row: timezone.localtime(row.published_at).strftime("%Y-%m-%d") if row.published_at else "—",
            order="published_at",
        ),
    )
    facets = (
        Text("q", _("文号、案由、当事人"), ("decision__number", "act__title", "act__party_names")),
        Choice("state", _("状态"), Disclosure.State.choices, lambda rows, chosen: rows.filter(state__in=chosen)),
        Choice(
            "open",
            _("进度"),
            (("1", _("还没有公示的")),),
            lambda rows, _chosen: rows.filter(state__in=OPEN_STATES),
            radio=True,
        ),
    )
    default_order = "due_on"
    export_name = "disclosures"

    def rows(self) -> Any:
        """Visible disclosures with the due date of their duty."""
        return (
            Disclosure.objects.visible_to(self.user)
            .select_related("department", "decision", "act")
            .annotate(
                due_on=Subquery(
                    Obligation.objects.filter(matter=OuterRef("matter"), rule="decision.disclose")
                    .order_by("-number")
                    .values("due_on")[:1]
                )
            )
        )

    def context(self) -> dict[str, Any]:
        """The way to the proof."""
        return {"main_url": reverse("disclosure:proof"), "main_label": _t("公示完整性证明")}

    def empty(self) -> Empty:
        """When nothing has been decided yet."""
        return Empty(_t("还没有要公示的决定"), _t("作出处罚、许可等决定后自动列在这里，按公示期限排列。"))


class DisclosurePage(DeskView):
    """One disclosure: its texts as the public will read or reads them, its record, what comes next."""

    def get(self, _request: Any, pk: int) -> HttpResponseBase:
        """The page; 404 for one this person cannot see."""
        disclosure = _disclosure(pk, self.user)
        snapshot = latest_snapshot(disclosure)
        return self.page(
            "disclosure/disclosure.html",
            {
                "disclosure": disclosure,
                "shape": SHAPES[disclosure.state],
                "texts": _public_texts(disclosure),
                "facts": _facts(disclosure),
                "next_steps": _next_steps(disclosure, self.user),
                "clocks": own_clocks(disclosure),
                "snapshot": snapshot,
                "public_url": public_address(public_key(disclosure)) if snapshot else "",
                "act_url": matter_url(disclosure.matter),
                "personal": disclosure.state in OPEN_STATES and bool(personal_ground(disclosure.act)),
                "channels": list(disclosure.channels.order_by("published_at", "pk").select_related("proof")),
                "correction": disclosure.correction,
                "corrections": list(disclosure.corrections.exclude(snapshot=None).select_related("begun_by")),
                "repairs": list(disclosure.repairs.all()),
                "crumbs": _crumbs(disclosure),
            },
        )


def own_clocks(disclosure: Disclosure) -> list[Clock]:
    """The clocks of this decision's disclosure, correction and withdrawal, those that run first."""
    repairs = [repair.about for repair in disclosure.repairs.all()]
    about = disclosure.decision.about
    channels = [f"{row.about} {about}" for row in disclosure.channels.all()]
    mine = (
        Q(rule__in=OWN_RULES, about=about)
        | Q(rule="repair.decide", about__in=repairs)
        | Q(rule__startswith="channel.", about__in=channels)
    )
    rows = Obligation.objects.filter(mine, matter=disclosure.matter).order_by(
        F("settled_at").asc(nulls_first=True), "due_at", "pk"
    )
    days = calendar("xinjiang")
    return [clock(row, timezone.now(), days) for row in rows]


def _disclosure(pk: int, user: Any) -> Disclosure:
    return visible_or_404(
        Disclosure,
        pk,
        user,
        "matter__department",
        "act__department",
        "act__item",
        "decision__document",
        "masked_by",
        "approved_by",
    )


def _crumbs(disclosure: Disclosure, *more: str) -> list[dict[str, str]]:
    own = {
        "label": disclosure.decision.number or _t("（文号待补正）"),
        "url": reverse("disclosure:page", args=[disclosure.pk]) if more else "",
    }
    return [
        {"label": _t("公示"), "url": reverse("disclosure:queue")},
        own,
        *({"label": text, "url": ""} for text in more),
    ]


def _next_steps(disclosure: Disclosure, user: Any) -> NextSteps:
    """The door's answer; masking is done on a page of its own instead of a form."""
    found = next_steps(disclosure, disclosure.matter, user)
    form = action_url(MASK.key, disclosure, disclosure.matter)
    desk = reverse("disclosure:mask", args=[disclosure.pk])
    steps = [replace(step, url=desk, label=_t("逐处确认脱敏")) if step.url == form else step for step in found.steps]
    return NextSteps(steps, found.others)


def _public_texts(disclosure: Disclosure) -> list[Pair]:
    if disclosure.round == 0:
        return []
    texts = public_texts(disclosure)
    return [Pair(label, texts[field]) for field, label in labels_of(disclosure.act).items() if texts.get(field)]


def _facts(disclosure: Disclosure) -> list[Pair]:
    def when(moment: Any) -> str:
        return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""

    pairs = [
        Pair(_t("脱敏"), disclosure.masked_by.name if disclosure.masked_by else ""),
        Pair(_t("审批"), disclosure.approved_by.name if disclosure.approved_by else ""),
        Pair(_t("公示时间"), when(disclosure.published_at)),
        Pair(_t("公示截止"), disclosure.display_until.isoformat() if disclosure.display_until else ""),
        Pair(_t("送达未生效的处理"), disclosure.held_reason),
        Pair(_t("退回理由"), disclosure.returned_reason if disclosure.state == Disclosure.State.PENDING else ""),
        Pair(_t("不予公开的说明"), disclosure.exempt_note),
        Pair(_t("撤回理由"), disclosure.public_reason),
    ]
    return [pair for pair in pairs if pair.value]


class MaskingPage(DeskView):
    """The masking desk: original and public wording side by side; each stretch is hidden or kept by a person."""

    roles = MASK.roles

    def get(self, _request: Any, pk: int) -> HttpResponseBase:
        """The page, or back to the disclosure when there is nothing to mask."""
        disclosure = _disclosure(pk, self.user)
        if disclosure.state != Disclosure.State.PENDING or disclosure.department_id != self.user.department_id:
            return redirect("disclosure:page", pk=pk)
        return self.draw(disclosure)

    def post(self, request: Any, pk: int) -> HttpResponseBase:
        """Hand in for approval."""
        disclosure = _disclosure(pk, self.user)
        try:
            perform(
                disclosure,
                MASK,
                actor=self.user,
                data=masking_desk.handed_in(disclosure, self.user),
                request_id=getattr(request, "id", ""),
            )
        except (Blocked, Invalid) as error:
            return self.draw(disclosure, problem=error.sentence, status=422)
        messages.success(request, _t("脱敏已确认，等负责人审批。审批的人不能是您本人。"))
        return redirect("disclosure:page", pk=pk)

    def draw(self, disclosure: Disclosure, *, problem: str = "", status: int = 200) -> HttpResponse:
        """The page, or only its inside for htmx."""
        desk = masking_desk.desk(disclosure, self.user)
        context = {
            "disclosure": disclosure,
            "desk": desk,
            "problem": problem,
            "unmet": availability(disclosure, MASK, self.user, matter=disclosure.matter).unmet,
            "clock": next((clock for clock in own_clocks(disclosure)), None),
            "fields": [
                (field, label) for field, label in labels_of(disclosure.act).items() if disclosure.source.get(field)
            ],
            "kinds": list(KIND_LABELS.items()),
            "crumbs": _crumbs(disclosure, _t("脱敏确认")),
        }
        inside = getattr(self.request, "htmx", False)
        return self.page("disclosure/_masking.html" if inside else "disclosure/masking.html", context, status=status)


class Judge(MaskingPage):
    """One verdict: hide, keep with a reason, or take it back."""

    def get(self, _request: Any, pk: int) -> HttpResponseBase:
        """There is nothing to read here."""
        return redirect("disclosure:mask", pk=pk)

    def post(self, request: Any, pk: int) -> HttpResponseBase:
        """Keep the verdict in the draft and show the desk again."""
        disclosure = _disclosure(pk, self.user)
        if disclosure.state != Disclosure.State.PENDING or disclosure.department_id != self.user.department_id:
            return redirect("disclosure:page", pk=pk)
        key, verdict = request.POST.get("key", ""), request.POST.get("verdict", "")
        version = _version(request)
        try:
            if verdict == "reopen":
                masking_desk.reopen(disclosure, self.user, key=key, version=version)
            else:
                masking_desk.judge(
                    disclosure,
                    self.user,
                    key=key,
                    hidden=verdict == "hide",
                    reason=request.POST.get("reason", ""),
                    version=version,
                )
        except DoorError as error:
            return self.draw(disclosure, problem=error.sentence, status=200 if request.htmx else 422)
        return self.draw(disclosure) if request.htmx else redirect("disclosure:mask", pk=pk)


class Add(Judge):
    """A stretch the detector missed."""

    def post(self, request: Any, pk: int) -> HttpResponseBase:
        """Add it, hidden, and show the desk again."""
        disclosure = _disclosure(pk, self.user)
        if disclosure.state != Disclosure.State.PENDING or disclosure.department_id != self.user.department_id:
            return redirect("disclosure:page", pk=pk)
        try:
            masking_desk.add(
                disclosure,
                self.user,
                field=request.POST.get("field", ""),
                text=request.POST.get("text", ""),
                kind=request.POST.get("kind", ""),
                start=_number(request.POST.get("start", "")),
                version=_version(request),
            )
        except DoorError as error:
            return self.draw(disclosure, problem=error.sentence, status=200 if request.htmx else 422)
        return self.draw(disclosure) if request.htmx else redirect("disclosure:mask", pk=pk)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _version(request: Any) -> int | None:
    return _number(request.POST.get("version", ""))
