"""The board as a workbook: one sheet of departments, one of people without a good certificate on a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from enforcement.people.figures import Staff, Unfit

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def workbook(rows: Sequence[Staff], found: Sequence[Unfit], on: dt.date) -> bytes:
    """The XLSX file; numbers are numbers, text that a spreadsheet would compute is kept text."""
    book = Workbook()
    first: Any = book.active
    first.title = _("各部门")
    head = (_("部门"), _("在岗"), _("持证"), _("今天有效"), _("90 日内到期"), _("无证在办"), _("法制审核"), _("占比"))
    lines = [
        (row.name, row.officers, row.holders, row.valid, row.near, row.unfit, row.reviewers, row.share) for row in rows
    ]
    fill(first, (_("截至 %(day)s") % {"day": on.isoformat()},), head, lines)
    second = book.create_sheet(_("无证在办"))
    fill(
        second,
        (),
        (_("办案人员"), _("部门"), _("案号"), _("案件")),
        [(one.name, one.department, one.number, one.title) for one in found],
    )
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def fill(sheet: Any, above: Sequence[str], head: Sequence[str], lines: Sequence[Sequence[Any]]) -> None:
    """A line above the table if there is one, the heads in bold, the lines."""
    if above:
        sheet.append(list(above))
    sheet.append(list(head))
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = f"A{sheet.max_row + 1}"
    for line in lines:
        sheet.append(
            [f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value for value in line]
        )
    for place in range(1, len(head) + 1):
        sheet.column_dimensions[sheet.cell(1, place).column_letter].width = 24 if place == 1 else 14
