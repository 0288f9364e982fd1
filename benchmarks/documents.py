"""Printing a decision and a form: with one font configuration kept, against a fresh one for each paper."""

from __future__ import annotations

import dataclasses
import datetime as dt
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from portal.accounts.models import Department
from portal.documents import frozen, rendering
from portal.documents.codes import new_code
from portal.documents.kinds import DocumentKind
from tests.documents import samples

ROUNDS = 9
PAPERS = ("decision", "filing", "receipt", "urging")


def run() -> dict[str, Any]:
    """Milliseconds a paper (median), its pages and size; the ratios of keeping fonts and of two processes."""
    papers = {name: _html(name) for name in PAPERS}
    rendering.to_pdf(papers["receipt"])  # fonts are found and read once per process
    shown = {}
    for name, html in papers.items():
        printed = rendering.to_pdf(html)
        kept = _median(lambda html=html: rendering.to_pdf(html))  # type: ignore[misc]  # bound at once
        fresh = _median(lambda html=html: _with_fresh_fonts(html))  # type: ignore[misc]
        shown[name] = {
            "milliseconds": kept * 1000,
            "milliseconds_with_fresh_fonts": fresh * 1000,
            "ratio_fresh_to_kept": fresh / kept,
            "pages": printed.pages,
            "kilobytes": len(printed.pdf) / 1024,
        }
    return {"papers": shown, "ratio_two_processes_to_one": _two_processes(papers["decision"])}


def _html(name: str) -> str:
    title, template, context = samples.PAPERS[name]

    class Kind(DocumentKind):
        key, label, series = "benchmark", title, "测"

    issuer = Department(name=samples.MARKET, kind=Department.Kind.ORGAN)
    head = frozen.paper_of(Kind(), issuer, title, dt.date(2026, 11, 24))
    head = frozen.issued(head, number="示测〔2026〕1号", code=new_code(), issued_at="2026-11-24T10:00:00+08:00")
    return rendering.to_html(template, head, dataclasses.asdict(context))


def _with_fresh_fonts(html: str) -> None:
    rendering._font_configuration.clear()  # noqa: SLF001 - the very thing that is measured
    rendering.to_pdf(html)


def _median(work: Callable[[], Any]) -> float:
    seconds = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)


def _print_many(html: str, times: int) -> int:
    return sum(rendering.to_pdf(html).pages for _time in range(times))


def _two_processes(html: str) -> float:
    """Papers a second with two worker processes, divided by those with one."""
    rates = []
    for workers in (1, 2):
        with ProcessPoolExecutor(workers) as pool:
            list(pool.map(_print_many, [html] * workers, [1] * workers))
            begun = time.perf_counter()
            list(pool.map(_print_many, [html] * workers, [12 // workers] * workers))
            rates.append(12 / (time.perf_counter() - begun))
    return rates[1] / rates[0]
