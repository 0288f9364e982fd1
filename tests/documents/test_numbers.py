"""Number series: per department, code and year; voided numbers stay; blocks are reserved; papers came first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction

from portal.documents import numbering
from portal.documents.issuing import IssuingError, issue, void_document
from portal.documents.models import Document, Number, Series
from portal.documents.numbering import NumberingError
from portal.matters.models import Matter
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_numbers_run_from_one_without_leading_zeros(letter: Callable[..., Document], cast: Cast) -> None:
    year = numbering.current_year()
    assert [letter().number for _time in range(3)] == [f"示市监罚告〔{year}〕{value}号" for value in (1, 2, 3)]


def test_each_department_and_code_counts_for_itself(
    cast: Cast, matter: Matter, letter: Callable[..., Document]
) -> None:
    foreign = Matter.objects.create(kind="tests", department=cast.city, title="别的部门的案件")
    letter()
    other = issue("tests.letter", matter=foreign, subject=None, actor=cast.foreign_head)
    assert other.number.startswith("示城管罚告")
    assert other.number.endswith("〕1号")
    assert letter("tests.government").number.startswith("示政决〔")


@pytest.mark.parametrize(
    ("moment", "year"),
    [
        ("2026-12-31T15:59:59+00:00", 2026),  # 23:59:59 in Shanghai
        ("2026-12-31T16:00:00+00:00", 2027),  # midnight in Shanghai, still last year in Greenwich
    ],
)
def test_a_new_year_begins_with_one_at_midnight_in_shanghai(
    letter: Callable[..., Document], moment: str, year: int
) -> None:
    with time_machine.travel("2026-12-01T08:00:00+08:00", tick=False):
        assert letter().number.endswith("〔2026〕1号")
    with time_machine.travel(moment, tick=False):
        assert letter().number.endswith("〔2026〕2号" if year == 2026 else "〔2027〕1号")


def test_a_paper_dated_last_year_is_numbered_in_last_year(cast: Cast, matter: Matter) -> None:
    with time_machine.travel("2027-01-04T10:00:00+08:00", tick=False):
        document = issue("tests.letter", matter=matter, subject=None, actor=cast.head, on=dt.date(2026, 12, 31))
        assert "〔2026〕" in document.number
        with pytest.raises(IssuingError, match="2027-01-05"):
            issue("tests.letter", matter=matter, subject=None, actor=cast.head, on=dt.date(2027, 1, 5))


def test_an_attempt_that_is_rolled_back_leaves_no_gap(letter: Callable[..., Document]) -> None:
    first = letter()

    def attempt() -> None:
        with transaction.atomic():
            letter()
            raise RuntimeError("after the number")

    with pytest.raises(RuntimeError, match="after the number"):
        attempt()
    second = letter()
    assert first.number.endswith("〕1号")
    assert second.number.endswith("〕2号")
    assert numbering.missing_values(Series.objects.get()) == []


def test_a_voided_document_keeps_its_number_and_nobody_gets_it_again(
    letter: Callable[..., Document], cast: Cast
) -> None:
    document = letter()
    void_document(document, actor=cast.head, reason="当事人名称写错")
    number = Number.objects.get(text=document.number)
    assert number.state == Number.State.VOID
    assert number.void_reason == "当事人名称写错"
    assert letter().number.endswith("〕2号")
    event = document.matter.events.get(name="documents.void")
    assert document.number in event.canonical
    assert "当事人名称写错" not in event.canonical, "people's free text stays out of the ledger"


def test_a_document_is_voided_once_and_with_a_reason(letter: Callable[..., Document], cast: Cast) -> None:
    document = letter()
    with pytest.raises(IssuingError, match="理由"):
        void_document(document, actor=cast.head, reason="  ")
    void_document(document, actor=cast.head, reason="写错")
    with pytest.raises(IssuingError, match="已经作废"):
        void_document(document, actor=cast.head, reason="再次")


def test_a_series_begun_on_paper_starts_above_one(letter: Callable[..., Document], cast: Cast) -> None:
    series = numbering.start_series_at(cast.market, "罚告", 38, actor=cast.dept_admin, reason="前37号在纸质登记簿上")
    assert letter().number.endswith("〕38号")
    series.refresh_from_db()
    assert series.first_value == 38
    assert numbering.missing_values(series) == []
    with pytest.raises(NumberingError, match="不能再改"):
        numbering.start_series_at(cast.market, "罚告", 50, actor=cast.dept_admin, reason="再改一次")


@pytest.mark.parametrize(("first", "reason"), [(0, "理由"), (5, " ")])
def test_a_first_number_needs_a_value_and_a_reason(cast: Cast, first: int, reason: str) -> None:
    with pytest.raises(NumberingError):
        numbering.start_series_at(cast.market, "罚告", first, actor=cast.dept_admin, reason=reason)
    assert not Series.objects.exists()


def test_a_reserved_block_is_used_number_by_number_and_the_rest_is_voided(
    letter: Callable[..., Document], cast: Cast, matter: Matter
) -> None:
    block = numbering.reserve_block(cast.market, "罚告", 3, actor=cast.dept_admin, purpose="乡镇巡查")
    year = numbering.current_year()
    assert [number.value for number in block] == [1, 2, 3]
    assert letter().number == f"示市监罚告〔{year}〕4号", "work with network goes on behind the block"
    document = issue("tests.letter", matter=matter, subject=None, actor=cast.officer, reserved=block[1])
    assert document.number == f"示市监罚告〔{year}〕2号"
    with pytest.raises(NumberingError, match="不是预留号"):
        issue("tests.letter", matter=matter, subject=None, actor=cast.officer, reserved=block[1])
    numbering.void_number(block[0], actor=cast.dept_admin, reason="空白文书被雨淋湿")
    with pytest.raises(NumberingError, match="不是预留号：作废"):
        issue("tests.letter", matter=matter, subject=None, actor=cast.officer, reserved=block[0])
    states = list(Number.objects.order_by("value").values_list("value", "state"))
    assert states == [(1, "void"), (2, "used"), (3, "reserved"), (4, "used")]


def test_a_reserved_number_serves_its_own_series_only(cast: Cast, matter: Matter) -> None:
    foreign = numbering.reserve_block(cast.city, "罚告", 1, actor=cast.foreign_head, purpose="巡查")[0]
    other_code = numbering.reserve_block(cast.market, "罚", 1, actor=cast.dept_admin, purpose="巡查")[0]
    last_year = numbering.reserve_block(
        cast.market, "罚告", 1, actor=cast.dept_admin, purpose="巡查", year=numbering.current_year() - 1
    )[0]
    for number in (foreign, other_code, last_year):
        with pytest.raises(NumberingError, match="不属于"):
            issue("tests.letter", matter=matter, subject=None, actor=cast.head, reserved=number)
    with pytest.raises(IssuingError, match="没有文号"):
        issue("tests.receipt", matter=matter, subject=None, actor=cast.head, reserved=other_code)


@pytest.mark.parametrize("count", [0, 201])
def test_a_block_has_a_sensible_size(cast: Cast, count: int) -> None:
    with pytest.raises(NumberingError, match="200"):
        numbering.reserve_block(cast.market, "罚告", count, actor=cast.dept_admin, purpose="巡查")


def test_a_used_number_is_voided_with_its_document_not_alone(letter: Callable[..., Document], cast: Cast) -> None:
    document = letter()
    assert document.number_row is not None
    with pytest.raises(NumberingError, match="应当作废该文书"):
        numbering.void_number(document.number_row, actor=cast.head, reason="写错")


def test_a_department_without_a_prefix_is_told_to_get_one(cast: Cast, letter: Callable[..., Document]) -> None:
    cast.market.document_prefix = ""
    cast.market.save()
    with pytest.raises(NumberingError, match="机关代字"):
        letter()


def _delete(document: Document) -> Any:
    return document.delete()


CHANGES: dict[str, Callable[[Document], Any]] = {
    "the frozen text": lambda d: Document.objects.filter(pk=d.pk).update(frozen="{}"),
    "the number on the document": lambda d: Document.objects.filter(pk=d.pk).update(number="示市监罚告〔2026〕99号"),
    "the code": lambda d: Document.objects.filter(pk=d.pk).update(code="222222222222"),
    "deleting the document": _delete,
    "the number": lambda d: Number.objects.update(text="别的号"),
    "deleting the number": lambda d: Number.objects.all()._raw_delete("default"),
    "setting the series back": lambda d: Series.objects.update(next_value=1),
    "moving the first value": lambda d: Series.objects.update(first_value=2, next_value=2),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_what_was_issued(letter: Callable[..., Document], change: str) -> None:
    document = letter()
    with pytest.raises(DatabaseError), transaction.atomic():
        CHANGES[change](document)
