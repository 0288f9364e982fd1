"""The board of people: the bureau sees every department, a department its own line."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from enforcement.people.figures import Staff, Unfit, staff, total, unfit
from enforcement.people.workbook import workbook
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.theme.components import Cell, Column, Figure, Table
from portal.web.base import DeskView

MOST = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class BoardView(DeskView):
    """`/desk/people/`; `?format=xlsx` gives the same table as a workbook."""

    roles = frozenset({*BUREAU_ROLES, Role.HEAD.value, Role.DEPUTY.value, Role.DEPT_ADMIN.value})

    def get(self, request: Any) -> HttpResponse:
        """The board as of today."""
        today = timezone.localdate()
        own = None if self.user.sees_everything else self.user.department_id or 0
        rows, found = staff(today, own), unfit(today, own, MOST + 1)
        whole = total(rows, _("合计"))
        if request.GET.get("format") == "xlsx":
            answer = HttpResponse(workbook([*rows, whole], found[:MOST], today), content_type=XLSX)
            answer["Content-Disposition"] = f'attachment; filename="people-{today:%Y%m%d}.xlsx"'
            return answer
        return self.page(
            "people/board.html",
            {
                "today": today,
                "figures": figures(whole),
                "table": departments([*rows, whole] if len(rows) > 1 else rows),
                "unfit": cases(found[:MOST]) if found else None,
                "capped": len(found) > MOST,
                "any": bool(rows),
                "short": [row.short_name for row in rows if row.officers and not row.enough_reviewers],
            },
        )


def figures(whole: Staff) -> list[Figure]:
    """The five numbers on top."""
    return [
        Figure(_("在岗执法人员"), str(whole.officers)),
        Figure(_("证件今天有效"), str(whole.valid)),
        Figure(_("90 日内到期"), str(whole.near)),
        Figure(_("无有效证件在办案件"), str(whole.unfit)),
        Figure(_("法制审核人员"), str(whole.reviewers)),
    ]


def departments(rows: list[Staff]) -> Table:
    """A line a department."""
    certificates = reverse("personnel:certificates")
    return Table(
        _("各部门执法人员"),
        [
            Column(_("部门")),
            *(
                Column(label, numeric=True)
                for label in (_("在岗"), _("持证"), _("今天有效"), _("90 日内到期"), _("无证在办"), _("法制审核"))
            ),
            Column(_("审核人员占比")),
        ],
        [
            [
                row.short_name,
                row.officers,
                row.holders,
                row.valid,
                Cell(
                    row.near, url=f"{certificates}?standing=near&department={row.code}" if row.near and row.pk else ""
                ),
                Cell(row.unfit, shape="red") if row.unfit else 0,
                row.reviewers,
                _share(row),
            ]
            for row in rows
        ],
    )


def _share(row: Staff) -> Cell:
    if not row.officers:
        return Cell("—")
    return Cell(row.share, shape="green" if row.enough_reviewers else "amber")


def cases(rows: list[Unfit]) -> Table:
    """Who is on which case without a good certificate, with the way to hand it over."""
    return Table(
        _("在办案件的承办人没有有效执法证"),
        [Column(_("办案人员")), Column(_("部门")), Column(_("案件")), Column(_("处理"))],
        [
            [
                Cell(
                    row.name,
                    url=reverse("personnel:officer", args=[row.officer]) if row.still_there else "",
                    small=("" if row.still_there else _("已调其他部门")) if row.active else _("已不在岗"),
                ),
                row.department,
                Cell(row.title, url=reverse("enforcement:case", args=[row.case]), small=row.number),
                Cell(_("移交"), url=reverse("people:handover", args=[row.officer])),
            ]
            for row in rows
        ],
    )
