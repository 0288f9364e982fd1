"""The proof of completeness as page, chart and workbook; every number leads to its cases."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook

from disclosure import standing
from disclosure.pages.official import OfficialPage
from disclosure.standing import ALL_GROUNDS, DUE, KINDS, PARTS, Count, Line, line, rate
from disclosure.views import DisclosureList
from enforcement.people.workbook import fill
from portal.accounts.models import Department
from portal.theme.components import Cell, Column, Empty, Figure, Table
from portal.web.base import DeskView

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_YEAR, LAST_YEAR = 1949, 2100
# How each part of a bar is drawn: told apart by pattern and by the number in it, not by colour alone.
FILLS = {
    "on_time": "#0b5480", "late": "url(#late)", "overdue": "url(#overdue)", "held": "url(#held)",
    "waiting": "#e3e9ed", "exempt": "url(#exempt)",
}  # fmt: skip


def asked_year(request: Any) -> int:
    """The year in the address, else this one."""
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else timezone.localdate().year


def asked_department(view: DeskView) -> str | None:
    """The department's code: the own one, or for the bureau the one in the address (None: all)."""
    if view.user.sees_everything:
        given = view.request.GET.get("department", "")[:32]
        return given if given and given.isprintable() and Department.objects.filter(code=given).exists() else None
    own = view.user.department
    return own.code if own is not None and view.user.home_id else ""


class ProofPage(DeskView):
    """`/desk/disclosure/proof/`; `?format=xlsx` gives the same numbers as a workbook."""

    def get(self, request: Any) -> HttpResponseBase:
        """The page of a year, for the district or one department."""
        year, department, now = asked_year(request), asked_department(self), timezone.now()
        rows = standing.counts(year=year, department=department, now=now)
        names = dict(Department.objects.values_list("code", "short_name"))
        kind = request.GET.get("kind", "")
        kind = kind if kind in KINDS else ""
        wanted = [row for row in rows if not kind or row.kind == kind]
        whole = line("", _t("合计"), wanted)
        if request.GET.get("format") == "xlsx":
            answer = HttpResponse(workbook(wanted, names, year, now), content_type=XLSX)
            answer["Content-Disposition"] = f'attachment; filename="disclosure-proof-{year}.xlsx"'
            return answer
        link = Links(year, department, kind)
        months = [
            line(str(month), _t("%(month)d 月") % {"month": month}, [r for r in wanted if r.month == month])
            for month in range(1, 13)
        ]
        months.append(line("0", _t("没有日期"), [row for row in wanted if row.month is None]))
        months = [one for one in months if one.taken]
        by_department = [
            line(code, names.get(code, code), [row for row in wanted if row.department == code])
            for code in sorted({row.department for row in wanted})
        ]
        by_kind = [
            line(one, label, [row for row in rows if row.kind == one])
            for one, label in KINDS.items()
            if any(row.kind == one for row in rows)
        ]
        return self.page(
            "disclosure/proof.html",
            {
                "year": year,
                "years": sorted({year, *(now.year - back for back in range(5))}, reverse=True),
                "department": department or "",
                "departments": sorted(names.items()) if self.user.sees_everything else [],
                "department_name": names.get(department or "", ""),
                "kind": kind,
                "kinds": list(KINDS.items()),
                "counted_at": now,
                "any": whole.taken > 0,
                "figures": figures(whole, link),
                "bars": [bar(one) for one in months],
                "legend": [(part, PARTS[part], FILLS[part]) for part in FILLS if whole.parts[part]],
                "months": table(_t("按月"), _t("决定月份"), [*months, whole], link, "month"),
                "by_department": table(_t("按部门"), _t("部门"), [*by_department, whole], link, "department")
                if len(by_department) > 1
                else None,
                "by_kind": table(_t("按执法行为的种类"), _t("种类"), by_kind, link, "kind"),
                "grounds": grounds(whole, link),
                "official_url": reverse("disclosure:official") if self.user.has_role(*OfficialPage.roles) else "",
                "workbook_url": link.page(format="xlsx"),
                "crumbs": [
                    {"label": _t("公示"), "url": reverse("disclosure:queue")},
                    {"label": _t("公示完整性证明"), "url": ""},
                ],
            },
        )


class Links:
    """Addresses of the page and of the cases behind a number, with what is chosen."""

    def __init__(self, year: int, department: str | None, kind: str) -> None:
        self.chosen = {"year": str(year), "department": department or "", "kind": kind}

    def page(self, **more: str) -> str:
        """The page itself."""
        return f"{reverse('disclosure:proof')}?{urlencode(self._kept(more))}"

    def cases(self, **more: Any) -> str:
        """The list of cases."""
        return f"{reverse('disclosure:proof-cases')}?{urlencode(self._kept(more), doseq=True)}"

    def _kept(self, more: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in (self.chosen | more).items() if value != ""}


