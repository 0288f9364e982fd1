"""Who may open the pages of completeness: a department its own series, the bureau all."""

from __future__ import annotations

from typing import Any

from enforcement.completeness import reports
from enforcement.completeness.models import Explanation, MonthReport
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.workflow.proposals import approve, request
from tests.access.matrix import SIGN_IN, Access, World, belongs, page, roles, signed_in
from tests.cast import fresh
from tests.completeness.scenes import explain_data, imported


def series(world: World) -> Any:
    """A series with a gap in both departments."""

    def make() -> bool:
        imported(world.cast, "1", "3", "9")
        imported(world.cast, "1", "3", "9", department=world.cast.city)
        return True

    return world.once("series with gaps", make)


def department(part: str) -> Any:
    """Its address with what follows."""

    def found(world: World, rest: str = "") -> str:
        series(world)
        return f"/desk/completeness/departments/{getattr(world.cast, part).pk}/{rest}"

    return found


def explanation(part: str) -> Any:
    """One of the market's; one that was moved to the city's matter for the other side."""

    def make(world: World) -> Any:
        series(world)
        data = explain_data(4) if part == "market" else explain_data(5)
        proposal = request(None, explain(), actor=fresh(world.cast.dept_admin), data=data)
        found: Explanation = approve(proposal, actor=fresh(world.cast.head)).subject
        if part == "city":
            Explanation.objects.filter(pk=found.pk).update(department=world.cast.city)
            type(found.matter).objects.filter(pk=found.pk).update(department=world.cast.city)
        return found.pk

    return lambda world: world.once(f"explanation {part}", lambda: make(world))


def explain() -> Any:
    """The action, looked up late: the apps must be ready."""
    from enforcement.completeness.explaining import EXPLAIN

    return EXPLAIN


def report(part: str) -> Any:
    """A report of the department."""

    def make(world: World) -> Any:
        from django.utils import timezone

        reports.open_due(timezone.localdate())
        return MonthReport.objects.get(department=getattr(world.cast, part)).pk

    return lambda world: world.once(f"report {part}", lambda: make(world))


def overview(world: World, who: User | None) -> int:
    """The bureau sees it; an enforcing department is led to its own page, the others are told."""
    if who is None:
        return SIGN_IN
    if who.sees_everything:
        return 200
    enforcing = who.department is not None and who.department.kind in reports.ENFORCING
    return 302 if enforcing and who.home_id else 403


def both(path: str, thing: Any) -> Access:
    """The address of an own and of a foreign thing."""
    return Access(
        lambda world: path.format(thing("market")(world)),
        belongs("market"),
        also=(Access(lambda world: path.format(thing("city")(world)), belongs("city")),),
    )


FORM = "/desk/completeness/explain/2026/示市监罚/4/5/"
ENTRIES = {
    "completeness:overview": Access(
        page("/desk/completeness/"), overview, also=(Access(page("/desk/completeness/?format=xlsx"), overview),)
    ),
    "completeness:department": Access(
        department("market"),
        belongs("market"),
        also=(Access(department("city"), belongs("city")),),
    ),
    "completeness:series": Access(
        lambda world: department("market")(world, "2026/示市监罚/"),
        belongs("market"),
        also=(Access(lambda world: department("city")(world, "2026/示市监罚/"), belongs("city")),),
    ),
    "completeness:explain": Access(page(FORM), roles(Role.DEPT_ADMIN)),
    "completeness:explanation": both("/desk/completeness/explanations/{}/", explanation),
    "completeness:reports": Access(page("/desk/completeness/reports/"), signed_in()),
    "completeness:report": both("/desk/completeness/reports/{}/", report),
}
