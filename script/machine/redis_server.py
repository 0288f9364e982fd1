"""A Redis of our own: broker, cache and nudge, on a free port with a password."""

from __future__ import annotations

import hashlib
import re
import shutil
import signal
import socket
import subprocess
from functools import cache
from pathlib import Path

from machine.account import own
from machine.places import ROOT, Trouble
from machine.service import Service

OLDEST = 7
USERS = ROOT / "deploy" / "redis" / "users.acl"


@cache
def program() -> str | None:
    """redis-server of version 7 or newer, None when this machine has none."""
    found = shutil.which("redis-server")
    if found is None:
        return None
    printed = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    version = int(match[1]) if (match := re.search(r"v=(\d+)", printed)) else 0
    return found if version >= OLDEST else None


class Redis(Service):
    """One server with its configuration, password included, in a file of its own."""

    name = "Redis"
    stop_signal = signal.SIGTERM

    def __init__(self, folder: Path, log: Path, *, kept: bool, password: str, public_password: str) -> None:
        super().__init__(folder, log, kept=kept)
        self.password = password
        self.public_password = public_password
        self.pid_file = folder / "redis.pid"
        self.settings = folder / "redis.conf"

    def pid(self) -> int | None:
        try:
            pid = int(self.pid_file.read_text(encoding="utf-8"))
            there = Path(f"/proc/{pid}/cwd").readlink() == self.folder
        except (OSError, ValueError):
            return None
        return pid if there else None

    @property
    def port(self) -> int:
        match = re.search(r"^port (\d+)$", self.settings.read_text(encoding="utf-8"), re.MULTILINE)
        if match is None:
            raise Trouble(f"{self.settings} names no port.")
        return int(match[1])

    def answers(self) -> bool:
        request = f"AUTH desk {self.password}\r\nPING\r\n".encode()
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(request)
                answer = b""
                while b"PONG" not in answer:
                    part = connection.recv(256)
                    if not part:
                        return False
                    answer += part
        except OSError:
            return False
        return True

    def forget(self) -> None:
        self.pid_file.unlink(missing_ok=True)

    def command(self, port: int) -> list[str]:
        lines = [
            "bind 127.0.0.1",
            f"port {port}",
            f"dir {self.folder}",
            f"pidfile {self.pid_file}",
            'save ""',
            f"appendonly {'yes' if self.kept else 'no'}",
            *users(desk=self.password, public=self.public_password),
        ]
        self.settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
        own(self.settings, 0o600)
        found = program()
        if found is None:
            raise Trouble(f"Redis {OLDEST} or newer is missing: run script/bootstrap.")
        return [found, str(self.settings)]

    def url(self) -> str:
        """The address for the portal's own processes."""
        return f"redis://desk:{self.password}@127.0.0.1:{self.port}/0"

    def public_url(self) -> str:
        """The address for the public zone, whose user sees its own cache keys only."""
        return f"redis://public:{self.public_password}@127.0.0.1:{self.port}/0"


def users(**passwords: str) -> list[str]:
    """The ACL lines that production uses too, with the digests of the passwords filled in."""
    lines = USERS.read_text(encoding="utf-8").splitlines()
    digests = {name: hashlib.sha256(password.encode()).hexdigest() for name, password in passwords.items()}
    return [line.format(**digests) for line in lines if line.startswith("user ")]
