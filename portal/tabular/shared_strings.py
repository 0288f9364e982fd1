"""The shared strings of a workbook, kept in two temporary files: however many there are, memory stays flat."""

from __future__ import annotations

import os
import struct
import tempfile
from functools import lru_cache
from typing import IO

from portal.tabular.tables import LONGEST_CELL
from portal.tabular.xml_stream import feed, stream_parser

PLACE = struct.Struct("<QQ")
OFFSET = struct.Struct("<Q")


class SharedStrings:
    """Reads xl/sharedStrings.xml once; then answers by number. `None` for a workbook that has none."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        # Open for as long as the workbook is: close() ends them, so no with-block here.
        self.texts = tempfile.TemporaryFile()  # noqa: SIM115
        self.places = tempfile.TemporaryFile()  # noqa: SIM115
        self.count = 0
        self.at = lru_cache(maxsize=4096)(self._at)
        self._parts: list[str] = []
        self._size = 0
        self._wanted = False
        self._skipped = 0
        self.places.write(OFFSET.pack(0))
        if stream is not None:
            parser = stream_parser(self._start, self._end, self._text)
            while feed(parser, stream):
                pass
        self.texts.flush()
        self.places.flush()

    def close(self) -> None:
        """Give the temporary files back."""
        self.texts.close()
        self.places.close()

    def _at(self, number: int) -> str:
        """The string of that number; nothing when the workbook has no such number."""
        if not 0 <= number < self.count:
            return ""
        begin, end = PLACE.unpack(os.pread(self.places.fileno(), PLACE.size, number * OFFSET.size))
        return os.pread(self.texts.fileno(), end - begin, begin).decode()

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        element = name[name.find(":") + 1 :]
        if element == "si":
            self._parts, self._size = [], 0
        elif element == "rPh":
            self._skipped += 1
        elif element == "t":
            self._wanted = not self._skipped

    def _end(self, name: str) -> None:
        element = name[name.find(":") + 1 :]
        if element == "t":
            self._wanted = False
        elif element == "rPh":
            self._skipped -= 1
        elif element == "si":
            self.texts.write("".join(self._parts).encode("utf-8", "replace"))
            self.places.write(OFFSET.pack(self.texts.tell()))
            self.count += 1

    def _text(self, text: str) -> None:
        if self._wanted and self._size <= LONGEST_CELL:
            self._parts.append(text)
            self._size += len(text)
