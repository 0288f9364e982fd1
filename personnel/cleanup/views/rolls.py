"""The department's pages: its lists, one list line by line, one line with what may be found."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.campaigns import Now, list_kind
from personnel.cleanup.lines import finding_actions, finding_label
from personnel.cleanup.models import Line, Roll
from personnel.cleanup.views.campaigns import SHAPES
from portal.accounts.models import Department
from portal.accounts.roles import BUREAU_ROLES
from portal.theme.components import Cell, Empty, NextStep, Pair
from portal.web import tables
from portal.web.action_views import action_url
from portal.web.base import DeskView, visible_or_404
from portal.web.standing import drawn
from portal.web.tables import Choice, ListView, Text
from portal.web.workspace import NextSteps, next_steps, workspace
from portal.workflow.availability import availability

LINE_SHAPES: dict[str, Any] = {"open": "open", "confirmed": "green", "found": "amber", "gone": "withdrawn"}


def due_cell(roll: Roll) -> Cell:
    """The day, red once it has passed without a report."""
    late = roll.state == Roll.State.OPEN and roll.due_on < timezone.localdate()
    return Cell(roll.due_on.isoformat(), shape="red", small=_("已逾期")) if late else Cell(roll.due_on.isoformat())


class RollsView(ListView):
    """`/desk/cleanup/`: the own department's lists; all for the bureau."""

    title = gettext_lazy("资格清理")
    template = "cleanup/rolls.html"
    default_order = "-due_on"
    export_name = "cleanup-lists"
    columns = (
        tables.Column(
            "campaign",
            gettext_lazy("清理"),
            lambda row: Cell(row.campaign.name, url=reverse("cleanup:roll", args=[row.pk])),
        ),
        tables.Column("department", gettext_lazy("部门"), lambda row: row.department.short_name),
        tables.Column("frozen_on", gettext_lazy("名单截至"), lambda row: row.campaign.frozen_on.isoformat()),
        tables.Column("due_on", gettext_lazy("完成期限"), due_cell, order="due_on"),
        tables.Column("done", gettext_lazy("已核实"), lambda row: f"{row.done} / {row.total}", numeric=True),
        tables.Column(
            "state", gettext_lazy("状态"), lambda row: Cell(str(row.get_state_display()), shape=SHAPES[row.state])
        ),
    )

    @property
    def facets(self) -> tuple[Any, ...]:  # type: ignore[override]  # depends on who asks
        """Departments only for those who see several."""
        states = Choice(
            "state", gettext_lazy("状态"), Roll.State.choices, lambda rows, chosen: rows.filter(state__in=chosen)
        )
        if not self.user.sees_everything:
            return (states,)
        departments = Choice(
            "department",
            gettext_lazy("部门"),
            list(Department.objects.filter(is_active=True).values_list("code", "short_name")),
            lambda rows, chosen: rows.filter(department__code__in=chosen),
        )
        return (states, departments)

    def rows(self) -> Any:
        """Visible lists with how far they are."""
        return (
            Roll.objects.visible_to(self.user)
            .select_related("campaign", "department")
            .annotate(total=Count("lines"), done=Count("lines", filter=~Q(lines__state=Line.State.OPEN)))
        )

    def empty(self) -> Empty:
        """When something will appear."""
        return Empty(_("没有清理任务"), _("司法行政部门部署资格清理后，本部门的名单会出现在这里，并会发通知。"))

    def context(self) -> dict[str, Any]:
        """The bureau's way to the campaigns."""
        return {"is_bureau": self.user.has_role(*BUREAU_ROLES)}


