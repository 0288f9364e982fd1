"""A clamd of the tests: a real server on the loopback that speaks INSTREAM and finds one invented virus."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

VIRUS = b"invented virus of the tests"
FOUND = "Tests.Invented.Virus"


class Handler(socketserver.StreamRequestHandler):
    """One connection: the command, chunks with their length before them, an empty chunk, the answer."""

    server: Clamd

    def handle(self) -> None:
        """Answer one INSTREAM command."""
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        assert command == b"zINSTREAM\0", command
        received = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            received += self.rfile.read(length)
            if len(received) > self.server.limit:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.seen.append(len(received))
        self.wfile.write(f"stream: {FOUND} FOUND\0".encode() if VIRUS in received else b"stream: OK\0")


class Clamd(socketserver.ThreadingTCPServer):
    """The server; `seen` holds the sizes it was sent, `limit` is its StreamMaxLength."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, limit: int) -> None:
        self.seen: list[int] = []
        self.limit = limit
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        """host:port, as PORTAL_CLAMD has it."""
        host, port = self.server_address[:2]
        return f"{host!s}:{port}"


@contextmanager
def clamd(limit: int = 25 * 1024 * 1024) -> Iterator[Clamd]:
    """A running scanner for the length of the block."""
    with Clamd(limit) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
