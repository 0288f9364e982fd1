"""Pages of plans: the list, and one plan against what was held."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.training.hours import shown
from personnel.training.models import Attendance, PlanItem, Session, SessionDay, TrainingHours, TrainingPlan
from personnel.training.models.quota import REQUIRED_TENTHS
from personnel.training.plans import ADMINS, live_items
from portal.accounts.models import Department
from portal.theme.components import Cell, Column, Empty, Pair, Table
from portal.web import tables
from portal.web.base import DeskView, visible_or_404
from portal.web.tables import Choice, ListView
from portal.web.workspace import workspace

SHAPES: dict[str, Any] = {
    "draft": "open",
    "submitted": "grey",
    "returned": "amber",
    "approved": "green",
    "done": "green",
}


def department_filter(field: str) -> Choice:
    """A filter by department, for those who see several."""
    return Choice(
        "department",
        gettext_lazy("部门"),
        list(Department.objects.filter(is_active=True).values_list("code", "short_name")),
        lambda rows, chosen: rows.filter(**{f"{field}__code__in": chosen}),
    )


class PlansView(ListView):
    """`/desk/training/plans/`: the own department's; all for the bureau."""

    title = gettext_lazy("年度培训计划")
    default_order = "-year"
    export_name = "training-plans"
    columns = (
        tables.Column(
            "plan",
            gettext_lazy("计划"),
            lambda row: Cell(row.matter.title, url=reverse("training:plan", args=[row.pk])),
        ),
        tables.Column("year", gettext_lazy("年度"), lambda row: row.year, order="year", numeric=True),
        tables.Column(
            "state",
            gettext_lazy("状态"),
            lambda row: Cell(str(row.get_state_display()), shape=SHAPES[row.state]),
        ),
    )

    @property
    def facets(self) -> tuple[Any, ...]:  # type: ignore[override]  # depends on who asks
        """Departments only for those who see several."""
        states = Choice(
            "state",
            gettext_lazy("状态"),
            TrainingPlan.State.choices,
            lambda rows, chosen: rows.filter(state__in=chosen),
        )
        return (states, department_filter("department")) if self.user.sees_everything else (states,)

    def rows(self) -> Any:
        """Visible plans."""
        return TrainingPlan.objects.visible_to(self.user).select_related("matter")

    def empty(self) -> Empty:
        """What to do."""
        words = _("平台管理员每年编制一份，报司法行政部门批准；各项培训从计划里安排。")
        if self.user.has_role(*ADMINS):
            return Empty(_("还没有培训计划"), words, reverse("web:act-new", args=["training.plan.draw"]), _("编制计划"))
        return Empty(_("还没有培训计划"), words)

    def context(self) -> dict[str, Any]:
        """The button of whoever draws up plans."""
        if not self.user.has_role(*ADMINS):
            return {}
        return {
            "main_url": reverse("web:act-new", args=["training.plan.draw"]),
            "main_label": _("编制计划"),
            "main_icon": "plus",
        }


class PlanView(DeskView):
    """`/desk/training/plans/<pk>/`: items, what was held for each, and the steps."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page."""
        plan = visible_or_404(TrainingPlan, pk, self.user, "matter__department", "department")
        items = list(live_items(plan))
        planned = sum(item.tenths for item in items)
        held = actual(items)
        return self.page(
            "training/thing.html",
            {
                "title": plan.matter.title,
                "shape": SHAPES[plan.state],
                "words": plan.get_state_display(),
                "cards": [
                    {"key": "figures", "title": _("计划与实际"), "pairs": figures(plan, planned, held)},
                    {"key": "items", "title": _("计划项目"), "table": item_table(items, held)},
                ],
                "workspace": workspace(plan, plan.matter, self.user),
                "crumbs": [
                    {"label": _("年度培训计划"), "url": reverse("training:plans")},
                    {"label": plan.matter.title},
                ],
            },
        )


def actual(items: list[PlanItem]) -> dict[int, dict[str, int]]:
    """What was held for each item: sessions, hours in tenths, persons, and hours credited."""
    keys = [item.pk for item in items]
    closed = Session.objects.filter(item__in=keys, state="closed")
    found = {key: {"sessions": 0, "tenths": 0, "persons": 0, "credited": 0} for key in keys}
    parts = (
        ("sessions", closed.order_by().values_list("item").annotate(number=Count("pk"))),
        ("tenths", SessionDay.objects.filter(session__in=closed).order_by().values_list("session__item").annotate(number=Sum("tenths"))),
        ("persons", Attendance.objects.filter(session__in=closed).order_by().values_list("session__item").annotate(number=Count("officer", distinct=True))),
        ("credited", TrainingHours.objects.filter(session__in=closed).order_by().values_list("session__item").annotate(number=Sum("tenths"))),
    )  # fmt: skip
    for name, rows in parts:
        for key, number in rows:
            found[key][name] = number
    return found


def figures(plan: TrainingPlan, planned: int, held: dict[int, dict[str, int]]) -> list[Pair]:
    """Planned and held, side by side."""
    short = _("不足 60 学时，另须参加全区或者其他部门的培训") if planned < REQUIRED_TENTHS else ""
    pairs = [
        Pair(_("部门"), plan.department.name),
        Pair(_("计划学时（每人）"), shown(planned), small=short),
        Pair(_("已举办学时"), shown(sum(one["tenths"] for one in held.values()))),
        Pair(_("已完成项目"), f"{sum(1 for one in held.values() if one['sessions'])} / {len(held)}"),
        Pair(_("已计入学时（人次合计）"), shown(sum(one["credited"] for one in held.values()))),
    ]
    if plan.opinion:
        pairs.append(Pair(_("审核意见"), plan.opinion))
    if plan.summary:
        pairs.append(Pair(_("完成情况"), plan.summary))
    return pairs


def item_table(items: list[PlanItem], held: dict[int, dict[str, int]]) -> Table:
    """One line an item: plan and actual."""
    heads = [
        Column(_("主题")), Column(_("形式")), Column(_("月份"), numeric=True), Column(_("参训人员")),
        Column(_("计划学时"), numeric=True), Column(_("实际学时"), numeric=True), Column(_("人数"), numeric=True),
    ]  # fmt: skip
    rows: list[list[Cell | str]] = [
        [
            Cell(item.topic), str(item.get_form_display()), _("%(number)d 月") % {"number": item.month},
            item.audience, shown(item.tenths),
            Cell(shown(held[item.pk]["tenths"])) if held[item.pk]["sessions"] else Cell(_("未举办"), shape="open"),
            str(held[item.pk]["persons"]),
        ]
        for item in items
    ]  # fmt: skip
    return Table(
        _("计划项目"),
        heads,
        rows,
        empty=Empty(_("还没有计划项目"), _("用“添加计划项目”逐项填写形式、主题、月份和学时。")),
    )
