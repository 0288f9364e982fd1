"""The reports of the months: a list, and one with its figures."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enforcement.completeness.counts import counters
from enforcement.completeness.models import MonthReport
from enforcement.completeness.workbook import series_head, series_row, workbook
from portal.accounts.models import Department
from portal.theme.components import Cell, Column, Empty, Pair, Table
from portal.web import tables
from portal.web.base import DeskView, visible_or_404
from portal.web.tables import Choice, ListView
from portal.web.workspace import workspace

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHAPES: dict[str, Any] = {"open": "amber", "reported": "green"}


class ReportsView(ListView):
    """`/desk/completeness/reports/`: the own department's reports; all for the bureau."""

    title = gettext_lazy("归集月报")
    default_order = "-month"
    export_name = "completeness-reports"
    columns = (
        tables.Column(
            "month",
            gettext_lazy("月份"),
            lambda row: Cell(f"{row.month:%Y-%m}", url=reverse("completeness:report", args=[row.pk])),
            order="month",
        ),
        tables.Column("department", gettext_lazy("部门"), lambda row: row.department.short_name),
        tables.Column("missing", gettext_lazy("缺号"), lambda row: row.missing, numeric=True, order="missing"),
        tables.Column(
            "state", gettext_lazy("状态"), lambda row: Cell(str(row.get_state_display()), shape=SHAPES[row.state])
        ),
        tables.Column(
            "reported_on", gettext_lazy("报送日期"), lambda row: row.reported_on.isoformat() if row.reported_on else "—"
        ),
    )

    @property
    def facets(self) -> tuple[Any, ...]:  # type: ignore[override]  # depends on who asks
        """Departments only for those who see several."""
        states = Choice(
            "state", gettext_lazy("状态"), MonthReport.State.choices, lambda rows, chosen: rows.filter(state__in=chosen)
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
        """Visible reports."""
        return MonthReport.objects.visible_to(self.user).select_related("department")

    def empty(self) -> Empty:
        """When something will appear."""
        return Empty(_("还没有月报"), _("每月初，平台为每个执法部门汇总上个月的情况，并通知平台管理员。"))


class ReportView(DeskView):
    """`/desk/completeness/reports/<pk>/`; `?format=xlsx` gives the same figures."""

    def get(self, request: Any, pk: int) -> HttpResponse:
        """The page, or the workbook."""
        report = visible_or_404(MonthReport, pk, self.user, "matter__department", "department")
        title = f"{report.department.short_name}：{report.matter.title}"
        if request.GET.get("format") == "xlsx":
            answer = HttpResponse(as_workbook(report, title), content_type=XLSX)
            answer["Content-Disposition"] = f'attachment; filename="completeness-{pk}-{report.month:%Y%m}.xlsx"'
            return answer
        return self.page(
            "personnel/thing.html",
            {
                "title": title,
                "shape": SHAPES[report.state],
                "words": report.get_state_display(),
                "cards": [
                    {"key": "about", "title": _("归集情况"), "pairs": pairs_of(report)},
                    {"key": "series", "title": _("文号核对"), "table": series_table(report)},
                ],
                "tools": [
                    {"url": "?format=xlsx", "label": _("导出表格")},
                    {
                        "url": reverse("completeness:department", args=[report.department_id]),
                        "label": _("看现在的缺号"),
                    },
                ],
                "workspace": workspace(report, report.matter, self.user),
                "crumbs": [
                    {"label": _("应归尽归"), "url": reverse("completeness:overview")},
                    {"label": _("归集月报"), "url": reverse("completeness:reports")},
                    {"label": f"{report.month:%Y-%m}"},
                ],
            },
        )


def pairs_of(report: MonthReport) -> list[Pair]:
    """The counts of the month, and what the department said."""
    figures = report.figures
    pairs = [
        Pair(_("月份"), f"{report.month:%Y-%m}", small=_("文号截至 %(day)s") % {"day": report.as_of.isoformat()}),
        *(Pair(str(one.label), _("%(count)d 件") % {"count": figures["counts"].get(one.key, 0)}) for one in counters()),
        Pair(_("缺号"), _("%(count)d 个") % {"count": report.missing}),
        Pair(_("本月说明"), _("%(count)d 个号") % {"count": figures["explained"]}),
    ]
    if figures["unreadable"]:
        pairs.append(Pair(_("文号不成号段"), _("%(count)d 件") % {"count": figures["unreadable"]}))
    if report.opinion:
        pairs.append(Pair(_("部门说明"), report.opinion))
    return pairs


def series_table(report: MonthReport) -> Table:
    """One line a series."""
    heads = series_head()
    rows = []
    for one in report.figures["series"]:
        cells: list[Any] = series_row(one)
        if one["missing"]:
            cells[7] = Cell(one["missing"], shape="red")
        rows.append(cells)
    numeric = range(1, 9)
    return Table(
        _("文号核对"),
        [Column(head, numeric=place in numeric) for place, head in enumerate(heads)],
        rows,
        empty=Empty(_("没有号段"), _("本部门还没有编过号的文书。")),
    )


def as_workbook(report: MonthReport, title: str) -> bytes:
    """Two sheets: the counts, the series."""
    counts = [(pair.term, pair.value) for pair in pairs_of(report)]
    return workbook(
        [
            (_("归集情况"), title, [_("项目"), _("情况")], counts),
            (_("文号核对"), title, series_head(), (series_row(one) for one in report.figures["series"])),
        ]
    )
