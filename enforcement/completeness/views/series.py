"""What is missing: the bureau over all departments, a department in its series, one series gap by gap."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from enforcement.completeness.counts import Counts, counters, counts
from enforcement.completeness.explaining import ADMINS, EXPLAIN, read_key
from enforcement.completeness.models import Explanation
from enforcement.completeness.reports import ENFORCING, concerned
from enforcement.completeness.series import Gap, SeriesLine, contradictions, gaps, lines, unreadable
from enforcement.completeness.views.explaining import SHAPES
from enforcement.completeness.workbook import workbook
from portal.accounts.models import Department
from portal.theme.components import Cell, Column, Empty, Figure, Table
from portal.web.base import DeskView
from portal.web.tables import safe_cell
from portal.workflow.errors import Forbidden
from portal.workflow.models import Proposal

MOST = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class OverviewView(DeskView):
    """`/desk/completeness/`: every department for the bureau; a department is led to its own page."""

    def get(self, request: Any) -> HttpResponseBase:
        """The table of a year; `?format=xlsx` gives the same figures."""
        if not self.user.sees_everything:
            if not concerned(self.user):
                raise Forbidden(_("缺号由执法部门核对。"))
            return redirect("completeness:department", self.user.home_id)
        found = lines()
        year, years = chosen_year(request, found)
        here: dict[int, list[SeriesLine]] = defaultdict(list)
        for line in found:
            if line.year == year:
                here[line.department].append(line)
        counted = counts(dt.date(year, 1, 1), dt.date(year + 1, 1, 1))
        known = {*here, *counted}
        departments = [
            one
            for one in Department.objects.order_by("code")
            if one.pk in known or (one.is_active and one.kind in ENFORCING)
        ]
        rows = [sums(one, here[one.pk], counted.get(one.pk, Counts())) for one in departments]
        if request.GET.get("format") == "xlsx":
            sheet = (_("各部门"), str(year), overview_head(), [[_plain(cell) for cell in row] for row in rows])
            answer = HttpResponse(workbook([sheet]), content_type=XLSX)
            answer["Content-Disposition"] = f'attachment; filename="completeness-{year}.xlsx"'
            return answer
        return self.page(
            "completeness/overview.html",
            {
                "title": _("应归尽归"),
                "year": year,
                "years": years,
                "figures": figures([line for line in found if line.year == year]),
                "table": Table(
                    _("各部门文号核对"),
                    [Column(head, numeric=place > 0) for place, head in enumerate(overview_head())],
                    rows,
                    wide=True,
                    empty=Empty(_("没有执法部门"), _("登记执法部门之后，这里显示各部门的号段和缺号。")),
                ),
                "crumbs": [{"label": _("应归尽归")}],
            },
        )


def overview_head() -> list[str]:
    """A column for each counter between the department and its numbers."""
    labels = [str(one.label) for one in counters()]
    return [_("部门"), _("缺号"), _("疑似错号"), _("说明有误"), _("应归集"), _("在平台"), *labels]


def sums(department: Department, series: Sequence[SeriesLine], counted: Counts) -> list[Any]:
    """One department's row."""
    missing, doubtful, wrong = (
        sum(getattr(line, name) for line in series) for name in ("missing", "doubtful", "contradicted")
    )
    return [
        Cell(department.short_name, url=reverse("completeness:department", args=[department.pk])),
        Cell(missing, shape="red") if missing else 0,
        Cell(doubtful, shape="amber") if doubtful else 0,
        Cell(wrong, shape="amber") if wrong else 0,
        sum(line.expected for line in series),
        sum(line.present for line in series),
        *(counted[one.key] for one in counters()),
    ]


def _plain(cell: Any) -> Any:
    return safe_cell(cell.text) if isinstance(cell, Cell) else cell


