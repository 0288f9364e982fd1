"""Review rules, leniency lists and hearing thresholds come in from files: a line an entry, or the reason why not."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from openpyxl import Workbook

from enforcement.catalogue import actions, batches
from enforcement.catalogue.forms import End
from enforcement.catalogue.models import Batch, Entry, HearingThreshold, Leniency, ReviewRule
from portal.workflow.errors import Invalid
from tests.cast import Cast
from tests.catalogue import scenes

pytestmark = pytest.mark.django_db
REVIEW = "编码,名称,哪些决定应当审核,处罚种类,对自然人（元）,对单位（元）,适用事项,依据\n"
LENIENCY = "序号,违法行为,清单,适用情形,条件,适用事项,依据\n"
HEARING = "编码,名称,对自然人（元）,对单位（元）,适用事项,依据\n"
REVIEW_ROW = "SH-1,较大数额罚款,对公民、单位处较大数额罚款的决定,罚款、责令停产停业,5000,10万元,全部,示例目录（虚构）\n"
LENIENCY_ROW = "1,首次超过保质期,不予处罚,初次违法且危害后果轻微并及时改正,货值不足五百元,4.17,示例清单（虚构）\n"
HEARING_ROW = "TZ-9,较大数额,2000,5万元,,示例标准（虚构）\n"


def take(cast: Cast, folder: Path, text: str, *, encoding: str = "utf-8", on: dt.date | None = None) -> Batch:
    path = folder / "list.csv"
    path.write_bytes(text.encode(encoding))
    return batches.take_in(
        path,
        department=cast.market,
        file_name="清单.csv",
        effective_from=on or timezone.localdate(),
        defaults={},
        now=timezone.now(),
    )[0]


def adopted(cast: Cast, batch: Batch) -> Any:
    return scenes.done(cast, batch, actions.ADOPT, batches.Adopt(reason="本部门清单（虚构）"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_each_list_becomes_entries_in_either_encoding(cast: Cast, tmp_path: Path, encoding: str) -> None:
    scenes.item_entry(cast)
    for text, target in (
        (REVIEW + REVIEW_ROW, "review"),
        (LENIENCY + LENIENCY_ROW, "leniency"),
        (HEARING + HEARING_ROW, "hearing"),
    ):
        batch = take(cast, tmp_path, text, encoding=encoding)
        assert (batch.target, len(batch.rows), batch.faults) == (target, 1, [])
        adopted(cast, batch)
    review = ReviewRule.objects.get(entry__code="SH-1")
    assert (review.penalty_kinds, review.natural, review.organisation, review.item_codes) == (
        ["fine", "suspend_business"], Decimal(5000), Decimal(100000), [],
    )  # fmt: skip
    leniency = Leniency.objects.get(entry__code="1")
    assert (leniency.list, leniency.item_codes, leniency.conditions) == ("no_penalty", ["4.17"], "货值不足五百元")
    threshold = HearingThreshold.objects.get(entry__code="TZ-9")
    assert (threshold.natural, threshold.organisation) == (Decimal(2000), Decimal(50000))


def test_a_workbook_is_read_like_the_text_file(cast: Cast, tmp_path: Path) -> None:
    scenes.item_entry(cast)
    book = Workbook()
    sheet: Any = book.active
    for line in (LENIENCY + LENIENCY_ROW).splitlines():
        sheet.append(line.split(","))
    path = tmp_path / "list.xlsx"
    book.save(path)
    target, rows, faults, unchanged = batches.read_any(path, cast.market, {})
    assert (target, len(rows), faults, unchanged) == ("leniency", 1, [], 0)


WRONG: list[tuple[str, str, str]] = [
    # the file, the column that is told, part of the reason
    (REVIEW + REVIEW_ROW.replace("罚款、责令停产停业", "罚钱"), "处罚种类", "不认识"),
    (REVIEW + REVIEW_ROW.replace("5000", "很多"), "对自然人（元）", "不是大于零的金额"),
    (REVIEW + REVIEW_ROW.replace("5000", "-1"), "对自然人（元）", "不是大于零的金额"),
    (REVIEW + "SH-2,某类,某类决定,,,,,示例\n", "处罚种类", "写明处罚种类、金额或者事项之一"),
    (REVIEW + REVIEW_ROW.replace("全部", "9.99"), "适用事项", "没有编码“9.99”"),
    (REVIEW + REVIEW_ROW + REVIEW_ROW, "编码", "与第 2 行的编码相同"),
    (LENIENCY + LENIENCY_ROW.replace("不予处罚", "放过"), "清单", "请写不予处罚"),
    (LENIENCY + LENIENCY_ROW.replace("示例清单（虚构）", ""), "依据", "没有依据"),
    (LENIENCY + LENIENCY_ROW.replace("1,首次", f"{'9' * 31},首次"), "序号", "太长"),
    (HEARING + HEARING_ROW.replace("2000", ""), "对自然人（元）", "没有写金额"),
    (HEARING + HEARING_ROW.replace("2000", "0"), "对自然人（元）", "不是大于零的金额"),
    (HEARING + HEARING_ROW.replace("2000", "99999999999999999999"), "对自然人（元）", "不是大于零的金额"),
]


@pytest.mark.parametrize(("text", "column", "reason"), WRONG)
def test_what_is_wrong_is_said_with_its_column(cast: Cast, tmp_path: Path, text: str, column: str, reason: str) -> None:
    scenes.item_entry(cast)
    batch = take(cast, tmp_path, text)
    assert [(one["column"], reason in one["reason"]) for one in batch.faults] == [(column, True)], batch.faults


def test_the_same_again_changes_nothing_another_text_is_a_version_and_the_past_is_closed(
    cast: Cast, tmp_path: Path
) -> None:
    today = timezone.localdate()
    adopted(cast, take(cast, tmp_path, HEARING + HEARING_ROW))
    later = today + dt.timedelta(days=5)
    again = take(cast, tmp_path, HEARING + HEARING_ROW, on=later)
    assert (again.rows, again.unchanged) == ([], 1)
    dearer = HEARING + HEARING_ROW.replace("2000", "3000")
    with pytest.raises(Invalid, match="不能从过去改版"):
        adopted(cast, take(cast, tmp_path, dearer, on=today - dt.timedelta(days=3)))
    adopted(cast, take(cast, tmp_path, dearer, on=later))
    versions = HearingThreshold.objects.filter(entry__code="TZ-9").order_by("version")
    assert [(one.natural, one.effective_to) for one in versions] == [
        (Decimal(2000), later - dt.timedelta(days=1)),
        (Decimal(3000), None),
    ]


def test_an_entry_that_was_ended_is_not_brought_back_by_a_file(cast: Cast, tmp_path: Path) -> None:
    adopted(cast, take(cast, tmp_path, HEARING + HEARING_ROW))
    entry = Entry.objects.get(code="TZ-9")
    scenes.done(cast, entry, actions.END, End(last_day=timezone.localdate(), reason="废止（虚构）"))
    batch = take(
        cast, tmp_path, HEARING + HEARING_ROW.replace("2000", "3000"), on=timezone.localdate() + dt.timedelta(2)
    )
    assert [one["reason"] for one in batch.faults] == ["这个编码的条目已经废止，请换一个编码。"]


def test_the_command_tells_good_and_bad_rows_file_by_file_and_writes_nothing(cast: Cast, tmp_path: Path) -> None:
    scenes.item_entry(cast)
    good, bad, other = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.csv"
    good.write_text(HEARING + HEARING_ROW, encoding="utf-8")
    bad.write_text(LENIENCY + LENIENCY_ROW.replace("不予处罚", "放过"), encoding="gb18030")
    other.write_text("条,内容\n一,某\n", encoding="utf-8")
    before = Batch.objects.count(), Entry.objects.count()
    told = io.StringIO()
    missing = tmp_path / "nowhere.csv"
    call_command("check_catalogue", str(good), str(bad), str(other), str(missing), department="SCJGJ", stdout=told)
    lines = told.getvalue().splitlines()
    assert lines[0] == "a.csv：听证标准，可以采用 1，与现行相同 0，不能采用 0 行（0 处）"
    assert lines[1] == "b.csv：减免责清单，可以采用 0，与现行相同 0，不能采用 1 行（1 处）"
    assert lines[3].startswith("c.csv：不是目录文件：")
    assert lines[4] == "nowhere.csv：没有这个文件"
    assert (Batch.objects.count(), Entry.objects.count()) == before
