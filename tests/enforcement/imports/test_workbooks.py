"""XLSX and XLS workbooks: merged cells, serials, several sheets, bombs and broken files."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from portal.tabular.readers import read_sheets
from portal.tabular.tables import Cell, UnreadableError
from tests.enforcement.imports.files import new_workbook
from tests.enforcement.imports.old_workbook import write_xls

# A moment in a sheet has no time zone.
DECIDED = dt.datetime.combine(dt.date(2024, 12, 11), dt.time.min)
PUBLISHED = dt.datetime.combine(dt.date(2026, 4, 29), dt.time(15, 26, 33))
SHEET = "xl/worksheets/sheet1.xml"


def contents(path: Path) -> dict[str, list[tuple[int, list[Cell]]]]:
    return {sheet.name: [(row.line, row.cells) for row in sheet.rows] for sheet in read_sheets(path)}


def saved(path: Path, workbook: openpyxl.Workbook) -> Path:
    workbook.save(path)
    return path


def changed(
    source: Path, target: Path, part: str, change: tuple[bytes, bytes] | None = None, content: bytes | None = None
) -> Path:
    """A copy of a workbook with one part changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == part:
                data = content if content is not None else data.replace(*(change or (b"", b"")))
            new.writestr(item.filename, data)
    return target


