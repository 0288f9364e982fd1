"""A PostgreSQL cluster of our own: made, started, stopped, filled with the roles the portal needs."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import subprocess
from functools import cache
from pathlib import Path

from machine.account import as_service_user, own
from machine.places import ROOT, Trouble
from machine.service import Service

ADMIN = "portal_admin"
DATABASE = "portal"
OLDEST = 15
MAKE_OWNER = ROOT / "deploy" / "postgres" / "owner.sql"  # production makes its owner the same way
# Without autovacuum: one of its workers in a database keeps its owner from dropping it.
THROWAWAY_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


@cache
def programs() -> dict[int, Path]:
    """The folders of PostgreSQL's server programs on this machine by major version, those before 15 left out."""
    folders = {
        int(folder.parent.name): folder
        for folder in Path("/usr/lib/postgresql").glob("*/bin")
        if folder.parent.name.isdigit()
    }
    if not folders and (found := shutil.which("initdb")):
        printed = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
        if match := re.search(r"(\d+)", printed):
            folders[int(match[1])] = Path(found).resolve().parent
    needed = ("initdb", "postgres", "psql")
    return {
        version: folder
        for version, folder in sorted(folders.items())
        if version >= OLDEST and all((folder / name).exists() for name in needed)
    }


class Postgres(Service):
    """One cluster; its superuser's password is known to us alone."""

    name = "PostgreSQL"
    stop_signal = signal.SIGINT  # «fast»: roll back, disconnect, shut down cleanly

    def __init__(self, folder: Path, log: Path, *, kept: bool, password: str, durable: bool | None = None) -> None:
        """`durable` (default: as `kept`) switches fsync on, for what is kept and for what is measured."""
        super().__init__(folder, log, kept=kept)
        self.password = password
        self.durable = kept if durable is None else durable
        self.data = folder / "data"
        self.pid_file = self.data / "postmaster.pid"

    def _pid_lines(self) -> list[str]:
        try:
            return self.pid_file.read_text(encoding="utf-8").splitlines()
        except OSError:
            return []

    def pid(self) -> int | None:
        lines = self._pid_lines()
        if not lines:
            return None
        try:  # a server's working folder is its data folder: another program with a reused number has another
            there = Path(f"/proc/{int(lines[0])}/cwd").readlink() == self.data
        except (OSError, ValueError):
            there = False
        return int(lines[0]) if there else None

    @property
    def port(self) -> int:
        return int(self._pid_lines()[3])

    def answers(self) -> bool:
        lines = self._pid_lines()
        return len(lines) > 7 and lines[7].strip() == "ready"

    def forget(self) -> None:
        self.pid_file.unlink(missing_ok=True)

    def command(self, port: int) -> list[str]:
        settings = [
            f"port={port}",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=200",
            *(() if self.durable else THROWAWAY_SETTINGS),
        ]
        return [
            str(self._program("postgres")),
            "-D",
            str(self.data),
            *(f"--{setting}" for setting in settings),
        ]

    def start(self) -> bool:
        """Make the cluster when there is none yet, then start it."""
        if not (self.data / "PG_VERSION").exists():
            self._create()
        return super().start()

    def _program(self, name: str) -> Path:
        """A program of the version that made this cluster, of the newest one before there is a cluster."""
        found = programs()
        if not found:
            raise Trouble(f"PostgreSQL {OLDEST} or newer is missing: run script/bootstrap.")
        try:
            version = int((self.data / "PG_VERSION").read_text(encoding="utf-8"))
        except OSError:
            version = max(found)
        if version not in found:
            raise Trouble(
                f"The demo's database was made by PostgreSQL {version}, this machine has {max(found)}: "
                "script/demo --reset makes a new one."
            )
        return found[version] / name

    def _create(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)  # what an interrupted start left
        word = self.folder / f"password-{secrets.token_hex(4)}"
        word.write_text(self.password, encoding="utf-8")
        own(word, 0o600)
        try:
            made = subprocess.run(
                [
                    self._program("initdb"), f"--pgdata={self.data}", f"--username={ADMIN}", f"--pwfile={word}",
                    "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8",
                    *(() if self.durable else ("--no-sync",)),
                ],
                capture_output=True, text=True, check=False, **as_service_user(),
            )  # fmt: skip
        finally:
            word.unlink()
        if made.returncode:
            raise Trouble(f"initdb failed in {self.folder}:\n{made.stderr}")

    def make_owner(self, password: str) -> None:
        """Make (or bring up to date) the database and its owner, who makes the other roles."""
        command = [str(self._program("psql")), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1"]
        environment = {"PGPASSWORD": self.password, "OWNER_PASSWORD": password, "DATABASE": DATABASE}
        ran = subprocess.run(
            [*command, "-p", str(self.port), "-U", ADMIN, "-d", "postgres", "-f", str(MAKE_OWNER)],
            text=True,
            capture_output=True,
            check=False,
            env=os.environ | environment,
        )
        if ran.returncode:
            raise Trouble(f"PostgreSQL refused to make the portal's database:\n{ran.stderr}")

    def url(self, role: str, password: str) -> str:
        """The address of the portal's database for a role."""
        return f"postgresql://{role}:{password}@127.0.0.1:{self.port}/{DATABASE}"
