"""Who may review a case: in the right role, qualified (CF-11), not a handler of it, not told to stay out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _t

from enforcement.review.models import Reviewer, Round
from personnel.models import Officer
from portal.accounts.models import User
from portal.accounts.roles import Role

LEADERS = (Role.HEAD.value, Role.DEPUTY.value)


@dataclass(frozen=True)
class Qualification:
    """By what somebody is qualified, and its number, or since when he has reviewed."""

    kind: str
    certificate: str


def qualification(user: User, on: dt.date) -> Qualification | None:
    """The newest row about the person; without one what the register of officers says of his legal qualification."""
    row = Reviewer.objects.filter(user=user).order_by("-pk").first()
    if row is None:
        officer = Officer.objects.filter(user=user, active=True, legal_qualified=True).first()
        return Qualification(Round.Qualified.EXAM, officer.legal_number) if officer is not None else None
    if row.standing == Reviewer.Standing.ENDED:
        return None
    if row.standing == Reviewer.Standing.EXAM:
        return Qualification(Round.Qualified.EXAM, row.certificate)
    if row.since is None or row.since > on:
        return None
    return Qualification(Round.Qualified.EARLIER, _t("%(day)s 起") % {"day": row.since.isoformat()})


def handled(case: Any, user: User) -> bool:
    """Whether the person is or was an officer of the case; who investigated does not judge his own work."""
    return bool(case.act_officers.filter(officer__user=user).exists())


def unfit(case: Any, user: User | None, on: dt.date) -> str:
    """Why the person may not review the case; empty when he may."""
    if user is None or not user.is_active:
        return _t("请选择审核人员。")
    own = user.department_id == case.department_id and user.has_role(Role.LEGAL)
    if not own and not user.has_role(Role.COUNSEL):
        return _t("%(name)s不是本部门的法制审核员，也不是法律顾问、公职律师。") % {"name": user.name}
    if handled(case, user):
        return _t("%(name)s办理过本案，不能审核本案。") % {"name": user.name}
    if qualification(user, on) is None:
        return _t(
            "没有登记%(name)s的审核资格：初次从事法制审核的，应当取得法律职业资格；此前已经从事的，登记从事时间。"
            "请负责人在“法制审核人员”里登记。"
        ) % {"name": user.name}
    return ""


def candidates(case: Any, _actor: Any = None) -> list[tuple[int, str]]:
    """Whom the head may choose from: the department's legal officers first, then counsel; with what each is."""
    own = Q(department=case.department_id, role_assignments__role=Role.LEGAL)
    people = (
        User.objects.filter(own | Q(role_assignments__role=Role.COUNSEL), is_active=True)
        .select_related("department")
        .distinct()
        .order_by("name", "pk")
    )
    rows = sorted(people, key=lambda user: user.department_id != case.department_id)
    return [(user.pk, _named(user, case)) for user in rows]


def _named(user: User, case: Any) -> str:
    place = user.department.short_name if user.department else ""
    role = Role.LEGAL if user.department_id == case.department_id and user.has_role(Role.LEGAL) else Role.COUNSEL
    return f"{user.name}（{place}{role.label}）"


def leaders(case: Any, _actor: Any = None) -> Any:
    """Those responsible in the department who did not work on the case."""
    return (
        User.objects.filter(department=case.department_id, is_active=True, role_assignments__role__in=LEADERS)
        .exclude(officer__act_roles__act=case.pk)
        .distinct()
        .order_by("name", "pk")
    )
