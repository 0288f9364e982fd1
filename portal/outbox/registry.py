"""Which function carries out which outbox topic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Handler = Callable[[dict[str, Any]], None]
_handlers: dict[str, Handler] = {}


def handles(topic: str) -> Callable[[Handler], Handler]:
    """Register the function for a topic; it must be idempotent, since a row may be tried again.

    Raises ValueError when another function already has the topic.
    """

    def register(function: Handler) -> Handler:
        if _handlers.get(topic, function) is not function:
            raise ValueError(f"outbox topic {topic} already has a handler")
        _handlers[topic] = function
        return function

    return register


def handler_for(topic: str) -> Handler | None:
    """The function for the topic, if any room has registered one."""
    return _handlers.get(topic)


def topics() -> frozenset[str]:
    """Every topic that has a handler."""
    return frozenset(_handlers)
