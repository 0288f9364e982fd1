"""Who takes part in supervision: the bureau, its supervisors, the departments it supervises."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _gettext

from portal.accounts.models import Department, User
from portal.accounts.roles import BUREAU_ROLES, Role
from supervision.models import Alert, SupervisionCase
from supervision.wording import duty_title

OFFICERS = frozenset({Role.OFFICER.value, Role.LEGAL.value})
HEADS = frozenset({Role.HEAD.value, Role.DEPUTY.value})
STAFF = OFFICERS | HEADS | {Role.DEPT_ADMIN.value}
SUPERVISORS = frozenset({Role.SUPERVISOR.value})
SUPERVISION_HEADS = frozenset({Role.SUPERVISION_HEAD.value})

MOST_OFFERED = 50

NOT_SUPERVISED = (
    Department.Kind.BUREAU,
    Department.Kind.GOVERNMENT,
    Department.Kind.PROCURATORATE,
    Department.Kind.COURT,
)


def bureau(_subject: Any = None) -> Department:
    """The district's supervising body (执法监督条例6条)."""
    return Department.objects.get(kind=Department.Kind.BUREAU)


def target_of(case: SupervisionCase) -> Department:
    """Whose people act on the department's side."""
    return case.target


def supervised_departments(_subject: Any = None, _actor: Any = None) -> QuerySet[Department]:
    """The bodies of the district that enforce, in the order of their codes."""
    return Department.objects.filter(is_active=True).exclude(kind__in=NOT_SUPERVISED)


def bureau_supervisors(_subject: Any = None, _actor: Any = None) -> QuerySet[User]:
    """People of the bureau who may handle a supervision case."""
    return (
        User.objects.filter(
            is_active=True, department__kind=Department.Kind.BUREAU, role_assignments__role__in=BUREAU_ROLES
        )
        .distinct()
        .order_by("name", "pk")
    )


def colleagues(_subject: Any, actor: Any) -> QuerySet[User]:
    """The other supervisors of the bureau."""
    return bureau_supervisors().exclude(pk=actor.pk)


def open_alerts(_subject: Any, actor: Any) -> QuerySet[Alert]:
    """Alerts nobody has taken up yet, of every department the person sees."""
    return (
        Alert.objects.visible_to(actor)
        .unanswered()
        .exclude(department__kind__in=NOT_SUPERVISED)
        .select_related("matter", "department", "obligation")
    )


def alert_choices(_subject: Any, actor: Any) -> list[tuple[str, str]]:
    """The oldest open alerts as boxes to tick; more are chosen on the page of alerts."""
    return labelled(open_alerts(None, actor).order_by("missed_at", "pk")[:MOST_OFFERED])


def labelled(alerts: Iterable[Alert]) -> list[tuple[str, str]]:
    """Key and words of each alert: department, duty, matter, due day."""
    return [
        (
            str(alert.pk),
            _gettext("%(department)s · %(duty)s · %(matter)s · 期限 %(due)s")
            % {
                "department": alert.department.short_name,
                "duty": duty_title(alert.rule),
                "matter": f"{alert.matter.number} {alert.matter.title}".strip(),
                "due": alert.obligation.due_on.isoformat(),
            },
        )
        for alert in alerts
    ]


def handles(case: SupervisionCase, user: Any) -> bool:
    """Whether the person is one of those who handle the case now."""
    return case.supervisors.filter(user=user, relieved_on=None).exists()
