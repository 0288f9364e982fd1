"""Kinds of notices: what a digest of them is called, and by which ways they go out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class NoticeKind:
    """A kind: its label (subject of the mail), and whether it also goes by mail and by text message."""

    key: str
    label: Any
    mail: bool = True
    text_message: bool = False


_kinds: dict[str, NoticeKind] = {}


def register_notice_kind(kind: NoticeKind) -> None:
    """Make a kind known; a kind nobody has registered goes by mail under a general subject."""
    if _kinds.setdefault(kind.key, kind) != kind:
        raise ValueError(f"notice kind {kind.key} is registered twice")


def notice_kind(key: str) -> NoticeKind:
    """The kind with this key."""
    return _kinds.get(key) or NoticeKind(key, _("工作消息"))
