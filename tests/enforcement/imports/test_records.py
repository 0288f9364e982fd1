"""From rows to decisions: layouts found by header, every value normalised, what is missing named."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from enforcement.imports.cells import RowError
from enforcement.imports.layouts import LAYOUTS, UnknownHeaderError
from enforcement.imports.reasons import Missing, Reason
from enforcement.imports.records import DecisionRecord
from enforcement.imports.sources import Source
from portal.tabular.tables import UnreadableError
from tests.enforcement.imports.files import (
    LISTING,
    OFFICIAL_20,
    OFFICIAL_29,
    csv_file,
    listing_file,
    listing_row,
    new_workbook,
    official_row,
)

TODAY = dt.date(2026, 11, 24)


def source(path: Path, **options: Any) -> Source:
    return Source(path, TODAY, **options)


def records(path: Path, **options: Any) -> list[DecisionRecord | list[RowError]]:
    return list(source(path, **options).records())


def only(path: Path, **options: Any) -> DecisionRecord:
    [record] = records(path, **options)
    assert isinstance(record, DecisionRecord), record
    return record


def errors(path: Path, **options: Any) -> list[RowError]:
    [refused] = records(path, **options)
    assert isinstance(refused, list), refused
    return refused


def test_the_listing_gives_a_whole_decision(tmp_path: Path) -> None:
    record = only(listing_file(tmp_path / "a.csv", [listing_row(5)]), decided_on_from="发布日期")
    assert record.number is not None
    assert record.number.text == "示金罚决字〔2026〕5号"
    assert (record.decided_on, record.assumed_from) == (dt.date(2026, 4, 29), "发布日期")
    assert (record.fine, record.kinds, record.authority) == (Decimal(50000), ("fine",), "示例监管分局")
    assert record.missing == ()


def test_an_own_date_goes_before_the_column_that_stands_in(tmp_path: Path) -> None:
    record = only(
        listing_file(tmp_path / "a.csv", [listing_row(作出决定时间="2026年4月1日")]), decided_on_from="发布日期"
    )
    assert (record.decided_on, record.assumed_from) == (dt.date(2026, 4, 1), "")


def test_two_columns_for_one_date_must_agree(tmp_path: Path) -> None:
    same = {"作出处罚决定的日期": "2026-04-01", "作出决定时间": "2026年4月1日"}
    assert only(listing_file(tmp_path / "a.csv", [listing_row(**same)])).decided_on == dt.date(2026, 4, 1)
    other = same | {"作出决定时间": "2026年4月2日"}
    [error] = errors(listing_file(tmp_path / "b.csv", [listing_row(**other)]))
    assert (error.code, error.column) == (Reason.DATES_DIFFER, "作出决定时间")


def test_without_a_stand_in_a_missing_date_is_named(tmp_path: Path) -> None:
    assert only(listing_file(tmp_path / "a.csv", [listing_row()])).missing == (Missing.DECIDED_ON,)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"文档标题": "示例监管分局行政处罚信息公示列表"}, {Missing.NUMBER}),
        ({"当事人名称": "示例银行分行相关责任人"}, {Missing.PARTY}),
        ({"当事人名称": "/"}, {Missing.PARTY}),
        ({"主要违法违规事实": ""}, {Missing.FACTS}),
        ({"作出决定机关": "—"}, {Missing.AUTHORITY}),
        ({"行政处罚内容": "", "处罚类型": "", "罚款金额(元)": ""}, {Missing.CONTENT, Missing.KINDS}),
        ({"罚款金额(元)": "", "行政处罚内容": "对机构罚款合计5万元，对个人罚款1万元"}, {Missing.FINE}),
        ({"当事人名称": "示例监管分局"}, {Missing.PARTY}),
        ({"行政处罚内容": "2025年12月30日", "处罚类型": "其他", "罚款金额(元)": ""}, {Missing.CONTENT, Missing.KINDS}),
    ],
)
def test_what_publication_needs_and_a_row_lacks_is_named(
    tmp_path: Path, changes: dict[str, str], missing: set[Missing]
) -> None:
    path = listing_file(tmp_path / "a.csv", [listing_row(**changes)])
    assert set(only(path, decided_on_from="发布日期").missing) == missing


def test_a_listing_with_shifted_columns_is_not_taken_for_a_penalty_on_the_authority(tmp_path: Path) -> None:
    shifted = listing_row(
        当事人名称="国家金融监督管理总局示例监管分局",
        作出决定机关="",
        行政处罚内容="2025 年4月28日",
        处罚类型="其他",
        文档标题="国家金融监督管理总局示例监管分局行政处罚信息公开表（示金罚决字〔2025〕5号）",
    )
    record = only(listing_file(tmp_path / "a.csv", [shifted]), decided_on_from="发布日期")
    assert record.parties.each == ()
    assert {Missing.PARTY, Missing.CONTENT, Missing.AUTHORITY} <= set(record.missing)


def test_a_fine_only_in_words_is_read_from_the_content(tmp_path: Path) -> None:
    changes = {"罚款金额(元)": "", "行政处罚内容": "责令改正，警告并罚款十一万五千元"}
    assert only(listing_file(tmp_path / "a.csv", [listing_row(**changes)])).fine == Decimal(115_000)


def test_the_official_29_columns_are_in_ten_thousands(tmp_path: Path) -> None:
    row = official_row(7, **{"没收违法所得、没收非法财务的金额（万元）": "1.234567"})
    record = only(csv_file(tmp_path / "a.csv", [OFFICIAL_29, row]))
    assert (record.fine, record.confiscation) == (Decimal("5000.00"), Decimal("12345.67"))
    assert (record.decided_on, record.missing) == (dt.date(2026, 3, 5), ())


def test_a_unit_in_the_header_goes_before_the_layouts(tmp_path: Path) -> None:
    header = [name.replace("处罚金额（万元）", "处罚金额（元）") for name in OFFICIAL_29]
    row = official_row(**{"处罚金额（万元）": "5,000.00"})
    assert only(csv_file(tmp_path / "a.csv", [header, row])).fine == Decimal(5000)


def test_a_unit_that_contradicts_the_words_is_refused(tmp_path: Path) -> None:
    row = official_row(**{"处罚金额（万元）": "5000", "处罚内容": "罚款5000元"})
    [error] = errors(csv_file(tmp_path / "a.csv", [OFFICIAL_29, row]))
    assert (error.code, error.column, error.value) == (Reason.AMOUNT_UNIT, "处罚金额（万元）", "5000")


def test_the_official_20_columns_are_recognised(tmp_path: Path) -> None:
    values = dict.fromkeys(OFFICIAL_20, "/") | {
        "执法部门名称": "示例区综合行政执法局",
        "行政处罚决定书文号": "示综执罚决字〔2026〕第000123号",
        "案件名称": "示例便利店占道经营案",
        "被处罚对象类别": "个体工商户",
        "被处罚对象名称": "示例便利店",
        "对外公开的行政处罚决定书全文或摘要": "占道经营，警告并罚款200元",
        "作出行政处罚的日期": 46086,
        "涉案金额": "9999",
    }
    workbook, sheet = new_workbook()
    sheet.append(["填表说明"])
    sheet.append(list(values))
    sheet.append(list(values.values()))
    workbook.save(tmp_path / "twenty.xlsx")
    found = source(tmp_path / "twenty.xlsx")
    [record] = list(found.records())
    assert isinstance(record, DecisionRecord)
    assert found.layouts == ["official20"]
    assert (record.line, record.fine, record.decided_on) == (3, Decimal(200), dt.date(2026, 3, 5))
    assert [(party.name, party.kind.value) for party in record.parties.each] == [("示例便利店", "business")]
    assert record.missing == ()


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=lambda layout: layout.key)
def test_every_layout_is_recognised_by_its_own_header(tmp_path: Path, layout: Any) -> None:
    path = csv_file(tmp_path / "a.csv", [[headers[0] for headers in layout.columns.values()]])
    found = source(path)
    assert list(found.records()) == []
    assert found.layouts == [layout.key]


def test_an_unknown_header_names_the_closest_layout_and_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(UnknownHeaderError) as refusal:
        records(csv_file(tmp_path / "a.csv", [["当事人名称", "行政处罚内容", "备注"], ["甲", "罚款", ""]]))
    assert (refusal.value.closest, refusal.value.missing) == ("nfra", ("文档标题／处罚决定书文号",))
    assert "文档标题" in refusal.value.sentence


def test_a_forced_layout_is_the_only_one_tried(tmp_path: Path) -> None:
    with pytest.raises(UnknownHeaderError) as refusal:
        records(listing_file(tmp_path / "a.csv", [listing_row()]), layout="official29")
    assert "双公示" in refusal.value.sentence


def test_a_file_of_one_column_is_told_that_the_delimiter_is_unknown(tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text("当事人名称#处罚内容\n示例公司#罚款\n", encoding="utf-8")
    with pytest.raises(UnreadableError) as refusal:
        records(path)
    assert "只有一列" in refusal.value.sentence


def test_a_column_that_is_not_there_cannot_stand_in(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as refusal:
        records(listing_file(tmp_path / "a.csv", [listing_row()]), decided_on_from="公布日")
    assert "公布日" in refusal.value.sentence
    assert "发布日期" in refusal.value.sentence


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (list(LISTING), Reason.REPEATED_HEADER),
        (["合计", "", "", "", "", "", "", "50000", *[""] * 7], Reason.TOTAL_ROW),
        ([*listing_row(), "多出来的一格"], Reason.TOO_MANY_CELLS),
        (listing_row(**{"罚款金额(元)": "若干"}), Reason.AMOUNT),
        (listing_row(作出决定时间="2026-02-30"), Reason.DATE),
        (listing_row(作出决定时间="2027-01-01"), Reason.DATE_FUTURE),
        (listing_row(处罚类型="不予处罚"), Reason.NOT_A_PENALTY),
        (listing_row(行政处罚内容="#REF!"), Reason.SHEET_ERROR),
        (listing_row(当事人名称="长" * 201), Reason.TOO_LONG),
    ],
)
def test_a_row_that_cannot_be_taken_says_line_column_value_and_reason(
    tmp_path: Path, row: list[str], code: Reason
) -> None:
    path = listing_file(tmp_path / "a.csv", [listing_row(1), row, listing_row(2)])
    before, refused, after = records(path, decided_on_from="发布日期")
    assert isinstance(before, DecisionRecord)
    assert isinstance(after, DecisionRecord)
    assert isinstance(refused, list)
    assert (refused[0].line, refused[0].code) == (3, code)
    assert refused[0].sentence.endswith("。")
    assert refused[0].value


def test_every_wrong_value_of_a_row_is_told_at_once(tmp_path: Path) -> None:
    row = official_row(
        **{
            "处罚金额（万元）": "很多",
            "处罚决定日期": "去年",
            "行政相对人代码_1（统一社会信用代码）": "91650204MA7ABCDE00",
        }
    )
    found = errors(csv_file(tmp_path / "a.csv", [OFFICIAL_29, row]))
    assert {error.code for error in found} == {Reason.AMOUNT, Reason.DATE, Reason.CREDIT_CODE}
    assert {error.column for error in found} == {
        "处罚金额（万元）",
        "处罚决定日期",
        "行政相对人代码_1（统一社会信用代码）",
    }


def test_an_identity_number_is_masked_in_what_is_told(tmp_path: Path) -> None:
    row = official_row(行政相对人名称="王示例", 证件类型="身份证", 证件号码="650204199001010016")
    [error] = errors(csv_file(tmp_path / "a.csv", [OFFICIAL_29, row]))
    assert (error.code, error.value) == (Reason.IDENTITY, "6502**********0016")


def test_several_sheets_are_one_import_and_unknown_ones_are_told(tmp_path: Path) -> None:
    workbook, sheet = new_workbook()
    for name, number in (("一月", 1), ("二月", 2)):
        sheet = workbook.create_sheet(name)
        sheet.append(list(OFFICIAL_29))
        sheet.append(official_row(number))
    workbook["Sheet"].append(["这一张是说明"])
    workbook.save(tmp_path / "sheets.xlsx")
    found = source(tmp_path / "sheets.xlsx")
    assert [(record.sheet, record.line) for record in found.records() if isinstance(record, DecisionRecord)] == [
        ("一月", 2),
        ("二月", 2),
    ]
    assert any("Sheet" in note for note in found.notes)


def test_merged_cells_give_every_row_its_authority(tmp_path: Path) -> None:
    workbook, sheet = new_workbook()
    sheet.append(list(OFFICIAL_29))
    for number in (1, 2, 3):
        sheet.append(official_row(number, **({} if number == 1 else {"处罚机关": None})))
    column = OFFICIAL_29.index("处罚机关") + 1
    sheet.merge_cells(start_row=2, end_row=4, start_column=column, end_column=column)
    workbook.save(tmp_path / "merged.xlsx")
    found = records(tmp_path / "merged.xlsx")
    assert [record.authority for record in found if isinstance(record, DecisionRecord)] == ["示例区市场监督管理局"] * 3


def test_two_spellings_of_a_number_are_one_decision_and_two_parties_are_two(tmp_path: Path) -> None:
    rows = [
        official_row(1),
        official_row(1, 行政处罚决定书文号="示市监罚[2026] 第 1 号"),
        official_row(1, 行政相对人名称="另一示例有限公司"),
    ]
    first, same, other = records(csv_file(tmp_path / "a.csv", [OFFICIAL_29, *rows]))
    assert isinstance(first, DecisionRecord)
    assert isinstance(same, DecisionRecord)
    assert isinstance(other, DecisionRecord)
    assert first.key == same.key
    assert first.key != other.key


def test_under_a_list_of_numbers_other_content_is_another_decision(tmp_path: Path) -> None:
    title = "示例监管局行政处罚信息公开表（示金罚决字〔2025〕75、76号）"
    rows = [listing_row(1, 文档标题=title), listing_row(1, 文档标题=title, 主要违法违规事实="另一件事")]
    first, second = records(listing_file(tmp_path / "a.csv", rows))
    assert isinstance(first, DecisionRecord)
    assert isinstance(second, DecisionRecord)
    assert first.key != second.key


PROCEDURES: list[tuple[str, str | None]] = [
    ("", "ordinary"),
    ("/", "ordinary"),
    ("简易程序", "summary"),
    ("简 易", "summary"),
    ("当场处罚", "summary"),
    ("普通程序", "ordinary"),
    ("一般程序", "ordinary"),
    ("听证程序", "ordinary"),
    ("特别程序", None),
]


@pytest.mark.parametrize(("written", "wanted"), PROCEDURES)
def test_the_procedure_is_read_where_a_file_has_the_column(tmp_path: Path, written: str, wanted: str | None) -> None:
    head, row = [*OFFICIAL_29, "适用程序"], [*official_row(1), written]
    path = csv_file(tmp_path / "a.csv", [head, row])
    if wanted is None:
        assert [(error.column, error.code) for error in errors(path)] == [("适用程序", "procedure")]
    else:
        assert only(path).procedure == wanted
