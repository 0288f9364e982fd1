"""Who may open the pages of light acts: the own department and the bureau; files, those who bring them in."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from enforcement.lightacts.models import ActImport, LightAct
from tests import light_scenes
from tests.access.matrix import Access, World, belongs, page, roles, signed_in
from tests.cast import Cast, fresh
from tests.summary_scenes import IDENTITY


def _foreign(cast: Cast) -> LightAct:
    """An application at the city management."""
    from enforcement.lightacts import actions, data
    from portal.workflow.door import perform

    form = data.Receive(
        item=light_scenes.item_of(cast, "licence", cast.city).pk,
        request="示例",
        party_kind="natural",
        party_name="李示例",
        identity=IDENTITY,
    )
    made: LightAct = perform(None, actions.RECEIVE, actor=fresh(cast.foreign_officer), data=form).subject
    return made


def _own(cast: Cast) -> LightAct:
    return light_scenes.received(cast, party_kind="natural", party_name="王示例", identity=IDENTITY)


def _act(world: World) -> LightAct:
    return world.once("own act", lambda: _own(world.cast))


def _other(world: World) -> LightAct:
    return world.once("foreign act", lambda: _foreign(world.cast))


def _run(world: World, part: str) -> ActImport:
    cast = world.cast
    who: Any = {"market": cast.officer, "city": cast.foreign_officer}[part]
    return world.once(
        f"act import {part}",
        lambda: ActImport.objects.create(
            department=who.department, actor=who, file_name="示例.csv", at=timezone.now(), created=0, present=0
        ),
    )


def _identity(act: LightAct) -> str:
    return f"/desk/acts/{act.pk}/parties/{act.parties.get().pk}/identity/"


ENTRIES = {
    "lightacts:acts": Access(page("/desk/acts/"), signed_in()),
    "lightacts:new": Access(page("/desk/acts/new/"), roles("officer", "dept_admin")),
    "lightacts:upload": Access(page("/desk/acts/files/new/"), roles("officer", "dept_admin")),
    "lightacts:template": Access(page("/desk/acts/files/template.csv"), signed_in()),
    "lightacts:import": Access(
        lambda world: f"/desk/acts/files/{_run(world, 'market').pk}/",
        belongs("market"),
        also=(Access(lambda world: f"/desk/acts/files/{_run(world, 'city').pk}/", belongs("city")),),
    ),
    "lightacts:act": Access(
        lambda world: f"/desk/acts/{_act(world).pk}/",
        belongs("market"),
        also=(Access(lambda world: f"/desk/acts/{_other(world).pk}/", belongs("city")),),
    ),
    "lightacts:identity": Access(
        lambda world: _identity(_act(world)),
        belongs("market", anonymous=401),
        data={},
        also=(Access(lambda world: _identity(_other(world)), belongs("city", anonymous=401), data={}),),
    ),
}
