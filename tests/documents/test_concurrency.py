"""Twenty issuers at once, and a worker killed in the middle of a PDF: no gap, no double, nothing lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import connection, transaction

from portal import outbox
from portal.documents import numbering, press
from portal.documents.issuing import issue
from portal.documents.models import Document, DocumentFile, Number, Series
from portal.matters.models import Matter
from portal.outbox.models import OutboxRow
from tests.cast import Cast
from tests.documents.conftest import text_of

pytestmark = [pytest.mark.concurrency]
ISSUERS = 20


def at_once(work: Callable[[int], Any], people: int = ISSUERS) -> list[Any]:
    """Run the work in as many threads, each with a connection of its own, all let go at the same moment."""
    start = threading.Barrier(people)

    def one(number: int) -> Any:
        try:
            start.wait(timeout=60)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(one, range(people)))


def test_twenty_issuers_of_one_series_make_no_gap_and_no_double(
    committed_database: str, cast: Cast, matter: Matter
) -> None:
    def work(_number: int) -> list[str]:
        return [issue("tests.letter", matter=matter, subject=None, actor=cast.head).number for _time in range(5)]

    numbers = [number for several in at_once(work) for number in several]
    year = numbering.current_year()
    assert sorted(numbers, key=lambda n: int(n.partition("〕")[2][:-1])) == [
        f"示市监罚告〔{year}〕{value}号" for value in range(1, ISSUERS * 5 + 1)
    ]
    assert Series.objects.count() == 1, "twenty first issuers made one series"
    assert numbering.missing_values(Series.objects.get()) == []


def test_issuers_that_fail_among_others_leave_no_gap(committed_database: str, cast: Cast, matter: Matter) -> None:
    def attempt(number: int) -> None:
        with transaction.atomic():
            issue("tests.letter", matter=matter, subject=None, actor=cast.head)
            if number % 3 == 0:
                raise RuntimeError("after the number")

    def work(number: int) -> bool:
        try:
            attempt(number)
        except RuntimeError:
            return False
        return True

    made = sum(at_once(work))
    assert made == ISSUERS - 7
    assert sorted(Number.objects.values_list("value", flat=True)) == list(range(1, made + 1))
    assert Document.objects.count() == made


def test_blocks_and_single_numbers_taken_at_once_do_not_overlap(
    committed_database: str, cast: Cast, matter: Matter
) -> None:
    def work(number: int) -> list[int]:
        if number % 2:
            block = numbering.reserve_block(cast.market, "罚告", 10, actor=cast.dept_admin, purpose="巡查")
            values = [reserved.value for reserved in block]
            assert values == list(range(values[0], values[0] + 10)), "a block is in one piece"
            return values
        document = issue("tests.letter", matter=matter, subject=None, actor=cast.head)
        assert document.number_row is not None
        return [document.number_row.value]

    values = [value for several in at_once(work) for value in several]
    assert sorted(values) == list(range(1, 10 * 10 + 10 + 1))


def test_several_workers_at_once_print_every_document_once(committed_database: str, cast: Cast, matter: Matter) -> None:
    documents = [issue("tests.letter", matter=matter, subject=None, actor=cast.head) for _time in range(6)]
    made = at_once(lambda _number: press.render_pending() + 0 * outbox.drain(), people=3)
    assert sum(made) <= len(documents)
    assert DocumentFile.objects.count() == len(documents)
    assert set(Document.objects.values_list("state", "attempts")) == {("ready", 1)}


WORKER = """
import django, sys
django.setup()
import tests.documents.kinds
from portal import outbox
from portal.documents import press
print("begun", flush=True)
outbox.drain() if sys.argv[1] == "outbox" else press.render_pending()
"""


def address() -> str:
    """The test's database as a postgresql:// address, with the same role."""
    given = connection.settings_dict
    query = urlencode(
        {"host": given["HOST"], **{key: value for key, value in given["OPTIONS"].items() if key == "options"}},
        quote_via=quote,
    )
    port = f":{given['PORT']}" if given["PORT"] else ""
    return f"postgresql://{quote(given['USER'])}:{quote(given['PASSWORD'])}@localhost{port}/{given['NAME']}?{query}"


@pytest.mark.parametrize("way", ["outbox", "beat"])
def test_a_worker_killed_in_the_middle_of_a_pdf_loses_nothing_and_makes_nothing_twice(
    committed_database: str, cast: Cast, matter: Matter, way: str
) -> None:
    facts = "\n".join(f"第{number}项事实：当事人销售了超过保质期的食品。" * 3 for number in range(1500))
    document = issue("tests.letter", matter=matter, subject=None, actor=cast.head, extra={"facts": facts})
    environment = {**os.environ, "PORTAL_DATABASE_URL": address()}
    environment.pop("PORTAL_DATABASE_URL_FILE", None)
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, way],
        cwd=Path(__file__).resolve().parents[2],
        env=environment,
        stdout=subprocess.PIPE,
    ) as worker:
        deadline = time.monotonic() + 60
        while press.progress(document).stage != "printing":
            assert worker.poll() is None, "the worker was done before it could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.01)
        time.sleep(0.3)  # well into the layout
        assert press.progress(document).stage == "printing"
        os.kill(worker.pid, signal.SIGKILL)
        assert worker.wait(timeout=30) == -signal.SIGKILL

    deadline = time.monotonic() + 30
    while press.progress(document).stage == "printing":
        assert time.monotonic() < deadline, "the database gives the claim back when the worker is gone"
        time.sleep(0.05)
    document.refresh_from_db()
    assert document.state == Document.State.PENDING
    assert not DocumentFile.objects.exists()
    assert OutboxRow.objects.filter(topic="documents.render", done_at=None).count() == 1

    Document.objects.filter(pk=document.pk).update(due_at=document.issued_at)
    assert press.render_pending() == 1
    assert outbox.drain() >= 1
    assert press.render_pending() == 0
    document.refresh_from_db()
    assert document.state == Document.State.READY
    assert DocumentFile.objects.count() == 1
    assert Number.objects.count() == 1
    assert "第1499项事实" in text_of(press.stored_pdf(document))
