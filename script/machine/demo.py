"""Starts the whole portal with demo data: two web processes, a worker and beat, on services of its own."""

from __future__ import annotations

import argparse
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from machine.assets import gather_static
from machine.bootstrap import bootstrap
from machine.demo_data import DESK_PORT, PUBLIC_PORT, bring_up_to_date, demo_environment, notes
from machine.places import LOCAL, LOGS, PYTHON, ROOT, VENV, Trouble, outer_environment, say
from machine.processes import Household, end_on_signals
from machine.service import free_port
from machine.services import SECRETS_FILE, Services, demo_services, remove_demo

ANSWER_SECONDS = 60.0


def main(arguments: list[str]) -> int:
    """script/demo [--port N] [--public-port N] [--reset]: runs until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="script/demo", description=__doc__)
    parser.add_argument("--port", type=int, help=f"where the desk answers (default {DESK_PORT})")
    parser.add_argument("--public-port", type=int, help=f"where the public zone answers (default {PUBLIC_PORT})")
    parser.add_argument("--reset", action="store_true", help="throw the demo's database and files away first")
    options = parser.parse_args(arguments)
    begun = time.monotonic()
    bootstrap()
    gather_static()
    with end_on_signals():
        if options.reset:
            remove_demo()
        with demo_services() as services:
            return _serve(services, options, begun)


def _serve(services: Services, options: argparse.Namespace, begun: float) -> int:
    desk, public = (
        _port(options.port, DESK_PORT, "--port"),
        _port(options.public_port, PUBLIC_PORT, "--public-port"),
    )
    notes().set(desk_port=desk, public_port=public)
    bring_up_to_date(services)
    environment = demo_environment(services)
    household = Household()
    try:
        household.start("desk", web_command("portal.wsgi", desk), environment)
        household.start("public", web_command("portal.wsgi", public), _public_environment(services, environment))
        household.start("worker", celery_command("worker", "--concurrency=2", "--loglevel=INFO"), environment)
        household.start("beat", celery_command("beat", f"--schedule={LOCAL / 'beat-schedule'}"), environment)
        _wait(household, "desk", f"http://127.0.0.1:{desk}/desk/healthz")
        _wait(household, "public", f"http://127.0.0.1:{public}/healthz")
        _welcome(environment, time.monotonic() - begun)
        return _watch(household)
    finally:
        say("Stopping…")
        household.stop()


def web_command(module: str, port: int) -> list[str]:
    """The web server for one WSGI module on a port of 127.0.0.1."""
    return [
        str(VENV / "bin" / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--blocking-threads", "4", "--no-ws", f"{module}:application",
    ]  # fmt: skip


def celery_command(*arguments: str) -> list[str]:
    """A Celery program of the portal's application."""
    return [str(VENV / "bin" / "celery"), "--app", "portal.celery", *arguments]


def _public_environment(services: Services, desk: dict[str, str]) -> dict[str, str]:
    """Only what the public zone may know: no key, role or folder of the desk."""
    shared = ("PORTAL_DEMO", "PORTAL_ALLOWED_HOSTS", "PORTAL_DESK_URL", "PORTAL_PUBLIC_URL")
    return outer_environment() | {name: desk[name] for name in shared} | services.public_environment()


def _port(wanted: int | None, usual: int, option: str) -> int:
    port = wanted or usual
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if wanted:
                raise Trouble(f"Port {port} is not free ({error.strerror}): choose another with {option}.") from None
        else:
            return port
    say(f"Port {usual} is taken by another program; using a free one ({option} N chooses).")
    return free_port()


def _wait(household: Household, name: str, address: str) -> None:
    deadline = time.monotonic() + ANSWER_SECONDS
    answer = "no answer"
    while time.monotonic() < deadline:
        if ended := household.ended():
            raise Trouble(_last_words(household, ended))
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - an http address of ours
                return
        except urllib.error.HTTPError as error:
            answer = f"status {error.code}: {error.read(500).decode(errors='replace')}"
        except OSError as error:
            answer = str(error)
        time.sleep(0.1)
    raise Trouble(f"{address} was not well within {ANSWER_SECONDS:.0f} s ({answer}).\n{_tail(household.log(name))}")


def _welcome(environment: dict[str, str], seconds: float) -> None:
    signins = subprocess.run(
        [PYTHON, ROOT / "manage.py", "demo_signins"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if signins.returncode:
        raise Trouble(f"manage.py demo_signins failed:\n{signins.stderr[-2000:]}")
    print(
        f"\nThe portal runs (ready in {seconds:.1f} s).\n"
        f"  公示 public zone   {environment['PORTAL_PUBLIC_URL']}/\n"
        f"  工作台 desk        {environment['PORTAL_DESK_URL']}/desk/\n\n"
        f"{signins.stdout.rstrip()}\n\n"
        f"Logs: {LOGS.relative_to(ROOT)}/   Secrets: {SECRETS_FILE.relative_to(ROOT)}\nCtrl-C stops everything.",
        flush=True,
    )


def _watch(household: Household) -> int:
    while True:
        if ended := household.ended():
            raise Trouble(_last_words(household, ended))
        time.sleep(0.2)


def _last_words(household: Household, name: str) -> str:
    status = household.children[name].returncode
    return f"«{name}» ended by itself (status {status}); stopping the rest.\n{_tail(household.log(name))}"


def _tail(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:]
    return "\n".join([f"The end of {log}:", *lines])
