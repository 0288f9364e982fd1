"""Child processes that are watched together and stopped together, and what a signal means meanwhile."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType

from machine.places import LOGS, ROOT

STOP_SECONDS = 10.0
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Ended(KeyboardInterrupt):
    """A signal asked this command to end; carries which."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


@contextlib.contextmanager
def end_on_signals() -> Iterator[None]:
    """Turn the first Ctrl-C, TERM or HUP into Ended, so that every `finally` runs; ignore more of them."""

    def end(number: int, _frame: FrameType | None) -> None:
        for other in ENDING_SIGNALS:
            signal.signal(other, signal.SIG_IGN)
        raise Ended(number)

    before = {number: signal.signal(number, end) for number in ENDING_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def in_foreground(command: list[str], environment: Mapping[str, str], folder: Path | None = None) -> int:
    """Run a command that owns the terminal and return its status; when told to end, let it clean up first."""
    child = subprocess.Popen(command, env=dict(environment), cwd=folder)
    try:
        return child.wait()
    except Ended as ended:
        # A terminal sends Ctrl-C to the child as well; any other signal reached us alone.
        steps = ((None, 5.0),) if ended.number == signal.SIGINT else ()
        for number, patience in (*steps, (signal.SIGINT, 15.0), (signal.SIGKILL, 5.0)):
            if number is not None:
                child.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(timeout=patience)
                break
        raise


def dying_with_us(command: list[str], number: signal.Signals = signal.SIGTERM) -> list[str]:
    """The command, wrapped so that the kernel sends it the signal should this process be killed outright."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", number.name.removeprefix("SIG"), *command] if setpriv else command


class Household:
    """The processes of one demo, each with a log of its own."""

    def __init__(self, logs: Path = LOGS) -> None:
        self.logs = logs
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: list[str], environment: Mapping[str, str]) -> None:
        """Start one process in a group of its own, so that a Ctrl-C at the terminal reaches only the watcher."""
        with self.log(name).open("ab") as log:
            self.children[name] = subprocess.Popen(
                dying_with_us(command),
                cwd=ROOT,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def ended(self) -> str | None:
        """The name of a process that ended by itself, None while all run."""
        return next((name for name, child in self.children.items() if child.poll() is not None), None)

    def stop(self) -> None:
        """Ask every process to end, wait ten seconds, then end what is left of each group."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(timeout=max(0.0, deadline - time.monotonic()))
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)  # grandchildren too
            child.wait()

    def log(self, name: str) -> Path:
        """Where the process writes."""
        return self.logs / f"{name}.log"
