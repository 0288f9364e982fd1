"""A real streaming standby takes the reading; what was withdrawn is gone at once, however far the standby lags."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from machine.account import as_service_user, own, throwaway_folder
from machine.postgres import ADMIN, DATABASE, Postgres, programs
from tests.disclosure.public.test_process import ROOT, environment

KEYS = [uuid.UUID(int=number) for number in range(1, 4)]
OWNER, WORD = "portal_owner", "only-for-this-test"
# What the stranger does is written down here, a line each, and answered with who was asked and what came back.
PROBE = """
import json, sys, django
django.setup()
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.test.utils import setup_test_environment
from contextlib import ExitStack
setup_test_environment()
visitor = Client()
for line in sys.stdin:
    asked = {"default": [], "replica": []}
    def count(name):
        def note(execute, sql, params, many, context):
            asked[name].append(sql)
            return execute(sql, params, many, context)
        return note
    with ExitStack() as stack:
        for name in asked:
            stack.enter_context(connections[name].execute_wrapper(count(name)))
        answer = visitor.get(line.strip())
    print(json.dumps({
        "status": answer.status_code, "text": answer.content.decode(),
        "original": [s for s in asked["default"] if "publiczone_published" in s or "publiczone_tomb" in s],
        "copy": [s for s in asked["replica"] if "publiczone_published" in s or "publiczone_tomb" in s],
    }), flush=True)
"""


class Pair:
    """Original and standby, and the questions put to the two as their owner."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.original = self._server("original")
        self.standby = self._server("standby")

    def _server(self, name: str) -> Postgres:
        place = self.folder / name
        place.mkdir()
        own(place)
        return Postgres(place, place / "log", kept=False, password=WORD, durable=False)

    def start(self) -> None:
        """Original with the tables of the public zone and three decisions; a standby that streams from it."""
        self.original.start()
        self.original.make_owner(WORD)
        for command in (["-m", "django", "migrate", "publiczone", "-v0"], ["-c", self._fill()]):
            subprocess.run([sys.executable, *command], env=self.known(), cwd=ROOT, check=True)
        copying = [
            str(programs()[max(programs())] / "pg_basebackup"), "-h", "127.0.0.1", "-p", str(self.original.port),
            "-U", ADMIN, "-D", str(self.standby.data), "-R", "-X", "stream", "-c", "fast", "--no-sync",
        ]  # fmt: skip
        given = as_service_user()
        given["env"] = given["env"] | {"PGPASSWORD": WORD}
        subprocess.run(copying, check=True, **given)
        self.standby.start()

    def _fill(self) -> str:
        rows = "; ".join(
            f"publish(decision_data(key=uuid.UUID(int={key.int}), number='示例罚〔2026〕{key.int}号'))" for key in KEYS
        )
        return (
            "import django, uuid; django.setup(); from disclosure.public.publishing import publish; "
            f"from tests.disclosure.public.invented import decision_data; {rows}"
        )

    def known(self) -> dict[str, str]:
        """The public process's environment, with both addresses."""
        found = environment() | {
            "PORTAL_PUBLIC_DATABASE_URL": self.original.url(OWNER, WORD),
            "PORTAL_ALLOWED_HOSTS": "testserver",
        }
        if self.standby.answers():
            found["PORTAL_PUBLIC_REPLICA_URL"] = self.standby.url(OWNER, WORD)
        return found

    def sql(self, server: Postgres, statement: str) -> Any:
        """Ask as the superuser; the first value."""
        with psycopg.connect(
            host="127.0.0.1", port=server.port, user=ADMIN, password=WORD, dbname=DATABASE, autocommit=True
        ) as link:
            row = link.execute(statement).fetchone()
            return row[0] if row else None

    def caught_up(self) -> None:
        """Wait until the standby shows the state of the original; commits reach it when their log is written."""
        state = "SELECT number FROM publiczone_generation"
        wanted, deadline = self.sql(self.original, state), time.monotonic() + 60
        while self.sql(self.standby, state) != wanted:
            assert time.monotonic() < deadline, "the standby does not follow"
            time.sleep(0.05)

    def withdraw(self, key: uuid.UUID) -> None:
        """As the desk does it, at the original."""
        script = (
            "import datetime, django, uuid; django.setup(); from disclosure.public.publishing import withdraw; "
            f"withdraw(uuid.UUID(int={key.int}), '撤销（虚构）', datetime.date.today())"
        )
        subprocess.run([sys.executable, "-c", script], env=self.known(), cwd=ROOT, check=True)

    def stop(self) -> None:
        """Both of them."""
        for server in (self.standby, self.original):
            server.stop()


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Two servers of this test's own, ended with it."""
    folder = throwaway_folder()
    found = Pair(folder)
    try:
        found.start()
        yield found
    finally:
        found.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Visitor:
    """A public process with both addresses; asks one address after the other."""

    def __init__(self, known: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROBE],
            env=known, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def get(self, address: str) -> dict[str, Any]:
        """Status, text, and what original and copy were asked."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(address + "\n")
        self.process.stdin.flush()
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found

    def end(self) -> None:
        """The process has nothing more to answer."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(timeout=30)


def test_the_standby_is_read_as_long_as_it_is_as_far_as_the_original(pair: Pair) -> None:
    visitor = Visitor(pair.known())
    first, second, third = (f"/decisions/{key}/" for key in KEYS)
    try:
        pair.caught_up()
        page = visitor.get(first)
        assert (page["status"], page["original"], bool(page["copy"])) == (200, [], True)

        pair.sql(pair.standby, "SELECT pg_wal_replay_pause()")
        pair.withdraw(KEYS[0])
        page = visitor.get(first)  # the standby still has it
        assert (page["status"], bool(page["original"]), page["copy"]) == (410, True, [])
        assert "示例罚〔2026〕1号" not in visitor.get("/decisions/?q=示例罚")["text"]
        assert pair.sql(pair.standby, "SELECT count(*) FROM publiczone_publisheddecision") == len(KEYS)

        pair.sql(pair.standby, "SELECT pg_wal_replay_resume()")
        pair.caught_up()
        page = visitor.get(second)
        assert (page["status"], page["original"], bool(page["copy"])) == (200, [], True)
        assert visitor.get(first)["status"] == 410

        pair.standby.stop()
        page = visitor.get(third)
        assert (page["status"], bool(page["original"])) == (200, True)
    finally:
        visitor.end()


def test_without_a_standby_nothing_is_asked_of_one() -> None:
    probe = "import django; django.setup(); from django.db import connections; print(sorted(connections))"
    ran = subprocess.run(
        [sys.executable, "-c", probe], env=environment(), cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "['default']"
    assert "PORTAL_PUBLIC_REPLICA_URL" not in os.environ
