"""Writing to the outbox within a transaction, and carrying it out afterwards."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from portal.outbox.models import OutboxRow
from portal.outbox.registry import handler_for

logger = logging.getLogger(__name__)
LONGEST_WAIT_SECONDS = 3600
QUIET_SECONDS = 30.0
_broker = {"quiet_until": 0.0}


def put(topic: str, *, key: str, payload: dict[str, Any]) -> OutboxRow:
    """Write one row; a second row of the same topic and key is the first one, unchanged."""
    row, _created = OutboxRow.objects.get_or_create(topic=topic, key=key, defaults={"payload": payload})
    if not any(entry[1] is nudge for entry in connection.run_on_commit):
        transaction.on_commit(nudge, robust=True)
    return row


def nudge() -> None:
    """Tell the worker that there is something to do; a dead broker is no error, beat drains later.

    After a failure the broker is left alone for half a minute, so that nobody waits for it at every click.
    """
    if time.monotonic() < _broker["quiet_until"]:
        return
    from portal.outbox.tasks import drain as task

    try:
        task.apply_async(retry=False)
    except Exception as error:  # noqa: BLE001 - whatever the broker raises, the row is safe
        _broker["quiet_until"] = time.monotonic() + QUIET_SECONDS
        logger.warning("the worker could not be told, beat will drain: %s", error)


@contextmanager
def unattended() -> Iterator[None]:
    """Tell no worker anything within the block: who writes thousands of rows drains them himself."""
    before = _broker["quiet_until"]
    _broker["quiet_until"] = math.inf
    try:
        yield
    finally:
        _broker["quiet_until"] = before


def drain(limit: int = 100, *, only: Collection[str] | None = None) -> int:
    """Carry out waiting rows, one transaction each; returns how many were tried.

    `only` takes the rows of these topics and leaves the others to somebody else.
    Safe to run in several workers at once: a row is locked while it is carried out. A row that
    fails waits twice as long after each attempt, at most an hour, and keeps its last error.
    """
    tried = 0
    while tried < limit and _carry_out_next(only):
        tried += 1
    return tried


def _carry_out_next(only: Collection[str] | None) -> bool:
    with transaction.atomic():
        waiting = OutboxRow.objects.select_for_update(skip_locked=True).filter(done_at=None, due_at__lte=timezone.now())
        if only is not None:
            waiting = waiting.filter(topic__in=only)
        row = waiting.order_by("due_at", "id").first()
        if row is None:
            return False
        row.attempts += 1
        try:
            with transaction.atomic():
                _carry_out(row)
        except Exception as error:
            logger.exception("outbox row %s (%s) failed", row.pk, row.topic)
            wait = min(2**row.attempts, LONGEST_WAIT_SECONDS)
            row.due_at = timezone.now() + timedelta(seconds=wait)
            row.error = f"{type(error).__name__}: {error}"[:2000]
        else:
            row.done_at = timezone.now()
            row.error = ""
        row.save(update_fields=["attempts", "due_at", "done_at", "error"])
    return True


def _carry_out(row: OutboxRow) -> None:
    handler = handler_for(row.topic)
    if handler is None:
        raise LookupError(f"no room has registered a handler for {row.topic}")
    handler(row.payload)
