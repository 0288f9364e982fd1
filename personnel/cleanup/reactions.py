"""Who is told: the department of a list frozen or handed back, the bureau of one reported."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.inbox import notify_department_roles
from portal.matters.registry import url_of
from portal.workflow.registry import Stated

HOME = frozenset({Role.DEPT_ADMIN.value, Role.HEAD.value})
TOLD = {
    "cleanup.frozen": _("%(title)s：请逐一核实，于 %(due)s 前报送"),
    "cleanup.returned": _("%(title)s：已退回，请重新核实，于 %(due)s 前报送"),
    "cleanup.reported": _("%(title)s：已报送清理结果"),
}


def tell(stated: Stated) -> None:
    """Reaction: one sentence for the other side."""
    matter = stated.matter
    to_bureau = stated.fact.name == "cleanup.reported"
    department = Department.objects.get(kind=Department.Kind.BUREAU) if to_bureau else matter.department
    values = {"title": matter.title, "due": stated.subject.due_on.isoformat()}
    notify_department_roles(
        department,
        BUREAU_ROLES if to_bureau else HOME,
        str(TOLD[stated.fact.name]) % values,
        kind="cleanup",
        url=url_of(matter),
        matter=matter,
        key=f"{stated.fact.name}:{stated.fact.pk}",
    )
