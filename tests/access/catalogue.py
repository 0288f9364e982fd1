"""Who may open the pages of the catalogues: the own department, the bureau all of it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from enforcement.catalogue.actions import PROPOSERS
from enforcement.catalogue.models import Batch
from enforcement.catalogue.outlier_views import LOOKERS
from enforcement.catalogue.writing import new_entry
from portal.accounts.models import User
from portal.matters.models import Matter
from tests.access.matrix import SIGN_IN, Access, World, belongs, page, roles, signed_in


def entry(department: str) -> Any:
    """The address of an entry of a leniency list, without a version yet."""

    def address(world: World) -> str:
        def make() -> int:
            owner = getattr(world.cast, department)
            return int(
                new_entry(owner, "leniency", "L-1", "首违不罚（虚构）", dt.date(2020, 1, 1), timezone.now())[1].pk
            )

        return f"/desk/catalogue/{world.once(f'entry:{department}', make)}/"

    return address


def item(department: str) -> Any:
    """The address of an item's comparison of decisions."""

    def address(world: World) -> str:
        def make() -> int:
            owner = getattr(world.cast, department)
            return int(new_entry(owner, "item", "4.99", "示例事项（虚构）", dt.date(2020, 1, 1), timezone.now())[1].pk)

        return f"/desk/catalogue/{world.once(f'item:{department}', make)}/outliers/"

    return address


def batch(department: str) -> Any:
    """The address of a file."""

    def address(world: World) -> str:
        def make() -> int:
            owner = getattr(world.cast, department)
            matter = Matter.objects.create(
                kind="enforcement.catalogue_file", department=owner, title="示例清单", opened_at=timezone.now()
            )
            made = Batch.objects.create(
                matter=matter, department=owner, file_name="示例.csv", digest=uuid.uuid4().hex, target="item",
                effective_from=dt.date(2026, 1, 1),
            )  # fmt: skip
            return int(made.pk)

        return f"/desk/catalogue/files/{world.once(f'batch:{department}', make)}/"

    return address


def lookers(department: str) -> Any:
    """Heads and legal reviewers of the department, and the bureau; others of these roles do not see it."""

    def answer(world: World, person: User | None) -> int:
        if person is None:
            return SIGN_IN
        if not person.has_role(*LOOKERS):
            return 403
        return 200 if person.sees_everything or person.department == getattr(world.cast, department) else 404

    return answer


ENTRIES = {
    "catalogue:entries": Access(page("/desk/catalogue/"), signed_in()),
    "catalogue:entry": Access(entry("market"), belongs("market"), also=(Access(entry("city"), belongs("city")),)),
    "catalogue:outliers": Access(item("market"), lookers("market"), also=(Access(item("city"), lookers("city")),)),
    "catalogue:standing": Access(
        lambda world: f"/desk/catalogue/cases/{world.own_case.pk}/standing/",
        belongs("market", anonymous=401),
        data={},
        also=(
            Access(
                lambda world: f"/desk/catalogue/cases/{world.foreign_case.pk}/standing/",
                belongs("city", anonymous=401),
                data={},
            ),
        ),
    ),
    "catalogue:spot_standing": Access(page("/desk/catalogue/spot/standing/"), signed_in(anonymous=401), data={}),
    "catalogue:upload": Access(page("/desk/catalogue/files/new/"), roles(*PROPOSERS)),
    "catalogue:template": Access(page("/desk/catalogue/files/template.csv"), signed_in()),
    "catalogue:batch": Access(batch("market"), belongs("market"), also=(Access(batch("city"), belongs("city")),)),
}
