"""What a matter's page shows beside the room's own content, as plain values in a fixed number of statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.deadlines.calendar_store import calendar
from portal.deadlines.calendars import WorkCalendar
from portal.deadlines.models import Fact, Obligation
from portal.deadlines.registry import rules
from portal.documents.models import Document
from portal.ledger.models import Event
from portal.matters.models import Matter
from portal.theme.components import Cell, Clock, Column, Empty, Entry, NextStep, Pair, Step, Table, TraceStep
from portal.web.action_views import action_url
from portal.web.events import entry
from portal.web.standing import drawn
from portal.workflow.availability import Availability, available
from portal.workflow.registry import path_of

EVENTS = 12
DOCUMENT_SHAPES = {"pending": "grey", "ready": "green", "failed": "red", "void": "withdrawn"}


@dataclass(frozen=True)
class NextSteps:
    """The card «下一步»: what is drawn as buttons, and what lies under «其他动作»."""

    steps: list[NextStep] = field(default_factory=list)
    others: list[NextStep] = field(default_factory=list)


@dataclass(frozen=True)
class Workspace:
    """Everything the partials of `web/partials/` need."""

    matter: Matter
    path: list[Step]
    next_steps: NextSteps
    clocks: list[Clock]
    closed_clocks: list[Clock]
    timeline: list[Entry]
    more_events: int
    documents: Table
    people: list[Pair]


def workspace(subject: Any, matter: Matter, user: Any) -> Workspace:
    """All of it for one thing, as one person sees it now.

    Eleven statements and what the gates ask; the number does not grow with the matter.
    """
    now = timezone.now()
    running, closed = clocks(matter, now)
    entries, more = timeline(matter)
    return Workspace(
        matter=matter,
        path=path(subject, matter),
        next_steps=next_steps(subject, matter, user),
        clocks=running,
        closed_clocks=closed,
        timeline=entries,
        more_events=more,
        documents=documents(matter, user),
        people=people(matter),
    )


def path(subject: Any, matter: Matter) -> list[Step]:
    """The stations, with the day on which each was first reached."""
    stations = path_of(type(subject), matter.kind)
    if not stations:
        return []
    first = dict(
        Fact.objects.filter(matter=matter, void=None, name__in=[one.fact for one in stations if one.fact])
        .values_list("name")
        .annotate(Min("at"))
    )
    here = next((place for place, one in enumerate(stations) if subject.state in one.states), None)
    drawn_steps = []
    for place, one in enumerate(stations):
        reached = first.get(one.fact)
        when = timezone.localtime(reached).strftime("%m-%d") if reached else ""
        drawn_steps.append(Step(str(one.label), when, _station(place, here, reached)))
    return drawn_steps


def _station(place: int, here: int | None, reached: datetime | None) -> Any:
    """Done, now, ahead, or skipped: left behind without ever having been reached."""
    if here is None:
        return "done" if reached else "skipped"
    if place == here:
        return "now"
    return "done" if place < here else "ahead"


def next_steps(subject: Any, matter: Matter, user: Any) -> NextSteps:
    """The buttons: the possible ones first, one of them primary; then the blocked ones; rare ones apart.

    Steps that are somebody else's are shown, with whose they are, to people of the matter's department.
    """
    own = user.home_id == matter.department_id
    found = [one for one in available(subject, user) if one.mode != "none" or (own and not one.action.rare)]
    shown = [one for one in found if one.action.roles]
    possible = [one for one in shown if one.possible or one.mode == "waiting"]
    blocked = [one for one in shown if one not in possible]
    main = next((one for one in possible if one.action.primary and one.possible), None)
    main = main or next((one for one in possible if one.possible and not one.action.rare), None)
    apart = [one for one in shown if one.action.rare or (one.action.later and one in blocked)]
    steps = [_step(one, subject, matter, primary=one is main) for one in (*possible, *blocked) if one not in apart]
    others = [_step(one, subject, matter, primary=False) for one in apart]
    steps.sort(key=lambda step: not step.primary)
    return NextSteps(steps, others)


def _step(one: Availability, subject: Any, matter: Matter, *, primary: bool) -> NextStep:
    label = str(one.action.label)
    if one.mode == "waiting" and one.proposal is not None:
        words = _("%(action)s（%(who)s已提交，待审批）") % {"action": label, "who": one.proposal.proposed_by.name}
        return NextStep(words, url=reverse("web:proposal", args=[one.proposal.pk]))
    if one.mode == "none":
        sentence = one.forbidden
        if one.action.proposes and not sentence.endswith("。"):
            sentence = _("这一步由%(who)s提出。") % {"who": sentence}
        return NextStep(label, blocked=sentence)
    if one.unmet:
        return NextStep(label, unmet=drawn(one.unmet), met=one.met)
    return NextStep(label, url=action_url(one.action.key, subject, matter), primary=primary)


def clocks(matter: Matter, now: datetime) -> tuple[list[Clock], list[Clock]]:
    """The matter's clocks: those that run, by due date, and those that are closed."""
    rows = list(Obligation.objects.filter(matter=matter).annotate(changed=Count("changes")).order_by("due_at", "pk"))
    days = calendar("xinjiang") if rows else None
    running = [clock(row, now, days) for row in rows if row.is_open]
    return running, [clock(row, now, days) for row in rows if not row.is_open]


