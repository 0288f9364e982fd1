"""The demo's accounts: one password for all, known only where PORTAL_DEMO is on."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from portal.accounts.models import RoleAssignment
from portal.accounts.roles import Role
from portal.environment import read

DOMAIN = "demo.invalid"
DEFAULT_PASSWORD = "baijiantan-demo-2026"  # noqa: S105 - of invented people, refused outside the demo
OFFICERS, PER_ROLE = 2, 1


@dataclass(frozen=True)
class DemoPerson:
    """An account of the demo, as shown on the sign-in page."""

    username: str
    name: str
    department: str
    roles: str


def demo_password() -> str:
    """The demo's password: PORTAL_DEMO_PASSWORD, else the default. Raises RuntimeError outside the demo."""
    if not settings.DEMO:
        raise RuntimeError("demo accounts exist only where PORTAL_DEMO is on")
    return read("PORTAL_DEMO_PASSWORD", DEFAULT_PASSWORD)


def demo_people() -> list[DemoPerson]:
    """A few demo accounts of each role, in the order of the roles; nobody outside the demo.

    A demo account has an address at `demo.invalid`: the loader gives it one, real people have none.
    """
    if not settings.DEMO:
        return []
    held: dict[str, list[RoleAssignment]] = {}
    rows = RoleAssignment.objects.filter(user__email__endswith=f"@{DOMAIN}", user__is_active=True)
    for row in rows.select_related("user", "user__department").order_by("user_id"):
        held.setdefault(row.role, []).append(row)
    words: dict[int, list[str]] = {}
    for role in Role:
        for row in held.get(role.value, []):
            words.setdefault(row.user_id, []).append(str(role.label))
    most = {Role.OFFICER: OFFICERS}
    chosen = [row for role in Role for row in held.get(role.value, [])[: most.get(role, PER_ROLE)]]
    people = {row.user_id: row.user for row in chosen}
    return [
        DemoPerson(
            user.username, user.name, user.department.short_name if user.department else "", "、".join(words[key])
        )
        for key, user in people.items()
    ]
