"""What other rooms do when a document becomes ready or void, inside the same transaction.

A function that fails makes the rendering fail and be tried again, so that no document is ready
without its public row. It may only write to the database.
"""

from __future__ import annotations

from collections.abc import Callable

from portal.documents.models import Document

Hook = Callable[[Document], None]
_ready: list[Hook] = []
_void: list[Hook] = []


def on_ready(hook: Hook) -> Hook:
    """Call the function with each document whose PDF has just been stored."""
    if hook not in _ready:
        _ready.append(hook)
    return hook


def on_void(hook: Hook) -> Hook:
    """Call the function with each document that has just been voided."""
    if hook not in _void:
        _void.append(hook)
    return hook


def tell_ready(document: Document) -> None:
    """Run the functions for a document that is ready."""
    for hook in _ready:
        hook(document)


def tell_void(document: Document) -> None:
    """Run the functions for a document that is void."""
    for hook in _void:
        hook(document)