def clock(row: Any, now: datetime, days: WorkCalendar | None) -> Clock:
    """One clock as the theme draws it."""
    light = row.light(now, days)
    return Clock(
        name=rule_title(row.rule),
        shape=light.shape,
        words=light.words,
        due_on=row.due_on,
        due_at=row.due_at if row.unit == "hours" else None,
        trace=[TraceStep(step["text"], step.get("article", "")) for step in row.trace],
        article=rule_article(row.rule),
        calendar_version=row.calendar_version,
        changes=getattr(row, "changed", 0),
        provisional=row.provisional,
    )


def rule_title(key: str) -> str:
    """The rule's name; its key when the rule book no longer has it."""
    rule = rules().get(key)
    return rule.title if rule is not None else key


def rule_article(key: str) -> str:
    """The article behind a rule."""
    rule = rules().get(key)
    return rule.article if rule is not None else ""


def timeline(matter: Matter, limit: int | None = EVENTS) -> tuple[list[Entry], int]:
    """The latest events, the newest first, and how many older ones there are."""
    rows = Event.objects.filter(matter=matter).select_related("actor").order_by("-sequence")
    found = list(rows[:limit] if limit else rows)
    older = found[-1].sequence - 1 if found else 0
    return [entry(event) for event in found], older


def documents(matter: Matter, user: Any) -> Table:
    """The matter's documents that the person may see, the newest first."""
    rows = Document.objects.visible_to(user).filter(matter=matter).order_by("-issued_at", "-pk").only(
        "pk", "title", "number", "state", "issued_on"
    )[:100]  # fmt: skip
    return Table(
        caption=_("文书"),
        columns=[Column(_("文书")), Column(_("文号")), Column(_("状态")), Column(_("日期"))],
        rows=[
            [
                Cell(row.title.replace("\n", ""), url=row.get_absolute_url()),
                row.number or "—",
                Cell(row.get_state_display(), shape=DOCUMENT_SHAPES[row.state]),  # type: ignore[arg-type]  # a shape
                row.issued_on.isoformat(),
            ]
            for row in rows
        ],
        empty=Empty(_("还没有文书"), _("办到需要文书的一步时自动生成，出现在这里。")),
    )


def people(matter: Matter) -> list[Pair]:
    """Who has done something in the matter, by first appearance."""
    rows = (
        Event.objects.filter(matter=matter, actor__isnull=False)
        .values_list("actor__name", "actor__department__short_name")
        .annotate(first=Min("sequence"), steps=Count("pk"))
        .order_by("first")
    )
    return [
        Pair(name, _("办理 %(steps)d 步") % {"steps": steps}, small=place or "") for name, place, _first, steps in rows
    ]
