"""Who may open the pages of personnel: the own department, the bureau all of it."""

from __future__ import annotations

from typing import Any

from personnel.gallery import keep_picture
from personnel.imports.registering import MAY_IMPORT
from personnel.models import Certificate, Officer, OfficerImport
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.access.matrix import SIGN_IN, Access, Expected, World, belongs, page, roles, signed_in
from tests.personnel import scenes
from tests.personnel.pictures import drawn

ADMIN = Role.DEPT_ADMIN
BUREAU = (Role.SUPERVISOR, Role.SUPERVISION_HEAD)
PROOF = (ADMIN, Role.HEAD, Role.DEPUTY, Role.LEGAL)
S = OfficerImport.State


def person(department: str) -> Any:
    """An officer of a department."""

    def made(world: World) -> Officer:
        def make() -> Officer:
            number = scenes.identity_number({"market": 16, "city": 17}[department])
            return scenes.officer(getattr(world.cast, department), "甲示例", identity=number)

        return world.once(f"officer:{department}", make)

    return made


def held(department: str) -> Any:
    """A certificate of that officer; a department without platform administrator has it from the bureau."""

    def made(world: World) -> Certificate:
        def make() -> Certificate:
            return scenes.certificate(person(department)(world), by=world.cast.supervisor)

        return world.once(f"certificate:{department}", make)

    return made


def both(path: str, thing: Any, *wanted: str, status: int = 200, **options: Any) -> Access:
    """The address of an own and of a foreign thing."""
    anonymous = 401 if "data" in options else SIGN_IN
    also = Access(
        lambda world: path.format(thing("city")(world).pk),
        belongs("city", *wanted, status=status, bureau=status, anonymous=anonymous),
        **options,
    )
    return Access(
        lambda world: path.format(thing("market")(world).pk),
        belongs("market", *wanted, status=status, bureau=status, anonymous=anonymous),
        also=(also,),
        **options,
    )


def shown(department: str) -> Expected:
    """The number behind the mask: the platform administrator of the department, and the bureau's supervisors."""
    return belongs(department, ADMIN, bureau=200, anonymous=401)


def corrected(department: str) -> Expected:
    """The form: administrators only, of this department only."""

    def answer(world: World, user: User | None) -> int:
        if user is None:
            return SIGN_IN
        if not user.has_role(ADMIN):
            return 403
        return 200 if user.department_id == getattr(world.cast, department).pk else 404

    return answer


def number_of(department: str) -> Any:
    """The officer's page, with a certificate to keep the record of the click."""

    def address(world: World) -> str:
        held(department)(world)
        return f"/desk/personnel/officers/{person(department)(world).pk}/"

    return address


def pictured(department: str, kind: str) -> Any:
    """The address of a picture of that officer."""

    def address(world: World) -> str:
        officer = person(department)(world)
        world.once(
            f"picture:{kind}:{department}",
            lambda: keep_picture(officer, kind, drawn(), actor=world.cast.dept_admin),
        )
        return f"/desk/personnel/officers/{officer.pk}/{kind.replace('_', '-')}.jpg"

    return address


def carded(department: str) -> Any:
    """The address of the printed card of a certificate whose holder has a photograph."""

    def address(world: World) -> str:
        pictured(department, "photo")(world)
        return f"/desk/personnel/certificates/{held(department)(world).pk}/card.pdf"

    return address


def listed(department: str, state: str) -> Any:
    """A list of officers of one department, in a state."""

    def made(world: World) -> OfficerImport:
        return world.once(
            f"officers:{department}:{state}",
            lambda: OfficerImport.objects.create(
                department=getattr(world.cast, department), file_name="示例.csv", sha256="0" * 64, state=state
            ),
        )

    return made


def written(end: str) -> Access:
    """A form of an officer's page: administrators of his department only."""
    return Access(
        lambda world: f"/desk/personnel/officers/{person('market')(world).pk}/{end}/",
        corrected("market"),
        also=(Access(lambda world: f"/desk/personnel/officers/{person('city')(world).pk}/{end}/", corrected("city")),),
    )


