"""Who may open the pages of people on cases: own department's heads and administrator, the bureau."""

from __future__ import annotations

from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.access.matrix import SIGN_IN, Access, Expected, World, page, roles
from tests.access.personnel import person


def handed_over(department: str) -> Expected:
    """Sending the page: the department's heads; what they leave out is told (422)."""

    def answer(world: World, who: User | None) -> int:
        if who is None:
            return 401
        if who.department_id != getattr(world.cast, department).pk:
            return 403 if who.sees_everything else 404
        return 422 if who.has_role(Role.HEAD, Role.DEPUTY) else 403

    return answer


def of(department: str, *, sent: bool = False) -> Access:
    """The page of an officer of the department."""
    return Access(
        lambda world: f"/desk/people/handover/{person(department)(world).pk}/",
        handed_over(department) if sent else seen(department),
        data={} if sent else None,
    )


def seen(department: str) -> Expected:
    """The list: like the officer himself."""

    def answer(world: World, who: User | None) -> int:
        if who is None:
            return SIGN_IN
        mine = who.department_id == getattr(world.cast, department).pk
        return 200 if mine or who.sees_everything else 404

    return answer


OWN = of("market")
ENTRIES = {
    "people:board": Access(
        page("/desk/people/"),
        roles(Role.SUPERVISOR, Role.SUPERVISION_HEAD, Role.HEAD, Role.DEPUTY, Role.DEPT_ADMIN),
    ),
    "people:assign": Access(
        page("/desk/people/assign/"),
        roles(Role.HEAD, Role.DEPUTY),
        also=(Access(page("/desk/people/assign/"), roles(Role.HEAD, Role.DEPUTY, status=422, anonymous=401), data={}),),
    ),
    "people:handover": Access(OWN.url, OWN.expected, also=(of("city"), of("market", sent=True), of("city", sent=True))),
}
