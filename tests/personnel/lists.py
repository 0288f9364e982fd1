"""Invented lists of officers as files: a thousand rows, and the thirty things that can be wrong with one."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import openpyxl

from personnel.imports.layout import HEADERS, Field
from portal.accounts.identity import CHECKS, WEIGHTS

Row = dict[Field, str]
F = Field


def identity(serial: int) -> str:
    """An invented number of the right form for each serial, in a district code that does not exist."""
    day, order = divmod(serial, 100)
    start = f"6502991990{1 + day // 28:02d}{1 + day % 28:02d}{order * 2 + 1:03d}"
    return start + CHECKS[sum(int(digit) * weight for digit, weight in zip(start, WEIGHTS, strict=True)) % 11]


def row(serial: int, **changes: str) -> Row:
    """A sound row: a man with his certificate."""
    made = {
        F.NAME: f"示例{'甲乙丙丁戊己庚辛壬癸'[serial % 10]}{serial:04d}",
        F.IDENTITY: identity(serial),
        F.GENDER: "男",
        F.PHONE: f"1390000{serial:04d}",
        F.POSITION: "一级行政执法员",
        F.DEPARTMENT: "",
        F.ENTERED_ON: "2020年3月2日",
        F.LEGAL_NUMBER: "A示例001" if serial % 50 == 0 else "",
        F.NUMBER: f"示{serial:08d}",
        F.ISSUER: "示例自治区人民政府",
        F.FIELDS: "市场监管、农业农村" if serial % 3 == 0 else "市场监管",
        F.AREA: "示例区",
        F.VALID_FROM: "2024-01-01",
        F.VALID_TO: "2028/12/31",
    }
    return made | {Field(name): value for name, value in changes.items()}


def table(rows: list[Row]) -> list[list[str]]:
    """The header and the rows, in the template's order."""
    return [[headers[0] for headers in HEADERS.values()], *([one.get(name, "") for name in HEADERS] for one in rows)]


def as_csv(rows: list[Row], encoding: str = "utf-8-sig") -> bytes:
    """A CSV file."""
    out = io.StringIO()
    csv.writer(out).writerows(table(rows))
    return out.getvalue().encode(encoding)


def as_xlsx(rows: list[Row]) -> bytes:
    """A workbook with a title above the header."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名册"
    sheet.append(["示例区市场监督管理局执法人员名册"])
    for line in table(rows):
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _broken(number: str) -> str:
    return number[:-1] + ("0" if number[-1] != "0" else "1")


# What is wrong, and the reason that must be told: thirty rows over ten kinds, three or so of each.
FAULTS: list[tuple[Callable[[int], Row], str, Field]] = [
    *[(lambda n: row(n, name=""), "missing", F.NAME)] * 3,
    *[(lambda n: row(n, identity=""), "missing", F.IDENTITY)] * 2,
    *[(lambda n: row(n, identity=_broken(identity(n))), "identity", F.IDENTITY)] * 3,
    *[(lambda n: row(n, identity=identity(n)[:15]), "identity", F.IDENTITY)] * 2,
    *[(lambda n: row(n, identity="650299199002310014"), "identity", F.IDENTITY)],
    *[(lambda n: row(n, fields="市场监督"), "field", F.FIELDS)] * 3,
    *[(lambda n: row(n, valid_to="2028-02-30"), "date", F.VALID_TO)] * 2,
    *[(lambda n: row(n, valid_from="去年"), "date", F.VALID_FROM)] * 2,
    *[(lambda n: row(n, valid_to="2023-12-31"), "date", F.VALID_TO)],
    *[(lambda n: row(n, issuer=""), "missing", F.ISSUER)] * 2,
    *[(lambda n: row(n, gender="女"), "gender", F.GENDER)] * 2,
    *[(lambda n: row(n, department="示例区公安局"), "department", F.DEPARTMENT)],
    *[(lambda n: row(n, identity=identity(1)), "in_file", F.IDENTITY)] * 2,
    *[(lambda n: row(n, number="示00000002"), "in_file", F.NUMBER)] * 2,
    *[(lambda n: row(n, number="已登记一号"), "number_taken", F.NUMBER)],
    *[(lambda n: row(n, identity=identity(2001)), "on_duty_elsewhere", F.IDENTITY)],
]


def thousand() -> tuple[list[Row], dict[int, tuple[str, Field]]]:
    """1,000 rows of which thirty are bad; the bad ones by their line in a CSV, with reason and column."""
    rows: list[Row] = [row(serial) for serial in range(1, 1001)]
    expected: dict[int, tuple[str, Field]] = {}
    for place, (made, reason, column) in enumerate(FAULTS):
        serial = 30 + place * 32
        rows[serial - 1] = made(serial)
        expected[serial + 1] = (reason, column)
    return rows, expected


def labels(reason: tuple[str, Any]) -> tuple[str, str]:
    """Reason and the header of its column."""
    return reason[0], HEADERS[reason[1]][0]
