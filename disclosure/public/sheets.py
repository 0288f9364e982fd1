"""A workbook written while it is sent: rows are zipped as they come, nothing is gone back to."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import IO, Final, cast

MOST_ROWS: Final = 1_000_000  # a sheet holds 1,048,576
MOST_SIGNS: Final = 32_767  # in a cell
# XML 1.0 has no place for these.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"


class _Outlet:
    """Where the archive writes; what was written is taken away, and it cannot be gone back to."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def workbook(heads: Sequence[str], batches: Iterable[Sequence[Sequence[str]]]) -> Iterator[bytes]:
    """The bytes of an XLSX file: the heads, then the rows, all of them texts; a full sheet is followed by another."""
    outlet, waiting = _Outlet(), iter(batches)
    pending: Sequence[Sequence[str]] = next(waiting, [])
    sheets = 0
    with zipfile.ZipFile(cast("IO[bytes]", outlet), "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        while not sheets or pending:
            sheets += 1
            with archive.open(f"xl/worksheets/sheet{sheets}.xml", "w", force_zip64=True) as sheet:
                sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{_row(heads)}'.encode())
                written = 0
                while pending and written < MOST_ROWS:
                    now, pending = pending[: MOST_ROWS - written], pending[MOST_ROWS - written :]
                    sheet.write("".join(map(_row, now)).encode())
                    written += len(now)
                    pending = pending or next(waiting, [])
                    yield outlet.take()
                sheet.write(b"</sheetData></worksheet>")
        for name, text in _frame(sheets):
            archive.writestr(name, _HEAD + text)
    yield outlet.take()


def _row(values: Sequence[str]) -> str:
    return "<row>" + "".join(map(_cell, values)) + "</row>"


def _cell(text: str) -> str:
    if not text:
        return "<c/>"
    plain = escape(_UNWRITABLE.sub("", text[:MOST_SIGNS]), quote=False)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'


def _frame(sheets: int) -> Iterator[tuple[str, str]]:
    """The parts around the sheets."""
    numbers = range(1, sheets + 1)
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(f'<sheet name="{number}" sheetId="{number}" r:id="rId{number}"/>' for number in numbers)
        + "</sheets></workbook>",
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
            for number in numbers
        )
        + "</Relationships>",
    )
    yield (
        "_rels/.rels",
        (
            f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
            for number in numbers
        )
        + "</Types>",
    )
