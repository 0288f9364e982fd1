"""A form that met an expired session: what was typed travels, sealed, through the sign-in page."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

SALT = "portal.accounts.resumption"
HOURS = 12
MOST_CHARACTERS = 400_000
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "kept", "password", "old_password", "new_password1", "new_password2"})


@dataclass(frozen=True)
class Kept:
    """Where the form was going, and every field of it."""

    path: str
    fields: list[tuple[str, str]]

    @property
    def shown(self) -> list[tuple[str, str]]:
        """The fields a person has filled in."""
        return [(name, value) for name, value in self.fields if value and not name.endswith(("token", "version"))]


def keep(request: HttpRequest) -> str:
    """What was sent, sealed; empty when there is nothing or too much. Files cannot be kept."""
    fields = [(name, value) for name, values in request.POST.lists() if name not in NOT_KEPT for value in values]
    if not fields or sum(len(name) + len(value) for name, value in fields) > MOST_CHARACTERS:
        return ""
    return signing.dumps([request.get_full_path(), fields], salt=SALT, compress=True)


def kept(text: str) -> Kept | None:
    """What was kept, or nothing when the seal is broken, too old, or points elsewhere."""
    if not text:
        return None
    try:
        path, fields = signing.loads(text, salt=SALT, max_age=HOURS * 3600)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if not isinstance(path, str) or not url_has_allowed_host_and_scheme(path, None):
        return None
    return Kept(path, [(str(name), str(value)) for name, value in fields])
