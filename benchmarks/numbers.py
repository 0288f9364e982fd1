"""Twenty issuers of one number series: taken as the last thing before the commit, against taken first."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, transaction

from portal.accounts.models import Department
from portal.documents.models import Number, Series
from portal.documents.numbering import missing_values, take_number

ISSUERS = 20
EACH = 25
WORK_SECONDS = 0.005  # what an action does under its matter's lock
YEAR = 2026


def run() -> dict[str, Any]:
    """Numbers per second both ways, the ratio, and the gaps and doubles (always none).

    Every third attempt of both ways is rolled back, as blocked and broken attempts are.
    """
    department = Department.objects.create(
        code="BENCH", name="示例测量局", short_name="测量局", kind=Department.Kind.ORGAN, document_prefix="示测"
    )
    last = _rate(lambda number: _issue(department, "后", number, first=False))
    first = _rate(lambda number: _issue(department, "先", number, first=True))
    series = list(Series.objects.filter(department=department))
    values = {one.code: sorted(one.numbers.values_list("value", flat=True)) for one in series}
    return {
        "issuers": ISSUERS,
        "per_second": {"taken_last": last, "taken_first": first},
        "ratio_last_to_first": last / first,
        "missing": sum(len(missing_values(one)) for one in series),
        "doubles": sum(len(found) - len(set(found)) for found in values.values()),
        "gapless": all(found == list(range(1, len(found) + 1)) for found in values.values()),
        "given": Number.objects.filter(series__department=department).count(),
    }


def _issue(department: Department, code: str, number: int, *, first: bool) -> None:
    with transaction.atomic():
        if first:
            take_number(department, code, prefix="示测", year=YEAR, actor=None)
        time.sleep(WORK_SECONDS)
        if not first:
            take_number(department, code, prefix="示测", year=YEAR, actor=None)
        if number % 3 == 0:
            transaction.set_rollback(True)


def _rate(work: Callable[[int], None]) -> float:
    start = threading.Barrier(ISSUERS + 1)

    def issuer(position: int) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            for number in range(EACH):
                work(position + number)
        finally:
            connection.close()

    with ThreadPoolExecutor(ISSUERS) as pool:
        running = [pool.submit(issuer, position) for position in range(ISSUERS)]
        start.wait()
        begun = time.perf_counter()
        for one in running:
            one.result()
        return ISSUERS * EACH / (time.perf_counter() - begun)
