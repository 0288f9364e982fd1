"""Rows of an XLSX workbook, read as a stream: several sheets, merged cells, bombs and broken files refused."""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from portal.tabular.faults import Fault
from portal.tabular.shared_strings import SharedStrings
from portal.tabular.tables import LONGEST_CELL, Cell, RawRow, Sheet, UnreadableError
from portal.tabular.xlsx_sheet import MergedCells, SheetParser, merged_ranges

LARGEST_PART = 4 << 30
SUSPICIOUS_SIZE = 64 << 20
SUSPICIOUS_RATIO = 300
SMALL_PART = 16 << 20
RELATIONS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, expat.ExpatError)


def read_xlsx_file(path: Path) -> Iterator[Sheet]:
    """The sheets in the order of the workbook; raises UnreadableError for a broken or hostile file.

    A sheet's rows must be read before the next sheet is asked for.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            for part in archive.infolist():
                _refuse_bomb(part)
            yield from _sheets(archive)
    except (*BROKEN, ET.ParseError, KeyError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UnreadableError("broken", _("工作簿已损坏或者设有密码，读不出来。请重新导出后再上传。")) from error


def _refuse_bomb(part: zipfile.ZipInfo) -> None:
    ratio = part.file_size / max(part.compress_size, 1)
    if part.file_size > LARGEST_PART or (part.file_size > SUSPICIOUS_SIZE and ratio > SUSPICIOUS_RATIO):
        raise UnreadableError(
            "bomb",
            _("工作簿解压后异常庞大（%(size)d MB），为安全起见不予读取。请分成几个文件，或者另存为 CSV 后再上传。")
            % {"size": part.file_size >> 20},
        )


def _sheets(archive: zipfile.ZipFile) -> Iterator[Sheet]:
    workbook = _small_part(archive, "xl/workbook.xml")
    targets = _relations(_small_part(archive, "xl/_rels/workbook.xml.rels"))
    dates = _date_styles(archive)
    properties = next((item for item in workbook.iter() if _local(item) == "workbookPr"), None)
    date1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    names = set(archive.namelist())
    with closing(_strings(archive, targets, names)) as strings:
        for item in workbook.iter():
            if _local(item) != "sheet":
                continue
            identity = next((item.get(key) for key in RELATIONS if item.get(key)), None) or ""
            part = targets.get(identity, ("", ""))[1]
            if part not in names:
                continue
            yield Sheet(
                name=item.get("name", ""),
                rows=_rows(archive, part, SheetParser(strings, dates, date1904=date1904)),
                date1904=date1904,
                hidden=item.get("state", "visible") != "visible",
            )


def _local(item: ET.Element) -> str:
    return item.tag.rpartition("}")[2]


def _small_part(archive: zipfile.ZipFile, name: str) -> ET.Element:
    """A part that is small in every honest workbook, as a tree."""
    if archive.getinfo(name).file_size > SMALL_PART:
        raise UnreadableError("bomb", _("工作簿的结构异常庞大，为安全起见不予读取。请另存为 CSV 后再上传。"))
    content = archive.read(name)
    if b"<!DOCTYPE" in content:
        raise UnreadableError("broken", _("工作簿含有不允许的文档声明，不予读取。请重新导出后再上传。"))
    return ET.fromstring(content)  # noqa: S314 - no document type, hence no entities


def _relations(tree: ET.Element) -> dict[str, tuple[str, str]]:
    """Id → kind and part, for everything the workbook points to."""
    found: dict[str, tuple[str, str]] = {}
    for item in tree:
        target = item.get("Target", "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        found[item.get("Id", "")] = (item.get("Type", "").rpartition("/")[2], part)
    return found


def _strings(archive: zipfile.ZipFile, targets: dict[str, tuple[str, str]], names: set[str]) -> SharedStrings:
    part = next((part for kind, part in targets.values() if kind == "sharedStrings" and part in names), None)
    if part is None:
        return SharedStrings(None)
    with archive.open(part) as stream:
        return SharedStrings(stream)


def _date_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """The numbers of the cell styles that show a number as a date (27–36 and 50–58 are the Chinese ones)."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    tree = _small_part(archive, "xl/styles.xml")
    formats = {
        int(item.get("numFmtId", "0")): item.get("formatCode", "") for item in tree.iter() if _local(item) == "numFmt"
    }
    styles = next((item for item in tree if _local(item) == "cellXfs"), None)
    numbers = [int(style.get("numFmtId", "0")) for style in styles] if styles is not None else []
    return frozenset(
        index
        for index, number in enumerate(numbers)
        if 27 <= number <= 36
        or 50 <= number <= 58
        or is_date_format(formats.get(number) or BUILTIN_FORMATS.get(number, ""))
    )


def _rows(archive: zipfile.ZipFile, part: str, parser: SheetParser) -> Iterator[RawRow]:
    try:
        with archive.open(part) as stream:
            merged = MergedCells(merged_ranges(stream))
        with archive.open(part) as stream:
            for line, cells in parser.rows(stream):
                if filled := merged.fill(line, cells):
                    yield _raw_row(line, filled)
    except BROKEN as error:
        raise UnreadableError(
            "broken",
            _("工作簿在第 %(line)d 行之后已损坏，后面的内容读不出来。请重新导出后再上传。") % {"line": parser.line},
            line=parser.line,
        ) from error


def _raw_row(line: int, filled: dict[int, Cell]) -> RawRow:
    cells = [filled.get(column) for column in range(max(filled) + 1)]
    too_long = any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells)
    return RawRow(line, cells, Fault.CELL_TOO_LONG if too_long else "")
