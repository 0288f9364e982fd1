"""Every check that reads the code without running it; each is run even when another failed."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from machine import catalogue, punctuation
from machine.assets import placeholder_environment
from machine.bootstrap import bootstrap
from machine.places import APPS, LOCAL, PYTHON, ROOT, VENV, Trouble, outer_environment

SOURCES = (*APPS, ROOT / "tests", ROOT / "benchmarks", ROOT / "script")
BIN = VENV / "bin"


def main(arguments: list[str]) -> int:
    """script/lint [check …]: every check, or the ones named; 1 when one of them found something."""
    checks = all_checks()
    if unknown := set(arguments) - set(checks):
        raise Trouble(f"No such check: {', '.join(sorted(unknown))}. There are: {', '.join(checks)}.")
    bootstrap()
    failed = [name for name in checks if name in (arguments or checks) and not _passes(name, checks[name])]
    print(
        f"script/lint: {', '.join(failed)} found something." if failed else "script/lint: nothing found.",
        flush=True,
    )
    return 1 if failed else 0


def all_checks() -> dict[str, Callable[[], list[str]]]:
    """The checks by name; each returns what it found, line by line."""
    return {
        "ruff": lambda: _run([BIN / "ruff", "check", "--quiet", "--output-format=concise", "."]),
        "format": lambda: _run([BIN / "ruff", "format", "--quiet", "--check", "--output-format=concise", "."]),
        "mypy": lambda: _run([PYTHON, "-m", "mypy", "--no-error-summary", "manage.py", *_present(SOURCES)]),
        "djlint": lambda: _run(
            [
                BIN / "djlint",
                "--lint",
                "--quiet",
                "--linter-output-format",
                "{filename}:{line}: {code} {message}",
                *_present(APPS),
            ]
        ),
        "layers": lambda: _run([BIN / "lint-imports", "--no-logo", "--cache-dir", LOCAL / "import-linter"]),
        "migrations": lambda: _run(
            [PYTHON, "-W", "ignore::RuntimeWarning", "manage.py", "makemigrations", "--check", "--dry-run"]
        ),
        "catalogue": catalogue.problems,
        "punctuation": lambda: list(punctuation.problems(templates())),
    }


def templates() -> Iterator[Path]:
    """Every template of ours."""
    for app in _present(APPS):
        yield from sorted(app.glob("**/templates/**/*.html"))


def _present(folders: tuple[Path, ...]) -> list[Path]:
    return [folder for folder in folders if folder.is_dir()]


def _run(command: list[str | Path]) -> list[str]:
    ran = subprocess.run(
        command,
        cwd=ROOT,
        env=outer_environment() | placeholder_environment() | {"PORTAL_DEMO": "1"},  # the demo app is checked too
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return (ran.stdout.splitlines() or [f"status {ran.returncode}"]) if ran.returncode else []


def _passes(name: str, check: Callable[[], list[str]]) -> bool:
    begun = time.monotonic()
    found = check()
    print(f"{'FOUND' if found else 'ok   '} {name:<12} {time.monotonic() - begun:5.1f} s", flush=True)
    for line in found:
        print(f"      {line}")
    return not found
