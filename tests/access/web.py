"""Who may open the desk's common pages."""

from typing import Any

from portal.accounts.roles import Role
from portal.web.models import SavedView
from tests.access.matrix import Access, World, anyone, belongs, page, roles, signed_in

OFFICER, HEADS = Role.OFFICER, (Role.HEAD, Role.DEPUTY)
FILE = "enforcement.case.file"
REGISTER = "enforcement.case.register"
SOMETHING = {"opinion": "写到一半", "form_token": "t" * 32}


def shared_view(world: World, department: str = "market") -> Any:
    """A view that an officer shares with his department."""
    owner = world.cast.officer if department == "market" else world.cast.foreign_officer
    return SavedView.objects.create(
        list_key="enforcement:cases", name=f"共用 {department}", owner=owner, department=owner.department, shared=True
    )


ENTRIES = {
    "to-public": Access(page("/"), anyone(302)),
    "web:health": Access(page("/desk/healthz"), anyone()),
    "web:workbench": Access(page("/desk/"), signed_in()),
    "web:search": Access(page("/desk/search/?q=示例"), signed_in()),
    "web:deadlines": Access(page("/desk/deadlines/"), signed_in()),
    "web:workflows": Access(page("/desk/workflows/"), signed_in()),
    "web:views": Access(page("/desk/views/"), signed_in()),
    "web:view": Access(
        lambda world: f"/desk/views/{world.once('shared view', lambda: shared_view(world)).pk}/",
        belongs("market", bureau=404),
        also=(
            Access(
                lambda world: f"/desk/views/{world.once('foreign view', lambda: shared_view(world, 'city')).pk}/",
                belongs("city", bureau=404),
            ),
            Access(
                lambda world: f"/desk/views/{world.once('foreign view', lambda: shared_view(world, 'city')).pk}/",
                belongs("city", status=302, bureau=404, anonymous=401),
                data={"name": "改名"},
            ),
        ),
    ),
    "web:exports": Access(page("/desk/exports/"), signed_in()),
    "web:proposals": Access(page("/desk/proposals/"), signed_in()),
    "web:easy": Access(page("/desk/easy/"), anyone(302), data={"easy": "1"}),
    "web:language": Access(page("/desk/language/"), anyone(302), data={"language": "en"}),
    "web:proposal": Access(
        lambda world: f"/desk/proposals/{world.own_proposal.pk}/",
        belongs("market"),
        also=(
            Access(
                lambda world: f"/desk/proposals/{world.own_proposal.pk}/",
                belongs("market", *HEADS, status=302, bureau=403, anonymous=401),
                data={"verdict": "approve"},
            ),
        ),
    ),
    "web:act-new": Access(page(f"/desk/new/{REGISTER}/"), roles(OFFICER)),
    "web:autosave-new": Access(page(f"/desk/new/{REGISTER}/autosave/"), signed_in(200, anonymous=401), data=SOMETHING),
    "web:act": Access(
        lambda world: f"/desk/do/{world.own_lead.pk}/{FILE}/",
        belongs("market", OFFICER),
        also=(
            Access(lambda world: f"/desk/do/{world.foreign_case.pk}/{FILE}/", belongs("city", OFFICER)),
            Access(
                lambda world: f"/desk/do/{world.foreign_case.pk}/{FILE}/",
                belongs("city", OFFICER, status=422, anonymous=401),
                data=SOMETHING,
            ),
        ),
    ),
    "web:autosave": Access(
        lambda world: f"/desk/do/{world.own_lead.pk}/{FILE}/autosave/",
        belongs("market", status=200, anonymous=401),
        data=SOMETHING,
        also=(
            Access(
                lambda world: f"/desk/do/{world.foreign_case.pk}/{FILE}/autosave/",
                belongs("city", status=200, anonymous=401),
                data=SOMETHING,
            ),
        ),
    ),
    "web:act-child": Access(
        lambda world: f"/desk/do/{world.own_lead.pk}/{FILE}/{world.own_lead.pk}/",
        belongs("market", OFFICER),
        also=(
            Access(
                # The matter is visible, the thing named is another department's: it must not be reachable through it.
                lambda world: f"/desk/do/{world.own_lead.pk}/{FILE}/{world.foreign_case.pk}/",
                signed_in(404),
            ),
            Access(
                lambda world: f"/desk/do/{world.foreign_case.pk}/{FILE}/{world.foreign_case.pk}/",
                belongs("city", OFFICER),
            ),
        ),
    ),
    "web:autosave-child": Access(
        lambda world: f"/desk/do/{world.own_lead.pk}/{FILE}/{world.own_lead.pk}/autosave/",
        belongs("market", status=200, anonymous=401),
        data=SOMETHING,
        also=(
            Access(
                lambda world: f"/desk/do/{world.own_lead.pk}/{FILE}/{world.foreign_case.pk}/autosave/",
                signed_in(404, anonymous=401),
                data=SOMETHING,
            ),
        ),
    ),
    # The form sent is incomplete: whoever may fill it in is told what is missing.
    "web:preview": Access(
        lambda world: f"/desk/do/{world.own_lead.pk}/{FILE}/preview/",
        belongs("market", OFFICER, status=422, anonymous=401),
        data=SOMETHING,
        also=(
            Access(
                lambda world: f"/desk/do/{world.foreign_case.pk}/{FILE}/preview/",
                belongs("city", OFFICER, status=422, anonymous=401),
                data=SOMETHING,
            ),
        ),
    ),
    "web:preview-child": Access(
        lambda world: f"/desk/do/{world.own_lead.pk}/{FILE}/{world.own_lead.pk}/preview/",
        belongs("market", OFFICER, status=422, anonymous=401),
        data=SOMETHING,
        also=(
            Access(
                lambda world: f"/desk/do/{world.own_lead.pk}/{FILE}/{world.foreign_case.pk}/preview/",
                signed_in(404, anonymous=401),
                data=SOMETHING,
            ),
        ),
    ),
    # Registering a lead issues no document.
    "web:preview-new": Access(
        page(f"/desk/new/{REGISTER}/preview/"), roles(OFFICER, status=404, anonymous=401), data=SOMETHING
    ),
}
