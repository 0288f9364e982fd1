"""Who may call the interface: nobody by a session, only a token; its pages are for those who keep tokens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.api import tokens
from portal.api.models import Scope, Token
from tests.access.matrix import Access, World, anyone, page, roles, signed_in

KEEPERS = (Role.DEPT_ADMIN, *BUREAU_ROLES)
CALL = anyone(401)


def token_of(department: str, keeper: str, person: str) -> Callable[[World], Token]:
    """A token of a department."""

    def made(world: World) -> Token:
        def make() -> Token:
            return tokens.give(
                department=getattr(world.cast, department),
                name="示例系统（虚构）",
                scopes=[Scope.READ],
                people=[getattr(world.cast, person)],
                expires_on=timezone.localdate() + dt.timedelta(days=30),
                by=getattr(world.cast, keeper),
            )[0]

        return world.once(f"token of {department}", make)

    return made


own, foreign = token_of("market", "dept_admin", "officer"), token_of("city", "foreign_head", "foreign_officer")


def keepers_of(department: str) -> Callable[[World, User | None], int]:
    """Keepers of the department and the bureau's; other keepers do not see it, the rest is told whose it is."""

    def answer(world: World, person: User | None) -> int:
        if person is None:
            return 401
        if not person.has_role(*KEEPERS):
            return 403
        return 302 if person.sees_everything or person.department == getattr(world.cast, department) else 404

    return answer


def giver(_world: World, person: User | None) -> int:
    """An empty form sent by somebody: the platform administrator is told what is missing, the bureau only looks."""
    if person is None:
        return 401
    if person.has_role(Role.DEPT_ADMIN):
        return 422
    return 302 if person.sees_everything else 403


def call(path: Callable[[World], str], other: Callable[[World], str] | None = None, *, post: bool = False) -> Access:
    """An address of the interface: a session is no token."""
    data: dict[str, Any] | None = {} if post else None
    return Access(path, CALL, data=data, also=(Access(other, CALL, data=data),) if other else ())


def of_cases(end: str) -> tuple[Callable[[World], str], Callable[[World], str]]:
    """The address below an own and a foreign case."""
    root = "/desk/api/v1/matters"
    return lambda world: f"{root}/{world.own_case.pk}{end}", lambda world: f"{root}/{world.foreign_case.pk}{end}"


ENTRIES = {
    "api:tokens": Access(
        page("/desk/api/"),
        roles(*KEEPERS),
        also=(Access(page("/desk/api/"), giver, data={}),),
    ),
    "api:withdraw": Access(
        lambda world: f"/desk/api/{own(world).pk}/withdraw/",
        keepers_of("market"),
        data={},
        also=(Access(lambda world: f"/desk/api/{foreign(world).pk}/withdraw/", keepers_of("city"), data={}),),
    ),
    "api:consents": Access(
        page("/desk/api/consents/"),
        signed_in(),
        also=(
            Access(
                # Somebody else's word is not to be given: the number of a consent that is not one's own is not there.
                page("/desk/api/consents/"),
                signed_in(404, anonymous=401),
                data={"consent": "999999999", "answer": "agree"},
            ),
        ),
    ),
    "api:docs": Access(page("/desk/api/docs/"), signed_in()),
    "api:openapi": Access(page("/desk/api/v1/openapi.json"), anyone()),
    "api:me": call(page("/desk/api/v1/me")),
    "api:matters": call(page("/desk/api/v1/matters")),
    "api:matter": call(*of_cases("")),
    "api:events": call(*of_cases("/events")),
    "api:act": call(*of_cases("/actions/enforcement.case.file"), post=True),
    "api:act-new": call(page("/desk/api/v1/actions/enforcement.case.register"), post=True),
    "api:document-file": call(
        lambda world: f"/desk/api/v1/documents/{world.own_case.matter.documents.first().pk}/file",
        lambda world: f"/desk/api/v1/documents/{world.foreign_case.pk}/file",
    ),
    "api:proposals": call(page("/desk/api/v1/proposals")),
    "api:proposal": call(
        lambda world: f"/desk/api/v1/proposals/{world.own_proposal.pk}",
        lambda _world: "/desk/api/v1/proposals/999999999",
    ),
    "api:decision": call(
        lambda world: f"/desk/api/v1/proposals/{world.own_proposal.pk}/decision",
        lambda _world: "/desk/api/v1/proposals/999999999/decision",
        post=True,
    ),
    "api:files": call(page("/desk/api/v1/files"), post=True),
    "api:unknown": call(page("/desk/api/v1/nothing/here")),
}
