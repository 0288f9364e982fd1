"""What every reader hands over, whatever the file was: sheets of numbered rows; and what it refuses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

LONGEST_CELL = 100_000
WIDEST_ROW = 256

Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | None


@dataclass(slots=True)
class RawRow:
    """One row that holds something: its line as a person sees it in the file, and its cells.

    `fault` names why the row cannot be read (a member of faults.Fault), else it is empty.
    """

    line: int
    cells: list[Cell]
    fault: str = ""


@dataclass(slots=True)
class Sheet:
    """One sheet of a file; its rows can be read once and hold nothing in memory but the row at hand."""

    name: str
    rows: Iterator[RawRow]
    date1904: bool = False
    hidden: bool = False


@dataclass
class UnreadableError(Exception):
    """The file, or the rest of it, cannot be read; `sentence` says so to the person who sent it."""

    code: str
    sentence: str
    line: int = field(default=0)

    def __str__(self) -> str:
        return self.sentence


def is_empty(cell: Cell) -> bool:
    """Nothing but white space in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
