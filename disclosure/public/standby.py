"""Reading from a copy of the database, a streaming standby: only as long as the copy is as far as the original.

A withdrawal counts from its commit. So the state of the published rows is always asked of the original, one
row; the copy is used for a page only when it shows that state, or a later one. A copy that lags or does not
answer makes pages slower, never older.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Final, TypeVar

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

COPY: Final = "replica"
STATE: Final = "SELECT number, raised_at FROM publiczone_generation WHERE id = 1"
REST: Final = 10.0  # seconds for which a copy that does not answer is left alone
log = logging.getLogger(__name__)
T = TypeVar("T")
_reading: ContextVar[str] = ContextVar("reading", default=DEFAULT_DB_ALIAS)
_rests_until: list[float] = [0.0]


class Router:
    """Reads go where `at_copy` says; everything else, and every migration, to the original."""

    def db_for_read(self, _model: Any, **_hints: Any) -> str:
        """The copy inside `at_copy`, else the original."""
        return _reading.get()

    def db_for_write(self, _model: Any, **_hints: Any) -> str:
        """The original."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, *_both: Any, **_hints: Any) -> bool:
        """The copy is the same database."""
        return True

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool:
        """Never on the copy: it follows by itself."""
        return db != COPY


def reading() -> Any:
    """The connection that a question in SQL is to be asked on."""
    return connections[_reading.get()]


def at_copy(number: int, raised_at: datetime, work: Callable[[], T]) -> T:
    """Do the work with reads at the copy when it has reached this state, else at the original.

    A copy that breaks off during the work is left alone for a while, and the work done again at the original.
    """
    if COPY not in connections or not _has_reached(number, raised_at):
        return work()
    token = _reading.set(COPY)
    try:
        return work()
    except OperationalError as error:
        _rest(error)
    finally:
        _reading.reset(token)
    return work()


def _has_reached(number: int, raised_at: datetime) -> bool:
    if time.monotonic() < _rests_until[0]:
        return False
    try:
        with connections[COPY].cursor() as cursor:
            cursor.execute(STATE)
            row = cursor.fetchone()
    except OperationalError as error:
        _rest(error)
        return False
    return row is not None and row[0] >= number and row[1] >= raised_at


def _rest(error: OperationalError) -> None:
    _rests_until[0] = time.monotonic() + REST
    connections[COPY].close()
    log.warning("the copy of the database does not answer, left alone for %d seconds: %s", REST, error)
