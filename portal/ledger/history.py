"""Field history: django-simple-history with a salt, collected for the event that caused it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
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


def digests(rows: list[models.Model]) -> list[dict[str, Any]]:
    """What an event says of the history rows written with it: table, row, digest.

    The rows are read back, so that the digest is over what the database keeps (200.00, not 200).
    """
    made: list[dict[str, Any]] = []
    by_model: dict[type[models.Model], list[Any]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row.pk)
    for model, keys in by_model.items():
        stored = model._default_manager.filter(pk__in=keys).order_by("pk")
        made += [{"table": model._meta.db_table, "row": row.pk, "digest": row_digest(row)} for row in stored]
    return made


def _collect(sender: Any, history_instance: models.Model, **_rest: Any) -> None:
    rows = _rows.get()
    if rows is not None:
        rows.append(history_instance)


post_create_historical_record.connect(_collect, dispatch_uid="portal.ledger.history")
