"""Series, gaps and counts as a workbook: the same figures as the page and the paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from portal.web.tables import safe_cell


def workbook(sheets: Iterable[tuple[str, str, Sequence[str], Iterable[Sequence[Any]]]]) -> bytes:
    """The XLSX file of (title, line above, heads, rows); numbers stay numbers, formulas are kept text."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, above, head, rows in sheets:
        sheet: Any = book.create_sheet(title)
        sheet.append([safe_cell(above)])
        sheet.append(list(head))
        for cell in sheet[2]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A3"
        for row in rows:
            sheet.append([safe_cell(value) for value in row])
        for place in range(1, len(head) + 1):
            sheet.column_dimensions[sheet.cell(2, place).column_letter].width = 28 if place == 1 else 14
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def series_head() -> list[str]:
    """Heads of a sheet of series."""
    return [
        _("号段"),
        _("起"),
        _("止"),
        _("应归集"),
        _("在平台"),
        _("作废"),
        _("已说明"),
        _("缺号"),
        _("疑似错号"),
        _("缺的号"),
    ]


def series_row(one: dict[str, Any]) -> list[Any]:
    """One series of a report's figures."""
    more = _("等 %(count)d 段") % {"count": one["ranges"]} if one["more"] else ""
    names = ("name", "first", "last", "expected", "present", "void", "told", "missing", "doubtful")
    return [*(one[name] for name in names), "、".join(one["gaps"]) + more]
