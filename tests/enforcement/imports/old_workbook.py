"""Writes the smallest XLS workbook there is: one sheet of texts and numbers, with merged ranges."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

SECTOR = 512
SMALLEST_STREAM = 4096
END, FAT, FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
Merged = tuple[int, int, int, int]


def write_xls(path: Path, rows: Sequence[Sequence[str | float | None]], merged: Sequence[Merged] = ()) -> Path:
    """An XLS file (BIFF8 in a compound file); `merged`: first row, last row, first column, last column, from 0."""
    path.write_bytes(_compound(_workbook(rows, merged)))
    return path


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _text(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _workbook(rows: Sequence[Sequence[str | float | None]], merged: Sequence[Merged]) -> bytes:
    name = "一月"
    head = _begin(0x0005) + _record(0x0042, struct.pack("<H", 1200))
    tail = _record(0x000A, b"")
    size = len(name.encode("utf-16-le")) + 8
    start = len(head) + 4 + size + len(tail)
    sheet_name = struct.pack("<IBBBB", start, 0, 0, len(name), 1) + name.encode("utf-16-le")
    cells = b""
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str):
                cells += _record(0x0204, place + _text(value))
            elif value is not None:
                cells += _record(0x0203, place + struct.pack("<d", value))
    ranges = struct.pack("<H", len(merged)) + b"".join(struct.pack("<HHHH", *one) for one in merged)
    sheet = _begin(0x0010) + cells + _record(0x00E5, ranges) + _record(0x000A, b"")
    return head + _record(0x0085, sheet_name) + tail + sheet


def _compound(stream: bytes) -> bytes:
    """The stream «Workbook» in a compound file; up to 126 sectors."""
    stream = stream.ljust(max(SMALLEST_STREAM, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    sectors = len(stream) // SECTOR
    chain = [*range(1, sectors), END, END, FAT]
    table = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, sectors, 0, SMALLEST_STREAM, END, 0, END, 0)
    header += struct.pack("<109I", sectors + 1, *[FREE] * 108)
    root = _entry("Root Entry", 5, child=1, start=END, size=0)
    book = _entry("Workbook", 2, child=FREE, start=0, size=len(stream))
    return header + stream + (root + book).ljust(SECTOR, b"\0") + table


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, FREE, FREE, child)
    return (head + bytes(36)).ljust(116, b"\0") + struct.pack("<III", start, size, 0)
