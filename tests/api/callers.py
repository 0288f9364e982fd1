"""A department's system that calls the interface, as the tests use it."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Sequence
from typing import Any

from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.api import tokens
from portal.api.models import Scope
from tests.cast import Cast

ROOT = "/desk/api/v1"
EVERYTHING = (Scope.READ, Scope.WORK, Scope.DECIDE)


class Caller:
    """Calls in the name of one person with a token of the market bureau."""

    numbers = itertools.count(1)

    def __init__(self, secret: str, person: User) -> None:
        self.browser = Client(raise_request_exception=True)
        self.headers = {"Authorization": f"Bearer {secret}", "Acting-Person": person.username}

    def get(self, path: str, **query: Any) -> Any:
        """One GET."""
        return self.browser.get(ROOT + path, query, headers=self.headers)

    def post(self, path: str, content: Any, *, key: str = "") -> Any:
        """One POST, with a key of its own unless one is given."""
        headers = self.headers | {"Idempotency-Key": key or f"示例-{next(self.numbers)}".encode().hex()}
        body = content if isinstance(content, str | bytes) else json.dumps(content)
        return self.browser.post(ROOT + path, body, content_type="application/json", headers=headers)

    def act(self, action: str, data: dict[str, Any], *, matter: int | None = None, key: str = "", **more: Any) -> Any:
        """Carry an action out."""
        place = f"/matters/{matter}" if matter else ""
        return self.post(f"{place}/actions/{action}", {"data": data} | more, key=key)


def secret_of(cast: Cast, people: Sequence[User], scopes: Sequence[str] = EVERYTHING, **more: Any) -> str:
    """The secret of a new token of the market bureau; everybody named has agreed unless told otherwise."""
    agreed = more.pop("agreed", True)
    options = {"expires_on": timezone.localdate() + dt.timedelta(days=30)} | more
    token, secret = tokens.give(
        department=cast.market, name="示例办案系统（虚构）", scopes=scopes, people=people, by=cast.dept_admin, **options
    )
    for consent in token.consents.filter(agreed_at=None) if agreed else ():
        tokens.answer(consent, agree=True)
    return secret


def caller(cast: Cast, person: User, scopes: Sequence[str] = EVERYTHING) -> Caller:
    """A system that speaks for this person alone."""
    return Caller(secret_of(cast, [person], scopes), person)
