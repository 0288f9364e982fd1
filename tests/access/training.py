"""Who may open the pages of training: the own department and those a session is open to; the bureau all of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from personnel.models import Officer
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.access.matrix import SIGN_IN, Access, Expected, World, belongs, page, roles, signed_in
from tests.access.personnel import person
from tests.training import scenes

ADMIN, SUPERVISOR, HEAD = Role.DEPT_ADMIN, Role.SUPERVISOR, Role.SUPERVISION_HEAD


def administrator(world: World, department: str) -> User:
    """The market bureau's own; the city management borrows the role for the making."""
    return world.cast.dept_admin if department == "market" else city_admin(world)


def city_admin(world: World) -> User:
    """Sun of the city management as its administrator, while the thing is made."""
    from portal.accounts.models import RoleAssignment

    cast = world.cast
    RoleAssignment.objects.get_or_create(user=cast.foreign_head, department=cast.city, role=ADMIN)
    return User.objects.select_related("department").get(pk=cast.foreign_head.pk)


def lent_back(world: World) -> None:
    """The borrowed role is given back."""
    world.cast.foreign_head.role_assignments.filter(role=ADMIN).delete()


def made(kind: str, department: str) -> Any:
    """The thing, made once."""

    def thing(world: World) -> Any:
        def make() -> Any:
            by = administrator(world, department)
            today = timezone.localdate()
            officer: Officer = person(department)(world)
            if kind == "plan":
                found: Any = scenes.plan(world.cast, by=by)
            elif kind == "session":
                found = scenes.session(by, {today: "4"}, ends_at=scenes.moment(today, 23, 59))
            elif kind == "duty":
                found = scenes.quota_duty(getattr(world.cast, department))
            else:
                scenes.held(by, {today - dt.timedelta(days=1): "4"}, officer)
                found = scenes.statement(officer, by)
            lent_back(world)
            return found

        return world.once(f"{kind}:{department}", make)

    return thing


def both(path: str, thing: Any, expected: Any = belongs) -> Access:
    """The address of an own and of a foreign thing."""
    return Access(
        lambda world: path.format(thing("market")(world).pk),
        expected("market"),
        also=(Access(lambda world: path.format(thing("city")(world).pk), expected("city")),),
    )


def hosts(department: str) -> Expected:
    """The projector and the import: whoever arranges sessions in the hosting department."""

    def answer(world: World, user: User | None) -> int:
        if user is None:
            return SIGN_IN
        if not user.has_role(ADMIN, SUPERVISOR):
            return 403
        if user.home_id == getattr(world.cast, department).pk:
            return 200
        return 403 if user.sees_everything else 404

    return answer


def scanned(department: str) -> Expected:
    """The phone's page: whoever sees the session is asked for his entry in the register, which nobody here has."""
    return belongs(department, status=422)


ENTRIES = {
    "training:sessions": Access(page("/desk/training/"), signed_in()),
    "training:session": both("/desk/training/sessions/{}/", lambda department: made("session", department)),
    "training:code": both("/desk/training/sessions/{}/code/", lambda department: made("session", department), hosts),
    "training:import": both(
        "/desk/training/sessions/{}/import/", lambda department: made("session", department), hosts
    ),
    "training:scan": both("/desk/training/sign/{}/1-x/", lambda department: made("session", department), scanned),
    "training:plans": Access(page("/desk/training/plans/"), signed_in()),
    "training:plan": both("/desk/training/plans/{}/", lambda department: made("plan", department)),
    "training:me": Access(page("/desk/training/me/"), signed_in()),
    "training:officer": both("/desk/training/officers/{}/", person),
    "training:statement": both("/desk/training/statements/{}/", lambda department: made("statement", department)),
    "training:standings": Access(
        page("/desk/training/hours/"),
        signed_in(),
        also=(Access(page("/desk/training/hours/?format=xlsx"), signed_in()),),
    ),
    "training:duty": both("/desk/training/duties/{}/", lambda department: made("duty", department)),
    "training:settings": Access(page("/desk/training/settings/"), roles(HEAD)),
}
