"""Giving, recognising and withdrawing the tokens of a department's systems; consent to be spoken for."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Department, User
from portal.api.models import Consent, Scope, Token
from portal.inbox import notify

PREFIX: Final = "zf_"
CALLS_A_MINUTE: Final = 600


def give(
    *,
    department: Department,
    name: str,
    scopes: Sequence[str],
    people: Iterable[User],
    expires_on: dt.date,
    by: User,
) -> tuple[Token, str]:
    """A new token and its secret, which is shown once and kept nowhere; the people named are asked.

    Until a person has agreed himself the token is worth nothing in his name, whoever holds the secret:
    who keeps tokens must not be able to decide in a head's name. Whoever names himself has agreed.
    """
    secret = PREFIX + secrets.token_urlsafe(32)
    named = list(people)
    with transaction.atomic():
        token = Token.objects.create(
            department=department,
            name=name,
            scopes=list(scopes),
            digest=_digest(secret),
            made_by=by,
            expires_on=expires_on,
        )
        for person in named:
            Consent.objects.create(token=token, person=person, agreed_at=timezone.now() if person == by else None)
        notify(
            [person for person in named if person != by],
            _("%(who)s请您同意系统“%(system)s”用您的名义办理：%(scopes)s。您不同意，它就不能。")
            % {
                "system": name,
                "who": by.name,
                "scopes": "；".join(str(Scope(scope).label) for scope in scopes),
            },
            url=reverse("api:consents"),
            kind="api.token",
        )
    return token, secret


def withdraw(token: Token, *, by: User) -> bool:
    """End a token at once; false when that was done before."""
    with transaction.atomic():
        locked = Token.objects.select_for_update().get(pk=token.pk)
        if locked.revoked_at is not None:
            return False
        locked.revoked_at = timezone.now()
        locked.revoked_by = by
        locked.save(update_fields=["revoked_at", "revoked_by"])
    return True


def answer(consent: Consent, *, agree: bool) -> None:
    """The person's own word, given or taken back; it counts from the next call on."""
    with transaction.atomic():
        locked = Consent.objects.select_for_update().get(pk=consent.pk)
        now = timezone.now()
        locked.agreed_at, locked.refused_at = (now, None) if agree else (None, now)
        locked.save(update_fields=["agreed_at", "refused_at"])


def recognise(secret: str) -> Token | None:
    """The token in force behind a secret; its last day of use is kept."""
    if not secret.startswith(PREFIX) or len(secret) > 100:
        return None
    token = Token.objects.select_related("department").filter(digest=_digest(secret)).first()
    if token is None or not token.works or not token.department.is_active:
        return None
    today = timezone.localdate()
    if token.used_on != today:
        Token.objects.filter(pk=token.pk).update(used_on=today)
    return token


def person_named(token: Token, username: str) -> User | None:
    """The person a call is made for: the one named, else the only one there is; None when that is nobody.

    Only people who have agreed and still belong to the token's department.
    """
    agreed = token.consents.filter(agreed_at__isnull=False).values("person")
    people = User.objects.select_related("department").filter(
        pk__in=agreed, is_active=True, department=token.department_id
    )
    if username:
        return people.filter(username=username).first()
    found = list(people[:2])
    return found[0] if len(found) == 1 else None


def wait_for(token: Token, *, most: int = CALLS_A_MINUTE) -> int:
    """Seconds to wait before the next call; 0 while the token has made at most `most` calls this minute."""
    now = timezone.now()
    key = f"api:{token.pk}:{now:%Y%m%d%H%M}"
    cache.add(key, 0, timeout=120)
    try:
        made: Any = cache.incr(key)
    except ValueError:  # it ran out between the two
        return 0
    return 0 if made <= most else 60 - now.second


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
