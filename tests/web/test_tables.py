"""Lists page by key: every row once, in both directions, whatever the sorting, also while rows come in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.matters.models import Matter
from portal.web.exporting import safe_cell
from portal.web.paging import Cursor, Order, page_of
from tests.cast import Cast

NOW = dt.datetime(2026, 11, 24, 2, tzinfo=dt.UTC)
SIZE = 5


@pytest.fixture
def many(cast: Cast) -> list[int]:
    """23 matters; opened in groups of three at one moment, every fourth closed."""
    made = [
        Matter(
            department=cast.market,
            kind="case",
            title=f"示例 {number:02d}",
            opened_at=NOW + dt.timedelta(hours=number // 3),
            closed_at=NOW + dt.timedelta(days=number % 5) if number % 4 == 0 else None,
        )
        for number in range(23)
    ]
    return [row.pk for row in Matter.objects.bulk_create(made)]


def walk(order: Order) -> list[list[int]]:
    pages, cursor = [], None
    while True:
        found = page_of(Matter.objects.all(), order, cursor, SIZE)
        pages.append([row.pk for row in found.rows])
        if not found.older:
            return pages
        cursor = Cursor.read(found.older, order)
        assert cursor is not None


def walk_back(order: Order) -> list[list[int]]:
    found = page_of(Matter.objects.all(), order, None, SIZE)
    while found.older:
        found = page_of(Matter.objects.all(), order, Cursor.read(found.older, order), SIZE)
    pages = [[row.pk for row in found.rows]]
    while found.newer:
        found = page_of(Matter.objects.all(), order, Cursor.read(found.newer, order), SIZE)
        pages.insert(0, [row.pk for row in found.rows])
    return pages


ORDERS = ["opened_at", "-opened_at", "closed_at", "-closed_at", "title", "-pk"]


@pytest.mark.parametrize("text", ORDERS)
def test_every_row_is_on_exactly_one_page(many: list[int], text: str) -> None:
    pages = walk(Order.read(text))
    assert sorted(key for page in pages for key in page) == sorted(many)
    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]


@pytest.mark.parametrize("text", ORDERS)
def test_the_way_back_shows_the_same_rows_in_the_same_order(many: list[int], text: str) -> None:
    forth = [key for page in walk(Order.read(text)) for key in page]
    back = [key for page in walk_back(Order.read(text)) for key in page]
    assert back == forth
    assert len(many) == len(forth)


@pytest.mark.parametrize("text", ["closed_at", "-closed_at"])
def test_rows_without_a_value_come_last_either_way(many: list[int], text: str) -> None:
    keys = [key for page in walk(Order.read(text)) for key in page]
    empty = [Matter.objects.get(pk=key).closed_at is None for key in keys]
    assert empty == sorted(empty)
    assert len(many) == len(keys)


def test_a_row_that_comes_in_meanwhile_shifts_nothing(cast: Cast, many: list[int]) -> None:
    order = Order.read("-opened_at")
    first = page_of(Matter.objects.all(), order, None, SIZE)
    Matter.objects.create(department=cast.market, kind="case", title="新来的", opened_at=NOW + dt.timedelta(days=9))
    second = page_of(Matter.objects.all(), order, Cursor.read(first.older, order), SIZE)
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}
    assert len(many) == 23


def test_a_page_neither_counts_nor_skips(many: list[int]) -> None:
    order = Order.read("-opened_at")
    first = page_of(Matter.objects.all(), order, None, SIZE)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page_of(Matter.objects.all(), order, Cursor.read(first.older, order), SIZE)
    assert len(asked) == 1
    statement = asked[0]["sql"].upper()
    assert "COUNT(" not in statement
    assert "OFFSET" not in statement
    assert len(many) == 23


@pytest.mark.parametrize("broken", ["", "x", "eyJhIjoxfQ:1abc:def", "0"])
def test_a_broken_cursor_is_no_cursor(broken: str) -> None:
    assert Cursor.read(broken, Order.read("-opened_at")) is None


def test_a_cursor_of_another_sorting_is_no_cursor() -> None:
    written = Cursor("-opened_at", "2026-11-24T00:00:00+00:00", 7).write()
    assert Cursor.read(written, Order.read("title")) is None
    assert Cursor.read(written, Order.read("-opened_at")) is not None


@pytest.mark.parametrize(
    ("value", "safe"),
    [("=1+1", "'=1+1"), ("-3", "'-3"), ("＝1", "'＝1"), (" =1", "' =1"), ("示例", "示例"), (None, ""), (5, 5)],
)
def test_a_file_for_spreadsheets_carries_no_formula(value: Any, safe: Any) -> None:
    assert safe_cell(value) == safe


def test_the_search_page_finds_by_title_and_number_within_what_is_visible(
    cast: Cast, sign_in: Any, many: list[int]
) -> None:
    Matter.objects.create(department=cast.city, kind="case", title="示例 01 别人的")
    page = sign_in(cast.officer).get("/desk/search/", {"q": "示例 01"}).content.decode()
    assert "示例 01" in page
    assert "别人的" not in page
    assert "别人的" in sign_in(cast.supervisor).get("/desk/search/", {"q": "别人的"}).content.decode()
    short = sign_in(cast.officer).get("/desk/search/", {"q": "示"}).content.decode()
    assert "请至少输入两个字" in short
    assert len(many) == 23


def test_a_lost_place_in_a_list_is_said_and_the_first_page_shown(cast: Cast, sign_in: Any, many: list[int]) -> None:
    page = sign_in(cast.officer).get("/desk/search/", {"q": "示例", "at": "tampered"}).content.decode()
    assert "已回到第一页" in page
    assert "示例 22" in page
    assert len(many) == 23


def test_every_page_of_a_list_asks_the_same_number_of_questions(cast: Cast, sign_in: Any) -> None:
    browser = sign_in(cast.officer)

    def questions(rows: int) -> int:
        Matter.objects.all().delete()
        Matter.objects.bulk_create(
            Matter(department=cast.market, kind="case", title=f"示例 {number}", opened_at=NOW) for number in range(rows)
        )
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/desk/search/", {"q": "示例"}).status_code == 200
        return len(asked)

    assert questions(5) == questions(50) <= 8
