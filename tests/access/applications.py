"""Who may open the pages of applications: the own department, the bureau all of it."""

from __future__ import annotations

from typing import Any

from personnel.applications import letters
from portal.accounts.models import RoleAssignment
from portal.accounts.roles import Role
from portal.workflow.proposals import approve, request
from tests.access.matrix import Access, World, belongs, page, roles, signed_in
from tests.applications import scenes
from tests.cast import fresh

BUREAU = (Role.SUPERVISOR, Role.SUPERVISION_HEAD)


def drawn(department: str) -> Any:
    """A draft of a department; the city management borrows an administrator for the making."""

    def thing(world: World) -> Any:
        def make() -> Any:
            cast = world.cast
            home = getattr(cast, department)
            by = cast.dept_admin
            if department == "city":
                RoleAssignment.objects.create(user=cast.foreign_head, role=Role.DEPT_ADMIN)
                by = fresh(cast.foreign_head)
            officer = scenes.applicant(cast, "申示例", {"market": 90, "city": 91}[department], department=home)
            found = scenes.drawn_up(cast, officer, by=by)
            RoleAssignment.objects.filter(user=cast.foreign_head, role=Role.DEPT_ADMIN).delete()
            return found

        return world.once(f"application:{department}", make)

    return thing


def letter(department: str) -> Any:
    """A letter of the market bureau; of the bureau's own for the foreign one."""

    def thing(world: World) -> Any:
        def make() -> Any:
            cast = world.cast
            if department == "bureau":
                officer = scenes.applicant(cast, "转示例", 92)
                return scenes.forwarded(cast, scenes.passed(cast, scenes.drawn_up_and_sent(cast, officer)))
            officer = scenes.applicant(cast, "报示例", 93)
            given = letters.Send((str(scenes.drawn_up(cast, officer).pk),), "同意申领。")
            proposal = request(None, letters.SEND, actor=fresh(cast.dept_admin), data=given)
            return approve(proposal, actor=fresh(cast.head)).subject

        return world.once(f"application letter:{department}", make)

    return thing


ENTRIES = {
    "applications:list": Access(page("/desk/applications/"), signed_in()),
    "applications:queue": Access(page("/desk/applications/queue/"), roles(*BUREAU)),
    "applications:application": Access(
        lambda world: f"/desk/applications/{drawn('market')(world).pk}/",
        belongs("market"),
        also=(Access(lambda world: f"/desk/applications/{drawn('city')(world).pk}/", belongs("city")),),
    ),
    "applications:letters": Access(page("/desk/applications/letters/"), signed_in()),
    "applications:letter": Access(
        lambda world: f"/desk/applications/letters/{letter('market')(world).pk}/",
        belongs("market"),
        also=(Access(lambda world: f"/desk/applications/letters/{letter('bureau')(world).pk}/", belongs("bureau")),),
    ),
    "applications:settings": Access(
        page("/desk/applications/settings/"),
        roles(*BUREAU),
        also=(
            Access(
                page("/desk/applications/settings/"),
                roles(Role.SUPERVISION_HEAD, status=302, anonymous=401),
                data={"exempts_qualified": "on", "ground": "示例"},
            ),
        ),
    ),
}
