"""The 50,000th page of the public list against the first, counts of the filters included (PUBLIC_ROWS, default 1,000,000)."""

from __future__ import annotations

import statistics
import time
from typing import Any, Final

from django.db import connection

from benchmarks._decisions import fill
from benchmarks.public_search import rows_wanted
from disclosure.public.cursors import Cursor
from disclosure.public.listing import PAGE, list_page
from disclosure.public.searching import Search, Sort, visible

REPEATS: Final = 15
DEEP: Final = 50_000


def run() -> dict[str, Any]:
    """The median times of both pages, taken in turn, and their ratio; fewer rows have fewer pages."""
    rows = rows_wanted()
    fill(rows)
    connection.cursor().execute("SET jit = off")
    page = min(DEEP, rows // PAGE)
    before = (page - 1) * PAGE - 1
    published_at, key = visible().order_by("-published_at", "-key").values_list("published_at", "key")[before]
    cursor = Cursor(Sort.PUBLISHED, True, published_at, key, page)
    times: dict[str, list[float]] = {"first": [], "deep": []}
    for _turn in range(REPEATS):
        for name, place in (("first", None), ("deep", cursor)):
            begun = time.perf_counter()
            listing = list_page(Search(), place)
            times[name].append((time.perf_counter() - begun) * 1000)
            assert len(listing.rows) == PAGE
    first, deep = (statistics.median(times[name]) for name in ("first", "deep"))
    return {
        "rows": rows,
        "page": page,
        "first_ms": round(first, 2),
        "deep_ms": round(deep, 2),
        "ratio": round(deep / first, 2),
    }
