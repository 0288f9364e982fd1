"""The CSV of all published rows against COPY TO of the same columns, and how memory grows (PUBLIC_ROWS)."""

from __future__ import annotations

import resource
import time
from typing import Any

from django.db import connection

from benchmarks._decisions import TABLE, fill, owner
from benchmarks.public_search import rows_wanted
from disclosure.public.columns import SOURCES
from disclosure.public.downloads import write_csv
from disclosure.public.searching import Search
from disclosure.public.streaming import Stream


def run() -> dict[str, Any]:
    """Rows a second of both, and the peak of memory after a tenth of the file and at its end."""
    rows = rows_wanted()
    fill(rows)
    connection.cursor().execute("SET jit = off")
    begun = time.perf_counter()
    copied = 0
    with owner() as link, link.cursor() as cursor:
        with cursor.copy(f"COPY (SELECT {', '.join(SOURCES)} FROM {TABLE}) TO STDOUT (FORMAT csv)") as copy:  # noqa: S608 - names of our own
            for piece in copy:
                copied += len(piece)
        copy_seconds = time.perf_counter() - begun
    begun = time.perf_counter()
    sent, pieces, early = 0, 0, 0
    for piece in write_csv(iter(Stream(Search())), "http://localhost/decisions/{}/"):
        sent, pieces = sent + len(piece), pieces + 1
        if pieces * 2_000 <= rows // 10:
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = time.perf_counter() - begun
    late = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "rows": rows,
        "megabytes": round(sent / 1e6, 1),
        "rows_a_second": round(rows / seconds),
        "copy_rows_a_second": round(rows / copy_seconds),
        "vs_copy": round(copy_seconds / seconds, 3),
        "peak_mb_after_a_tenth": round(early / 1024, 1),
        "peak_mb_at_the_end": round(late / 1024, 1),
    }
