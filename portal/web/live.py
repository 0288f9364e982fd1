"""A line under the form of an action that is worked out anew while people type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_live: dict[str, Callable[[Any], str]] = {}


def register_live(action_key: str, url: Callable[[Any], str]) -> None:
    """`url(subject)` takes the whole form by POST and answers a fragment; no subject: something new is begun.

    Called in AppConfig.ready().
    """
    _live[action_key] = url


def live_url(action_key: str, subject: Any) -> str:
    """Where the form of an action is to be sent while people type; nothing for most."""
    found = _live.get(action_key)
    return found(subject) if found is not None else ""
