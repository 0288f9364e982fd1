"""Runs pytest against services of its own; without arguments it runs every test, in two lanes."""

from __future__ import annotations

import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from machine import system
from machine.assets import gather_static
from machine.bootstrap import bootstrap
from machine.places import PYTHON, ROOT, Trouble, outer_environment, say
from machine.processes import end_on_signals, in_foreground
from machine.services import Services, throwaway_services

LANES = (("-n", "2", "-m", "not browser"), ("-m", "browser"))


def main(arguments: list[str]) -> int:
    """script/test [pytest arguments]: pytest's exit status, where 5 (no test ran) stays a failure."""
    bootstrap(browser=True)
    try:
        gather_static()
    except Trouble as trouble:  # the tests that need a page will say so themselves
        say(f"{str(trouble).splitlines()[0]} (.local/log/collectstatic.log)")
    with (
        end_on_signals(),
        throwaway_services(durable=False) as services,
        tempfile.TemporaryDirectory() as media,
    ):
        environment = outer_environment() | test_environment(services, Path(media))
        if arguments:
            return _pytest(environment, *arguments)
        return _all_lanes(environment, Path(media))


def test_environment(services: Services, media: Path) -> dict[str, str]:
    """The tests create and clone databases and take the other roles' places, so they run as the owner."""
    return {
        **services.owner_environment(),
        "PORTAL_PUBLIC_SECRET_KEY": services.secrets["PORTAL_PUBLIC_SECRET_KEY"],
        "PORTAL_MEDIA_ROOT": str(media),
        "PORTAL_DEMO": "1",
        "PORTAL_CHROMIUM": system.chromium() or "",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }


def _pytest(environment: dict[str, str], *arguments: str) -> int:
    return in_foreground([str(PYTHON), "-m", "pytest", *arguments], environment, ROOT)


def _all_lanes(environment: dict[str, str], folder: Path) -> int:
    worst, total = 0, Counter[str]()
    for number, lane in enumerate(LANES):
        report = folder / f"lane-{number}.xml"
        status = _pytest(environment, f"--junitxml={report}", *lane)
        worst = worst or status
        total += _outcomes(report)
    if worst and not total["failed"]:
        total["failed"] += 1  # a lane that broke down, or ran nothing, is not a success
    skipped = f", {total['skipped']} skipped" if total["skipped"] else ""
    print(f"{total['passed']} passed, {total['failed']} failed{skipped}", flush=True)
    return worst


def _outcomes(report: Path) -> Counter[str]:
    """How many tests of a JUnit report passed, failed (errors included) and were skipped."""
    if not report.is_file():
        return Counter()
    counts: Counter[str] = Counter()
    for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314 - pytest wrote it a moment ago
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        counts.update(failed=failed, skipped=skipped, passed=int(suite.get("tests", 0)) - failed - skipped)
    return counts
