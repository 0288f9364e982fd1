"""Official layouts out: per department and period, what can be written, and by name what cannot and how to mend it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _t
from openpyxl import Workbook

from disclosure.models import Disclosure
from disclosure.official import LAYOUTS, TWENTY_NINE, Fault, Layout, district_name, rows_of, written
from enforcement.models import Decision, EnforcementItem
from enforcement.people.workbook import fill
from portal.accounts.models import Department
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.theme.components import Cell, Column, Table
from portal.web.base import DeskView, matter_url
from portal.web.exporting import safe_cell
from portal.web.models import Export
from portal.workflow.door import role_names
from portal.workflow.errors import Forbidden, Invalid

MOST, SHOWN = 20_000, 200
S = Disclosure.State
TAKERS = frozenset({Role.OFFICER.value, Role.DEPT_ADMIN.value})
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass
class Missing:
    """A decision, or a party of it, that is not in the file."""

    disclosure: Any
    party: str
    faults: list[Fault]


@dataclass
class Filled:
    """What goes into the file and what does not."""

    lines: list[list[str]] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    decisions: int = 0


def period(query: Any, today: dt.date) -> tuple[dt.date, dt.date]:
    """From and to of the address; this month when they are missing or no days."""

    def day(name: str) -> dt.date | None:
        try:
            return parse_date(query.get(name, ""))
        except ValueError:
            return None

    start, end = day("from") or today.replace(day=1), day("to") or today
    return (start, end) if start <= end else (end, start)


def disclosures(department: Department, start: dt.date, end: dt.date) -> Any:
    """Penalties of the period, with everything a row needs; the one that lost its force or is exempt is no row."""
    return (
        Disclosure.objects.filter(
            department=department,
            act__kind=EnforcementItem.Kind.PENALTY,
            decision__ground="",
            decision__decided_on__gte=start,
            decision__decided_on__lte=end,
        )
        .select_related("decision", "act__department", "act__item", "matter")
        .prefetch_related("act__parties", "snapshots")
        .order_by("decision__decided_on", "pk")
    )


def filled(layout: Layout, found: Any, now: str) -> Filled:
    """Every decision is either written, party by party, or named with the reason."""
    result, district = Filled(), district_name()
    for disclosure in found:
        result.decisions += 1
        if reason := not_to_write(disclosure):
            result.missing.append(Missing(disclosure, "", [Fault("", reason, "disclosure")]))
            continue
        rows = rows_of(disclosure, now, district)
        if not rows:
            result.missing.append(Missing(disclosure, "", [Fault("", _t("没有登记当事人。"), "act")]))
        for row in rows:
            cells, faults = written(layout, row)
            if faults:
                result.missing.append(Missing(disclosure, row.party.name, faults))
            else:
                result.lines.append(cells)
    return result


def not_to_write(disclosure: Disclosure) -> str:
    """Why a decision is no row at all; empty when it is one."""
    if disclosure.state == S.PUBLISHED and disclosure.decision.outcome in {
        Decision.Outcome.IN_FORCE, Decision.Outcome.CHANGED,
    }:  # fmt: skip
        return ""
    if disclosure.state == S.PUBLISHED:
        return _t("决定已失效，应当撤回公示，不再报送。")
    return _t("公示状态是“%(state)s”，不报送。") % {"state": disclosure.get_state_display()}


class OfficialPage(DeskView):
    """`/desk/disclosure/official/`; `format` xlsx, csv or missing gives the files."""

    roles = TAKERS | BUREAU_ROLES | frozenset({Role.HEAD.value, Role.DEPUTY.value})

    def get(self, request: Any) -> HttpResponseBase:
        """The page, or a file."""
        query, today = request.GET, timezone.localdate()
        layout = LAYOUTS.get(query.get("layout", ""), TWENTY_NINE)
        start, end = period(query, today)
        department = self.department()
        now = timezone.localtime().strftime("%Y-%m-%d %H:%M:%S")
        result, too_many = Filled(), False
        if department is not None:
            found = disclosures(department, start, end)
            too_many = found.order_by().count() > MOST
            result = filled(layout, [] if too_many else found.iterator(chunk_size=500), now)
        wanted = query.get("format", "")
        if wanted in {"xlsx", "csv", "missing"} and department is not None:
            if too_many:
                raise Invalid({"to": _t("这个时期的决定多于 %(most)d 件，请缩短时期。") % {"most": MOST}})
            return self.file(layout, result, wanted, f"{department.code}-{start:%Y%m%d}-{end:%Y%m%d}", department)
        given = {"layout": layout.key, "from": start.isoformat(), "to": end.isoformat()}
        given |= {"department": department.code} if department is not None and self.user.sees_everything else {}
        own = department is not None and department.pk == self.user.home_id
        return self.page(
            "disclosure/official.html",
            {
                "layout": layout,
                "layouts": list(LAYOUTS.values()),
                "start": start,
                "end": end,
                "department": department,
                "departments": list(Department.objects.order_by("name").values_list("code", "short_name"))
                if self.user.sees_everything
                else [],
                "result": result,
                "too_many": too_many,
                "most": MOST,
                "missing": missing_table(result.missing[:SHOWN]) if result.missing else None,
                "capped": len(result.missing) > SHOWN,
                "may_take": own and self.user.has_role(*TAKERS),
                "file_url": f"?{urlencode(given)}&format=",
                "crumbs": [
                    {"label": _t("公示"), "url": reverse("disclosure:queue")},
                    {"label": _t("报送文件"), "url": ""},
                ],
            },
        )

    def department(self) -> Department | None:
        """The own one; for the bureau the one in the address."""
        if not self.user.sees_everything:
            return Department.objects.filter(pk=self.user.home_id or 0).first()
        code = self.request.GET.get("department", "")[:32]
        return Department.objects.filter(code=code).first() if code and code.isprintable() else None

    def file(self, layout: Layout, result: Filled, wanted: str, name: str, department: Department) -> HttpResponse:
        """A file; the rows hold numbers of persons, so only the department's own people take them, on the record."""
        if wanted != "missing" and (department.pk != self.user.home_id or not self.user.has_role(*TAKERS)):
            raise Forbidden(
                _t("报送文件含有当事人的证件号码，只由%(who)s的%(roles)s取用。")
                % {"who": department.name, "roles": role_names(TAKERS)},
                TAKERS,
            )
        content, suffix, media, rows = packed(layout, result, wanted)
        Export.objects.create(
            user=self.user,
            department_id=self.user.department_id,
            list_key="disclosure:official",
            title=str(layout.label)[:100],
            conditions=name,
            columns="、".join(column.head for column in layout.columns) if wanted != "missing" else "",
            format=Export.Format.CSV if wanted == "csv" else Export.Format.XLSX,
            rows=rows,
            request_id=self.request.id,
        )
        answer = HttpResponse(content, content_type=media)
        answer["Content-Disposition"] = f'attachment; filename="{layout.key}-{name}{suffix}"'
        return answer


