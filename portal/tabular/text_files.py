"""Rows of a CSV file: its encoding found over the whole file, its delimiter, quotes that do not close."""

from __future__ import annotations

import codecs
import csv
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from portal.tabular.faults import Fault
from portal.tabular.tables import LONGEST_CELL, RawRow, Sheet, UnreadableError, is_empty

CHUNK = 1 << 16
LONGEST_LINE = 1_000_000
MOST_LINES = 1_000
DELIMITERS = (",", "\t", ";", "|")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DAMAGE = "\ufffd"
MOST_DAMAGE = 0.02


def read_text_file(path: Path) -> Iterator[Sheet]:
    """The one sheet of a text file; raises UnreadableError when it is no text in a known encoding."""
    encoding = detect_encoding(path)
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        delimiter = detect_delimiter([stream.readline(LONGEST_LINE) for _line in range(20)])
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        yield Sheet(name="", rows=_rows(stream, delimiter))


def detect_encoding(path: Path) -> str:
    """UTF-8, UTF-16 with a mark, or GB18030; decided over the whole file, never over its beginning.

    A file with a few broken bytes is still read: its broken rows are refused one by one. Chinese text
    of one encoding read as the other is broken in far more than one place in fifty.
    """
    with path.open("rb") as stream:
        head = stream.read(4)
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    for name in ("utf-8", "gb18030"):
        signs, damaged = _damage(path, name)
        if damaged <= signs * MOST_DAMAGE:
            return name
    raise UnreadableError(
        "encoding",
        _("这不是 UTF-8 或者 GB18030 编码的文本文件。请用表格软件另存为“CSV UTF-8”或者 xlsx 后再上传。"),
    )


def _damage(path: Path, encoding: str) -> tuple[int, int]:
    """How many signs beyond ASCII the file holds in this encoding, and how many places do not fit it."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    signs = damaged = 0
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            text = decoder.decode(chunk)
            damaged += text.count(DAMAGE)
            signs += len(text) - len(text.encode("ascii", "ignore"))
        damaged += decoder.decode(b"", final=True).count(DAMAGE)
    return signs, damaged


def detect_delimiter(lines: list[str]) -> str:
    """The sign that cuts one of the first lines into the most filled cells; a comma when none cuts."""

    def most_cells(delimiter: str) -> int:
        try:
            rows = list(csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            return 0
        return max((sum(1 for cell in row if cell.strip()) for row in rows), default=0)

    return max(DELIMITERS, key=most_cells)


class _RunawayQuoteError(Exception):
    """A quoted cell goes on for more lines than any cell has."""


class _Lines:
    """Feeds lines to the csv module and remembers which lines the record at hand took."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.waiting: deque[str] = deque()
        self.number = 0
        self.taken: list[str] = []
        self.size = 0
        self.ended = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.taken and (len(self.taken) >= MOST_LINES or self.size > LONGEST_LINE):
            raise _RunawayQuoteError
        line = self.waiting.popleft() if self.waiting else self._read()
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        self.taken.append(line)
        self.size += len(line)
        return line.replace("\0", "")

    def _read(self) -> str:
        line = self.stream.readline(LONGEST_LINE)
        if len(line) >= LONGEST_LINE and not line.endswith(("\n", "\r")):
            while (rest := self.stream.readline(LONGEST_LINE)) and not rest.endswith(("\n", "\r")):
                pass
        return line

    def begin(self) -> None:
        """A new record begins with the next line."""
        self.taken = []
        self.size = 0

    def give_back(self) -> int:
        """Put back all lines of the record but its first; returns the number of that first line."""
        first = self.number - len(self.taken) + 1
        self.waiting.extendleft(reversed(self.taken[1:]))
        self.number = first
        self.ended = False
        return first


def _rows(stream: TextIO, delimiter: str) -> Iterator[RawRow]:
    lines = _Lines(stream)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (_RunawayQuoteError, csv.Error):
            text = lines.taken[0]
            cause = Fault.CELL_TOO_LONG if len(text) > LONGEST_CELL else Fault.UNCLOSED_QUOTE
            yield RawRow(lines.give_back(), [text[:200].strip()], cause)
            reader = csv.reader(lines, delimiter=delimiter)
            continue
        if lines.ended and _never_closed(lines.taken, delimiter):
            text = lines.taken[0]
            yield RawRow(lines.give_back(), [text[:200].strip()], Fault.UNCLOSED_QUOTE)
            reader = csv.reader(lines, delimiter=delimiter)
            continue
        if all(is_empty(cell) for cell in cells):
            continue
        fault = ""
        if lines.size >= LONGEST_LINE or any(len(cell) > LONGEST_CELL for cell in cells):
            fault = Fault.CELL_TOO_LONG
        elif any(DAMAGE in cell for cell in cells):
            fault = Fault.BAD_BYTES
        yield RawRow(lines.number - len(lines.taken) + 1, list(cells), fault)


def _never_closed(lines: list[str], delimiter: str) -> bool:
    """Whether the last record of the file ends inside a quoted cell."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