def of_list(end: str, state: str, status: int = 200, **options: Any) -> Access:
    """An address below a list of officers: those who import, of its department or the bureau."""
    anonymous = 401 if "data" in options else SIGN_IN

    def one(department: str) -> tuple[Any, Expected]:
        made = listed(department, state)

        def answer(world: World, user: User | None) -> int:
            if user is None:
                return anonymous
            if not user.sees_everything and user.department_id != getattr(world.cast, department).pk:
                return 404
            return status if user.has_role(*MAY_IMPORT) else 403

        return (lambda world: f"/desk/personnel/imports/{made(world).pk}/{end}"), answer

    return Access(*one("market"), also=(Access(*one("city"), **options),), **options)


ENTRIES = {
    "personnel:officers": Access(page("/desk/personnel/"), signed_in()),
    "personnel:certificates": Access(page("/desk/personnel/certificates/"), signed_in()),
    "personnel:find": Access(
        page("/desk/personnel/find/"),
        signed_in(302, anonymous=401),
        data={"identity": scenes.identity_number(16)},
    ),
    "personnel:officer-new": Access(page("/desk/personnel/officers/new/"), roles(ADMIN)),
    "personnel:officer": Access(
        lambda world: f"/desk/personnel/officers/{person('market')(world).pk}/",
        belongs("market"),
        also=(
            Access(lambda world: f"/desk/personnel/officers/{person('city')(world).pk}/", belongs("city")),
            Access(number_of("market"), shown("market"), data={}),
            Access(number_of("city"), shown("city"), data={}),
        ),
    ),
    "personnel:officer-edit": Access(
        lambda world: f"/desk/personnel/officers/{person('market')(world).pk}/edit/",
        corrected("market"),
        also=(Access(lambda world: f"/desk/personnel/officers/{person('city')(world).pk}/edit/", corrected("city")),),
    ),
    "personnel:certificate": both("/desk/personnel/certificates/{}/", held),
    "personnel:card": Access(
        carded("market"),
        belongs("market", ADMIN, bureau=200),
        also=(Access(carded("city"), belongs("city", ADMIN, bureau=200)),),
    ),
    "personnel:expiring": Access(page("/desk/personnel/certificates/expiring/"), signed_in()),
    "personnel:checks": Access(page("/desk/personnel/checks/"), signed_in()),
    "personnel:check-sheet": Access(page("/desk/personnel/checks/sheet/"), roles(*BUREAU)),
    "personnel:check-settings": Access(page("/desk/personnel/checks/settings/"), roles(Role.SUPERVISION_HEAD)),
    "personnel:me": Access(page("/desk/personnel/me/"), signed_in()),
    "personnel:posting": written("posting"),
    "personnel:photo-new": written("photo"),
    "personnel:legal-proof-new": written("legal-proof"),
    "personnel:photo": Access(
        pictured("market", "photo"), belongs("market"), also=(Access(pictured("city", "photo"), belongs("city")),)
    ),
    "personnel:legal-proof": Access(
        pictured("market", "legal_proof"),
        belongs("market", *PROOF, bureau=200),
        also=(Access(pictured("city", "legal_proof"), belongs("city", *PROOF, bureau=200)),),
    ),
    "personnel:imports": Access(page("/desk/personnel/imports/"), roles(*MAY_IMPORT)),
    "personnel:import-new": Access(page("/desk/personnel/imports/new/"), roles(*MAY_IMPORT)),
    "personnel:import-template": Access(page("/desk/personnel/imports/template.csv"), roles(*MAY_IMPORT)),
    "personnel:import": of_list("", S.CHECKED),
    "personnel:import-confirm": of_list("confirm/", S.CHECKED, 302, data={}),
    "personnel:import-discard": of_list("discard/", S.CHECKED, 302, data={}),
    "personnel:import-errors": of_list("errors.csv", S.FINISHED),
}
