"""Who may open the radar's settings: the bureau sees them, its head of supervision sets them."""

from __future__ import annotations

from portal.accounts.roles import Role
from tests.access.matrix import Access, page, roles

ENTRIES = {
    "radar:settings": Access(
        page("/desk/radar/settings/"),
        roles(Role.SUPERVISOR, Role.SUPERVISION_HEAD),
        also=(Access(page("/desk/radar/settings/"), roles(Role.SUPERVISION_HEAD, status=422, anonymous=401), data={}),),
    )
}
