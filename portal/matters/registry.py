"""What a room says about its kind of matter: label, address, subject."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from portal.matters.models import Matter


@dataclass(frozen=True)
class MatterKind:
    """One kind of matter, registered by the room that owns it.

    `reserved`: whoever sees it by a grant sees of its files only what his own department uploaded.
    """

    key: str
    label: Any
    model: type[models.Model]
    url: Callable[[Matter], str]
    reserved: bool = False

    def subject(self, matter: Matter) -> models.Model:
        """The row whose life the matter is."""
        return self.model._default_manager.get(pk=matter.pk)


_kinds: dict[str, MatterKind] = {}


def register_kind(kind: MatterKind) -> None:
    """Register a kind of matter; raises ValueError when the key is taken."""
    if _kinds.get(kind.key, kind) != kind:
        raise ValueError(f"matter kind {kind.key} is registered already")
    _kinds[kind.key] = kind


def kind_of(matter: Matter) -> MatterKind:
    """The registered kind; raises LookupError for an unknown one."""
    try:
        return _kinds[matter.kind]
    except KeyError:
        raise LookupError(f"no room has registered the matter kind {matter.kind}") from None


def kinds() -> list[MatterKind]:
    """Every registered kind, in order of registration."""
    return list(_kinds.values())


def reserved_kinds() -> list[str]:
    """The kinds whose files are not shown to guests."""
    return [kind.key for kind in _kinds.values() if kind.reserved]


def url_of(matter: Matter) -> str:
    """The address of the matter's page on the desk."""
    return kind_of(matter).url(matter)
