"""A list as a file: exactly the rows and columns on the screen, streamed, and a record of who took it."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from portal.theme.formats import not_a_formula
from portal.web.models import Export
from portal.workflow.errors import DoorError

CHUNK = 2000
WORKBOOK_LIMIT = 100_000
CELL_LIMIT = 32_767
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNFIT = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])  # signs that XML cannot carry


class TooManyRows(DoorError):
    """A workbook of so many rows would not open in an office; CSV has no limit."""

    def __init__(self, rows: int) -> None:
        super().__init__(
            _("有 %(rows)d 行，一张工作簿最多 %(most)d 行。请缩小筛选范围，或者改导出 CSV。")
            % {"rows": rows, "most": WORKBOOK_LIMIT}
        )


def safe_cell(value: Any) -> Any:
    """A value no spreadsheet will run as a formula."""
    if isinstance(value, str):
        return not_a_formula(value)
    return "" if value is None else value


def export(view: Any, rows: Any, conditions: list[str], kind: str) -> HttpResponseBase:
    """The file, after its record is written; raises TooManyRows for a workbook that is too long."""
    number = rows.order_by().count()
    if kind == Export.Format.XLSX and number > WORKBOOK_LIMIT:
        raise TooManyRows(number)
    columns = view.shown_columns()
    Export.objects.create(
        user=view.user,
        department_id=view.user.department_id,
        list_key=view.key,
        title=str(view.title or view.caption)[:100],
        conditions="\n".join(conditions),
        columns="、".join(str(column.label) for column in columns),
        format=kind,
        rows=number,
        request_id=view.request.id,
    )
    name = f"{view.export_name}-{timezone.localdate():%Y%m%d}.{kind}"
    if kind == Export.Format.XLSX:
        return FileResponse(_workbook(rows, columns), as_attachment=True, filename=name, content_type=XLSX)
    answer = StreamingHttpResponse(_lines(rows, columns), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _lines(rows: Any, columns: Any) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([str(column.label) for column in columns])
    for row in rows.iterator(chunk_size=CHUNK):
        yield writer.writerow([safe_cell(column.exported(row)) for column in columns])


class _Echo:
    """What csv writes to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def _workbook(rows: Any, columns: Any) -> Any:
    """Written row by row to a file that goes when it is closed; numbers and days stay what they are."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    heads = []
    for column in columns:
        head = WriteOnlyCell(sheet, value=str(column.label))
        head.font = Font(bold=True)
        heads.append(head)
    sheet.append(heads)
    for row in rows.iterator(chunk_size=CHUNK):
        sheet.append([_plain(column.exported(row)) for column in columns])
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    book.save(out)
    out.seek(0)
    return out


def _plain(value: Any) -> Any:
    value = safe_cell(value)
    if value is None or isinstance(value, bool | int | float | Decimal | dt.date):
        return value
    return str(value).translate(UNFIT)[:CELL_LIMIT]