class DepartmentView(DeskView):
    """`/desk/completeness/departments/<pk>/`: the series of one department, those with a gap first."""

    def get(self, request: Any, pk: int) -> HttpResponse:
        """The page of a year."""
        department = department_or_404(pk, self.user)
        found = lines(department.pk)
        year, years = chosen_year(request, found)
        here = sorted(
            (line for line in found if line.year == year),
            key=lambda line: (not (line.missing or line.doubtful or line.contradicted), line.head),
        )
        named: dict[str, list[Gap]] = defaultdict(list)
        for gap in gaps(department.pk, year):
            named[gap.head].append(gap)
        counted = counts(dt.date(year, 1, 1), dt.date(year + 1, 1, 1), department.pk).get(department.pk, Counts())
        elsewhere = sorted({line.year for line in found if line.year != year and (line.missing or line.doubtful)})
        return self.page(
            "completeness/department.html",
            {
                "title": _("应归尽归：%(department)s") % {"department": department.short_name},
                "department": department,
                "year": year,
                "years": years,
                "elsewhere": elsewhere,
                "figures": figures(here),
                "counts": [(str(one.label), counted[one.key]) for one in counters()],
                "unreadable": unreadable(department.pk).get(department.pk, 0),
                "table": series_table(department, here, named),
                "waiting": waiting(department),
                "may_import": self.user.has_role(*ADMINS) and self.user.department_id == department.pk,
                "crumbs": [
                    {"label": _("应归尽归"), "url": reverse("completeness:overview")},
                    {"label": department.short_name},
                ],
            },
        )


class SeriesView(DeskView):
    """`/desk/completeness/departments/<pk>/<year>/<head>/`: every gap, explanation and contradiction of a series."""

    def get(self, _request: Any, pk: int, year: int, head: str) -> HttpResponse:
        """The page."""
        department = department_or_404(pk, self.user)
        possible = year <= 9999 and "\x00" not in head
        line = next(iter(lines(department.pk, year, head) if possible else []), None)
        if line is None:
            raise Http404
        found = gaps(department.pk, year, head, MOST + 1)
        explains = self.user.has_role(*ADMINS) and self.user.department_id == department.pk
        told = Explanation.objects.filter(department=department, year=year, head=line.head)
        wrong = contradictions(department.pk, year, head)
        return self.page(
            "completeness/series.html",
            {
                "title": line.name,
                "department": department,
                "line": line,
                "figures": figures([line]),
                "gaps": gap_table(found[:MOST], explains=explains),
                "capped": len(found) > MOST,
                "doubted": [gap for gap in found if gap.wide],
                "before": Gap(line.department, line.head, line.year, 1, line.first - 1, wide=False)
                if line.before
                else None,
                "explains": explains,
                "wrong": wrong,
                "told": told_table(list(told.order_by("first", "-pk")[:MOST])),
                "waiting": waiting(department, year, line.head),
                "crumbs": [
                    {"label": _("应归尽归"), "url": reverse("completeness:overview")},
                    {
                        "label": department.short_name,
                        "url": reverse("completeness:department", args=[department.pk]) + f"?year={year}",
                    },
                    {"label": line.name},
                ],
            },
        )


def department_or_404(pk: int, user: Any) -> Department:
    """The own department, or any for the bureau."""
    found = Department.objects.filter(pk=pk).first() if user.sees_everything or pk == user.home_id else None
    if found is None:
        raise Http404
    return found


def chosen_year(request: Any, found: Sequence[SeriesLine]) -> tuple[int, list[int]]:
    """The year asked for if there is anything in it, else this one; and the years to choose from."""
    today = timezone.localdate().year
    years = sorted({today, *(line.year for line in found)}, reverse=True)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else today
    return (year if year in years else today), years


def figures(series: Sequence[SeriesLine]) -> list[Figure]:
    """Five numbers over series."""

    def total(name: str) -> int:
        return sum(getattr(line, name) for line in series)

    expected, present, missing = total("expected"), total("present"), total("missing")
    share = f"{present * 100 / expected:.1f}%" if expected else "—"
    return [
        Figure(_("缺号"), str(missing), shape="red" if missing else "green"),
        Figure(_("应归集"), str(expected), remark=_("编出的号，减去作废和没有用的")),
        Figure(_("在平台"), str(present), remark=_("归集率 %(share)s") % {"share": share}),
        Figure(_("作废"), str(total("void"))),
        Figure(_("已说明"), str(total("told"))),
    ]


