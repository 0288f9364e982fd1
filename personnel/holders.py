"""Telling higher rooms that what a certificate shows of its holder has changed: name, department, photograph."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from personnel.models import Officer

Hook = Callable[["Officer"], None]
_hooks: list[Hook] = []


def holder_changed(hook: Hook) -> None:
    """Call the hook in the transaction of every such change; to be registered in AppConfig.ready()."""
    if hook not in _hooks:
        _hooks.append(hook)


def tell_holder_changed(officer: Officer) -> None:
    """Called by whoever has changed it, inside the transaction."""
    for hook in _hooks:
        hook(officer)
