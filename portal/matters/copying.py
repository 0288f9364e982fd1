"""Many rows of one table by COPY: where their keys are known beforehand, or nobody asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def copy_rows(rows: Sequence[models.Model], fields: Iterable[Any] | None = None) -> None:
    """Insert rows of one model in one statement; constraints and triggers hold as for any insert.

    `fields`: the columns to write, all but an empty automatic key when not given. Keys made by the
    database are not read back, signals are not sent.
    """
    if not rows:
        return
    meta = rows[0]._meta
    columns = list(fields) if fields is not None else [one for one in meta.local_concrete_fields if not _automatic(one)]
    names = ", ".join(connection.ops.quote_name(str(column.column)) for column in columns)
    statement = f"COPY {connection.ops.quote_name(meta.db_table)} ({names}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            row._prepare_related_fields_for_save(operation_name="bulk_create")  # type: ignore[attr-defined]  # noqa: SLF001 - what bulk_create calls
            copy.write_row([column.get_db_prep_save(column.pre_save(row, True), connection) for column in columns])


def _automatic(field: Any) -> bool:
    return isinstance(field, models.AutoField | models.BigAutoField)
