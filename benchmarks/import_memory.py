"""Importing a file of decided cases: peak memory and seconds at 3,265 rows and at a hundred times as many.

BENCH_IMPORT_FILE names a CSV in the layout of the listing to be repeated with changed numbers and parties
(invented rows when not given), BENCH_IMPORT_TIMES how often.
"""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from portal.accounts.models import Department

ROWS = 3265
TIMES = 100
ROOT = Path(__file__).resolve().parent.parent
NUMBER = re.compile(r"(〔\d{4}〕)(\d+)")
HEADER = ("当事人名称", "当事人类型", "主要违法违规事实", "行政处罚内容", "处罚类型", "罚款金额(元)", "作出决定机关", "发布日期", "文档标题")  # fmt: skip


def run() -> dict[str, Any]:
    """Seconds, rows a second, processor time and peak MiB of one process for each size; the ratio of the peaks."""
    times = int(os.environ.get("BENCH_IMPORT_TIMES", TIMES))
    with tempfile.TemporaryDirectory(prefix="import-bench-") as folder:
        small, large = Path(folder) / "small.csv", Path(folder) / "large.csv"
        _write(small, 1)
        _write(large, times)
        found = {"small": _import(small, "BENCHA"), "large": _import(large, "BENCHB")}
    peaks = [found[size]["peak_mib"] for size in ("small", "large")]
    return {**found, "ratio_of_peaks": peaks[1] / peaks[0]}


def _write(path: Path, times: int) -> None:
    header, rows = _source()
    party, title = header.index("当事人名称"), header.index("文档标题")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        for time_over in range(times):
            for row in rows:
                changed = list(row)
                if time_over:
                    changed[party] += str(time_over)
                    changed[title] = NUMBER.sub(lambda m, n=time_over: f"{m[1]}{int(m[2]) + n * 1000}", row[title])  # type: ignore[misc]
                writer.writerow(changed)


def _source() -> tuple[list[str], list[list[str]]]:
    given = os.environ.get("BENCH_IMPORT_FILE")
    if not given:
        return list(HEADER), list(_invented())
    with Path(given).open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    return header, rows


def _invented() -> Iterator[list[str]]:
    for number in range(1, ROWS + 1):
        yield [
            f"示例第{number}保险股份有限公司", "机构", "编造虚假资料" * 5, "罚款5万元", "罚款", "50000", "示例监管分局",
            "2026-04-29 15:26:33", f"示例监管分局行政处罚信息公开表（示金罚决字〔2026〕{number}号）",
        ]  # fmt: skip


def _import(path: Path, code: str) -> dict[str, Any]:
    """One run of the management command in a process of its own."""
    Department.objects.get_or_create(
        code=code, defaults={"name": f"测量用部门{code}", "short_name": code, "kind": "organ", "document_prefix": "测"}
    )
    command = [sys.executable, "manage.py", "import_decisions", str(path), "--department", code]
    begun = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--decided-on-from", "发布日期", "--json"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    output = process.stdout.read() if process.stdout else ""
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the import ended with {process.returncode}")
    seconds = time.monotonic() - begun
    told = json.loads(output.splitlines()[-1])
    counts = {name: told[name] for name in ("rows", "created", "to_complete", "duplicate", "rejected")}
    return {
        **counts,
        "seconds": seconds,
        "rows_a_second": told["rows"] / seconds,
        "processor_milliseconds_a_row": (usage.ru_utime + usage.ru_stime) * 1000 / told["rows"],
        "peak_mib": usage.ru_maxrss / 1024,
    }
