"""Who may open the pages of the register of subjects: the own department, the bureau; a body its mandates."""

from __future__ import annotations

from typing import Any

from tests.access.matrix import Access, World, belongs, page, signed_in
from tests.subjects import scenes


def made(kind: str, department: str) -> Any:
    """The thing, made once."""

    def thing(world: World) -> Any:
        cast = world.cast

        def make() -> Any:
            place = getattr(cast, department)
            if kind == "subject":
                return scenes.published(cast, place)
            return scenes.empowered(cast, place)

        return world.once(f"{kind}:{department}", make)

    return thing


def the_mandate(world: World) -> Any:
    """The market bureau's mandate to its brigade."""
    return world.once("mandate", lambda: scenes.mandate(world.cast, scenes.entrusted_body(world.cast)))


def citys_mandate(world: World) -> Any:
    """A mandate of the city management, moved there as rows."""

    def make() -> Any:
        found = scenes.mandate(world.cast, scenes.entrusted_body(world.cast, "CGDD"))
        found.department = found.matter.department = world.cast.city
        found.matter.save()
        found.save()
        return found

    return world.once("citys_mandate", make)


ENTRIES = {
    "subjects:subjects": Access(page("/desk/subjects/"), signed_in()),
    "subjects:mandates": Access(page("/desk/subjects/mandates/"), signed_in()),
    "subjects:empowerments": Access(page("/desk/subjects/empowerments/"), signed_in()),
    "subjects:subject": Access(
        lambda world: f"/desk/subjects/{made('subject', 'market')(world).pk}/",
        belongs("market"),
        also=(Access(lambda world: f"/desk/subjects/{made('subject', 'city')(world).pk}/", belongs("city")),),
    ),
    "subjects:mandate": Access(
        lambda world: f"/desk/subjects/mandates/{the_mandate(world).pk}/",
        belongs("market"),
        also=(Access(lambda world: f"/desk/subjects/mandates/{citys_mandate(world).pk}/", belongs("city")),),
    ),
    "subjects:empowerment": Access(
        lambda world: f"/desk/subjects/empowerments/{made('empowerment', 'street')(world).pk}/", belongs("street"),
        also=(
            Access(
                lambda world: f"/desk/subjects/empowerments/{made('empowerment', 'street')(world).pk}/",
                belongs("street"),
            ),
        ),
    ),
}  # fmt: skip
