"""Twenty writers with and without the chain, in one run: what the record costs."""

from __future__ import annotations

import statistics
import threading
import time
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.utils import timezone

from portal.accounts.models import Department
from portal.ledger.service import append, seal
from portal.matters.models import Matter

WRITERS = 20
STEPS = 60
ROUNDS = 3
WORK_SECONDS = 0.010  # what an action does under the matter's lock besides the record


def run() -> dict[str, Any]:
    """Transactions a second with and without the chain (alternating rounds), their ratio, and the seal's pace."""
    matters = _matters()
    with_chain, without = [], []
    for _round in range(ROUNDS):
        without.append(_rate(matters, chained=False))
        with_chain.append(_rate(matters, chained=True))
    started = time.perf_counter()
    made = seal()
    sealing = time.perf_counter() - started
    chained = statistics.median(rate for rate, _waits in with_chain)
    plain = statistics.median(rate for rate, _waits in without)
    return {
        "writers": WRITERS,
        "with_chain_per_second": round(chained, 1),
        "without_chain_per_second": round(plain, 1),
        "ratio": round(chained / plain, 3),
        "with_chain_p95_ms": round(_p95(with_chain) * 1000, 1),
        "without_chain_p95_ms": round(_p95(without) * 1000, 1),
        "sealed_events": made.events if made else 0,
        "seal_seconds": round(sealing, 3),
    }


def _matters() -> list[Matter]:
    group = Group.objects.create(name="benchmark")
    department = Department.objects.create(
        code="BENCH", name="基准测试（虚构）", short_name="基准", kind="organ", document_prefix="基", group=group
    )
    now = timezone.now()
    return [
        Matter.objects.create(kind="benchmark", department=department, title="基准", opened_at=now)
        for _ in range(WRITERS)
    ]


def _rate(matters: list[Matter], *, chained: bool) -> tuple[float, list[float]]:
    waits: list[float] = []
    gate = threading.Barrier(WRITERS + 1)

    def write(matter: Matter) -> None:
        connection.ensure_connection()
        own = []
        gate.wait()
        for number in range(STEPS):
            begun = time.perf_counter()
            with transaction.atomic():
                locked = Matter.objects.select_for_update().get(pk=matter.pk)
                time.sleep(WORK_SECONDS)
                locked.title = f"基准 {number}"
                locked.save(update_fields=["title"])
                if chained:
                    append(locked, name="benchmark.step", data={"number": number})
            own.append(time.perf_counter() - begun)
        waits.extend(own)
        connection.close()

    threads = [threading.Thread(target=write, args=(matter,)) for matter in matters]
    for thread in threads:
        thread.start()
    gate.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    return WRITERS * STEPS / (time.perf_counter() - begun), waits


def _p95(rounds: list[tuple[float, list[float]]]) -> float:
    waits = [wait for _rate_, found in rounds for wait in found]
    return statistics.quantiles(waits, n=20)[-1]
