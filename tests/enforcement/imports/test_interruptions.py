"""Killed half-way, run twice at once, fed with twenty times the rows: nothing lost, nothing twice, memory flat."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from enforcement.imports.models import ImportedRow, ImportRun
from enforcement.imports.service import carry_out, import_decisions
from enforcement.models import Case
from tests.cast import Cast
from tests.enforcement.imports.files import listing_file, listing_row

pytestmark = [pytest.mark.concurrency]
FROM = "发布日期"


def command(database: str, path: Path) -> subprocess.Popen[bytes]:
    """The management command in a process of its own, on the test's database."""
    given = settings.DATABASES["default"]
    address = f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{database}"
    environment = os.environ | {"PORTAL_DATABASE_URL": address}
    return subprocess.Popen(
        [sys.executable, "manage.py", "import_decisions", str(path), "--department=SCJGJ", f"--decided-on-from={FROM}"],
        env=environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def wait_for_rows(process: subprocess.Popen[bytes], least: int) -> None:
    deadline = time.monotonic() + 120
    while ImportedRow.objects.count() < least:
        assert process.poll() is None, process.communicate()[0].decode()
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_killed_import_is_whole_up_to_its_last_batch_and_the_next_run_completes_it(
    committed_database: str, cast: Cast, tmp_path: Path
) -> None:
    path = listing_file(tmp_path / "a.csv", [listing_row(number) for number in range(1, 3001)])
    process = command(committed_database, path)
    wait_for_rows(process, 500)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=60)
    connection.close()
    killed = ImportRun.objects.get()
    kept = Case.objects.count()
    assert 500 <= kept < 3000
    assert kept % 500 == 0
    assert (killed.rows, killed.created, ImportedRow.objects.filter(case=None).count()) == (kept, kept, 0)
    again = import_decisions(path, department=cast.market, decided_on_from=FROM)
    assert (again.rows, again.created, again.duplicate) == (3000, 3000 - kept, kept)
    assert Case.objects.count() == 3000


def test_a_killed_run_that_is_resumed_counts_its_own_rows_once(
    committed_database: str, cast: Cast, tmp_path: Path
) -> None:
    path = listing_file(tmp_path / "a.csv", [listing_row(number) for number in range(1, 1601)])
    process = command(committed_database, path)
    wait_for_rows(process, 500)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=60)
    connection.close()
    result = carry_out(ImportRun.objects.get(), path)
    assert (result.rows, result.created, result.duplicate) == (1600, 1600, 0)
    assert Case.objects.count() == 1600


def test_two_runs_at_once_create_every_decision_once(committed_database: str, cast: Cast, tmp_path: Path) -> None:
    rows = [listing_row(number) for number in range(1, 1201)]
    paths = [listing_file(tmp_path / "a.csv", rows), listing_file(tmp_path / "b.csv", rows[::-1])]
    start = threading.Barrier(2)
    results = {}

    def run(number: int) -> None:
        try:
            start.wait(timeout=60)
            results[number] = import_decisions(paths[number], department=cast.market, decided_on_from=FROM)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=300)
    assert len(results) == 2
    assert sum(result.created for result in results.values()) == 1200 == Case.objects.count()
    assert sum(result.duplicate for result in results.values()) == 1200
    assert ImportedRow.objects.filter(case=None).count() == 0


MEASURE = """
import resource, sys, django
django.setup()
from pathlib import Path
from enforcement.imports.sources import Source
import datetime as dt
rows = sum(1 for _record in Source(Path(sys.argv[1]), dt.date(2026, 11, 24)).records())
print(rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(path: Path) -> tuple[int, int]:
    """Rows read and peak resident memory in KiB, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True, cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings"},
    )  # fmt: skip
    rows, size = done.stdout.split()
    return int(rows), int(size)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, kind: str) -> None:
    from openpyxl import Workbook

    from tests.enforcement.imports.files import LISTING

    peaks = []
    for times in (1, 20):
        rows = [
            listing_row(number, 主要违法违规事实=f"编造虚假资料之{number}" * 10)
            for number in range(1, 1000 * times + 1)
        ]
        path = tmp_path / f"{times}.{kind}"
        if kind == "csv":
            listing_file(path, rows)
        else:
            workbook = Workbook(write_only=True)
            sheet = workbook.create_sheet()
            for row in (LISTING, *rows):
                sheet.append(row)
            workbook.save(path)
        read, size = peak(path)
        assert read == 1000 * times
        peaks.append(size)
    assert peaks[1] < peaks[0] * 1.1
