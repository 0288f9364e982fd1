"""The whole portal as it runs: desk, public zone, worker and browser, each a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from playwright.sync_api import Browser, Page, Playwright

from portal.accounts.models import Department, User
from tests import database
from tests.cast import PASSWORD, Cast, assemble
from tests.scenes import certified, item

# The browser is driven through an event loop of its own; our queries never run inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
ROOT = Path(__file__).resolve().parents[2]
SHOTS = Path(os.environ.get("PORTAL_SCREENSHOTS") or ROOT / ".local" / "screenshots")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (360, 768, 1440)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
START_SECONDS = 90


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def in_database(url: str, name: str) -> str:
    """The same server and role, another database."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}"))


@dataclass
class Stage:
    """Addresses of the running portal and its cast."""

    desk: str
    public: str
    cast: Cast
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def officers(self) -> tuple[int, int]:
        """The two certified officers of the market bureau."""
        first, second = certified(self.cast)
        return first.pk, second.pk

    def run(self, name: str, *command: str, **more: str) -> None:
        """Start one process; its output goes to a file of its name."""
        log = (SHOTS.parent / "log").resolve()
        log.mkdir(parents=True, exist_ok=True)
        with (log / f"e2e-{name}.log").open("wb") as out:
            self.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.environment | more, stdout=out, stderr=subprocess.STDOUT
            )

    def manage(self, *arguments: str) -> str:
        """One management command against the stage; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
        return done.stdout

    def stop(self) -> None:
        """End what was started, the last first."""
        for process in reversed(self.processes.values()):
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()


def answers(address: str) -> bool:
    """Whether a health page answers."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def wait_for(address: str, stage: Stage, name: str) -> None:
    """Wait until a process serves; a process that has died fails the test with its name."""
    deadline = time.monotonic() + START_SECONDS
    while not answers(address):
        if stage.processes[name].poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{name} does not answer; see .local/log/e2e-{name}.log")
        time.sleep(0.3)


