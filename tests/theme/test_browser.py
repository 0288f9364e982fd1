"""The style guide in a real browser: no sideways scroll, nothing for axe to find, policy kept, script optional."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, Page, Playwright

pytestmark = pytest.mark.browser

PAGES = [
    "/", "/public/", "/form/", "/form/bad/", "/progress/waiting/", "/progress/running/", "/progress/finished/",
    "/progress/failed/", "/print/", "/error/403/", "/error/404/?desk", "/error/500/",
]  # fmt: skip
WIDTHS = (320, 360, 768, 1024, 1280, 1366, 1440)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Server(ThreadingMixIn, WSGIServer):
    """Answers the browser's parallel requests."""

    daemon_threads = True


class Silent(WSGIRequestHandler):
    """Keeps the test's output readable."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the parent's argument
        """Say nothing."""


@pytest.fixture
def address(alone: None) -> Iterator[str]:
    """Where the style guide answers."""
    server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), Server, Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The machine's own Chromium; Playwright's download is not used."""
    path = os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: apt-get install chromium, or set PORTAL_CHROMIUM."
    browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield browser
    browser.close()


@contextmanager
def opened(
    chromium: Browser, url: str, width: int, *, script: bool = True
) -> Iterator[tuple[Page, Callable[[], list[str]]]]:
    """A page at a width, and what the console complained about."""
    page = chromium.new_page(viewport={"width": width, "height": 900}, locale="zh-CN", java_script_enabled=script)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.goto(url)
    yield page, lambda: [text for text in complaints if "the server responded with a status of" not in text]
    page.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("easy", [False, True], ids=["plain", "easy"])
def test_every_component_fits_every_width_and_axe_finds_nothing(
    address: str, chromium: Browser, path: str, easy: bool
) -> None:
    shown = path + (("&" if "?" in path else "?") + "easy" if easy else "")
    too_wide, faults = [], []
    with opened(chromium, address + shown, 1440) as (page, complaints):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                too_wide.append(width)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            result = Axe().run(page, options={"runOnly": RULES})
            faults += [
                (width, fault["id"], node["html"]) for fault in result.response["violations"] for node in fault["nodes"]
            ]
        assert complaints() == []
    assert too_wide == []
    assert faults == []


def test_the_error_summary_takes_focus_without_script(address: str, chromium: Browser) -> None:
    with opened(chromium, f"{address}/form/bad/", 1440, script=False) as (page, _complaints):
        page.locator(".zf-errors:focus").wait_for()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.url.endswith("#id_party_kind_0")


def test_the_menu_opens_on_a_phone_without_script(address: str, chromium: Browser) -> None:
    with opened(chromium, f"{address}/", 360, script=False) as (page, _complaints):
        assert not page.get_by_role("link", name="案卷评查").is_visible()
        page.get_by_role("link", name="菜单").click()
        for words in ("案卷评查", "消息 3 条未读"):
            assert page.get_by_role("link", name=words).is_visible()
        assert page.get_by_role("searchbox", name="搜索案号、当事人、文号").is_visible()
        page.get_by_role("link", name="收起菜单").click()
        assert not page.get_by_role("link", name="案卷评查").is_visible()


def test_the_filters_open_on_a_phone_without_script(address: str, chromium: Browser) -> None:
    with opened(chromium, f"{address}/public/", 360, script=False) as (page, _complaints):
        assert not page.get_by_role("button", name="按所选筛选").is_visible()
        page.get_by_role("link", name="筛选（已选 1 项）").click()
        assert page.get_by_role("button", name="按所选筛选").is_visible()


def test_the_computation_of_a_deadline_opens_without_script_and_closes_with_escape(
    address: str, chromium: Browser
) -> None:
    with opened(chromium, f"{address}/", 1440, script=False) as (page, _complaints):
        page.get_by_text("如何计算？作出决定").click()
        assert page.get_by_text("2026-09-08 立案，当日不计").is_visible()
    with opened(chromium, f"{address}/", 1440) as (page, _complaints):
        page.get_by_text("如何计算？作出决定").click()
        page.keyboard.press("Escape")
        assert not page.get_by_text("2026-09-08 立案，当日不计").is_visible()


def test_a_form_is_sent_once_and_its_button_says_that_it_is_on_the_way(address: str, chromium: Browser) -> None:
    with opened(chromium, f"{address}/form/", 1440) as (page, _complaints):
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
        page.route("**/form/", lambda route: route.fulfill(status=204))  # an answer that leaves the page standing
        button = page.get_by_role("button", name="提交负责人审批")
        width = button.evaluate("(one) => one.offsetWidth")
        button.click()
        busy = page.get_by_role("button", name="正在提交…")
        busy.click()
        assert busy.get_attribute("aria-busy") == "true"
        assert busy.evaluate("(one) => one.offsetWidth") >= width
        assert sent == ["POST"]


def test_a_focused_field_is_not_hidden_behind_the_action_bar(address: str, chromium: Browser) -> None:
    with opened(chromium, f"{address}/form/", 1440) as (page, _complaints):
        hidden = []
        for name in ("fact", "fine", "proof", "checked"):
            page.evaluate("scrollTo(0, 0)")
            page.focus(f"#id_{name}")
            low = page.evaluate(f"document.getElementById('id_{name}').getBoundingClientRect().bottom")
            bar = page.evaluate("document.querySelector('.zf-actions').getBoundingClientRect().top")
            if low > bar:
                hidden.append(name)
        assert hidden == []


def test_print_drops_navigation_and_keeps_status_words(address: str, chromium: Browser) -> None:
    with opened(chromium, f"{address}/", 1440) as (page, _complaints):
        page.emulate_media(media="print")
        assert not page.get_by_role("link", name="案卷评查").is_visible()
        assert not page.get_by_role("link", name="打印").is_visible()
        assert page.get_by_text("逾期 5 小时").is_visible()
