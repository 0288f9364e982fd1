"""What follows when hours or a plan change: the standings are counted again, the other side is told."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from personnel.training.models import TrainingHours
from personnel.training.standings import sweep
from portal.accounts.models import User
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.inbox import notify
from portal.matters.registry import url_of
from portal.workflow.registry import Stated

TOLD = {
    "training.plan_submitted": _("%(plan)s已报送，请审核"),
    "training.plan_approved": _("%(plan)s已批准"),
    "training.plan_returned": _("%(plan)s已退回，请修改后再报"),
}


def count_again(stated: Stated) -> None:
    """Reaction: whoever has an entry in the session stands anew in the years it touches, at once."""
    rows = TrainingHours.objects.filter(session=stated.matter.pk)
    officers = list(rows.values_list("officer", flat=True).distinct())
    for year in sorted(set(rows.annotate(year=F("on__year")).values_list("year", flat=True))):
        sweep(year, timezone.now(), officers)


def tell(stated: Stated) -> None:
    """Reaction: the bureau hears of a plan submitted, the department of the answer."""
    to_bureau = stated.fact.name == "training.plan_submitted"
    people = (
        User.objects.filter(role_assignments__role__in=BUREAU_ROLES)
        if to_bureau
        else User.objects.filter(department=stated.matter.department_id, role_assignments__role=Role.DEPT_ADMIN)
    )
    notify(
        people.filter(is_active=True).distinct(),
        str(TOLD[stated.fact.name]) % {"plan": stated.matter.title},
        kind="training",
        url=url_of(stated.matter),
        matter=stated.matter,
        key=f"{stated.fact.name}:{stated.fact.pk}",
    )
