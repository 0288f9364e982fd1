"""Rows of an old XLS workbook; the format itself ends at 65,536 rows, so it may be read whole."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlrd
from django.utils.translation import gettext as _

from portal.tabular.faults import Fault
from portal.tabular.tables import LONGEST_CELL, WIDEST_ROW, Cell, RawRow, Sheet, UnreadableError, is_empty
from portal.tabular.xlsx_sheet import MergedCells

LARGEST_FILE = 256 << 20
LOCKED = "EncryptedPackage".encode("utf-16-le")


def read_xls_file(path: Path) -> Iterator[Sheet]:
    """The sheets of the workbook, one in memory at a time; raises UnreadableError."""
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableError("too_large", _("xls 文件过大。请另存为 xlsx 或者 CSV 后再上传。"))
    if LOCKED in path.read_bytes():
        raise UnreadableError("locked", _("工作簿设有密码，读不出来。请取消密码后再上传。"))
    with Path(os.devnull).open("w", encoding="utf-8") as silence:
        try:
            book = xlrd.open_workbook(str(path), logfile=silence, on_demand=True, formatting_info=True)
            names = book.sheet_names()
        except Exception as error:  # the reader of this old format fails in a dozen ways on a broken file
            raise UnreadableError(
                "broken", _("这不是能读的 xls 工作簿（可能是 Word 文件，或者已损坏、有密码）。请另存为 xlsx 后再上传。")
            ) from error
        try:
            for number, name in enumerate(names):
                try:
                    sheet = book.sheet_by_index(number)
                except Exception as error:
                    raise UnreadableError(
                        "broken", _("工作表“%(name)s”已损坏，读不出来。请另存为 xlsx 后再上传。") % {"name": name}
                    ) from error
                yield Sheet(
                    name=name,
                    rows=_rows(sheet, book.datemode),
                    date1904=book.datemode == 1,
                    hidden=sheet.visibility != 0,
                )
                book.unload_sheet(number)
        finally:
            book.release_resources()


def _rows(sheet: Any, datemode: int) -> Iterator[RawRow]:
    merged = MergedCells([(top + 1, bottom, left, right - 1) for top, bottom, left, right in sheet.merged_cells])
    for index in range(sheet.nrows):
        values = {
            column: value
            for column, cell in enumerate(sheet.row(index)[:WIDEST_ROW])
            if not is_empty(value := _value(cell, datemode))
        }
        if filled := merged.fill(index + 1, values):
            cells = [filled.get(column) for column in range(max(filled) + 1)]
            too_long = any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells)
            yield RawRow(index + 1, cells, Fault.CELL_TOO_LONG if too_long else "")


def _value(cell: Any, datemode: int) -> Cell:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            moment: dt.datetime = xlrd.xldate_as_datetime(cell.value, datemode)
        except (ValueError, OverflowError):
            return float(cell.value)
        return moment
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        number = float(cell.value)
        return int(number) if number.is_integer() else number
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return str(cell.value)
