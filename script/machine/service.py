"""What a private PostgreSQL and a private Redis have in common: start, find again, stop."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path

from machine.account import as_service_user
from machine.places import Trouble
from machine.processes import dying_with_us

START_SECONDS = 60.0
STOP_SECONDS = 30.0


def free_port() -> int:
    """A port on 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Service(ABC):
    """A server program with a data folder; found again by its pid file, so that runs can share it."""

    name: str
    stop_signal: signal.Signals

    def __init__(self, folder: Path, log: Path, *, kept: bool) -> None:
        """`kept` services outlive this process and keep their data; others die with it."""
        self.folder = folder
        self.log = log
        self.kept = kept
        self.process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def pid(self) -> int | None:
        """The running server's process, None when it does not run (stale pid files do not count)."""

    @abstractmethod
    def command(self, port: int) -> list[str]:
        """The command line that serves on the port."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether the server takes requests."""

    @property
    @abstractmethod
    def port(self) -> int:
        """Where the running server listens."""

    @abstractmethod
    def forget(self) -> None:
        """Remove the pid file of a server that is gone."""

    def start(self) -> bool:
        """Start the server unless it runs; True when this call started it."""
        if self.pid() is not None:
            return False
        for _attempt in range(3):  # another program may take the free port before the server does
            self.forget()
            if self._launch(free_port()):
                return True
        tail = "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:])
        raise Trouble(f"{self.name} does not start; the end of {self.log}:\n{tail}")

    def _launch(self, port: int) -> bool:
        command = self.command(port)
        if not self.kept:
            command = dying_with_us(command, self.stop_signal)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **as_service_user(),
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                return False
            if self.pid() is not None and self.answers():
                return True
            time.sleep(0.01)
        self.process.kill()
        self.process.wait()
        return False

    def stop(self) -> None:
        """Stop the server and wait for it; nothing happens when it does not run."""
        pid = self.pid()
        if pid is None:
            return
        os.kill(pid, self.stop_signal)
        deadline = time.monotonic() + STOP_SECONDS
        while self._lives(pid):
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
                deadline += STOP_SECONDS
            time.sleep(0.01)

    def _lives(self, pid: int) -> bool:
        if self.process is not None and self.process.pid == pid:
            return self.process.poll() is None
        return Path(f"/proc/{pid}").exists()
