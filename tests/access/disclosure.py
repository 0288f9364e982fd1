"""Who may open the pages of disclosure: the own department and the bureau; masking is the own officers' work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from disclosure.models import Disclosure
from portal.accounts.models import User
from portal.accounts.roles import BUREAU_ROLES, Role
from tests import case_scenes
from tests.access.matrix import SIGN_IN, Access, World, belongs, page, roles, signed_in

MASKERS = (Role.OFFICER, Role.DEPT_ADMIN)


def pending(world: World) -> Disclosure:
    """A disclosure of the market bureau that waits to be masked."""
    return world.once("pending disclosure", lambda: case_scenes.disclosure_of(case_scenes.served(world.cast)))


def foreign(world: World) -> Disclosure:
    """One of the city management."""
    return world.once("foreign disclosure", lambda: case_scenes.foreign_disclosure(world.cast))


def masking(department: str, *, posted: bool = False) -> Callable[[World, User | None], int]:
    """Officers of the department work on it; a wrong role is told first, whoever he is; the rest do not see it."""

    def answer(world: World, person: User | None) -> int:
        if person is None:
            return 401 if posted else SIGN_IN
        if not person.has_role(*MASKERS):
            return 403
        if person.department_id != getattr(world.cast, department).pk:
            return 302 if person.sees_everything else 404
        return 422 if posted else 200

    return answer


def below(end: str, data: dict[str, Any]) -> Access:
    """A step of the masking desk, sent with nothing in it."""
    return Access(
        lambda world: f"/desk/disclosure/{pending(world).pk}/{end}",
        masking("market", posted=True),
        data=data,
        also=(
            Access(
                lambda world: f"/desk/disclosure/{foreign(world).pk}/{end}", masking("city", posted=True), data=data
            ),
        ),
    )


ENTRIES = {
    "disclosure:queue": Access(page("/desk/disclosure/"), signed_in()),
    "disclosure:proof": Access(page("/desk/disclosure/proof/"), signed_in()),
    "disclosure:proof-cases": Access(page("/desk/disclosure/proof/cases/?part=on_time"), signed_in()),
    "disclosure:official": Access(
        page("/desk/disclosure/official/"),
        roles(
            Role.OFFICER,
            Role.DEPT_ADMIN,
            Role.HEAD,
            Role.DEPUTY,
            *BUREAU_ROLES,
        ),
    ),
    "disclosure:page": Access(
        lambda world: f"/desk/disclosure/{pending(world).pk}/",
        belongs("market"),
        also=(Access(lambda world: f"/desk/disclosure/{foreign(world).pk}/", belongs("city")),),
    ),
    "disclosure:mask": Access(
        lambda world: f"/desk/disclosure/{pending(world).pk}/mask/",
        masking("market"),
        also=(Access(lambda world: f"/desk/disclosure/{foreign(world).pk}/mask/", masking("city")),),
    ),
    "disclosure:judge": below("mask/judge/", {"key": "facts:0:1", "verdict": "hide"}),
    "disclosure:add": below("mask/add/", {"field": "facts", "text": "没有这些字", "kind": "name"}),
}
