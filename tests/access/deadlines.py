"""Who may open the calendars: everybody reads and calculates, the bureau enters."""

from __future__ import annotations

from portal.accounts.models import User
from portal.deadlines.views import may_edit
from tests.access.matrix import SIGN_IN, Access, World, page, signed_in


def editors(_world: World, person: User | None) -> int:
    """Supervisors and the bureau's platform administrator."""
    if person is None:
        return SIGN_IN
    return 200 if may_edit(person) else 403


ENTRIES = {
    "deadlines:calendars": Access(page("/desk/calendars/"), signed_in()),
    "deadlines:calendar-year": Access(
        page("/desk/calendars/xinjiang/2026/"),
        signed_in(),
        also=(Access(page("/desk/calendars/elsewhere/2026/"), signed_in(404)),),
    ),
    "deadlines:import-year": Access(page("/desk/calendars/national/import/"), editors),
    "deadlines:calculator": Access(page("/desk/calendars/calculator/"), signed_in()),
}
