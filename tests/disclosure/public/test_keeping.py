"""Pages kept in memory: answered with one question to the database, emptied by one change, never for a made-up host."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from disclosure.public.caching import State
from disclosure.public.keeping import Kept, Shelf, shelf
from disclosure.public.models import Generation
from disclosure.public.publishing import withdraw

NOW = State(7, dt.datetime(2026, 11, 24, tzinfo=dt.UTC))
TODAY = dt.date(2026, 11, 24)


def kept(size: int) -> Kept:
    """An answer of so many bytes."""
    return Kept({"ETag": '"x"'}, b"x" * size)


def test_the_shelf_holds_no_more_bytes_than_it_may_and_drops_what_was_unasked_longest() -> None:
    held = Shelf(most=100)
    for name in ("a", "b"):
        held.put((name,), kept(40), (NOW, TODAY))
    assert held.get(("a",), (NOW, TODAY))
    held.put(("c",), kept(40), (NOW, TODAY))
    assert [bool(held.get((name,), (NOW, TODAY))) for name in "abc"] == [True, False, True]
    assert held.bytes == 80
    held.put(("c",), kept(10), (NOW, TODAY))
    assert held.bytes == 50


@pytest.mark.parametrize(
    "later",
    [
        (State(8, NOW.raised_at), TODAY),
        (State(7, NOW.raised_at + dt.timedelta(seconds=1)), TODAY),  # a restored backup counts the same numbers again
        (NOW, TODAY + dt.timedelta(days=1)),  # a display period ends with the day
    ],
)
def test_a_change_a_restored_backup_and_a_new_day_empty_the_shelf(later: tuple[State, dt.date]) -> None:
    held = Shelf()
    held.put(("a",), kept(40), (NOW, TODAY))
    assert held.get(("a",), later) is None
    held.put(("b",), kept(10), later)
    assert held.get(("a",), (NOW, TODAY)) is None
    assert held.bytes == 10


def test_a_kept_page_is_the_page_it_was_headers_and_all(
    visitor: Client, published: Callable[..., Any], django_assert_num_queries: Any
) -> None:
    published()
    first = visitor.get("/decisions/")
    with django_assert_num_queries(1):
        again = visitor.get("/decisions/")
    assert again.content == first.content
    assert dict(again.headers) == dict(first.headers)
    assert {"Content-Security-Policy", "ETag", "X-Frame-Options", "Content-Language"} <= set(again.headers)


def test_language_and_display_have_pages_of_their_own(visitor: Client, published: Callable[..., Any]) -> None:
    published()
    plain = visitor.get("/decisions/").content
    visitor.cookies["language"] = "en"
    assert b'lang="en"' in visitor.get("/decisions/").content
    visitor.cookies["language"] = "xx"
    assert visitor.get("/decisions/").content == plain
    visitor.cookies["easy"] = "1"
    assert b" easy" in visitor.get("/decisions/").content


def test_a_host_that_is_not_ours_is_refused_also_after_a_page_was_kept(visitor: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    assert visitor.get("/about/").status_code == 200
    assert visitor.get("/about/", headers={"host": "elsewhere.example"}).status_code == 400
    assert visitor.get("/about/", headers={"host": "elsewhere.example"}).status_code == 400


def test_neither_a_missing_nor_a_withdrawn_page_is_kept(visitor: Client, published: Callable[..., Any]) -> None:
    row = published()
    withdraw(row.key, "撤销。", timezone.localdate())
    shelf.clear()
    assert visitor.get(f"/decisions/{row.key}/").status_code == 410
    assert visitor.get("/no-such-page/").status_code == 404
    assert shelf.bytes == 0


def test_what_changes_behind_a_kept_page_is_seen_although_the_number_stayed(
    visitor: Client, published: Callable[..., Any]
) -> None:
    published(title="备份之前的案名")
    assert "备份之前的案名" in visitor.get("/decisions/").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE publiczone_publisheddecision SET title = '备份里的案名'")
    Generation.objects.update(raised_at=timezone.now() + dt.timedelta(minutes=1))
    assert "备份里的案名" in visitor.get("/decisions/").content.decode()
