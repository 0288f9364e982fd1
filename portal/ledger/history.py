"""Field history: django-simple-history with a salt, collected for the event that caused it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.utils import timezone
from simple_history.models import HistoricalRecords
from simple_history.signals import post_create_historical_record

from portal.ledger.canonical import row_digest
from portal.ledger.models import SaltedHistory

SALT = "decode(replace(gen_random_uuid()::text, '-', ''), 'hex')"  # from the system's own strong random source
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
    """Write the history of rows of one tracked model that were just inserted, in one statement.

    The database copies its own rows, so what comes back is what it keeps: the digest needs no second
    reading. Answers in the order of `rows`.
    """
    model = type(rows[0])
    history: Any = model.history.model
    columns = {field.column: _source(model, field) for field in history.tracked_fields}
    columns |= {"history_date": "%s", "history_type": "'+'", "history_user_id": "%s", "salt": SALT}
    parent = next(iter(model._meta.parents.items()), None)
    join = ""
    if parent is not None:
        upper, link = parent
        join = (
            f"JOIN {_name(upper._meta.db_table)} ON {_name(upper._meta.db_table)}.{_name(upper._meta.pk.column)} = "
            f"{_name(model._meta.db_table)}.{_name(link.column)}"
        )
    statement = (
        f"INSERT INTO {_name(history._meta.db_table)} ({', '.join(map(_name, columns))}) "  # noqa: S608 - names of our own tables
        f"SELECT {', '.join(columns.values())} FROM {_name(model._meta.db_table)} {join} "
        f"WHERE {_name(model._meta.db_table)}.{_name(model._meta.pk.column)} = ANY(%s) RETURNING *"
    )
    keys = [row.pk for row in rows]
    values = [timezone.now(), actor.pk if actor else None, keys]
    made = {getattr(trace, model._meta.pk.attname): trace for trace in history.objects.raw(statement, values)}
    traces: list[models.Model] = [made[key] for key in keys]
    collecting = _rows.get()
    if collecting is not None:
        collecting += traces
    return traces


def _source(model: type[models.Model], field: Any) -> str:
    """Where the value of a history column stands: in the model's own table, or in the one it stands on."""
    own = {one.column for one in model._meta.local_concrete_fields}
    holder = model if field.column in own else next(iter(model._meta.parents))
    return f"{_name(holder._meta.db_table)}.{_name(field.column)}"


def _name(name: str) -> str:
    return connection.ops.quote_name(name)


@dataclass(frozen=True)
class Digest:
    """What an event says of one history row."""

    model: type[models.Model]
    row: Any
    digest: str

    def as_json(self) -> dict[str, Any]:
        """Table, row, digest."""
        return {"table": self.model._meta.db_table, "row": self.row, "digest": self.digest}


def digest_of(row: models.Model) -> Digest:
    """The digest of a history row as it was read from the database."""
    return Digest(type(row), row.pk, row_digest(row))


def digests(rows: Sequence[models.Model]) -> list[dict[str, Any]]:
    """What an event says of the history rows written with it: table, row, digest.

    The rows are read back, so that the digest is over what the database keeps (200.00, not 200).
    Plain histories of reference data carry no salt and are not bound.
    """
    made: list[dict[str, Any]] = []
    by_model: dict[type[models.Model], list[Any]] = {}
    for row in (one for one in rows if isinstance(one, SaltedHistory)):
        by_model.setdefault(type(row), []).append(row.pk)
    for model, keys in by_model.items():
        stored = model._default_manager.filter(pk__in=keys).order_by("pk")
        made += [digest_of(row).as_json() for row in stored]
    return made


def _collect(sender: Any, history_instance: models.Model, **_rest: Any) -> None:
    rows = _rows.get()
    if rows is not None:
        rows.append(history_instance)


post_create_historical_record.connect(_collect, dispatch_uid="portal.ledger.history")
