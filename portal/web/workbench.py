"""The workbench: what is due, what waits for me, what waits for others, what came back, what is mine."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, Max, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.deadlines.calendar_store import calendar
from portal.deadlines.calendars import WorkCalendar
from portal.deadlines.models import Obligation
from portal.deadlines.registry import rules
from portal.ledger.models import Event
from portal.matters.models import Matter
from portal.matters.registry import kinds
from portal.theme import formats
from portal.theme.components import Cell, Column, Duty, Empty, Light, Table
from portal.web.action_views import action_url
from portal.web.base import matter_url
from portal.web.navigation import cards_for
from portal.web.proposal_views import action_label, action_of, edit_url
from portal.web.workspace import rule_article, rule_title
from portal.workflow import proposals
from portal.workflow.actions import Action
from portal.workflow.models import Proposal
from portal.workflow.registry import all_actions, path_of

DUTIES = 60
FEW = 8
NEXT = 10
OVERSEERS = frozenset({Role.HEAD.value, Role.DEPUTY.value, Role.DEPT_ADMIN.value, Role.SUPERVISION_HEAD.value})


@dataclass(frozen=True)
class Group:
    """Duties of one urgency."""

    title: str
    light: Light
    duties: list[Duty]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.duties)

    @property
    def shown(self) -> list[Duty]:
        """What stands on the workbench: everything pressing, of the rest the next ten."""
        return self.duties[:NEXT] if self.light.shape == "green" else self.duties

    @property
    def more(self) -> int:
        """How many are left to the list of deadlines."""
        return len(self.duties) - len(self.shown)


@dataclass(frozen=True)
class Line:
    """A line of a small card: a light with words, what it is about, maybe a link."""

    light: Light
    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Workbench:
    """Everything the page shows."""

    today: int
    groups: list[Group]
    capped: bool
    scope: str
    may_choose_scope: bool
    waiting_for_me: list[Line]
    waiting_for_others: list[Line]
    returned: list[Line]
    drafts: int
    matters: Table
    cards: list[dict[str, Any]] = field(default_factory=list)


def workbench(user: User, *, scope: str = "") -> Workbench:
    """The page's values in a fixed number of statements, however much there is to do."""
    now = timezone.now()
    chosen = scope if scope in {"own", "department"} else ("department" if user.has_role(*OVERSEERS) else "own")
    days = calendar("xinjiang")
    rows = list(duties(user, chosen)[: DUTIES + 1])
    groups = grouped(rows[:DUTIES], user, now, days)
    today = timezone.localdate(now)
    mine = list(own_proposals(user))
    return Workbench(
        today=sum(1 for row in rows[:DUTIES] if row.due_on <= today and not row.provisional and not row.paused),
        groups=groups,
        capped=len(rows) > DUTIES,
        scope=chosen,
        may_choose_scope=user.has_role(Role.OFFICER) or user.has_role(*OVERSEERS),
        waiting_for_me=[
            Line(
                Light("grey", action_label(row)),
                row.title,
                reverse("web:proposal", args=[row.pk]),
                _waited(row, days, now),
            )
            for row in proposals.waiting_for(user)[:FEW]
        ],
        waiting_for_others=[
            Line(
                Light("grey", action_label(row)),
                row.title,
                reverse("web:proposal", args=[row.pk]),
                _waited(row, days, now),
            )
            for row in mine
            if row.state == Proposal.State.REQUESTED
        ][:FEW],
        returned=[_returned(row) for row in mine if row.state == Proposal.State.RETURNED][:FEW],
        drafts=sum(1 for row in mine if row.state == Proposal.State.DRAFT),
        matters=own_matters(user, now, days),
        cards=cards_for(user),
    )


def touched_by(user: User) -> Q:
    """Matters in which the person has done something, or wants to."""
    return Q(Exists(Event.objects.filter(matter=OuterRef("matter_id"), actor=user))) | Q(
        Exists(Proposal.objects.filter(matter=OuterRef("matter_id"), proposed_by=user))
    )


def duties(user: User, scope: str) -> Any:
    """Open duties of the person's department by due date; only of the person's own matters when asked."""
    rows = (
        Obligation.objects.open()
        .duties()
        .filter(department=user.home_id, opened_at__lte=timezone.now())
        .select_related("matter")
        .order_by("due_at", "pk")
    )
    return rows.filter(touched_by(user)) if scope == "own" else rows


def grouped(rows: list[Obligation], user: User, now: dt.datetime, days: WorkCalendar) -> list[Group]:
    """Overdue, due within two working days, later; each in the order of the rows."""
    settling = settling_actions()
    parts: dict[str, list[Duty]] = {"red": [], "amber": [], "green": []}
    states = states_of([row.matter for row in rows])
    for row in rows:
        light = row.light(now, days)
        parts[light.shape if light.shape in parts else "green"].append(duty(row, light, user, settling, states))
    titles = {"red": _("已逾期"), "amber": _("两个工作日内"), "green": _("之后")}
    short = {"red": _("逾期 %(count)d"), "amber": _("两个工作日内 %(count)d"), "green": _("之后 %(count)d")}
    return [
        Group(titles[shape], Light(shape, short[shape] % {"count": len(found)}), found)  # type: ignore[arg-type]  # a shape
        for shape, found in parts.items()
    ]


def settling_actions() -> dict[str, Action[Any, Any]]:
    """By fact: an action that states it."""
    return {fact: action for action in reversed(all_actions()) for fact in action.facts}


