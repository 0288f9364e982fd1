"""The public process as it runs: its own settings, database role and server, in a real browser without an account."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, Playwright, Response, expect

from disclosure.public.publishing import publish, publish_document, publish_figures, withdraw
from tests.disclosure.public.invented import decision_data

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[3]
WIDTHS = (360, 768, 1440)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Playwright's loop runs in this thread; Django's guard against it is for servers, not for a test that waits its turn.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
AT_MOST = 150 * 1024


@pytest.fixture
def site(committed_database: str) -> Iterator[str]:
    """The address of the public process over a database with a few decisions; it may read what the role may."""
    for number in range(1, 46):
        publish(decision_data(number=f"白市监处罚〔2026〕{number}号", published_at=timezone.now()))
    wanted = decision_data(title="独一无二的案名", number="白市监处罚〔2026〕121号", content="决定书正文第一行\n第二行")
    publish(wanted)
    publish_document(
        code=wanted.verification_code, kind="行政处罚决定书", number=wanted.number, department_name=wanted.department_name,
        issued_on=wanted.decided_on, decision=wanted.key,
    )  # fmt: skip
    gone = decision_data(title="撤回的案名", number="白市监处罚〔2026〕73号")
    publish(gone)
    withdraw(gone.key, "行政复议机关撤销了原处罚决定。", timezone.localdate())
    year = timezone.localdate().year
    publish_figures(year=year, due=48, published=46, on_time=45, overdue=2, exempt=1)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--no-ws", "portal.wsgi:application",
    ]  # fmt: skip
    given = urlsplit(os.environ["PORTAL_PUBLIC_DATABASE_URL"])
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "portal.settings_public",
            "PORTAL_PUBLIC_SECRET_KEY": "only for this test " * 3,
            "PORTAL_PUBLIC_DATABASE_URL": urlunsplit(given._replace(path=f"/{committed_database}")),
            "PORTAL_DEMO": "1",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/healthz", process)
        yield f"{address} {wanted.key} {gone.key}"
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except (URLError, OSError):
            assert process.poll() is None, "the public process ended"
            assert time.monotonic() < until, "the public process does not answer"
            time.sleep(0.1)
        else:
            return


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The machine's own Chromium."""
    path = os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium")
    assert path, "Chromium is missing: apt-get install chromium, or set PORTAL_CHROMIUM."
    browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield browser
    browser.close()


def look(page: Page, complaints: list[str]) -> None:
    """Nothing for axe to find, no sideways scroll, nothing refused by the policy."""
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, (page.url, found.generate_report())
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1], (page.url, width)
    assert not [text for text in complaints if "status of 4" not in text], complaints


@pytest.mark.parametrize("width", WIDTHS)
def test_a_citizen_finds_reads_and_verifies_a_decision(site: str, chromium: Browser, width: int) -> None:
    address, key, gone = site.split()
    context = chromium.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
    context.add_cookies([{"name": "desk_session", "value": "x" * 32, "url": address}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.goto(f"{address}/")
    look(page, complaints)
    page.get_by_role("searchbox").fill("独一无二")
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("heading", name="找到 1 件")).to_be_visible()
    look(page, complaints)
    page.get_by_role("link", name="独一无二的案名").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("独一无二的案名")
    assert page.url == f"{address}/decisions/{key}/"
    look(page, complaints)
    page.get_by_role("link", name="7K4M-92QD-XR5T").click()
    expect(page.get_by_role("heading", name="与原件一致")).to_be_visible()
    look(page, complaints)
    for path in (f"/decisions/{gone}/", "/departments/", "/about/", "/withdrawn/", "/nowhere/"):
        page.goto(address + path)
        look(page, complaints)
    page.goto(f"{address}/")
    page.get_by_role("link", name="大字高对比").click()
    expect(page.locator("html")).to_have_class(re.compile("easy"))
    look(page, complaints)
    page.goto(f"{address}/decisions/{key}/")
    look(page, complaints)
    context.close()


def test_filters_and_pages_work_without_script_and_with_the_keyboard(site: str, chromium: Browser) -> None:
    address, _key, _gone = site.split()
    page = chromium.new_page(java_script_enabled=False, viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page.goto(f"{address}/decisions/")
    expect(page.get_by_role("heading", name="找到 46 件")).to_be_visible()
    page.get_by_label("罚款", exact=False).first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="按所选筛选").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=re.compile("去掉筛选：.*罚款"))).to_be_visible()
    first = page.locator(".zf-result-title").all_inner_texts()
    numbers = page.locator(".zf-list .zf-meta").all_inner_texts()
    page.get_by_role("link", name="下一页").click()
    expect(page.get_by_text("第 2 页，共 3 页")).to_be_visible()
    assert not set(numbers) & set(page.locator(".zf-list .zf-meta").all_inner_texts())
    page.get_by_role("link", name="上一页").click()
    expect(page.get_by_text("第 1–20 件，共 46 件")).to_be_visible()
    assert page.locator(".zf-list .zf-meta").all_inner_texts() == numbers
    assert len(first) == 20
    page.get_by_label("排序").select_option("决定日期，旧的在前")
    page.get_by_role("button", name="按此排序").click()
    assert "sort=decided_old" in page.url
    assert "penalty=" in page.url
    page.close()


def test_a_first_visit_transfers_little_and_nothing_from_elsewhere(site: str, chromium: Browser) -> None:
    address, _key, _gone = site.split()
    page = chromium.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    transferred: dict[str, int] = {}

    def weigh(answer: Response) -> None:
        transferred[answer.url] = int(answer.headers.get("content-length", AT_MOST))

    page.on("response", weigh)
    for path in ("/", "/decisions/"):  # static files come compressed; pages would be, by the proxy in front
        page.goto(address + path, wait_until="networkidle")
    assert {f"{address}/", f"{address}/decisions/"} <= set(transferred)
    assert sum(".css" in url for url in transferred) >= 4
    assert all(url.startswith(address) for url in transferred)
    assert sum(transferred.values()) <= AT_MOST, transferred
    page.close()