def figures(whole: Line, link: Links) -> list[Figure]:
    """The rates with their numerators and denominators; exemptions beside them."""
    overdue = whole.parts["overdue"] + whole.parts["held"]
    return [
        Figure(
            _t("公示率"),
            rate(whole.published, whole.due),
            _t("已公示 %(part)d 件 ÷ 应公示 %(whole)d 件") % {"part": whole.published, "whole": whole.due},
        ),
        Figure(
            _t("按期公示率"),
            rate(whole.parts["on_time"], whole.due),
            _t("按期 %(part)d 件 ÷ 应公示 %(whole)d 件") % {"part": whole.parts["on_time"], "whole": whole.due},
        ),
        Figure(
            _t("不予公开"),
            str(whole.parts["exempt"]),
            _t("经负责人批准，不计入应公示"),
            link.cases(part="exempt") if whole.parts["exempt"] else "",
        ),
        Figure(
            _t("逾期未公示"),
            str(overdue),
            _t("其中送达未完成 %(held)d 件") % {"held": whole.parts["held"]},
            link.cases(part=["overdue", "held"]) if overdue else "",
            shape="red" if overdue else "green",
        ),
    ]


def bar(one: Line) -> dict[str, Any]:
    """One month's decisions as a bar of a hundred per cent."""
    whole = sum(one.parts[part] for part in FILLS)
    at, pieces = 0.0, []
    for part, fill_ in FILLS.items():
        number = one.parts[part]
        if number:
            width = number * 100 / whole
            pieces.append(
                {"x": f"{at:.3f}", "width": f"{width:.3f}", "middle": f"{at + width / 2:.3f}", "fill": fill_,
                 "number": number if width >= 6 else "", "label": PARTS[part], "light": part == "on_time"}
            )  # fmt: skip
            at += width
    return {"label": one.label, "pieces": pieces, "whole": one.taken, "rate": rate(one.published, one.due)}


def table(caption: str, head: str, lines: list[Line], link: Links, name: str) -> Table:
    """A line each; the last one adds up."""

    def cell(one: Line, parts: tuple[str, ...]) -> Cell | int:
        number = sum(one.parts[part] for part in parts)
        narrowed = {name: one.key} if one.key else {}
        return Cell(number, url=link.cases(part=list(parts), **narrowed)) if number else 0

    columns = (*((part,) for part in DUE), ("exempt",), ("undated",))
    return Table(
        caption,
        [
            Column(head),
            Column(_t("已作决定"), numeric=True),
            Column(_t("应公示"), numeric=True),
            *(Column(str(PARTS[parts[0]]), numeric=True) for parts in columns),
            Column(_t("公示率"), numeric=True),
        ],
        [
            [
                one.label,
                cell(one, tuple(PARTS)),
                cell(one, DUE),
                *(cell(one, parts) for parts in columns),
                rate(one.published, one.due),
            ]
            for one in lines
        ],
        wide=True,
    )


def grounds(whole: Line, link: Links) -> Table | None:
    """Exemptions by ground."""
    if not whole.grounds:
        return None
    return Table(
        _t("不予公开的理由"),
        [Column(_t("理由")), Column(_t("件数"), numeric=True)],
        [
            [str(label), Cell(whole.grounds[ground], url=link.cases(part="exempt", ground=ground or "-"))]
            for ground, label in ALL_GROUNDS.items()
            if whole.grounds[ground]
        ],
    )


def workbook(rows: list[Count], names: dict[str, str], year: int, now: dt.datetime) -> bytes:
    """One line for each month, department and kind; the last line adds up."""
    keys = sorted({(row.month or 0, row.department, row.kind) for row in rows})
    lines = [
        (key, line("", "", [row for row in rows if (row.month or 0, row.department, row.kind) == key])) for key in keys
    ]
    whole = line("", "", rows)
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _t("公示完整性证明")
    head = (_t("月份"), _t("部门"), _t("种类"), _t("已作决定"), _t("应公示"), *(str(PARTS[part]) for part in PARTS))

    def numbers(one: Line) -> tuple[int, ...]:
        return (one.taken, one.due, *(one.parts[part] for part in PARTS))

    above = _t("%(year)d 年作出的决定，截至 %(now)s") % {
        "year": year,
        "now": timezone.localtime(now).strftime("%Y-%m-%d %H:%M"),
    }
    body = [
        (
            f"{year}-{month:02d}" if month else _t("待补正"),
            names.get(code, code),
            str(KINDS.get(kind, kind)),
            *numbers(one),
        )
        for (month, code, kind), one in lines
    ]
    fill(sheet, (above,), head, [*body, (_t("合计"), "", "", *numbers(whole))])
    second = book.create_sheet(_t("不予公开的理由"))
    found = [(str(label), whole.grounds[ground]) for ground, label in ALL_GROUNDS.items() if whole.grounds[ground]]
    fill(second, (), (_t("理由"), _t("件数")), found)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


class ProofCases(DisclosureList):
    """The cases behind one number of the proof."""

    title = _("公示完整性证明：案件")
    export_name = "disclosure-cases"

    def rows(self) -> Any:
        """Those of the number that was followed, as far as this person sees them."""
        query = self.request.GET
        month = query.get("month", "")
        parts = tuple(part for part in query.getlist("part") if part in PARTS)
        ground = query.get("ground")
        choice = standing.Choice(
            year=asked_year(self.request),
            month=int(month) if month.isdecimal() and len(month) < 3 else None,
            department=asked_department(self),
            kind=query["kind"] if query.get("kind") in KINDS else None,
            parts=parts or None,
            ground=ground.replace("-", "")[:20] if ground is not None and ground.isprintable() else None,
        )
        return super().rows().filter(pk__in=standing.chosen(choice))

    def empty(self) -> Empty:
        """Nothing stands behind a zero."""
        return Empty(_t("没有这样的决定"), _t("数字是零的地方没有案件。"))
