"""All rows of a search from a cursor of the database, in batches: memory stays flat however many there are."""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator, Iterator
from itertools import islice
from typing import Any, Final

from django.db import connection, transaction

from .caching import generation
from .columns import SOURCES
from .searching import Search, visible

log = logging.getLogger(__name__)
BATCH: Final = 2_000
# Each keeps a thread and a connection of the process: pages must go on beside them.
AT_ONCE: Final = 2
# For one batch; a visitor who takes nothing for a minute gives the connection back.
LIMITS: Final = "SET LOCAL statement_timeout = '30s'; SET LOCAL idle_in_transaction_session_timeout = '60s'"
_places = threading.BoundedSemaphore(AT_ONCE)
Batch = list[tuple[Any, ...]]


class TooManyDownloadsError(RuntimeError):
    """All places for downloads are taken at the moment."""


class Stream:
    """Batches of a search's rows; a place is taken at once and given back at the end, also when the visitor leaves."""

    def __init__(self, search: Search) -> None:
        if not _places.acquire(blocking=False):
            raise TooManyDownloadsError
        self._search, self._held = search, True

    def __iter__(self) -> Generator[Batch, None, None]:
        try:
            yield from _batches(self._search)
        finally:
            self.close()

    def close(self) -> None:
        """Give the place back; once."""
        if self._held:
            self._held = False
            _places.release()


def _batches(search: Search) -> Iterator[Batch]:
    """What is withdrawn while a download runs is left out of all later batches, as it is everywhere else."""
    mark = "-" if search.sort.descending else ""
    chosen = search.base().filter(search.facets()).order_by(f"{mark}{search.sort.column}", f"{mark}key")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(LIMITS)
        begun = generation()
        rows = iter(chosen.values_list(*SOURCES).iterator(chunk_size=BATCH))
        while batch := list(islice(rows, BATCH)):
            if generation() != begun:
                still = set(visible().filter(pk__in=[row[0] for row in batch]).values_list("pk", flat=True))
                batch = [row for row in batch if row[0] in still]
            yield batch
