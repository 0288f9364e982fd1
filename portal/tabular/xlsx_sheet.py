"""One sheet of an XLSX workbook as a stream of rows, and its merged cells filled on the way."""

from __future__ import annotations

import datetime as dt
import re
from collections import deque
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH, from_excel

from portal.tabular.shared_strings import SharedStrings
from portal.tabular.tables import LONGEST_CELL, WIDEST_ROW, Cell, UnreadableError, is_empty
from portal.tabular.xml_stream import CHUNK, feed, stream_parser

MOST_RANGES = 200_000
REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]{0,200}?ref=[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})[\"']"
)
OVERLAP = 300


class SheetParser:
    """Parses a sheet's XML piece by piece; `line` is the row last begun, for a sentence about damage."""

    def __init__(self, strings: SharedStrings, date_styles: frozenset[int], *, date1904: bool) -> None:
        self.strings = strings
        self.date_styles = date_styles
        self.epoch = CALENDAR_MAC_1904 if date1904 else WINDOWS_EPOCH
        self.line = 0
        self.done: deque[tuple[int, dict[int, Cell]]] = deque()
        self._cells: dict[int, Cell] = {}
        self._column = -1
        self._kind = "n"
        self._style = 0
        self._parts: list[str] = []
        self._size = 0
        self._wanted = False
        self._skipped = 0

    def rows(self, stream: IO[bytes]) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Line and filled cells by column, one row after the other; raises expat.ExpatError when damaged."""
        parser = stream_parser(self._start, self._end, self._text)
        more = True
        while more:
            more = feed(parser, stream)
            while self.done:
                yield self.done.popleft()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = name[name.find(":") + 1 :]
        if element == "c":
            match = REFERENCE.fullmatch(attributes.get("r", ""))
            self._column = column_index_from_string(match[1]) - 1 if match else self._column + 1
            self._kind = attributes.get("t", "n")
            style = attributes.get("s", "0")
            self._style = int(style) if style.isdigit() else 0
            self._parts, self._size = [], 0
        elif element in {"v", "t"}:
            self._wanted = not self._skipped
        elif element == "rPh":
            self._skipped += 1
        elif element == "row":
            line = attributes.get("r", "")
            self.line = int(line) if line.isdigit() else self.line + 1
            self._cells, self._column = {}, -1

    def _end(self, name: str) -> None:
        element = name[name.find(":") + 1 :]
        if element in {"v", "t"}:
            self._wanted = False
        elif element == "c":
            if self._parts and self._column < WIDEST_ROW:
                value = self._value("".join(self._parts))
                if not is_empty(value):
                    self._cells[self._column] = value
        elif element == "rPh":
            self._skipped -= 1
        elif element == "row":
            self.done.append((self.line, self._cells))

    def _text(self, text: str) -> None:
        if self._wanted and self._size <= LONGEST_CELL:
            self._parts.append(text)
            self._size += len(text)

    def _value(self, text: str) -> Cell:
        kind = self._kind
        if kind == "s":
            return self.strings.at(int(text)) if text.strip().isdigit() else ""
        if kind in {"inlineStr", "str", "e"}:
            return text
        if kind == "b":
            return text.strip() == "1"
        try:
            if kind == "d":
                return dt.datetime.fromisoformat(text.strip())
            number = float(text)
            if self._style in self.date_styles:
                return _moment(number, self.epoch)
        except (ValueError, OverflowError, TypeError):
            return text
        plain = text.strip().lstrip("-")
        return int(text) if plain.isdigit() and plain.isascii() else number


def _moment(number: float, epoch: object) -> Cell:
    """The date behind a serial number that is shown as one; a serial beyond the calendar stays a number."""
    moment = from_excel(number, epoch)
    if moment is None or not hasattr(moment, "isoformat"):
        return number
    result: Cell = moment
    return result


def merged_ranges(stream: IO[bytes]) -> list[tuple[int, int, int, int]]:
    """First row, last row, first column, last column of every merged range, in the order of first rows.

    They stand behind the rows in the file, so the XML is searched once before it is parsed; in the
    text of a cell the sign < is always escaped, so the pattern meets elements only.
    """
    found: set[tuple[int, int, int, int]] = set()
    carried = b""
    while chunk := stream.read(CHUNK):
        window = carried + chunk
        for match in MERGED.finditer(window):
            left, top, right, bottom = (part.decode() for part in match.groups())
            found.add((int(top), int(bottom), column_index_from_string(left) - 1, column_index_from_string(right) - 1))
        if len(found) > MOST_RANGES:
            raise UnreadableError(
                "merged", _("工作表里合并的单元格多于 %(count)d 处。请取消合并后再上传。") % {"count": MOST_RANGES}
            )
        carried = window[-OVERLAP:]
    return sorted(found)


class MergedCells:
    """Fills the value of a merged range's first cell into the range's other cells, row by row."""

    def __init__(self, ranges: list[tuple[int, int, int, int]]) -> None:
        self.waiting = deque(sorted(ranges))
        self.open: list[tuple[int, int, int, Cell]] = []

    def fill(self, line: int, cells: dict[int, Cell]) -> dict[int, Cell]:
        """The row's cells with what merged cells cover; empty for a row with nothing of its own.

        Rows must come from top to bottom. A row that consists only of what a range above it covers is
        the lower half of a tall row, not a row.
        """
        if not self.waiting and not self.open:
            return cells
        while self.waiting and self.waiting[0][0] <= line:
            top, bottom, left, right = self.waiting.popleft()
            if top == line and left in cells:
                self.open.append((bottom, left, min(right, WIDEST_ROW - 1), cells[left]))
        self.open = [entry for entry in self.open if entry[0] >= line]
        if not cells:
            return cells
        filled = dict(cells)
        for _bottom, left, right, value in self.open:
            for column in range(left, right + 1):
                filled.setdefault(column, value)
        return filled
