"""Where things lie in a checkout, and how the scripts speak."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"
LOGS = LOCAL / "log"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
APPS = tuple(ROOT / name for name in ("portal", "personnel", "enforcement", "disclosure", "supervision", "demo"))


class Trouble(Exception):
    """Something only the person at the terminal can mend; its text is a sentence for them."""


def say(text: str) -> None:
    """Tell the person how it goes, on stderr: stdout belongs to the command that was asked for."""
    print(text, file=sys.stderr, flush=True)


def local_folder() -> Path:
    """The folder for everything the scripts make, private to its user."""
    try:
        LOGS.mkdir(parents=True, exist_ok=True)
        LOCAL.chmod(0o711)
    except PermissionError as error:
        raise Trouble(f"{LOCAL} belongs to another user: run the script as that user, or remove the folder.") from error
    return LOCAL


def outer_environment() -> dict[str, str]:
    """The caller's environment without what would speak into the portal's settings or the database's clients."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DJANGO_", "PG"))}


@contextlib.contextmanager
def locked(name: str) -> Iterator[None]:
    """Hold the lock .local/NAME.lock alone for the length of the block; waits for the holder."""
    with (local_folder() / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def fingerprint(files: Iterable[Path], *more: str) -> str:
    """A short hash of the contents of the files that exist, their names, and the words given."""
    digest = hashlib.sha256("\0".join(more).encode())
    for file in sorted(files):
        if file.is_file():
            digest.update(f"\0{file}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step, readable by its user alone."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    fresh.replace(path)


class Notes:
    """A small JSON file that remembers between runs what was done already."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self.values = {}

    def get(self, name: str) -> Any:
        """What was noted under the name, or None."""
        return self.values.get(name)

    def set(self, **values: Any) -> None:
        """Note the values and write the file."""
        self.values.update(values)
        write_private(self.path, json.dumps(self.values, indent=1))