def duty(
    row: Obligation, light: Any, user: User, settling: dict[str, Action[Any, Any]], states: dict[int, str]
) -> Duty:
    """One duty with its one button: the action that settles it when it is this person's, else the matter."""
    url = matter_url(row.matter)
    rule = rules().get(row.rule)
    action = next((settling[fact] for fact in (rule.settles if rule else ()) if fact in settling), None)
    verb, target = _("看下一步"), url
    if (
        action is not None
        and _is_own_kind(action, row.matter)
        and states.get(row.matter_id) in action.source
        and user.has_role(*(action.proposes or action.roles))
    ):
        verb, target = str(action.label), action_url(action.key, action.model(pk=row.matter_id), row.matter)
    return Duty(
        shape=light.shape,
        words=light.words,
        due_on=row.due_on,
        title=rule_title(row.rule),
        matter=f"{row.matter.number} {row.matter.title}".strip(),
        matter_url=url,
        law=rule_article(row.rule),
        verb=verb,
        url=target,
        primary=light.shape in {"red", "amber"} and target != url,
    )


def _is_own_kind(action: Action[Any, Any], matter: Matter) -> bool:
    return not action.creates and any(kind.key == matter.kind and kind.model is action.model for kind in kinds())


def own_proposals(user: User) -> Any:
    """The person's open proposals, the newest first."""
    return (
        Proposal.objects.filter(proposed_by=user, state__in=[*proposals.OPEN, Proposal.State.REQUESTED])
        .select_related("matter")
        .order_by("-saved_at")[:100]
    )


def _waited(row: Proposal, days: WorkCalendar, now: dt.datetime) -> str:
    if row.requested_at is None:
        return ""
    since = timezone.localdate(row.requested_at)
    waited = max(0, days.workdays_between(since, timezone.localdate(now)))
    words = _("%(day)s 提交") % {"day": since.strftime("%m-%d")}
    return words + (_("，已等 %(count)d 个工作日") % {"count": waited} if waited else "")


def _returned(row: Proposal) -> Line:
    action = action_of(row)
    url = edit_url(row, action) if action is not None else ""
    return Line(Light("amber", action_label(row)), row.title, url or reverse("web:proposal", args=[row.pk]), row.reason)


def own_matters(user: User, now: dt.datetime, days: WorkCalendar) -> Table:
    """The open matters the person worked on last, with the stage and the nearest clock of each."""
    latest = (
        Event.objects.filter(actor=user, matter__closed_at=None)
        .values("matter_id")
        .annotate(last=Max("pk"))
        .order_by("-last")
        .values_list("matter_id", flat=True)[:FEW]
    )
    keys = list(latest)
    running = Obligation.objects.open().filter(kind="duty").order_by("due_at", "pk")
    found = Matter.objects.visible_to(user).filter(pk__in=keys).prefetch_related(
        Prefetch("obligations", running, to_attr="running")
    )  # fmt: skip
    by_key = {matter.pk: matter for matter in found}
    stages = stages_of(list(by_key.values()))
    return Table(
        caption=_("我的案件"),
        columns=[Column(_("案件")), Column(_("环节")), Column(_("期限")), Column(_("到期日"), numeric=True)],
        rows=[_matter_row(by_key[key], stages, now, days) for key in keys if key in by_key],
        empty=Empty(_("还没有您办过的案件"), _("您登记或者办理过一步的案件会出现在这里。")),
    )


def _matter_row(matter: Any, stages: dict[int, tuple[str, str]], now: dt.datetime, days: WorkCalendar) -> list[Cell]:
    stage, place = stages.get(matter.pk, ("", ""))
    name = Cell(matter.title, url=matter_url(matter), small=matter.number)
    if not matter.running:
        return [name, Cell(stage, small=place), Cell("—"), Cell("—")]
    nearest = matter.running[0]
    light = nearest.light(now, days)
    day = formats.iso(nearest.due_on) + (_("（暂定）") if nearest.provisional else "")
    return [
        name,
        Cell(stage, small=place),
        Cell(light.words, shape=light.shape, small=rule_title(nearest.rule)),
        Cell(day),
    ]


def stages_of(matters: list[Matter]) -> dict[int, tuple[str, str]]:
    """By matter: the present station and its place («4 / 9»); one statement for each kind of matter."""
    found: dict[int, tuple[str, str]] = {}
    states = states_of(matters)
    for kind in kinds():
        stations = path_of(kind.model, kind.key)
        for matter in (one for one in matters if one.kind == kind.key and one.pk in states):
            state = states[matter.pk]
            place = next((number for number, one in enumerate(stations, 1) if state in one.states), 0)
            label = str(stations[place - 1].label) if place else _state_label(kind.model, state)
            found[matter.pk] = (label, f"{place} / {len(stations)}" if place else "")
    return found


def states_of(matters: list[Matter]) -> dict[int, str]:
    """By matter: the state of the thing it is about; one statement for each kind of matter."""
    found: dict[int, str] = {}
    for kind in kinds():
        keys = {matter.pk for matter in matters if matter.kind == kind.key}
        if keys:
            found |= dict(kind.model._default_manager.filter(pk__in=keys).values_list("pk", "state"))
    return found


def _state_label(model: Any, state: str) -> str:
    return str(dict(model._meta.get_field("state").flatchoices).get(state, state))
