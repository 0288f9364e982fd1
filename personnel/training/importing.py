"""A sign-in sheet as a table: names and certificate numbers, each row found in the register or explained."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from personnel.models import Certificate, Officer
from personnel.training.models import Session
from personnel.training.session_data import attendable
from portal.tabular.cleaning import as_text, packed
from portal.tabular.dates import parse_date
from portal.tabular.faults import RefusedError
from portal.tabular.readers import read_sheets
from portal.tabular.tables import RawRow, UnreadableError

NAMES = {"姓名", "参训人员", "签到人"}
NUMBERS = {"执法证号", "证号", "执法证编号"}
DAYS = {"日期", "签到日期", "培训日期"}
HEADER_WITHIN = 20
MOST_ROWS = 5_000


@dataclass(frozen=True)
class Taken:
    """A row that was understood."""

    officer: int
    on: dt.date


@dataclass(frozen=True)
class Refused:
    """A row that was not, and why."""

    line: int
    value: str
    sentence: str


@dataclass
class Rows:
    """Both."""

    taken: list[Taken] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


class RowProblem(ValueError):
    """Why a row is not taken."""


def read_rows(path: Path, session: Session) -> Rows:
    """Every row of the file's first sheet with a header. Raises UnreadableError for a file without one."""
    register, found = _Register(session), Rows()
    for sheet in read_sheets(path):
        columns: dict[str, int] | None = None
        for number, row in enumerate(sheet.rows):
            if columns is None:
                columns = _header(row)
                if columns is None and number >= HEADER_WITHIN:
                    break
                continue
            if len(found.taken) + len(found.refused) >= MOST_ROWS:
                raise UnreadableError("too_many", _("文件超过 %(most)d 行，请分成几个文件。") % {"most": MOST_ROWS})
            cells = {name: row.cells[at] if at < len(row.cells) else None for name, at in columns.items()}
            shown = " ".join(filter(None, (as_text(cell) for cell in cells.values())))[:80]
            try:
                day = parse_date(cells.get("day"), date1904=sheet.date1904)
                found.taken.append(register.find(row, as_text(cells["name"]), as_text(cells.get("number")), day))
            except (RowProblem, RefusedError) as problem:
                words = problem.sentence if isinstance(problem, RefusedError) else str(problem)
                found.refused.append(Refused(row.line, shown, words))
        if columns is not None:
            return found
    raise UnreadableError("unknown_header", _("没有认出表头：要有“姓名”一列，可以再有“执法证号”“日期”。"))


def _header(row: RawRow) -> dict[str, int] | None:
    columns: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        text = packed(as_text(cell))
        for name, known in (("name", NAMES), ("number", NUMBERS), ("day", DAYS)):
            if text in known:
                columns.setdefault(name, place)
    return columns if "name" in columns else None


class _Register:
    """The officers the session is for, by name and by certificate; and its days that have come."""

    def __init__(self, session: Session) -> None:
        today = timezone.localdate()
        self.days = session.days_of()
        self.past = [day for day in self.days if day <= today]
        self.by_name: dict[str, list[Officer]] = {}
        for officer in attendable(session):
            self.by_name.setdefault(packed(officer.name), []).append(officer)
        keys = [officer.pk for same in self.by_name.values() for officer in same]
        self.by_number = dict(Certificate.objects.filter(officer__in=keys).values_list("number", "officer"))

    def find(self, row: RawRow, name: str, number: str, day: dt.date | None) -> Taken:
        """Officer and day of a row. Raises RowProblem with a sentence."""
        if row.fault:
            raise RowProblem(_("这一行有损坏的字符或者不成对的引号，读不出来。"))
        if not name:
            raise RowProblem(_("姓名是空的。"))
        same = self.by_name.get(packed(name), [])
        if number:
            same = [officer for officer in same if officer.pk == self.by_number.get(number)]
        if not same:
            words = _("证号 %(number)s 不是%(name)s的。") if number else _("这次培训面向的部门里没有在岗的“%(name)s”。")
            raise RowProblem(words % {"name": name[:20], "number": number[:40]})
        if len(same) > 1:
            raise RowProblem(_("有 %(count)d 名“%(name)s”，请填执法证号。") % {"count": len(same), "name": name[:20]})
        return Taken(same[0].pk, self._day(day))

    def _day(self, day: dt.date | None) -> dt.date:
        if day is None:
            if len(self.days) == 1 and self.past:
                return self.past[0]
            raise RowProblem(_("培训有几天或者还没有开始，请填“日期”一列。"))
        if day not in self.past:
            raise RowProblem(_("%(day)s 不是这次培训已经到了的一天。") % {"day": day.isoformat()})
        return day
