"""A campaign as a workbook: the departments' numbers, and every line at which something was found."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from personnel.campaigns import list_kind
from personnel.cleanup.models import Campaign
from personnel.cleanup.statistics import Found, Tally
from portal.web.tables import safe_cell


def workbook(campaign: Campaign, rows: Sequence[Tally], lines: Sequence[Found]) -> bytes:
    """The XLSX file; numbers are numbers, text that a spreadsheet would compute is kept text."""
    kind = list_kind(campaign.kind)
    book = Workbook()
    first: Any = book.active
    first.title = _("各部门")
    labels = [str(one.short) for one in kind.findings]
    first.append([safe_cell(campaign.name), _("名单截至 %(day)s") % {"day": campaign.frozen_on.isoformat()}])
    _head(
        first,
        [
            _("部门"),
            _("名单"),
            _("已核实"),
            _("核实无误"),
            *labels,
            _("名单确定后已不在"),
            _("未核实"),
            _("状态"),
            _("报送日期"),
        ],
    )
    for row in rows:
        counts = [row.total, row.done, row.confirmed, *row.found.values(), row.gone, row.open]
        first.append([safe_cell(row.department), *counts, row.state_words, row.reported_on])
    second = book.create_sheet(_("发现的问题"))
    _head(second, [_("部门"), str(kind.label), _("情况"), _("处理"), _("是否办结")])
    for one in lines:
        cells = (one.department, one.title, one.what, one.note, _("已办结") if one.settled else _("未办结"))
        second.append([safe_cell(cell) for cell in cells])
    for sheet, wide in ((first, 1), (second, 4)):
        for place in range(1, 13):
            sheet.column_dimensions[chr(64 + place)].width = 40 if place == wide else 16
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _head(sheet: Any, names: Sequence[str]) -> None:
    sheet.append(list(names))
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = f"A{sheet.max_row + 1}"
