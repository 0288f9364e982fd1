"""Twenty writers with and without the chain, in one run: what chaining and hashing the record costs."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection, connections, transaction
from django.utils import timezone

from portal.accounts.models import Department
from portal.ledger.canonical import canonical_text
from portal.ledger.models import Event
from portal.ledger.service import append, seal
from portal.matters.models import Matter

PROCESSES, THREADS = 4, 5  # twenty writers, as few web processes with threads would be
STEPS = 40
ROUNDS = 5
WORK_SECONDS = 0.010  # what an action does under the matter's lock besides the record
KINDS = ("chained", "unchained", "no record")


def run() -> dict[str, Any]:
    """Transactions a second: with the chain, with the same event row unchained, and with no record at all.

    The three take turns, so that a busy machine slows all of them; ratio compares the first two.
    """
    matters = {kind: _matters(kind) for kind in KINDS}
    rates: dict[str, list[float]] = {kind: [] for kind in KINDS}
    waits: dict[str, list[float]] = {kind: [] for kind in KINDS}
    context = multiprocessing.get_context("fork")
    connections.close_all()
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        for turn in range(ROUNDS):
            for kind in KINDS:
                begun = time.perf_counter()
                parts = [matters[kind][place::PROCESSES] for place in range(PROCESSES)]
                for found in pool.map(_write, parts, [kind] * PROCESSES, [turn] * PROCESSES):
                    waits[kind] += found
                rates[kind].append(PROCESSES * THREADS * STEPS / (time.perf_counter() - begun))
    begun = time.perf_counter()
    made = seal()
    sealing = time.perf_counter() - begun
    middle = {kind: statistics.median(found) for kind, found in rates.items()}
    return {
        "writers": PROCESSES * THREADS,
        "with_chain_per_second": round(middle["chained"], 1),
        "without_chain_per_second": round(middle["unchained"], 1),
        "ratio": round(middle["chained"] / middle["unchained"], 3),
        "no_record_per_second": round(middle["no record"], 1),
        "with_chain_p95_ms": round(_p95(waits["chained"]), 1),
        "without_chain_p95_ms": round(_p95(waits["unchained"]), 1),
        "sealed_events": made.events if made else 0,
        "seal_seconds": round(sealing, 3),
    }


def _matters(kind: str) -> list[int]:
    code = f"B{KINDS.index(kind)}"
    department = Department.objects.create(
        code=code,
        name=f"基准测试{code}（虚构）",
        short_name="基准",
        kind="organ",
        document_prefix="基",
        group=Group.objects.create(name=f"benchmark:{code}"),
    )
    now = timezone.now()
    made = [
        Matter.objects.create(kind="benchmark", department=department, title="基准", opened_at=now)
        for _writer in range(PROCESSES * THREADS)
    ]
    return [matter.pk for matter in made]


def _write(matters: list[int], kind: str, turn: int) -> list[float]:
    """The share of one process: a thread for each matter; returns how long each transaction took."""
    with ThreadPoolExecutor(THREADS) as pool:
        return [wait for waits in pool.map(lambda key: _steps(key, kind, turn), matters) for wait in waits]


def _steps(key: int, kind: str, turn: int) -> list[float]:
    waits = []
    for number in range(STEPS):
        begun = time.perf_counter()
        with transaction.atomic():
            matter = Matter.objects.select_for_update().get(pk=key)
            time.sleep(WORK_SECONDS)
            matter.title = f"基准 {number}"
            matter.save(update_fields=["title"])
            if kind == "chained":
                append(matter, name="benchmark.step", data={"number": number})
            elif kind == "unchained":
                _append_unchained(matter, turn * STEPS + number + 1, number)
        waits.append(time.perf_counter() - begun)
    connection.close()
    return waits


def _append_unchained(matter: Matter, sequence: int, number: int) -> None:
    """The same row without looking up the event before it and without hashing."""
    now = timezone.now()
    text = canonical_text(
        {
            "matter": matter.pk,
            "sequence": sequence,
            "name": "benchmark.step",
            "recorded_at": now,
            "data": {"number": number},
        }
    )
    Event.objects.create(
        matter=matter, sequence=sequence, name="benchmark.step", happened_at=now, recorded_at=now, canonical=text
    )


def _p95(waits: list[float]) -> float:
    return statistics.quantiles(waits, n=20)[-1] * 1000
