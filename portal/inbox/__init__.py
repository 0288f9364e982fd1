"""Notices: in the portal, by e-mail, by a text-message gateway; a digest, not a flood."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portal.inbox.models import Notice


def notify(
    users: Iterable[Any], text: str, *, kind: str, url: str = "", matter: Any = None, key: str = ""
) -> list[Notice]:
    """Tell people something; call it inside the transaction of what happened.

    `url` is an address of the desk (/desk/…). With `key`, a person who has had a notice of that key is
    not told again. Mail and text messages go out after the commit, many of one kind in one.
    """
    from portal.inbox import service

    return service.notify(users, text, kind=kind, url=url, matter=matter, key=key)


def notify_department_roles(
    department: Any, roles: Iterable[str], text: str, *, kind: str, url: str = "", matter: Any = None, key: str = ""
) -> list[Notice]:
    """Tell everybody of a department who holds one of the roles."""
    from portal.inbox import service

    return service.notify_department_roles(department, roles, text, kind=kind, url=url, matter=matter, key=key)


def unread_count(user: Any) -> int:
    """How many notices a person has not read; asked once per user object, that is once per request."""
    from portal.inbox import service

    return service.unread_count(user)


__all__ = ["notify", "notify_department_roles", "unread_count"]
