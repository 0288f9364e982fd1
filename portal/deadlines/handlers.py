"""What the clock does after a commit: recompute the matters that a new calendar touches."""

from __future__ import annotations

from typing import Any

from portal import outbox


@outbox.handles("deadlines.recompute")
def recompute(payload: dict[str, Any]) -> None:
    """Replay the matters of one outbox row."""
    from portal.deadlines import services

    services.recompute(payload["matters"], payload["cause"])
