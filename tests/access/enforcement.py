"""Who may open the pages of cases: the own department and the bureau; a number in full never a stranger."""

from __future__ import annotations

from typing import Any

from tests import scenes
from tests.access.matrix import Access, World, belongs, page, signed_in
from tests.cast import Cast

IDENTITY = "650204199001010015"


def with_identity(cast: Cast) -> Any:
    """A lead of the market bureau on a natural person whose number is known."""
    return scenes.lead(cast, party_kind="natural", party_name="王示例（虚构）", identity=IDENTITY)


def foreign_with_identity(cast: Cast) -> Any:
    """The same at the city management."""
    item = scenes.item(cast, "7.1", cast.city).pk
    return scenes.lead(
        cast, cast.foreign_officer, item=item, party_kind="natural", party_name="李示例（虚构）", identity=IDENTITY
    )


def identity_of(key: str, make: Any) -> Any:
    """The address that shows a party's number."""

    def address(world: World) -> str:
        case = world.once(key, lambda: make(world.cast))
        return f"/desk/cases/{case.pk}/parties/{case.parties.get().pk}/identity/"

    return address


ENTRIES = {
    "enforcement:cases": Access(page("/desk/cases/"), signed_in()),
    "enforcement:case": Access(
        lambda world: f"/desk/cases/{world.own_case.pk}/",
        belongs("market"),
        also=(Access(lambda world: f"/desk/cases/{world.foreign_case.pk}/", belongs("city")),),
    ),
    "enforcement:identity": Access(
        identity_of("identity", with_identity),
        belongs("market", anonymous=401),
        data={},
        also=(Access(identity_of("foreign identity", foreign_with_identity), belongs("city", anonymous=401), data={}),),
    ),
}
