"""Who is told what: alerts to department and bureau, and each turn of a supervision case to the other side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from portal import outbox
from portal.accounts.models import Department, User
from portal.deadlines.models import Fact
from portal.inbox import notify
from portal.matters.registry import url_of
from portal.workflow.registry import Stated
from supervision.models import Alert, SupervisionCase
from supervision.people import HEADS, OFFICERS, SUPERVISION_HEADS, bureau, bureau_supervisors
from supervision.wording import duty_title

TO_DEPARTMENT = {
    "supervision.issued": _("收到%(paper)s，请签收"),
    "supervision.reminded": _("%(paper)s的报送期限已过，请尽快报送纠正情况"),
    "supervision.verified": _("%(paper)s的纠正情况已核验通过"),
    "supervision.not_corrected": _("%(paper)s经核验尚未纠正，请继续纠正并报送"),
    "supervision.objection_answered": _("对%(paper)s的异议已经答复"),
    "supervision.closed": _("%(paper)s所涉监督案件已结案"),
}
TO_BUREAU = {
    "supervision.served": _("%(target)s已签收%(paper)s"),
    "supervision.reported": _("%(target)s报送了%(paper)s的纠正情况，请核验"),
    "supervision.objected": _("%(target)s对%(paper)s提出异议，请答复"),
}
TOLD = (*TO_DEPARTMENT, *TO_BUREAU)


def queue(stated: Stated) -> None:
    """Reaction: have the other side told after the commit."""
    outbox.put("supervision.told", key=str(stated.fact.pk), payload={"fact": stated.fact.pk})


def tell(payload: dict[str, Any]) -> None:
    """Outbox topic "supervision.told": notices for one turn of a case; telling twice adds nothing."""
    fact = Fact.objects.select_related("matter").get(pk=payload["fact"])
    case = SupervisionCase.objects.select_related("target", "matter").get(pk=fact.matter_id)
    instrument = case.instruments.order_by("-pk").first()
    words = {
        "paper": str(instrument) if instrument else str(case),
        "target": case.target.short_name,
    }
    to_department = fact.name in TO_DEPARTMENT
    sentence = TO_DEPARTMENT[fact.name] if to_department else TO_BUREAU[fact.name]
    notify(
        people_of(case.target, OFFICERS | HEADS) if to_department else handlers_of(case),
        matter=case.matter,
        text=str(sentence) % words,
        url=url_of(case.matter),
        kind="supervision",
        key=f"{fact.name}:{fact.pk}",
    )


def tell_of_alert(alert: Alert) -> None:
    """Word to the department's officers and heads, and to the bureau's supervisors."""
    values = {
        "department": alert.department.short_name,
        "duty": duty_title(alert.rule),
        "matter": alert.matter.title,
        "due": alert.obligation.due_on.isoformat(),
    }
    notify(
        people_of(alert.department, OFFICERS | HEADS),
        matter=alert.matter,
        text=_gettext("“%(duty)s”逾期：%(matter)s，应于 %(due)s 前办理") % values,
        url=url_of(alert.matter),
        kind="alert",
        key=f"alert:{alert.pk}",
    )
    if alert.department_id != bureau().pk:
        notify(
            bureau_supervisors(),
            matter=alert.matter,
            text=_gettext("%(department)s“%(duty)s”逾期：%(matter)s，期限 %(due)s") % values,
            url=url_of(alert.matter),
            kind="alert",
            key=f"alert:{alert.pk}",
        )


def people_of(department: Department, roles: Iterable[str]) -> QuerySet[User]:
    """The department's active people who hold one of the roles."""
    return User.objects.filter(is_active=True, department=department, role_assignments__role__in=list(roles)).distinct()


def handlers_of(case: SupervisionCase) -> QuerySet[User]:
    """Those who handle the case and the heads of supervision."""
    mine = case.supervisors.filter(relieved_on=None).values("user")
    return (
        User.objects.filter(pk__in=mine, is_active=True)
        | User.objects.filter(is_active=True, department=bureau(), role_assignments__role__in=SUPERVISION_HEADS)
    ).distinct()
