"""Reads settings from the environment, or from files named by NAME_FILE (container secrets)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def read(name: str, default: str | None = None) -> str:
    """The value of NAME, or of the file NAME_FILE points to.

    Raises ImproperlyConfigured when neither is set and there is no default.
    """
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}") from error
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} (or {name}_FILE) must be set")
    return value


def flag(name: str) -> bool:
    """Whether NAME is switched on (1, true, yes)."""
    return read(name, "").lower() in {"1", "true", "yes"}


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list, without blanks."""
    return [word.strip() for word in read(name, default).split(",") if word.strip()]


def database(url: str, **options: Any) -> dict[str, Any]:
    """Django's DATABASES entry for a postgresql:// address; query parameters become OPTIONS."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("only postgresql:// addresses are supported")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {**query, **options},
    }
