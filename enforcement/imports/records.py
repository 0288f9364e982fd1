"""One row of a file as a decision: every value normalised, what is missing named, its key computed."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from enforcement.imports import authorities, kinds
from enforcement.imports.amounts import fines_in_words, parse_amount
from enforcement.imports.cells import Reading, RowCells, RowError
from enforcement.imports.layouts import TEN_THOUSAND, Column, Field
from enforcement.imports.numbers import LONGEST, DocumentNumbers, numbers_in_title, parse_numbers
from enforcement.imports.parties import LONGEST_NAME, Parties, PartyKind, give_code, give_paper, parse_parties
from enforcement.imports.reasons import Missing, Reason
from enforcement.models import Case
from portal.tabular.cleaning import as_text, letters, packed
from portal.tabular.dates import parse_date
from portal.tabular.faults import RefusedError
from portal.tabular.tables import Cell, RawRow

PROCEDURES = {
    Case.Procedure.SUMMARY.value: frozenset({"简易", "简易程序", "当场处罚", "当场处罚程序", "当场处罚决定"}),
    Case.Procedure.ORDINARY.value: frozenset(
        {"普通", "普通程序", "一般", "一般程序", "听证程序", "快速办理", "普通程序快速办理"}
    ),
}
TOTALS = ("合计", "总计", "小计", "共计")


@dataclass
class DecisionRecord:
    """A decided case as a row tells it. Amounts are yuan."""

    line: int
    sheet: str
    parties: Parties
    number: DocumentNumbers | None
    decided_on: dt.date | None
    assumed_from: str
    authority: str
    title: str
    facts: str
    basis: str
    kinds: tuple[str, ...]
    content: str
    fine: Decimal | None
    confiscation: Decimal | None
    licence: str
    correction: str
    link: str
    procedure: str = Case.Procedure.ORDINARY.value
    missing: tuple[Missing, ...] = ()
    remarks: tuple[str, ...] = ()
    originals: dict[str, str] = field(default_factory=dict)
    key: str = ""
    imposed: str = ""


class RowRefusedError(Exception):
    """The row cannot be taken; carries every reason found in it."""

    def __init__(self, errors: list[RowError]) -> None:
        super().__init__(errors[0].sentence)
        self.errors = errors


def fault_error(row: RawRow, sheet: str) -> RowError:
    """The error of a row that the reader could not read."""
    sentences = {
        Reason.BAD_BYTES: _("这一行有损坏的字符（编码不一致）。请在原系统重新导出。"),
        Reason.UNCLOSED_QUOTE: _("这一行的引号不成对，分不清各列。请补上或者删去引号。"),
        Reason.CELL_TOO_LONG: _("这一行有超过十万字的单元格，不像一条处罚信息。"),
    }
    text = as_text(row.cells[0] if row.cells else None)
    return RowError(row.line, "", text[:200], row.fault, sentences.get(Reason(row.fault), ""), sheet)


def read_row(row: RawRow, reading: Reading) -> DecisionRecord:
    """The decision a row tells of; raises RowRefusedError with every reason why it cannot be taken."""
    if row.fault:
        raise RowRefusedError([fault_error(row, reading.sheet)])
    cells = RowCells(row, reading)
    _refuse_other_rows(cells)
    parties = _parties(cells)
    content, kinds_text = cells.text(Field.CONTENT), cells.text(Field.KINDS)
    number = _number(cells)
    decided_on, assumed_from = _decided_on(cells)
    fine, confiscation = _amounts(cells, content)
    record = DecisionRecord(
        line=row.line,
        sheet=reading.sheet,
        parties=parties,
        number=number,
        decided_on=decided_on,
        assumed_from=assumed_from,
        authority=cells.text(Field.AUTHORITY),
        title=cells.text(Field.TITLE),
        facts=cells.text(Field.FACTS),
        basis=cells.text(Field.BASIS),
        kinds=kinds.penalty_kinds(kinds_text, content),
        content=content,
        fine=fine,
        confiscation=confiscation,
        licence=cells.text(Field.LICENCE),
        correction=_("责令改正") if kinds.CORRECTION.search(kinds_text + content) else "",
        link=cells.text(Field.LINK),
        procedure=cells.read(Field.PROCEDURE, _procedure) or Case.Procedure.ORDINARY.value,
    )
    if kinds.says_no_penalty(kinds_text, content):
        column, cell = cells.first(Field.KINDS if kinds.says_no_penalty(kinds_text, "") else Field.CONTENT)
        if column is not None:
            cells.refuse(
                Field.CONTENT,
                column,
                cell,
                RefusedError(Reason.NOT_A_PENALTY, _("这是不予处罚的决定，不能作为行政处罚归集。")),
            )
    if cells.errors:
        raise RowRefusedError(cells.errors)
    _complete(record, cells)
    return record


def _procedure(cell: Cell, _column: Column) -> str:
    """By which procedure it was decided; a cell with other words is refused, an empty one says nothing."""
    words = packed(as_text(cell))
    if not words or words in {"/", "-"}:
        return Case.Procedure.ORDINARY.value
    for procedure, spelled in PROCEDURES.items():
        if words in spelled:
            return procedure
    raise RefusedError(Reason.PROCEDURE, _("不认识的程序“%(text)s”，请写简易程序或者普通程序。") % {"text": words[:20]})


def _refuse_other_rows(cells: RowCells) -> None:
    """Headers repeated on every page, totals at the end, rows with more cells than the header has."""
    header, sheet = cells.reading.header, cells.reading.sheet
    filled = [text for text in cells.texts if text]
    first = packed(filled[0]) if filled else ""
    code = sentence = ""
    if len(filled) > 2 and sum(text in header.names for text in filled) * 2 > len(filled):
        code, sentence = Reason.REPEATED_HEADER, _("这是重复的表头，不是一条处罚信息。")
    elif first.startswith(TOTALS) and len(first) <= 12:
        code, sentence = Reason.TOTAL_ROW, _("这是合计行，不是一条处罚信息。")
    elif not sheet and any(cells.texts[len(header.headers) :]):
        code = Reason.TOO_MANY_CELLS
        sentence = _("这一行有 %(found)d 列，表头只有 %(known)d 列：单元格里可能有没加引号的分隔符。") % {
            "found": len(cells.texts),
            "known": len(header.headers),
        }
    if code:
        raise RowRefusedError([RowError(cells.row.line, "", "，".join(filled)[:200], code, sentence, sheet)])


def _parties(cells: RowCells) -> Parties:
    _kind_column, kind = cells.first(Field.PARTY_KIND)
    _paper_column, paper = cells.first(Field.PAPER_KIND)
    cells.text(Field.PARTY)
    column, cell = cells.first(Field.PARTY)
    parties = parse_parties(cell, kind)
    longest = max((len(party.name) for party in parties.each), default=0)
    if column is not None and longest > LONGEST_NAME:
        sentence = _("当事人名称有 %(count)d 个字，不像一个名称；几个当事人请用顿号分开。") % {"count": longest}
        cells.refuse(Field.PARTY, column, cell, RefusedError(Reason.TOO_LONG, sentence))
    cells.read(Field.CREDIT_CODE, lambda cell, _column: give_code(parties, cell))
    cells.read(Field.REGISTRATION, lambda cell, _column: give_code(parties, cell))
    cells.read(Field.PAPER_NUMBER, lambda cell, _column: give_paper(parties, paper, cell))
    representative = cells.text(Field.REPRESENTATIVE)
    if representative and parties.each and parties.each[0].kind is not PartyKind.NATURAL:
        parties.each[0].representative = representative
    return parties


def _number(cells: RowCells) -> DocumentNumbers | None:
    number = parse_numbers(cells.text(Field.NUMBER)) or numbers_in_title(cells.text(Field.DOCUMENT_TITLE))
    if number is not None and len(number.text) > LONGEST:
        column, cell = cells.first(Field.NUMBER)
        if column is not None:
            sentence = _("文号有 %(count)d 个字，不像一个文号。") % {"count": len(number.text)}
            cells.refuse(Field.NUMBER, column, cell, RefusedError(Reason.TOO_LONG, sentence))
    return number


def _decided_on(cells: RowCells) -> tuple[dt.date | None, str]:
    """The date of decision, and the header of the column it was assumed from, if any."""
    found: dict[str, dt.date] = {}
    reading = cells.reading

    def read(column: Column) -> dt.date | None:
        cell = cells.cell(column)
        try:
            date = parse_date(cell, date1904=reading.date1904)
        except RefusedError as refusal:
            cells.refuse(Field.DECIDED_ON, column, cell, refusal)
            return None
        if date is not None and date > reading.today:
            sentence = _("处罚决定日期 %(date)s 在今天之后。") % {"date": date.isoformat()}
            cells.refuse(Field.DECIDED_ON, column, cell, RefusedError(Reason.DATE_FUTURE, sentence))
            return None
        return date

    for column in cells.columns(Field.DECIDED_ON):
        if date := read(column):
            found[column.header] = date
    if len(set(found.values())) > 1:
        column = cells.columns(Field.DECIDED_ON)[-1]
        words = "，".join(f"{header} {date.isoformat()}" for header, date in found.items())
        cells.refuse(
            Field.DECIDED_ON,
            column,
            cells.cell(column),
            RefusedError(Reason.DATES_DIFFER, _("同一决定的两列日期不同：%(dates)s。请改成一致。") % {"dates": words}),
        )
    if found:
        return next(iter(found.values())), ""
    if reading.decided_on_from is not None and (date := read(reading.decided_on_from)):
        return date, reading.decided_on_from.header
    return None, ""


def _amounts(cells: RowCells, content: str) -> tuple[Decimal | None, Decimal | None]:
    """Fine and confiscation in yuan; a fine that stands only in the words of the penalty is read there."""
    fine = cells.read(Field.FINE, lambda cell, column: parse_amount(cell, column.unit))
    confiscation = cells.read(Field.CONFISCATED, lambda cell, column: parse_amount(cell, column.unit))
    in_words = fines_in_words(content)
    column, cell = cells.first(Field.FINE)
    if fine and column is not None and len(in_words) == 1 and in_words[0] in {fine * TEN_THOUSAND, fine / TEN_THOUSAND}:
        cells.refuse(
            Field.FINE,
            column,
            cell,
            RefusedError(
                Reason.AMOUNT_UNIT,
                _("该列折合 %(column)s 元，处罚内容写的是 %(words)s 元，相差一万倍。请核对单位是元还是万元。")
                % {"column": f"{fine:,}", "words": f"{in_words[0]:,}"},
            ),
        )
    if fine is None and column is None and len(in_words) == 1 and "各" not in content:
        fine = in_words[0]
    return fine, confiscation


def _complete(record: DecisionRecord, cells: RowCells) -> None:
    """Names what publication needs and the row lacks; notes what a person should know; computes the keys."""
    remarks = []
    title = cells.text(Field.DOCUMENT_TITLE)
    if authorities.is_the_authority(record.parties.original, record.authority, title):
        remarks.append(_("当事人一栏写的是作出决定的机关。"))
        record.parties = Parties((), record.parties.original)
    if authorities.is_only_a_date(record.content):
        remarks.append(_("处罚内容一栏只写了日期或者机关：%(text)s。") % {"text": record.content})
        record.originals["content"] = record.content
        record.content = ""
        record.kinds = ()
    if record.parties.others:
        remarks.append(_("原文还提到未列名的责任人或者机构：%(text)s。") % {"text": record.parties.original})
    if record.assumed_from:
        remarks.append(_("决定日期取自“%(column)s”一栏，是推定的日期。") % {"column": record.assumed_from})
    if record.number is not None and not record.number.single:
        remarks.append(_("一栏里有 %(count)d 个文号。") % {"count": len(record.number.each)})
    remarks += [
        _("%(name)s 登记号：%(code)s（不是统一社会信用代码）。") % {"name": party.name, "code": party.registration}
        for party in record.parties.each
        if party.registration
    ]
    record.remarks = tuple(remarks)
    record.missing = tuple(_missing(record))
    record.originals |= {
        name.value: text[:1000]
        for name in (
            Field.PARTY,
            Field.NUMBER,
            Field.FINE,
            Field.CONFISCATED,
            Field.DOCUMENT_TITLE,
            Field.LINK,
            Field.REMARK,
        )
        if (text := as_text(cells.first(name)[1]))
    }
    record.key, record.imposed = _keys(record, title)


def _missing(record: DecisionRecord) -> Iterator[Missing]:
    if record.number is None:
        yield Missing.NUMBER
    if record.decided_on is None:
        yield Missing.DECIDED_ON
    if not record.parties.each:
        yield Missing.PARTY
    if not record.facts and not record.title:
        yield Missing.FACTS
    if not record.content:
        yield Missing.CONTENT
    if not record.kinds:
        yield Missing.KINDS
    if "fine" in record.kinds and record.fine is None:
        yield Missing.FINE
    if not record.authority:
        yield Missing.AUTHORITY


def _keys(record: DecisionRecord, title: str) -> tuple[str, str]:
    """What makes a row the same row: number and party when one number is known, else its whole content.

    A list of numbers may stand for several decisions on one party, so there the content counts too. The
    second key is over what was imposed, to tell a duplicate from a contradiction.
    """
    named = "+".join(sorted(letters(party.name) for party in record.parties.each)) or letters(record.parties.original)
    imposed = f"{record.fine or 0:.2f}|{record.confiscation or 0:.2f}"
    if record.number is not None and record.number.single:
        parts = ["number", record.number.key, named]
    else:
        number = record.number.key if record.number else letters(title)
        stated = "" if record.assumed_from or record.decided_on is None else record.decided_on.isoformat()
        content = letters(record.content or record.originals.get("content", ""))
        parts = [
            "content", number, named, authorities.plain_authority(record.authority), letters(record.title),
            letters(record.facts), content, imposed, stated,
        ]  # fmt: skip
    return _digest(parts), _digest([imposed])


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
