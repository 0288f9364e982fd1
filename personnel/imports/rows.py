"""One row of the file as an officer with, or without, a certificate; every error of the row is told at once."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from django.utils.translation import gettext as _

from personnel.fields import FIELDS
from personnel.imports.layout import HEADER_WITHIN, HEADERS, ON_A_CERTIFICATE, Field, Header, plain, recognise
from personnel.imports.reasons import Problem, Reason
from portal.accounts.identity import identity_error, masked
from portal.accounts.models import Department
from portal.tabular.cleaning import SHEET_ERRORS, as_text
from portal.tabular.dates import parse_date
from portal.tabular.faults import Fault, RefusedError
from portal.tabular.readers import read_sheets
from portal.tabular.tables import Cell, RawRow, Sheet, UnreadableError

LONGEST = {
    Field.NAME: 40,
    Field.PHONE: 20,
    Field.POSITION: 60,
    Field.LEGAL_NUMBER: 40,
    Field.NUMBER: 40,
    Field.ISSUER: 80,
    Field.AREA: 60,
}
BETWEEN_FIELDS = re.compile(r"[、，,；;/／\s]+")
GENDERS = {"男": "male", "女": "female"}
MOST_ROWS = 10_000


@dataclass(frozen=True)
class CertificateRow:
    """What is printed on a certificate."""

    number: str
    issuer: str
    fields: tuple[str, ...]
    area: str
    valid_from: dt.date
    valid_to: dt.date


@dataclass(frozen=True)
class OfficerRow:
    """An officer as the row tells it."""

    sheet: str
    line: int
    name: str
    identity: str
    gender: str
    phone: str
    position: str
    legal_number: str
    entered_on: dt.date | None
    certificate: CertificateRow | None
    header: Header

    def problem(self, name: Field, value: str, code: Reason, sentence: str) -> Problem:
        """Why the register refuses this row."""
        shown = masked(value) if name is Field.IDENTITY else value[:200]
        return Problem(self.sheet, self.line, self.header.label(name), shown, code.value, sentence)


@dataclass
class Refused:
    """A row that cannot be taken, with everything that is wrong with it."""

    problems: list[Problem]


def read_officers(
    path: Path, department: Department, today: dt.date, notes: list[str]
) -> Iterator[OfficerRow | Refused]:
    """Every row below a header, once; what was passed over is said in `notes`.

    Raises UnreadableError when the file cannot be read, has no known header, or more than 10,000 rows.
    """
    refusal: UnreadableError | None = None
    sheets = rows = 0
    for sheet in read_sheets(path):
        if sheet.hidden:
            notes.append(_("隐藏的工作表“%(name)s”没有读取。") % {"name": sheet.name})
            continue
        first = list(islice(sheet.rows, HEADER_WITHIN))
        if not first:
            continue
        try:
            header = recognise(first)
        except UnreadableError as error:
            refusal = refusal or error
            if sheet.name:
                notes.append(_("工作表“%(name)s”没有读取：%(why)s") % {"name": sheet.name, "why": error.sentence})
            continue
        sheets += 1
        if header.unused:
            notes.append(_("没有用到的列：%(columns)s。") % {"columns": "、".join(header.unused)})
        for row in chain((row for row in first if row.line > header.line), sheet.rows):
            rows += 1
            if rows > MOST_ROWS:
                raise UnreadableError(
                    "too_many", _("文件超过 %(most)d 行，请分成几个文件。") % {"most": MOST_ROWS}, row.line
                )
            yield _Row(row, header, sheet, department, today).read()
    if not sheets:
        raise refusal or UnreadableError("empty", _("文件里没有一行内容。"))


class _Row:
    """The cells of one row by field; gathers problems instead of stopping at the first."""

    def __init__(self, row: RawRow, header: Header, sheet: Sheet, department: Department, today: dt.date) -> None:
        self.row, self.header, self.sheet, self.department, self.today = row, header, sheet, department, today
        self.problems: list[Problem] = []

    def read(self) -> OfficerRow | Refused:
        """The officer, or everything that is wrong."""
        if self.row.fault:
            self._fault()
            return Refused(self.problems)
        if plain(self.text(Field.NAME)) in {plain(one) for one in HEADERS[Field.NAME]}:
            self.refuse(Field.NAME, Reason.HEADER, _("这是重复的表头，不是一名人员。"))
            return Refused(self.problems)
        self._belongs()
        name = self.needed(Field.NAME)
        officer = OfficerRow(
            sheet=self.sheet.name,
            line=self.row.line,
            name="".join(name.split()) if not name.isascii() else name,
            identity=self._identity(),
            gender=self._gender(),
            phone=self.text(Field.PHONE),
            position=self.text(Field.POSITION),
            legal_number=self.text(Field.LEGAL_NUMBER),
            entered_on=self._entered_on(),
            certificate=self._certificate(),
            header=self.header,
        )
        return Refused(self.problems) if self.problems else officer

    def cell(self, name: Field) -> Cell:
        """What stands in the field's column."""
        place = self.header.columns.get(name)
        return None if place is None or place >= len(self.row.cells) else self.row.cells[place]

    def text(self, name: Field) -> str:
        """The text of a field; an error value of the sheet, or too long a text, is a problem."""
        text = as_text(self.cell(name))
        if text.startswith("#") and text.upper() in SHEET_ERRORS:
            self.refuse(name, Reason.UNREADABLE, _("单元格是错误值 %(value)s。请在表格里修正公式。") % {"value": text})
            return ""
        most = LONGEST.get(name)
        if most is not None and len(text) > most:
            sentence = _("内容有 %(count)d 个字，最多 %(most)d 个字。") % {"count": len(text), "most": most}
            self.refuse(name, Reason.TOO_LONG, sentence)
            return ""
        return text

    def needed(self, name: Field) -> str:
        """The text of a field that must not be empty."""
        before = len(self.problems)
        text = self.text(name)
        if not text and len(self.problems) == before:
            self.refuse(name, Reason.MISSING, _("“%(column)s”是空的，必须填写。") % {"column": self.header.label(name)})
        return text

    def refuse(self, name: Field, code: Reason, sentence: str, value: str | None = None) -> None:
        """Note what is wrong; numbers of persons are masked."""
        text = as_text(self.cell(name)) if value is None else value
        shown = masked(text) if name is Field.IDENTITY else text[:200]
        self.problems.append(
            Problem(self.sheet.name, self.row.line, self.header.label(name), shown, code.value, sentence)
        )

    def _fault(self) -> None:
        words = {
            Fault.BAD_BYTES.value: _("这一行有损坏的字符（编码不一致）。请在原系统重新导出。"),
            Fault.UNCLOSED_QUOTE.value: _("这一行的引号不成对，分不清各列。请补上或者删去引号。"),
        }
        sentence = words.get(str(self.row.fault), _("这一行有过长的单元格，不像一名人员的信息。"))
        self.problems.append(Problem(self.sheet.name, self.row.line, "", "", Reason.UNREADABLE.value, sentence))

    def _belongs(self) -> None:
        text = self.text(Field.DEPARTMENT)
        own = {self.department.name, self.department.short_name, self.department.code}
        if text and plain(text) not in {plain(one) for one in own if one}:
            self.refuse(
                Field.DEPARTMENT,
                Reason.DEPARTMENT,
                _("这一行写的部门是“%(written)s”，这个文件导入的是%(department)s。请导入各自的部门。")
                % {"written": text[:60], "department": self.department.name},
            )

    def _identity(self) -> str:
        cell = self.cell(Field.IDENTITY)
        if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 1e15:
            self.refuse(
                Field.IDENTITY,
                Reason.IDENTITY,
                _("身份号码被表格软件存成了数值，末尾数字已丢失。请把该列设为文本再填。"),
            )
            return ""
        number = "".join(self.needed(Field.IDENTITY).split()).upper()
        if number and (error := identity_error(number)):
            self.refuse(Field.IDENTITY, Reason.IDENTITY, error)
        return number

    def _gender(self) -> str:
        text = self.text(Field.GENDER)
        number = "".join(as_text(self.cell(Field.IDENTITY)).split())
        told = {0: "女", 1: "男"}[int(number[16]) % 2] if len(number) == 18 and number[16].isdigit() else ""
        if not text:
            return GENDERS.get(told, "")
        if text not in GENDERS:
            self.refuse(Field.GENDER, Reason.GENDER, _("性别只能是“男”或者“女”。"))
        elif told and text != told and identity_error(number) is None:
            self.refuse(
                Field.GENDER,
                Reason.GENDER,
                _("性别是“%(written)s”，公民身份号码第 17 位表示“%(told)s”。请核对。")
                % {"written": text, "told": told},
            )
        return GENDERS.get(text, "")

    def _entered_on(self) -> dt.date | None:
        day = self._date(Field.ENTERED_ON)
        if day is not None and day > self.today:
            self.refuse(Field.ENTERED_ON, Reason.DATE, _("到岗日期在将来。请填已经到岗的日期，或者留空。"))
        return day

    def _date(self, name: Field) -> dt.date | None:
        try:
            return parse_date(self.cell(name), date1904=self.sheet.date1904)
        except RefusedError as refusal:
            self.refuse(name, Reason.DATE, refusal.sentence)
            return None

    def _certificate(self) -> CertificateRow | None:
        """Nothing when the certificate's columns are empty; half a certificate is a problem."""
        if not any(as_text(self.cell(name)) for name in ON_A_CERTIFICATE):
            return None
        before = len(self.problems)
        number, issuer, area = (self.needed(name) for name in (Field.NUMBER, Field.ISSUER, Field.AREA))
        fields = self._fields()
        for name in (Field.VALID_FROM, Field.VALID_TO):
            self.needed(name)
        first, last = self._date(Field.VALID_FROM), self._date(Field.VALID_TO)
        if first and last and last < first:
            self.refuse(
                Field.VALID_TO,
                Reason.DATE,
                _("有效期至 %(to)s 早于有效期自 %(from)s。请对照证件再填。") % {"to": last, "from": first},
            )
        if len(self.problems) > before or first is None or last is None:
            return None
        return CertificateRow(number, issuer, fields, area, first, last)

    def _fields(self) -> tuple[str, ...]:
        names = tuple(dict.fromkeys(one for one in BETWEEN_FIELDS.split(self.needed(Field.FIELDS)) if one))
        for name in names:
            if name in FIELDS:
                continue
            near = difflib.get_close_matches(name, FIELDS, 1, 0.5)
            sentence = _("“%(name)s”不在执法领域目录之内。") % {"name": name[:40]}
            if near:
                sentence += _("是否为“%(near)s”？") % {"near": near[0]}
            self.refuse(Field.FIELDS, Reason.FIELD, sentence)
        return names