def test_a_merged_cell_counts_for_every_row_it_covers(tmp_path: Path) -> None:
    workbook, sheet = new_workbook()
    for row in (
        ["填表说明：请勿改动表头"],
        ["机关", "当事人", "金额"],
        ["示例局", "甲", 1],
        [None, "乙", 2],
        [None, "丙", 3],
        ["另一局", "丁", 4],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A3:A5")
    rows = contents(saved(tmp_path / "merged.xlsx", workbook))["Sheet"]
    assert rows[0] == (1, ["填表说明：请勿改动表头"] * 3)
    assert [cells for _line, cells in rows[2:]] == [
        ["示例局", "甲", 1],
        ["示例局", "乙", 2],
        ["示例局", "丙", 3],
        ["另一局", "丁", 4],
    ]


def test_the_lower_half_of_a_tall_row_is_no_row(tmp_path: Path) -> None:
    workbook, sheet = new_workbook()
    for row in (["甲", "乙"], ["1", "2"], [None, None], ["3", "4"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:B3")
    sheet["A3"].fill = PatternFill("solid", fgColor="FFFF00")
    assert [line for line, _cells in contents(saved(tmp_path / "tall.xlsx", workbook))["Sheet"]] == [1, 2, 4]


def test_merged_ranges_are_found_behind_many_rows(tmp_path: Path) -> None:
    workbook, sheet = new_workbook()
    for number in range(20_000):
        sheet.append(["上" if number == 19_000 else None, number])
    sheet.merge_cells("A19001:A20000")
    rows = contents(saved(tmp_path / "long.xlsx", workbook))["Sheet"]
    assert rows[18_999][1] == [None, 18_999]
    assert rows[-1] == (20_000, ["上", 19_999])


def test_dates_come_as_dates_and_long_numbers_keep_their_figures(tmp_path: Path) -> None:
    workbook, sheet = new_workbook()
    sheet.append([dt.date(2024, 12, 11), PUBLISHED, 45637, 575.265231, "000123", True, 0.1 + 0.2])
    row = contents(saved(tmp_path / "types.xlsx", workbook))["Sheet"][0][1]
    assert row[:6] == [DECIDED, PUBLISHED, 45637, 575.265231, "000123", True]


def test_a_workbook_counting_from_1904_gives_the_same_dates(tmp_path: Path) -> None:
    workbook, sheet = new_workbook()
    workbook.epoch = CALENDAR_MAC_1904
    sheet.append([dt.date(2024, 12, 11)])
    assert [one.date1904 for one in read_sheets(saved(tmp_path / "mac.xlsx", workbook))] == [True]
    assert contents(tmp_path / "mac.xlsx")["Sheet"][0][1] == [DECIDED]


def test_inline_and_rich_text_and_formulas_read_as_people_see_them(tmp_path: Path) -> None:
    workbook, sheet = new_workbook()
    sheet.append(["占位"])
    source = saved(tmp_path / "plain.xlsx", workbook)
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="3"><c r="A3" t="inlineStr"><is><r><t>示</t></r><r><t>例</t></r><rPh><t>shili</t></rPh></is></c>'
        '<c r="C3" t="str"><f>A1&amp;"x"</f><v>算出</v></c><c r="D3" t="e"><v>#N/A</v></c><c r="E3"><v>1E3</v></c></row>'
        "</sheetData></worksheet>"
    )
    path = changed(source, tmp_path / "inline.xlsx", SHEET, content=xml.encode())
    assert contents(path)["Sheet"] == [(3, ["示例", None, "算出", "#N/A", 1000.0])]


def test_every_sheet_is_read_and_hidden_ones_are_marked(tmp_path: Path) -> None:
    workbook, sheet = new_workbook()
    sheet.append(["一"])
    workbook.create_sheet("空表")
    workbook.create_sheet("二月").append(["二"])
    workbook.create_sheet("字典").append(["三"])
    workbook["字典"].sheet_state = "hidden"
    path = saved(tmp_path / "sheets.xlsx", workbook)
    assert contents(path) == {"Sheet": [(1, ["一"])], "空表": [], "二月": [(1, ["二"])], "字典": [(1, ["三"])]}
    assert [sheet.name for sheet in read_sheets(path) if sheet.hidden] == ["字典"]


def test_a_bomb_is_refused_before_it_unfolds(tmp_path: Path) -> None:
    workbook, sheet = new_workbook()
    sheet.append(["x"])
    source = saved(tmp_path / "small.xlsx", workbook)
    path = changed(source, tmp_path / "bomb.xlsx", SHEET, content=b"<worksheet>" + b" " * (100 << 20) + b"</worksheet>")
    assert path.stat().st_size < 1 << 20
    with pytest.raises(UnreadableError) as refusal:
        contents(path)
    assert refusal.value.code == "bomb"


def test_entities_of_the_file_are_refused(tmp_path: Path) -> None:
    workbook, sheet = new_workbook()
    sheet.append(["x"])
    source = saved(tmp_path / "small.xlsx", workbook)
    xml = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData><row r="1"><c r="A1"><v>&b;</v></c></row></sheetData></worksheet>'
    with pytest.raises(UnreadableError) as refusal:
        contents(changed(source, tmp_path / "entities.xlsx", SHEET, content=xml))
    assert "文档声明" in refusal.value.sentence


def test_damage_in_the_middle_names_the_line_up_to_which_rows_were_read(tmp_path: Path) -> None:
    workbook, sheet = new_workbook()
    for number in range(5000):
        sheet.append([number])
    source = saved(tmp_path / "whole.xlsx", workbook)
    path = changed(source, tmp_path / "damaged.xlsx", SHEET, (b'<row r="4001"', b"<row <<"))
    lines: list[int] = []

    def read() -> None:
        for one in read_sheets(path):
            lines.extend(row.line for row in one.rows)

    with pytest.raises(UnreadableError) as refusal:
        read()
    assert refusal.value.line == 4000
    assert lines[-1] > 3000


def test_a_cut_off_workbook_is_refused_with_a_sentence(tmp_path: Path) -> None:
    workbook, sheet = new_workbook()
    sheet.append(["x"])
    stream = io.BytesIO()
    workbook.save(stream)
    path = tmp_path / "cut.xlsx"
    path.write_bytes(stream.getvalue()[:-200])
    with pytest.raises(UnreadableError) as refusal:
        contents(path)
    assert "重新导出" in refusal.value.sentence


def test_a_word_file_with_the_wrong_ending_is_refused_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "wrong.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(UnreadableError) as refusal:
        contents(path)
    assert refusal.value.code == "kind"


def test_a_workbook_named_csv_is_still_read(tmp_path: Path) -> None:
    workbook, sheet = new_workbook()
    sheet.append(["一"])
    assert contents(saved(tmp_path / "named.xlsx", workbook).rename(tmp_path / "named.csv"))["Sheet"] == [(1, ["一"])]


def test_an_old_workbook_gives_texts_numbers_and_merged_cells(tmp_path: Path) -> None:
    rows: list[list[str | float | None]] = [
        ["注意：多项之间用逗号分隔", None, None],
        ["企业名称", "罚款金额", "日期"],
        ["示例甲公司", 5000, 45637],
        [None, 1.5, "无"],
    ]
    path = write_xls(tmp_path / "old.xls", rows, [(0, 0, 0, 2), (2, 3, 0, 0)])
    assert contents(path) == {
        "一月": [
            (1, ["注意：多项之间用逗号分隔"] * 3),
            (2, ["企业名称", "罚款金额", "日期"]),
            (3, ["示例甲公司", 5000, 45637]),
            (4, ["示例甲公司", 1.5, "无"]),
        ]
    }


def test_a_broken_old_workbook_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = write_xls(tmp_path / "old.xls", [["甲"] * 20] * 40)
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(UnreadableError) as refusal:
        contents(path)
    assert refusal.value.sentence.endswith("。")
