"""The vault: bytes under their SHA-256, in a folder no web server serves, readable by the portal's user alone."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Kept:
    """A file that has arrived: a temporary path, its size and SHA-256."""

    path: Path
    size: int
    sha256: str


def folder() -> Path:
    """The vault's folder."""
    return Path(settings.MEDIA_ROOT) / "attachments"


def path_of(name: str) -> Path:
    """Where a stored name lies; raises ValueError for a name that is none of ours."""
    parts = name.split("/")
    if len(parts) != 3 or not all(part.isalnum() for part in parts):
        raise ValueError("not a name of the vault")
    return folder().joinpath(*parts)


def receive(chunks: Iterable[bytes], watch: Callable[[bytes, int], None]) -> Kept:
    """Write a stream to a temporary file, hashing on the way.

    `watch` sees every chunk with the size so far and may raise to stop; nothing is left behind then.
    """
    waiting = folder() / "incoming"
    waiting.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    size = 0
    handle, name = tempfile.mkstemp(dir=waiting)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in chunks:
                size += len(chunk)
                watch(chunk, size)
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Kept(path, size, digest.hexdigest())


def keep(kept: Kept) -> str:
    """Move a received file to its place; the same bytes are kept once. Returns the stored name."""
    name = f"{kept.sha256[:2]}/{kept.sha256[2:4]}/{kept.sha256}"
    place = path_of(name)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if place.exists() and sha256_of(place) == kept.sha256:
        kept.path.unlink(missing_ok=True)
    else:
        kept.path.chmod(0o400)
        kept.path.replace(place)
    return name


def discard(kept: Kept) -> None:
    """Throw away a received file that is not taken."""
    kept.path.unlink(missing_ok=True)


def sha256_of(path: Path) -> str:
    """SHA-256 of a stored file, read in chunks."""
    with path.open("rb") as stored:
        return hashlib.file_digest(stored, "sha256").hexdigest()
