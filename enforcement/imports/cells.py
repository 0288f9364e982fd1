"""The cells of one row by what they mean: read one by one, errors gathered instead of stopping at the first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from enforcement.imports.layouts import Column, Field, Recognised
from enforcement.imports.reasons import Reason
from portal.accounts.identity import masked
from portal.tabular.cleaning import SHEET_ERRORS, as_text
from portal.tabular.faults import RefusedError
from portal.tabular.tables import LONGEST_CELL, Cell, RawRow

Value = TypeVar("Value")
SECRET = frozenset({Field.PAPER_NUMBER})
LONGEST = {Field.AUTHORITY: 80, Field.REPRESENTATIVE: 60, Field.LICENCE: 200, Field.NUMBER: 1000}


@dataclass(frozen=True)
class RowError:
    """Why a row, or one value in it, was not taken; or what it lacks."""

    line: int
    column: str
    value: str
    code: str
    sentence: str
    sheet: str = ""


@dataclass(frozen=True)
class Reading:
    """How the rows of one sheet are read: its header, the column that stands in for the date, today."""

    header: Recognised
    sheet: str
    today: dt.date
    decided_on_from: Column | None = None
    date1904: bool = False


class RowCells:
    """The cells of one row by field; gathers errors instead of stopping at the first."""

    def __init__(self, row: RawRow, reading: Reading) -> None:
        self.row = row
        self.reading = reading
        self.texts = [as_text(cell) for cell in row.cells]
        self.errors: list[RowError] = []

    def columns(self, name: Field) -> tuple[Column, ...]:
        """The columns of a field, in the order of the file."""
        return tuple(self.reading.header.columns.get(name, ()))

    def cell(self, column: Column) -> Cell:
        """What stands in a column of this row."""
        return self.row.cells[column.index] if column.index < len(self.row.cells) else None

    def first(self, name: Field) -> tuple[Column | None, Cell]:
        """The first filled cell among the columns of a field."""
        for column in self.reading.header.columns.get(name, ()):
            if column.index < len(self.texts) and self.texts[column.index]:
                return column, self.row.cells[column.index]
        return None, None

    def text(self, name: Field) -> str:
        """The text of a field; a sheet's error value (#N/A) is an error of the row."""
        column, cell = self.first(name)
        if column is None:
            return ""
        text = self.texts[column.index]
        if text.startswith("#") and text.upper() in SHEET_ERRORS:
            sentence = _("单元格是错误值 %(value)s。请在表格里修正公式。") % {"value": text}
            self.refuse(name, column, cell, RefusedError(Reason.SHEET_ERROR, sentence))
            return ""
        most = LONGEST.get(name, LONGEST_CELL)
        if len(text) > most:
            sentence = _("内容有 %(count)d 个字，最多 %(most)d 个字。") % {"count": len(text), "most": most}
            self.refuse(name, column, cell, RefusedError(Reason.TOO_LONG, sentence))
            return ""
        return text

    def read(self, name: Field, parse: Callable[[Cell, Column], Value]) -> Value | None:
        """The first filled cell of a field through a parser; its refusal becomes an error of the row."""
        column, cell = self.first(name)
        if column is None:
            return None
        try:
            return parse(cell, column)
        except RefusedError as refusal:
            self.refuse(name, column, cell, refusal)
            return None

    def refuse(self, name: Field, column: Column, cell: Cell, refusal: RefusedError) -> None:
        """Note why this value cannot be taken; numbers of identity papers are masked."""
        value = as_text(cell)
        shown = masked(value) if name in SECRET or refusal.code == Reason.IDENTITY else value[:200]
        self.errors.append(
            RowError(self.row.line, column.header, shown, refusal.code, refusal.sentence, self.reading.sheet)
        )
