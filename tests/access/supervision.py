"""Who may open the pages of supervision: the bureau's board; a case for its target from the issue on."""

from __future__ import annotations

from collections.abc import Callable

from portal.accounts.roles import Role
from supervision.models import Alert, SupervisionCase
from tests.access.matrix import Access, World, belongs, is_of, page, roles, signed_in
from tests.supervision import scenes

SUPERVISOR, HEAD = Role.SUPERVISOR, Role.SUPERVISION_HEAD


def alerts(world: World) -> list[Alert]:
    """Two late disclosures of the market bureau."""
    return world.once("alerts", lambda: scenes.alerts_for(world.cast.market, 2))


def group(path: str) -> str:
    """An address of the group of these alerts."""
    return f"{path}?department=SCJGJ&rule={scenes.RULE}"


def issued(world: World) -> SupervisionCase:
    """A case in which the market bureau has been sent a letter."""
    return world.once("issued", lambda: scenes.up_to(world.cast, "issued"))


def unknown(world: World) -> SupervisionCase:
    """A case about the market bureau of which it does not know yet."""
    return world.once("unknown", lambda: scenes.up_to(world.cast, "filed"))


def of_another(world: World) -> SupervisionCase:
    """A case about the city management, not issued."""
    return world.once("of_another", lambda: scenes.lead(world.cast, target=world.cast.city.pk))


def of_group(path: str) -> Callable[[World], str]:
    """The address, once there are alerts to open."""

    def address(world: World) -> str:
        alerts(world)
        return group(path)

    return address


ENTRIES = {
    "supervision:board": Access(page("/desk/supervision/"), roles(SUPERVISOR, HEAD)),
    "supervision:alerts": Access(page("/desk/supervision/alerts/"), signed_in()),
    "supervision:group": Access(
        of_group("/desk/supervision/alerts/group/"),
        roles(SUPERVISOR, HEAD),
        also=(Access(page("/desk/supervision/alerts/group/?alert=0"), roles(SUPERVISOR, HEAD, status=404)),),
    ),
    "supervision:open": Access(
        of_group("/desk/supervision/open/"),
        roles(SUPERVISOR),
        also=(Access(page("/desk/supervision/open/?alert=0"), roles(SUPERVISOR, status=404)),),
    ),
    "supervision:cases": Access(page("/desk/supervision/cases/"), signed_in()),
    "supervision:case": Access(
        lambda world: f"/desk/supervision/cases/{issued(world).pk}/",
        lambda world, person: (
            200 if person is not None and is_of(person, world.cast.bureau) else belongs("market")(world, person)
        ),
        also=(
            Access(lambda world: f"/desk/supervision/cases/{unknown(world).pk}/", belongs("bureau")),
            Access(lambda world: f"/desk/supervision/cases/{of_another(world).pk}/", belongs("bureau")),
        ),
    ),
}
