"""The private PostgreSQL and Redis that the scripts start, as they behave when things go wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

from machine.places import ROOT
from machine.processes import Household
from machine.services import Services, throwaway_services


@pytest.fixture(scope="module")
def services() -> Services:  # type: ignore[misc]  # a generator fixture
    with throwaway_services(durable=False) as running:
        yield running


def test_the_database_s_owner_makes_roles_and_databases_but_is_no_superuser(services: Services) -> None:
    with psycopg.connect(services.owner_environment()["PORTAL_OWNER_DATABASE_URL"]) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert row == (False, True, True)
        assert connection.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'portal'"
        ).fetchone() == ("portal_owner",)


def test_chinese_text_has_trigrams_in_the_cluster_s_locale(services: Services) -> None:
    with psycopg.connect(services.owner_environment()["PORTAL_OWNER_DATABASE_URL"]) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        row = connection.execute("SELECT cardinality(show_trgm('行政处罚'))").fetchone()
        connection.rollback()
    assert row is not None
    assert row[0] >= 4


def test_the_public_zone_s_redis_user_sees_neither_broker_nor_desk(services: Services) -> None:
    desk = redis.Redis.from_url(services.redis.url())
    public = redis.Redis.from_url(services.redis.public_url())
    desk.set("public:1:generation", 7)
    assert public.get("public:1:generation") == b"7"
    for forbidden in (lambda: public.get("celery"), public.config_get, lambda: public.publish("x", "y")):
        with pytest.raises(redis.exceptions.NoPermissionError):
            forbidden()


def test_without_a_password_redis_tells_only_that_it_lives(services: Services) -> None:
    stranger = redis.Redis(port=services.redis.port)
    assert stranger.ping()
    with pytest.raises(redis.exceptions.NoPermissionError):
        stranger.get("public:1:generation")


def test_a_server_that_was_killed_is_started_again_despite_its_pid_file() -> None:
    with throwaway_services(durable=False) as running:
        for service in (running.postgres, running.redis):
            assert service.process is not None
            os.kill(service.process.pid, signal.SIGKILL)
            service.process.wait()
        assert running.postgres.pid_file.exists()
        running.start()
        with psycopg.connect(running.owner_environment()["PORTAL_OWNER_DATABASE_URL"]) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert redis.Redis.from_url(running.redis.url()).ping()


def test_throw_away_servers_end_when_their_command_is_killed() -> None:
    command = (
        f"import sys, time; sys.path.insert(0, {str(ROOT / 'script')!r})\n"
        "from machine.services import throwaway_services\n"
        "with throwaway_services(durable=False) as s:\n"
        "    print(s.postgres.pid(), s.redis.pid(), s.postgres.folder, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", command], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        postgres, cache, folder = child.stdout.readline().split()
        child.kill()
    try:
        assert _gone(int(postgres), int(cache), within=10.0)
    finally:
        subprocess.run(["rm", "-rf", folder], check=True)


def test_stopping_a_household_ends_grandchildren_too(tmp_path: Path) -> None:
    mark = tmp_path / "grandchild"
    household = Household(logs=tmp_path)
    household.start("parent", ["sh", "-c", f"sleep 300 & echo $! > {mark}; wait"], os.environ)
    while not mark.exists() or not mark.read_text(encoding="utf-8").strip():
        time.sleep(0.01)
    assert household.ended() is None
    household.stop()
    assert _gone(int(mark.read_text(encoding="utf-8")), within=5.0)
    assert household.ended() == "parent"


def _gone(*pids: int, within: float) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if not any(_runs(pid) for pid in pids):
            return True
        time.sleep(0.02)
    return False


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
