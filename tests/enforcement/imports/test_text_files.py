"""CSV files: the encoding is found over the whole file, and no broken row takes another with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.tabular.readers import read_sheets
from portal.tabular.tables import LONGEST_CELL, RawRow, UnreadableError
from portal.tabular.text_files import detect_encoding
from tests.enforcement.imports.files import csv_file, csv_text


def rows_of(path: Path) -> list[RawRow]:
    return [row for sheet in read_sheets(path) for row in sheet.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_encoding_and_delimiter_gives_the_same_rows(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [["当事人名称", "处罚内容", "金额"], ["示例甲公司", "警告，罚款", "1"], ["示例乙公司", "罚款", "2"]]
    path = csv_file(tmp_path / "任意.dat", rows, encoding, delimiter)
    assert [row.cells for row in rows_of(path)] == rows


def test_gb18030_is_not_mistaken_for_utf8_when_its_chinese_comes_late(tmp_path: Path) -> None:
    path = tmp_path / "late.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 800_000 + "示例,〔２０２６〕㐀\n".encode("gb18030"))
    assert detect_encoding(path) == "gb18030"
    assert rows_of(path)[-1].cells == ["示例", "〔２０２６〕㐀"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("示例处罚决定书联通一二三，。〔〕号abc12", min_size=1, max_size=40), min_size=3, max_size=20))
def test_chinese_text_in_gb18030_is_never_read_as_utf8(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("gb") / "text.csv"
    content = "当事人名称,行政处罚内容\n" + "\n".join(texts)
    path.write_bytes(content.encode("gb18030"))
    assert detect_encoding(path) == "gb18030"


def test_a_quoted_line_end_keeps_the_cell_whole_and_lines_are_counted_as_an_editor_does(tmp_path: Path) -> None:
    path = tmp_path / "quoted.csv"
    path.write_text('甲,乙\n"一行\n两行\n三行",2\n\n后,3\n', encoding="utf-8")
    assert [(row.line, row.cells) for row in rows_of(path)] == [
        (1, ["甲", "乙"]),
        (2, ["一行\n两行\n三行", "2"]),
        (6, ["后", "3"]),
    ]


@pytest.mark.parametrize("lines", [30, 3000])
def test_a_quote_that_never_closes_spoils_its_own_line_only(tmp_path: Path, lines: int) -> None:
    path = tmp_path / "open.csv"
    path.write_text('甲,乙\n1,2\n"坏,3\n' + "后,4\n" * lines, encoding="utf-8")
    rows = rows_of(path)
    assert [(row.line, row.fault) for row in rows if row.fault] == [(3, "unclosed_quote")]
    assert len(rows) == lines + 3
    assert rows[-1] == RawRow(lines + 3, ["后", "4"])


def test_broken_bytes_spoil_their_own_line_only(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    good = csv_text([["示例公司", "罚款"]] * 100).encode("gb18030")
    path.write_bytes(good + b"\xca\xbe\xff\xff,1\r\n" + good)
    rows = rows_of(path)
    assert len(rows) == 201
    assert [(row.line, row.fault) for row in rows if row.fault] == [(101, "bad_bytes")]


def test_zero_bytes_inside_a_cell_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "zeros.csv"
    path.write_bytes("甲,乙\n示\0例,2\n".encode() * 30)
    assert rows_of(path)[1].cells == ["示例", "2"]


@pytest.mark.parametrize("size", [LONGEST_CELL + 1, 200_000, 3_000_000])
def test_a_huge_cell_spoils_its_own_line_only(tmp_path: Path, size: int) -> None:
    path = tmp_path / "huge.csv"
    path.write_text("甲,乙\n" + "长" * size + ",2\n后,3\n", encoding="utf-8")
    rows = rows_of(path)
    assert [(row.line, row.fault) for row in rows] == [(1, ""), (2, "cell_too_long"), (3, "")]
    assert rows[2].cells == ["后", "3"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n\r\n", "empty"),
        (b"\x00" * 5000, "empty"),
        (bytes(range(256)) * 40, "kind"),
        (b"%PDF-1.7\n...", "kind"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 100, "kind"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "kind"),
        (b"PK\x03\x04 broken", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not a workbook", "broken"),
        (b"name,\xfe\xff\xfe\x81\xff\xff\n" * 20, "encoding"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "looks-like.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableError) as refusal:
        rows_of(path)
    assert refusal.value.code == code
    assert refusal.value.sentence.endswith("。")