def series_table(department: Department, series: Sequence[SeriesLine], named: dict[str, list[Gap]]) -> Table:
    """A line a series."""
    heads = [_("号段"), _("起止"), _("在平台"), _("作废"), _("已说明"), _("缺号"), _("缺的号")]
    return Table(
        _("号段"),
        [Column(head, numeric=place in range(2, 6)) for place, head in enumerate(heads)],
        [
            [
                Cell(
                    line.name,
                    url=reverse("completeness:series", args=[department.pk, line.year, line.head]),
                    small=remark(line),
                ),
                f"{line.first}—{line.last}",
                line.present,
                line.void,
                line.told,
                Cell(line.missing, shape="red") if line.missing else 0,
                shortly(named[line.head], line.ranges),
            ]
            for line in series
        ],
        empty=Empty(_("这一年还没有编过号"), _("办案时出具有文号的文书，或者归集已作出的决定之后，这里核对每个号段。")),
    )


def remark(line: SeriesLine) -> str:
    """What is odd about a series, in a few words."""
    words = []
    if line.doubtful:
        words.append(_("号码跳得太远，疑似录入有误"))
    if line.contradicted:
        words.append(_("%(count)d 个已说明的号又在平台出现") % {"count": line.contradicted})
    if line.before:
        words.append(_("从 %(first)d 号开始，前面的没有说明") % {"first": line.first})
    if line.year > timezone.localdate().year:
        words.append(_("年份在将来，疑似录入有误"))
    return "；".join(words)


def shortly(found: Sequence[Gap], ranges: int, most: int = 5) -> str:
    """The first gaps and how many there are."""
    texts = [gap.text for gap in found if not gap.wide][:most]
    more = _("…共 %(count)d 段") % {"count": ranges} if ranges > len(texts) else ""
    return "、".join(texts) + more or "—"


def gap_table(found: Sequence[Gap], *, explains: bool) -> Table:
    """A line a gap, with what lies around it and what can be done."""
    columns = [Column(_("缺的号")), Column(_("个数"), numeric=True), Column(_("前后的日期"))]
    rows: list[list[Any]] = [
        [
            Cell(
                gap.text,
                shape="amber" if gap.wide else "red",
                small=_("号码跳得太远，先核对后一个号") if gap.wide else "",
            ),
            gap.size,
            f"{gap.before_on or '—'} 至 {gap.after_on or '—'}",
        ]
        for gap in found
    ]
    if explains:
        columns.append(Column(_("处理")))
        for row, gap in zip(rows, found, strict=True):
            row.append(Cell(_("说明 %(span)s") % {"span": gap.text}, url=explain_url(gap)))
    return Table(
        _("缺号"),
        columns,
        rows,
        empty=Empty(_("没有缺号"), _("从第一个号到最后一个号，每个号都在平台，或者已经作废、已经说明。")),
    )


def explain_url(gap: Gap) -> str:
    """The form with the gap filled in."""
    return reverse("completeness:explain", args=[gap.year, gap.head, gap.first, gap.last])


def told_table(rows: Sequence[Explanation]) -> Table:
    """Explanations, those taken back too."""
    return Table(
        _("说明"),
        [Column(_("号")), Column(_("情形")), Column(_("日期")), Column(_("状态"))],
        [
            [
                Cell(
                    f"{one.first}号" if one.first == one.last else f"{one.first}—{one.last}号",
                    url=reverse("completeness:explanation", args=[one.pk]),
                ),
                one.get_ground_display(),
                one.explained_on.isoformat(),
                Cell(one.get_state_display(), shape=SHAPES[one.state]),
            ]
            for one in rows
        ],
        empty=Empty(_("没有说明"), _("缺号说明由平台管理员提出，部门负责人批准。")),
    )


def waiting(department: Department, year: int | None = None, head: str = "") -> list[dict[str, Any]]:
    """Explanations that wait for the head; of one series or of all."""
    rows = Proposal.objects.filter(action=EXPLAIN.key, state=Proposal.State.REQUESTED, department=department)
    found = []
    for proposal in rows.order_by("-pk")[:MOST]:
        key = read_key(str(proposal.data.get("series", "")))
        if key is None or (year is not None and key != (year, head)):
            continue
        first, last = proposal.data.get("first"), proposal.data.get("last")
        span = f"{first}号" if first == last else f"{first}—{last}号"
        found.append({"url": reverse("web:proposal", args=[proposal.pk]), "label": f"{key[1]}〔{key[0]}〕{span}"})
    return found
