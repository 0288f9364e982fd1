"""Opens a file of any kind people send as a table; its content decides what it is, never its name."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from portal.tabular.tables import Sheet, UnreadableError
from portal.tabular.text_files import read_text_file
from portal.tabular.xls_files import read_xls_file
from portal.tabular.xlsx_files import read_xlsx_file

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STRANGERS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "RTF"),
    (b"\x7fELF", "ELF"),
    (b"SQLite", "SQLite"),
)
SAMPLE = 1 << 16


def read_sheets(path: Path) -> Iterator[Sheet]:
    """The sheets of a CSV, XLSX or XLS file; read each one's rows before asking for the next.

    Raises UnreadableError with a sentence for the sender, at once or while rows are read (then with
    the line up to which they could be read).
    """
    with path.open("rb") as stream:
        head = stream.read(SAMPLE)
    if not head.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise UnreadableError("empty", _("文件是空的，没有一行内容。"))
    if head.startswith(b"PK"):
        _refuse_other_archive(path)
        return read_xlsx_file(path)
    if head.startswith(OLD_WORKBOOK):
        return read_xls_file(path)
    _refuse_stranger(head)
    return read_text_file(path)


def _refuse_other_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, EOFError, ValueError) as error:
        raise UnreadableError("broken", _("工作簿没有保存完整或者已损坏，读不出来。请重新导出后再上传。")) from error
    if "xl/workbook.xml" in names:
        return
    raise UnreadableError(
        "kind", _("这是压缩包或者其他办公软件的文件，不是 xlsx 工作簿。请解压，或者另存为 xlsx 后再上传。")
    )


def _refuse_stranger(head: bytes) -> None:
    for mark, kind in STRANGERS:
        if head.startswith(mark):
            raise UnreadableError(
                "kind", _("这是 %(kind)s 文件，不是表格。请上传 CSV、xlsx 或者 xls 文件。") % {"kind": kind}
            )
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<meta", b"<?xml")):
        raise UnreadableError(
            "kind", _("这是网页或者 XML 文件（有的系统这样导出“xls”）。请用表格软件打开，另存为 xlsx 后再上传。")
        )
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    controls = sum(head.count(bytes([code])) for code in (*range(1, 9), *range(14, 27), *range(28, 32)))
    zeros = head.count(b"\0")
    if not marked and (controls * 100 > len(head) or zeros * 10 > len(head)):
        raise UnreadableError("kind", _("这是二进制文件，不是表格。请上传 CSV、xlsx 或者 xls 文件。"))
