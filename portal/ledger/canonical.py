"""The canonical text of an event and the digest of a history row: what exactly is hashed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models


def plain(value: Any) -> Any:
    """A JSON-safe value with one spelling: decimals as strings, UTC microseconds, sorted sets.

    Raises TypeError for a value that has no such spelling.
    """
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return format(value, "f")
        case dt.datetime():
            if value.tzinfo is None:
                raise TypeError("a moment in the ledger needs a time zone")
            return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
        case dt.date() | dt.time():
            return value.isoformat()
        case UUID():
            return str(value)
        case bytes() | memoryview():
            return bytes(value).hex()
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case set() | frozenset():
            return sorted(plain(item) for item in value)
        case float():
            return repr(value)
    raise TypeError(f"{type(value).__name__} has no canonical spelling")


def canonical_text(content: dict[str, Any]) -> str:
    """One text for one content: sorted keys, no blanks, no escapes beyond what JSON demands."""
    return json.dumps(plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hashes(text: str) -> tuple[str, str]:
    """SHA-256 and SM3 of a text, in hexadecimal."""
    raw = text.encode()
    return hashlib.sha256(raw).hexdigest(), hashlib.new("sm3", raw).hexdigest()


def row_digest(row: models.Model) -> str:
    """sha256(salt ‖ values) of a history row; found again from the row alone, reveals nothing.

    The reason of change is people's free text and part of the row; the salt is left out of the
    values, the history's own moment is included.
    """
    values = {
        field.attname: field.value_from_object(row) for field in row._meta.concrete_fields if field.attname != "salt"
    }
    salt = bytes(row.salt)  # type: ignore[attr-defined]  # every tracked history carries it
    return hashlib.sha256(salt + canonical_text(values).encode()).hexdigest()