class RollView(ListView):
    """`/desk/cleanup/rolls/<pk>/`: one department's list, line by line, with how each stands today."""

    template = "cleanup/roll.html"
    default_order = "title"
    page_size = 50
    roll: Roll
    now: dict[int, Now]
    facets = (
        Text("q", gettext_lazy("姓名、名称"), ("title",)),
        Choice("state", gettext_lazy("结论"), Line.State.choices, lambda rows, chosen: rows.filter(state__in=chosen)),
    )

    @property
    def columns(self) -> tuple[tables.Column, ...]:  # type: ignore[override]  # the cells know the list
        """What is listed, how it stood, how it stands, what was concluded."""
        return (
            tables.Column(
                "title",
                gettext_lazy("清理对象"),
                lambda row: Cell(row.title, url=reverse("cleanup:line", args=[row.pk])),
                order="title",
            ),
            tables.Column("facts", gettext_lazy("名单截至当日"), lambda row: "；".join(row.facts)),
            tables.Column("now", gettext_lazy("现在"), self.now_cell),
            tables.Column("state", gettext_lazy("结论"), self.conclusion),
        )

    def get(self, request: Any, **named: Any) -> HttpResponseBase:
        """The list of one roll."""
        self.roll = visible_or_404(Roll, named["pk"], self.user, "matter__department", "campaign", "department")
        self.title = self.roll.matter.title
        return super().get(request, **named)

    def table(self, rows: list[Any], order: Any, *, filtered: bool) -> Any:
        """Look at all the lines of the page at once."""
        self.now = list_kind(self.roll.campaign.kind).look(rows, self.roll.department_id)
        return super().table(rows, order, filtered=filtered)

    def now_cell(self, line: Line) -> Cell:
        """The light of today, with what speaks against a plain confirmation."""
        now = self.now[line.key]
        small = "；".join(now.doubts) if line.state == Line.State.OPEN else ""
        return Cell(now.words, shape=now.shape, small=small)  # type: ignore[arg-type]  # a shape

    def conclusion(self, line: Line) -> Cell:
        """What was concluded, and what was done."""
        label = finding_label(self.roll.campaign.kind, line.finding) if line.finding else line.get_state_display()
        return Cell(str(label), shape=LINE_SHAPES[line.state], small=line.note)

    def rows(self) -> Any:
        """The lines of the list."""
        return Line.objects.filter(roll=self.roll)

    def empty(self) -> Empty:
        """A frozen list has lines; this is a list whose filter finds none."""
        return Empty(_("名单上没有人"), _("名单确定后不再变动。"))

    def context(self) -> dict[str, Any]:
        """The steps of the list, its progress, and who came after it was frozen."""
        roll = self.roll
        counts = roll.lines.aggregate(total=Count("pk"), left=Count("pk", filter=Q(state=Line.State.OPEN)))
        kind = list_kind(roll.campaign.kind)
        added = kind.newcomers(roll.department_id, list(roll.lines.values_list("key", flat=True)))
        return {
            "roll": roll,
            "shape": SHAPES[roll.state],
            "words": roll.get_state_display(),
            "total": counts["total"],
            "done": counts["total"] - counts["left"],
            "added": added if roll.state == Roll.State.OPEN else [],
            "due": due_cell(roll),
            "workspace": workspace(roll, roll.matter, self.user),
            "crumbs": [{"label": _("资格清理"), "url": reverse("cleanup:rolls")}, {"label": roll.campaign.name}],
        }


class LineView(DeskView):
    """`/desk/cleanup/lines/<pk>/`: one thing, as it stood and as it stands, and what may be found."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page."""
        line = visible_or_404(
            Line, pk, self.user, "roll__campaign", "roll__department", "matter__department", "decided_by"
        )
        kind = list_kind(line.roll.campaign.kind)
        now = kind.look([line], line.roll.department_id)[line.key]
        frozen_on = line.roll.campaign.frozen_on.isoformat()
        return self.page(
            "cleanup/line.html",
            {
                "line": line,
                "now": now,
                "pairs": pairs_of(line, frozen_on),
                "thing_url": "" if now.gone and not self.user.sees_everything else kind.url(line.key),
                "kind": kind,
                "steps": self.steps(line),
                "crumbs": [
                    {"label": _("资格清理"), "url": reverse("cleanup:rolls")},
                    {"label": _("名单"), "url": reverse("cleanup:roll", args=[line.roll_id])},
                    {"label": line.title},
                ],
            },
        )

    def steps(self, line: Line) -> NextSteps:
        """The steps of every line, and the findings of this kind of list between them."""
        found = next_steps(line, line.matter, self.user)
        if line.state != Line.State.OPEN:
            return found
        more = []
        for action in finding_actions(list_kind(line.roll.campaign.kind)).values():
            one = availability(line, action, self.user, matter=line.matter)
            label = str(action.label)
            if one.mode == "none":
                more.append(NextStep(label, blocked=one.forbidden))
            elif one.unmet:
                more.append(NextStep(label, unmet=drawn(one.unmet), met=one.met))
            else:
                more.append(NextStep(label, url=action_url(action.key, line, line.matter)))
        return NextSteps([*found.steps, *more], found.others)


def pairs_of(line: Line, frozen_on: str) -> list[Pair]:
    """As frozen, and what was concluded."""
    pairs = [Pair(_("名单截至 %(day)s") % {"day": frozen_on}, "；".join(line.facts) or "—")]
    if line.state != Line.State.OPEN:
        label = finding_label(line.roll.campaign.kind, line.finding) if line.finding else line.get_state_display()
        pairs.append(Pair(_("结论"), str(label)))
        if line.note:
            pairs.append(Pair(_("处理情况"), line.note))
        if line.decided_by and line.decided_on:
            pairs.append(Pair(_("核实人"), line.decided_by.name, small=line.decided_on.isoformat()))
    return pairs
