"""Whose account the database and Redis run under: never root, and in a folder that account can reach."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from machine.places import LOCAL, ROOT, Trouble, local_folder, outer_environment

SHARED_FOLDER = Path("/var/lib/enforcement-portal")


def service_user() -> pwd.struct_passwd | None:
    """The ordinary user that root lends to the services; None when we are an ordinary user ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        raise Trouble("The system user «postgres» is missing: is PostgreSQL's server package installed?") from None


def as_service_user() -> dict[str, Any]:
    """Arguments for subprocess that run a program as the service user."""
    user = service_user()
    environment = outer_environment()
    if user is None:
        return {"cwd": "/", "env": environment}
    environment |= {"HOME": user.pw_dir, "USER": user.pw_name, "LOGNAME": user.pw_name}
    return {"cwd": "/", "env": environment, "user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def own(path: Path, mode: int = 0o700) -> Path:
    """Give a folder or file to the service user alone."""
    path.chmod(mode)
    if user := service_user():
        os.chown(path, user.pw_uid, user.pw_gid)
    return path


def reachable(folder: Path) -> bool:
    """Whether the service user can enter and write the folder (a parent such as /root may be closed)."""
    probe = subprocess.run(
        ["/usr/bin/env", "test", "-w", str(folder), "-a", "-x", str(folder)], check=False, **as_service_user()
    )
    return probe.returncode == 0


def kept_folder(name: str) -> Path:
    """The folder in which a service of the demo keeps its data between runs.

    It lies in .local; when root's checkout cannot be reached by the service user it lies in /var/lib, and
    .local/NAME.elsewhere says where.
    """
    folder = local_folder() / name
    elsewhere = LOCAL / f"{name}.elsewhere"
    if elsewhere.is_file():
        folder = Path(elsewhere.read_text(encoding="utf-8").strip())
        folder.mkdir(parents=True, exist_ok=True)
        return own(folder)
    folder.mkdir(exist_ok=True)
    own(folder)
    if reachable(folder):
        return folder
    folder.rmdir()
    folder = SHARED_FOLDER / f"{name}-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]}"
    if folder.exists():
        shutil.rmtree(folder)  # left behind by a .local that is gone, and with it its passwords
    folder.mkdir(parents=True)
    elsewhere.write_text(f"{folder}\n", encoding="utf-8")
    return own(folder)


def throwaway_folder() -> Path:
    """A new folder for services that live no longer than one run; the caller removes it."""
    folder = own(Path(tempfile.mkdtemp(prefix="enforcement-portal-")).resolve())
    if not reachable(folder):
        folder.rmdir()
        folder = own(Path(tempfile.mkdtemp(prefix="enforcement-portal-", dir="/tmp")))
    return folder