def packed(layout: Layout, result: Filled, wanted: str) -> tuple[bytes, str, str, int]:
    """Content, ending and kind of the file, and its rows. What could not be written is in the file beside the rest."""
    heads = [column.head for column in layout.columns]
    absent = absent_lines(result.missing)
    if wanted == "csv":
        written_rows = as_csv(heads, result.lines)
        if not absent:
            return written_rows, ".csv", "text/csv; charset=utf-8", len(result.lines)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{layout.key}.csv", written_rows)
            archive.writestr("missing.csv", as_csv(absent_heads(), absent))
        return out.getvalue(), ".zip", "application/zip", len(result.lines)
    book = Workbook()
    sheet: Any = book.active
    if wanted == "xlsx":
        sheet.title = _t("报送")
        fill(sheet, (), heads, result.lines)
    if wanted == "missing" or absent:
        second = sheet if wanted == "missing" else book.create_sheet()
        second.title = _t("没有写入的")
        fill(second, (), absent_heads(), absent)
    out = io.BytesIO()
    book.save(out)
    rows = len(absent) if wanted == "missing" else len(result.lines)
    return out.getvalue(), "-missing.xlsx" if wanted == "missing" else ".xlsx", XLSX, rows


def as_csv(heads: list[str], lines: list[list[str]]) -> bytes:
    """As spreadsheets open it with Chinese intact."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([safe_cell(value) for value in line] for line in lines)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def absent_heads() -> list[str]:
    """Of the list of what is missing."""
    return [_t("决定书文号"), _t("案由"), _t("当事人"), _t("栏目"), _t("原因")]


def absent_lines(missing: list[Missing]) -> list[list[str]]:
    """A line for each thing that is wrong."""
    return [
        [one.disclosure.decision.number, one.disclosure.act.title, one.party, fault.head, fault.sentence]
        for one in missing
        for fault in one.faults
    ]


def missing_table(missing: list[Missing]) -> Table:
    """The same as a table with the way to mend each."""
    return Table(
        _t("没有写入的"),
        [Column(_t("决定")), Column(_t("当事人")), Column(_t("缺什么")), Column(_t("补正"))],
        [
            [
                Cell(one.disclosure.decision.number or _t("（文号待补正）"), small=one.disclosure.act.title),
                one.party or "—",
                "；".join(f"{fault.head}：{fault.sentence}" if fault.head else fault.sentence for fault in one.faults),
                mend(one),
            ]
            for one in missing
        ],
    )


def mend(one: Missing) -> Cell:
    """Where the first fault is put right; a department's own code is kept by the system's administrator."""
    where = one.faults[0].mend
    if where == "department":
        return Cell(_t("由系统管理员补正部门资料"))
    if where == "disclosure":
        return Cell(_t("到公示页"), url=reverse("disclosure:page", args=[one.disclosure.pk]))
    return Cell(_t("到案件"), url=matter_url(one.disclosure.matter))
