"""After the commit: rows written in the transaction, carried out by the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portal.outbox.registry import handles

if TYPE_CHECKING:
    from portal.outbox.models import OutboxRow

__all__ = ["drain", "handles", "put"]


def put(topic: str, *, key: str, payload: dict[str, Any]) -> OutboxRow:
    """Write one row within the transaction; see `portal.outbox.service.put`."""
    from portal.outbox import service  # the table exists only once the apps are loaded

    return service.put(topic, key=key, payload=payload)


def drain(limit: int = 100) -> int:
    """Carry out waiting rows; see `portal.outbox.service.drain`."""
    from portal.outbox import service

    return service.drain(limit)
