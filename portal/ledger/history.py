"""Field history: django-simple-history with a salt, collected for the event that caused it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords
from simple_history.signals import post_create_historical_record

from portal.ledger.canonical import row_digest
from portal.ledger.models import SaltedHistory

_rows: ContextVar[list[models.Model] | None] = ContextVar("history_rows", default=None)


def tracked(**options: Any) -> HistoricalRecords:
    """The history of a model: `history = tracked()`."""
    return HistoricalRecords(bases=[SaltedHistory], **options)


@contextmanager
def collected() -> Iterator[list[models.Model]]:
    """Gather the history rows written inside the block, in order."""
    rows: list[models.Model] = []
    token = _rows.set(rows)
    try:
        yield rows
    finally:
        _rows.reset(token)


def create_many(rows: Sequence[Any], *, actor: Any = None) -> list[models.Model]:
    """Insert rows of one tracked model with their history, in two statements; returns the history rows.

    They are collected like those of single saves.
    """
    if not rows:
        return []
    type(rows[0])._default_manager.bulk_create(rows)
    return trace_many(rows, actor=actor)


def trace_many(rows: Sequence[Any], *, actor: Any = None) -> list[models.Model]:
    """Write the history rows of rows of one tracked model that were inserted in bulk."""
    made: list[models.Model] = list(type(rows[0]).history.bulk_history_create(rows, default_user=actor))
    collecting = _rows.get()
    if collecting is not None:
        collecting += made
    return made


@dataclass(frozen=True)
class Digest:
    """What an event says of one history row."""

    model: type[models.Model]
    row: Any
    digest: str

    def as_json(self) -> dict[str, Any]:
        """Table, row, digest."""
        return {"table": self.model._meta.db_table, "row": self.row, "digest": self.digest}


def digests(rows: Sequence[models.Model]) -> list[dict[str, Any]]:
    """What an event says of the history rows written with it: table, row, digest."""
    return [digest.as_json() for digest in digests_of(rows)]


def digests_of(rows: Sequence[models.Model]) -> Iterator[Digest]:
    """The digests of history rows, one statement a table.

    The rows are read back, so that the digest is over what the database keeps (200.00, not 200).
    """
    by_model: dict[type[models.Model], list[Any]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row.pk)
    for model, keys in by_model.items():
        for stored in model._default_manager.filter(pk__in=keys).order_by("pk"):
            yield Digest(model, stored.pk, row_digest(stored))


def _collect(sender: Any, history_instance: models.Model, **_rest: Any) -> None:
    rows = _rows.get()
    if rows is not None:
        rows.append(history_instance)


post_create_historical_record.connect(_collect, dispatch_uid="portal.ledger.history")
