"""From a file to records: sheets, headers and rows, one at a time; every row comes out exactly once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from django.utils.translation import gettext as _

from enforcement.imports.cells import Reading, RowError
from enforcement.imports.layouts import HEADER_WITHIN, Recognised, UnknownHeaderError, recognise
from enforcement.imports.records import DecisionRecord, RowRefusedError, read_row
from portal.tabular.readers import read_sheets
from portal.tabular.tables import RawRow, Sheet, UnreadableError


@dataclass
class Source:
    """A file to be imported and how it is to be read; collects what was found on the way."""

    path: Path
    today: dt.date
    layout: str | None = None
    decided_on_from: str = ""
    layouts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def records(self) -> Iterator[DecisionRecord | list[RowError]]:
        """Every row below a header: the decision it tells of, or all reasons why it cannot be taken.

        Raises UnreadableError when the file cannot be read, no sheet has a known header, or the rest of
        the file is damaged; rows before that have come out.
        """
        refused: UnknownHeaderError | None = None
        for sheet in read_sheets(self.path):
            if sheet.hidden:
                self.notes.append(_("隐藏的工作表“%(name)s”没有读取。") % {"name": sheet.name})
                continue
            first = list(islice(sheet.rows, HEADER_WITHIN))
            if not first:
                continue
            try:
                header = recognise(first, self.layout)
            except UnknownHeaderError as error:
                refused = refused or error
                if sheet.name:
                    self.notes.append(
                        _("工作表“%(name)s”没有读取：%(why)s") % {"name": sheet.name, "why": error.sentence}
                    )
                continue
            self._note(header)
            yield from self._rows(sheet, header, first)
        if not self.layouts:
            raise refused or UnreadableError("empty", _("文件里没有一行内容。"))

    def _note(self, header: Recognised) -> None:
        if header.layout.key not in self.layouts:
            self.layouts.append(header.layout.key)
            if header.unused:
                self.notes.append(_("没有用到的列：%(columns)s。") % {"columns": "、".join(header.unused)})

    def _rows(self, sheet: Sheet, header: Recognised, first: list[RawRow]) -> Iterator[DecisionRecord | list[RowError]]:
        stand_in = None
        if self.decided_on_from:
            stand_in = header.column_named(self.decided_on_from)
            if stand_in is None:
                raise UnreadableError(
                    "unknown_column",
                    _("表头里没有“%(column)s”这一列，不能用它推定决定日期。表头有：%(headers)s。")
                    % {"column": self.decided_on_from, "headers": "、".join(name for name in header.headers if name)},
                )
        reading = Reading(header, sheet.name, self.today, stand_in, sheet.date1904)
        for row in chain((row for row in first if row.line > header.line), sheet.rows):
            try:
                yield read_row(row, reading)
            except RowRefusedError as refusal:
                yield refusal.errors