@pytest.fixture(scope="session")
def stage(django_test_environment: None, django_db_blocker: Any) -> Iterator[Stage]:
    """The running portal with the cast, two certified officers and one item; one for the whole session."""
    name = database.worker_name("e2e")
    desk, public = free_port(), free_port()
    environment = os.environ | {
        "PORTAL_DATABASE_URL": in_database(os.environ["PORTAL_PROGRAMME_DATABASE_URL"], name),
        "PORTAL_PUBLIC_DATABASE_URL": in_database(os.environ["PORTAL_PUBLIC_DATABASE_URL"], name),
        "PORTAL_PUBLIC_URL": f"http://127.0.0.1:{public}",
        "PORTAL_DESK_URL": f"http://127.0.0.1:{desk}",
        "PORTAL_MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "PORTAL_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    with django_db_blocker.unblock():
        database.clone(name)
        try:
            with database.connected_to(name):
                cast = assemble()
                Department.objects.filter(pk=cast.market.pk).update(
                    reconsideration_body="示例区人民政府", court="示例区人民法院"
                )
                # The desk signs in with the real hasher; the tests' own is a quick one.
                User.objects.update(password=PBKDF2PasswordHasher().encode(PASSWORD, "e2e"))
                certified(cast)
                item(cast)
                made = Stage(f"http://127.0.0.1:{desk}", f"http://127.0.0.1:{public}", cast, environment)
                try:
                    _start(made, desk, public)
                    yield made
                finally:
                    made.stop()
        finally:
            database.drop(name)


def _start(stage: Stage, desk: int, public: int) -> None:
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--workers", "1"]
    stage.run("desk", *granian, "--port", str(desk), "portal.wsgi:application")
    stage.run(
        "public",
        *granian,
        "--port",
        str(public),
        "portal.wsgi:application",
        DJANGO_SETTINGS_MODULE="portal.settings_public",
    )
    schedule = str(Path(stage.environment["PORTAL_MEDIA_ROOT"]) / "beat-schedule")  # beat replaces this file
    stage.run(
        "worker", sys.executable, "-m", "celery", "-A", "portal.celery", "worker", "-c", "1", "-B", "-s", schedule
    )
    wait_for(f"{stage.desk}/desk/healthz", stage, "desk")
    wait_for(f"{stage.public}/healthz", stage, "public")


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    path = os.environ.get("PORTAL_CHROMIUM") or None
    browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield browser
    browser.close()


class Person:
    """Somebody at a browser of his own: signs in, fills in forms, looks at pages."""

    def __init__(self, browser: Browser, stage: Stage, username: str = "") -> None:
        self.stage, self.username = stage, username
        self.context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda line: self._listen(line.text))
        if username:
            self.sign_in()

    def _listen(self, line: str) -> None:
        """Keep what the content security policy refused; a picture's own style is Playwright's, not ours."""
        if "Content Security Policy" in line and "inline style" not in line:
            self.complaints.append(line)

    def sign_in(self) -> None:
        """Through the sign-in page."""
        self.page.goto(f"{self.stage.desk}/desk/sign-in/")
        self.page.fill("[name=username]", self.username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(f"{self.stage.desk}/desk/")

    def stage_item(self) -> int:
        """The item of the catalogue that the tests use."""
        return int(item(self.stage.cast).pk)

    def go(self, path: str) -> Page:
        """Open an address of the desk, or a whole one."""
        answer = self.page.goto(path if path.startswith("http") else self.stage.desk + path)
        assert answer is not None
        assert answer.status == 200, f"{answer.status} {path}"
        return self.page

    def fill(self, **values: Any) -> None:
        """Fill in fields by name, whatever control they are drawn as."""
        for name, value in values.items():
            self._fill(name, value)

    def _fill(self, name: str, value: Any) -> None:
        field = self.page.locator(f"main [name='{name}']:not([type=hidden])")
        kind = field.first.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()")
        if kind == "select":
            for place, one in enumerate(value if isinstance(value, tuple) else (value,)):
                field.nth(place).select_option(str(one))
        elif kind in {"radio", "checkbox"}:
            chosen = value if isinstance(value, tuple) else (value,)
            for one in chosen:
                box = field.first if one is True else self.page.locator(f"main [name='{name}'][value='{one}']")
                box.check()
        elif kind == "file":
            field.first.set_input_files(value)
        else:
            field.first.fill(str(value))

    def submit(self) -> None:
        """Press the form's main button and wait for the next page."""
        with self.page.expect_navigation():
            self.page.locator("main form.zf-form button[type=submit]:not([name])").first.click()
        errors = self.page.locator("main .zf-errors")
        assert errors.count() == 0, errors.first.inner_text()

    def act(self, link: str, **values: Any) -> None:
        """Follow a next step by its name, fill in its form, send it."""
        self.page.locator("main").get_by_role("link", name=link, exact=True).first.click()
        self.page.wait_for_load_state()
        self.fill(**values)
        self.submit()

    def act_rarely(self, link: str, **values: Any) -> None:
        """The same for a step that lies behind «其他动作»."""
        self.page.locator("main details summary", has_text="其他动作").first.click()
        self.act(link, **values)

    def press(self, button: str) -> None:
        """Press a button by its name and wait for the next page."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=button).first.click()

    def look(self, name: str) -> None:
        """Three pictures, no sideways scroll, nothing for axe to find."""
        assert self.complaints == []
        SHOTS.mkdir(parents=True, exist_ok=True)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.evaluate("window.scrollTo(0, 0)")  # what a sticky bar covers for the moment is no fault
            wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{name} scrolls sideways at {width} px"
            self.page.screenshot(path=SHOTS / f"{name}-{width}.png", full_page=True)
            if width != WIDTHS[1]:
                found = Axe().run(self.page, options={"runOnly": RULES})
                assert found.violations_count == 0, f"{name} at {width} px: {found.generate_report()}"
        self.page.set_viewport_size({"width": 1440, "height": 900})


@pytest.fixture
def people(stage: Stage, chromium: Browser) -> Iterator[dict[str, Person]]:
    """Whoever a test asks for by the part played; «anonymous» is signed in as nobody."""

    class Crowd(dict[str, Person]):
        def __missing__(self, part: str) -> Person:
            username = "" if part == "anonymous" else getattr(stage.cast, part).username
            self[part] = Person(chromium, stage, username)
            return self[part]

    crowd = Crowd()
    yield crowd
    for person in crowd.values():
        person.context.close()
