"""Who may open the pages of a clean-up: a department its own list, the bureau campaigns and all lists."""

from __future__ import annotations

from typing import Any

from portal.accounts.roles import Role
from tests.access.matrix import Access, World, belongs, page, roles, signed_in
from tests.access.personnel import person
from tests.cleanup import scenes

BUREAU = (Role.SUPERVISOR, Role.SUPERVISION_HEAD)


def campaign(world: World) -> Any:
    """One campaign with a list for both departments."""

    def make() -> Any:
        person("market")(world)
        person("city")(world)
        return scenes.opened(world.cast)

    return world.once("cleanup campaign", make)


def roll(department: str) -> Any:
    """The list of a department."""
    return lambda world: scenes.roll_of(campaign(world), getattr(world.cast, department))


def both(path: str, thing: Any) -> Access:
    """The address of an own and of a foreign thing."""
    return Access(
        lambda world: path.format(thing("market")(world)),
        belongs("market"),
        also=(Access(lambda world: path.format(thing("city")(world)), belongs("city")),),
    )


FOLLOW = "/desk/cleanup/campaigns/{}/follow/{}/"
ENTRIES = {
    "cleanup:rolls": Access(page("/desk/cleanup/"), signed_in()),
    "cleanup:roll": both("/desk/cleanup/rolls/{}/", lambda department: lambda world: roll(department)(world).pk),
    "cleanup:line": both(
        "/desk/cleanup/lines/{}/", lambda department: lambda world: roll(department)(world).lines.first().pk
    ),
    "cleanup:campaigns": Access(page("/desk/cleanup/campaigns/"), roles(*BUREAU)),
    "cleanup:campaign": Access(
        lambda world: f"/desk/cleanup/campaigns/{campaign(world).pk}/",
        roles(*BUREAU),
        also=(
            Access(lambda world: f"/desk/cleanup/campaigns/{campaign(world).pk}/?format=xlsx", roles(*BUREAU)),
            Access(page("/desk/cleanup/campaigns/999999999/"), roles(*BUREAU, status=404)),
        ),
    ),
    "cleanup:follow": Access(
        lambda world: FOLLOW.format(campaign(world).pk, "cancel"),
        roles(Role.SUPERVISOR, status=302, anonymous=401),
        data={},
        also=(
            Access(
                lambda world: FOLLOW.format(campaign(world).pk, "unknown"),
                roles(Role.SUPERVISOR, status=404, anonymous=401),
                data={},
            ),
        ),
    ),
}
