"""Telling people, counting what they have not read, marking it read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal import outbox
from portal.accounts.models import User
from portal.inbox.kinds import notice_kind
from portal.inbox.models import Notice

COUNTED_AT_MOST = 999
_LONGEST_TEXT = 300


def notify(
    users: Iterable[User], text: str, *, kind: str, url: str = "", matter: Any = None, key: str = ""
) -> list[Notice]:
    """Write one notice per person; see portal.inbox.notify.

    Raises ValueError for an address that leads out of the desk.
    """
    if url and (not url.startswith("/") or url.startswith("//")):
        raise ValueError("a notice links to an address of the desk only")
    people = {user.pk: user for user in users if user.is_active}
    if key:
        told = Notice.objects.filter(user__in=people, key=key).values_list("user_id", flat=True)
        for user_id in list(told):
            del people[user_id]
    notices = [
        Notice(user=user, text=_cut(text), kind=kind, url=url, matter=matter, key=key) for user in people.values()
    ]
    with transaction.atomic():
        # A twin in another transaction may have told somebody meanwhile: the constraint decides.
        made = Notice.objects.bulk_create(notices, ignore_conflicts=bool(key))
        for notice in made:
            _send_out(notice, f"{notice.user_id}:{kind}:{notice.pk or key}")
    return made


def notify_department_roles(
    department: Any, roles: Iterable[str], text: str, *, kind: str, url: str = "", matter: Any = None, key: str = ""
) -> list[Notice]:
    """Tell the active people of a department who hold one of the roles."""
    people = User.objects.filter(
        is_active=True, role_assignments__department=department, role_assignments__role__in=list(roles)
    ).distinct()
    return notify(people, text, kind=kind, url=url, matter=matter, key=key)


def unread_count(user: Any) -> int:
    """Unread notices, counted up to 999; kept on the user object."""
    known = user.__dict__.get("_unread_notices")
    if known is None:
        known = Notice.objects.filter(user_id=user.pk, read_at=None)[:COUNTED_AT_MOST].count()
        user.__dict__["_unread_notices"] = known
    return int(known)


def mark_read(user: User, keys: Iterable[int]) -> int:
    """Mark a person's own notices as read; returns how many were unread."""
    _forget_count(user)
    return Notice.objects.filter(user=user, pk__in=list(keys), read_at=None).update(read_at=timezone.now())


def mark_all_read(user: User) -> int:
    """Mark everything a person has as read."""
    _forget_count(user)
    return Notice.objects.filter(user=user, read_at=None).update(read_at=timezone.now())


def _forget_count(user: User) -> None:
    user.__dict__.pop("_unread_notices", None)


def _send_out(notice: Notice, key: str) -> None:
    kind = notice_kind(notice.kind)
    payload = {"user": notice.user_id, "kind": notice.kind}
    if kind.mail and notice.user.email:
        outbox.put("inbox.email", key=key[:200], payload=payload)
    if kind.text_message and notice.user.phone and getattr(settings, "SMS_GATEWAY", None):
        outbox.put("inbox.sms", key=key[:200], payload=payload)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else f"{text[: _LONGEST_TEXT - 1]}…"
