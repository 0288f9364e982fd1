"""A search as a file: the rows of the list and nothing else, no formula, little memory, no text that was withdrawn."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import tracemalloc
import uuid
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client

from disclosure.public import streaming
from disclosure.public.columns import COLUMNS
from disclosure.public.publishing import withdraw
from disclosure.public.searching import Search
from disclosure.public.sheets import workbook
from disclosure.public.streaming import AT_ONCE, Stream
from portal.theme.formats import not_a_formula
from tests.disclosure.public.invented import HOST

Publish = Callable[..., Any]
TODAY = dt.date(2026, 11, 24)


def body(visitor: Client, address: str) -> bytes:
    """Everything that is sent."""
    answer: Any = visitor.get(address)
    assert answer.status_code == 200
    sent: bytes = answer.getvalue()
    return sent


def leave(answer: Any) -> None:
    """Close the answer as a server does when the visitor goes; the test keeps its connection."""
    request_finished.disconnect(close_old_connections)
    try:
        answer.close()
    finally:
        request_finished.connect(close_old_connections)


def lines(visitor: Client, query: str = "") -> list[dict[str, Any]]:
    """The objects of the JSON Lines."""
    return [json.loads(line) for line in body(visitor, f"/decisions.jsonl{query}").splitlines()]


def table(visitor: Client, query: str = "") -> list[list[str]]:
    """The rows of the CSV, head first."""
    return list(csv.reader(io.StringIO(body(visitor, f"/decisions.csv{query}").decode("utf-8-sig"))))


def sheet(visitor: Client, query: str = "") -> list[tuple[Any, ...]]:
    """The rows of the XLSX, as a spreadsheet reads them."""
    book = openpyxl.load_workbook(io.BytesIO(body(visitor, f"/decisions.xlsx{query}")), read_only=True)
    return [tuple(cell or "" for cell in row) for row in book.worksheets[0].iter_rows(values_only=True)]


def test_the_three_files_say_the_same_in_the_order_of_the_list(visitor: Client, published: Publish) -> None:
    for number, fine in enumerate((300, 8000, 5), start=1):
        published(
            number=f"白市监处罚〔2026〕{number}号", fine=Decimal(fine), title=f"第{number}份 “引号”, 逗号\n换行案"
        )
    published(number="白城管罚〔2026〕9号", department_code="CGJ", fine=Decimal(9))
    query = "?department=SCJGJ&sort=fine"
    objects, rows = lines(visitor, query), table(visitor, query)
    assert [line["fine"] for line in objects] == ["8000.00", "300.00", "5.00"]
    assert [tuple(row) for row in rows] == sheet(visitor, query)
    assert rows[0] == [*(str(column.label) for column in COLUMNS), "网址"]
    assert [row[1] for row in rows[1:]] == [line["number"] for line in objects]
    assert rows[1][2] == "第2份 “引号”, 逗号\n换行案"
    assert objects[0]["url"] == f"{HOST}/decisions/{objects[0]['key']}/"
    assert objects[0]["penalty_kinds"] == ["警告", "罚款"]
    assert (objects[0]["decided_on"], objects[0]["served_on"], objects[0]["late"]) == ("2026-11-16", None, False)
    assert objects[0]["published_at"] == "2026-11-20T10:00:00+08:00"


def test_a_file_has_the_hits_of_its_search_beyond_a_page_and_beyond_a_batch(
    visitor: Client, published: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "BATCH", 10)
    wanted = {str(published(number=f"白市监处罚〔2026〕{n}号", title="占道经营案").key) for n in range(35)}
    published(title="别的案")
    assert {line["key"] for line in lines(visitor, "?q=占道经营")} == wanted
    assert len(table(visitor)) == 1 + 36


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@SUM(A1)", "\t=1", " =1", "＝1+1", "＠x", "\r=1"])
def test_no_text_becomes_a_formula(visitor: Client, published: Publish, text: str) -> None:
    published(title=text, party_name="a'=1")
    assert not_a_formula(text) == f"'{text}"
    title = [str(column.name) for column in COLUMNS].index("title")
    assert table(visitor)[1][title] == f"'{text}"
    [line] = lines(visitor)
    assert line["title"] == text
    book = openpyxl.load_workbook(io.BytesIO(body(visitor, "/decisions.xlsx")))
    cell = book.worksheets[0].cell(2, title + 1)
    assert cell.data_type in {"s", "inlineStr"}


def test_what_xml_cannot_say_does_not_break_the_workbook(visitor: Client, published: Publish) -> None:
    published(facts="\x01\x0b<&>\ufffe" + "长" * 40_000)
    assert sheet(visitor)[1][13].startswith("<&>长")
    [line] = lines(visitor)
    assert line["facts"].endswith("长")


def test_a_workbook_of_many_rows_goes_on_on_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("disclosure.public.sheets.MOST_ROWS", 10)
    pieces = workbook(["数"], iter([[[str(n)] for n in range(at, at + 4)] for at in range(0, 24, 4)]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(pieces)))
    assert [[row[0].value for row in page.iter_rows(min_row=2)] for page in book.worksheets] == [
        [str(n) for n in range(10)], [str(n) for n in range(10, 20)], [str(n) for n in range(20, 24)],
    ]  # fmt: skip
    assert zipfile.ZipFile(io.BytesIO(b"".join(workbook(["数"], iter([]))))).testzip() is None


def test_a_text_withdrawn_while_a_download_runs_is_not_in_the_rest_of_it(
    published: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "BATCH", 2)
    keys = [
        published(number=f"第{n}号", published_at=dt.datetime(2026, 11, 20 - n, tzinfo=dt.UTC)).key for n in range(6)
    ]
    batches = iter(Stream(Search()))
    first = [row[0] for row in next(batches)]
    withdraw(keys[3], "撤销。", TODAY)
    rest = [row[0] for batch in batches for row in batch]
    assert (first, rest) == (keys[:2], [keys[2], keys[4], keys[5]])


def test_a_place_is_given_back_also_when_the_visitor_leaves_or_never_reads(visitor: Client, published: Publish) -> None:
    published()
    held = [Stream(Search()) for _turn in range(AT_ONCE)]
    busy: Any = visitor.get("/decisions.csv")
    assert (busy.status_code, busy["Retry-After"]) == (503, "60")
    assert "正在下载的人太多" in busy.content.decode()
    for stream in held:
        stream.close()
        stream.close()
    for _turn in range(AT_ONCE + 1):
        unread: Any = visitor.get("/decisions.csv")
        assert unread.status_code == 200
        leave(unread)
    for _turn in range(AT_ONCE + 1):
        begun = iter(Stream(Search()))
        assert len(next(begun)) == 1
        begun.close()
    assert len(table(visitor)) == 2


def test_a_download_takes_little_memory_however_many_rows_there_are(
    published: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    from disclosure.public.downloads import write_csv

    row = tuple(
        {"key": uuid.uuid4(), "decided_on": TODAY, "published_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}.get(
            column.source, {"strings": [], "decimal": Decimal(1), "date": None, "boolean": False}.get(column.kind, "字")
        )
        for column in COLUMNS
    )

    def peak(batches: int) -> int:
        def made() -> Iterator[list[tuple[Any, ...]]]:
            for _turn in range(batches):
                yield [row] * 200

        tracemalloc.start()
        for _piece in write_csv(made(), "https://x/{}/"):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(2)
    assert peak(40) < peak(4) * 1.5


def test_the_list_offers_its_own_search_as_a_file_and_so_many_a_minute(visitor: Client, published: Publish) -> None:
    published()
    page = visitor.get("/decisions/?q=查验&department=SCJGJ").content.decode()
    for form in ("csv", "xlsx", "jsonl"):
        assert f'href="/decisions.{form}?q=%E6%9F%A5%E9%AA%8C&amp;department=SCJGJ"' in page
        assert f"Disallow: /decisions.{form}" in visitor.get("/robots.txt").content.decode()
    statuses = []
    for _turn in range(25):
        answer: Any = visitor.get("/decisions.csv")
        statuses.append(answer.status_code)
        leave(answer)
    assert statuses == [200] * 20 + [429] * 5
