"""Whom and what the forms of a hearing offer to choose from."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t

from enforcement.cases.exclusions import kept_out
from enforcement.hearing.course import course_of
from enforcement.models import ActOfficer, Party, Statement
from portal.accounts.models import User
from portal.accounts.roles import Role

PRESIDING = frozenset({Role.OFFICER.value, Role.LEGAL.value, Role.HEAD.value, Role.DEPUTY.value, Role.DEPT_ADMIN.value})


def handled(case: Any) -> Any:
    """Accounts of everybody who handles or has handled the case."""
    return ActOfficer.objects.filter(act=case.pk).exclude(officer__user=None).values("officer__user")


def independent_people(case: Any, _actor: Any) -> Any:
    """People of the department who have never handled the case: who may chair or record its hearing."""
    found = User.objects.filter(department=case.department_id, is_active=True)
    found = found.filter(role_assignments__role__in=PRESIDING).exclude(pk__in=handled(case))
    return found.distinct().order_by("name", "pk")


def unfit(case: Any, person: User | None) -> str:
    """Why a person may not chair or record the hearing (in words without a stop); empty when he may."""
    if person is None or person.department_id != case.department_id or not person.is_active:
        return _t("所选的人不是本部门在岗人员")
    if ActOfficer.objects.filter(act=case.pk, officer__user=person).exists():
        return _t("%(name)s办理过本案") % {"name": person.name}
    if kept_out(case, person):
        return _t("%(name)s已被决定在本案中回避") % {"name": person.name}
    ahead = course_of(case).ahead
    if ahead is not None and ahead.challenges.filter(chair=person, granted=True).exists():
        return _t("%(name)s已被决定不主持本次听证") % {"name": person.name}
    return ""


def owed_requests(case: Any, _actor: Any) -> Any:
    """The requests nothing has come of."""
    keys = [one.pk for one in course_of(case).owed]
    return Statement.objects.filter(pk__in=keys).select_related("party").order_by("made_on", "pk")


def owed_parties(case: Any, _actor: Any) -> Any:
    """The parties who are still owed a hearing."""
    return Party.objects.filter(pk__in=[party.pk for party in course_of(case).parties]).order_by("pk")


def unserved_parties(case: Any, _actor: Any) -> Any:
    """The parties whom the notice that counts has not reached."""
    return Party.objects.filter(pk__in=[party.pk for party in course_of(case).unserved]).order_by("pk")
