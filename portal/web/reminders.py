"""Who is reminded by the clock: those who work on the matter, and the bureau when a calendar is missing."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from portal import outbox
from portal.accounts.models import Department, User
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.deadlines.models import Obligation
from portal.deadlines.registry import rules
from portal.inbox import notify, notify_department_roles
from portal.inbox.kinds import NoticeKind, register_notice_kind
from portal.web.base import matter_url

NEAR = NoticeKind("deadlines.near", _("期限临近"))
CALENDAR = NoticeKind("deadlines.calendar", _("日历待录入"))


def remind(payload: dict[str, Any]) -> None:
    """A duty of a department comes near: its people who acted in the matter hear of it, else all officers."""
    duty = Obligation.objects.select_related("matter", "department").filter(pk=payload["obligation"]).first()
    if duty is None or not duty.is_open or duty.department is None:
        return
    rule = rules().get(duty.rule)
    text = _t("%(day)s 前：%(duty)s（%(matter)s）") % {
        "day": duty.due_on.isoformat(),
        "duty": rule.title if rule else duty.rule,
        "matter": duty.matter.title,
    }
    told: dict[str, Any] = {
        "kind": NEAR.key,
        "url": matter_url(duty.matter),
        "matter": duty.matter,
        "key": f"near:{duty.pk}:{duty.due_at.isoformat()}",
    }
    people = User.objects.filter(
        is_active=True, department=duty.department, pk__in=duty.matter.events.values("actor_id")
    ).distinct()
    if people:
        notify(people, text, **told)
    else:
        notify_department_roles(duty.department, [Role.OFFICER, Role.DEPT_ADMIN], text, **told)


def ask_for_calendar(payload: dict[str, Any]) -> None:
    """A year is missing: entering it is the bureau's duty."""
    text = _t("%(calendar)s %(year)d 年的放假安排还没有录入，涉及的期限都是暂定的，请尽快录入。") % {
        "calendar": payload["name"],
        "year": payload["year"],
    }
    for bureau in Department.objects.filter(kind=Department.Kind.BUREAU, is_active=True):
        notify_department_roles(
            bureau,
            [*BUREAU_ROLES, Role.DEPT_ADMIN],
            text,
            kind=CALENDAR.key,
            url=reverse("deadlines:calendars"),
            key=f"calendar:{payload['calendar']}:{payload['year']}:{payload.get('month', '')}",
        )


def register() -> None:
    """Register kinds and handlers."""
    register_notice_kind(NEAR)
    register_notice_kind(CALENDAR)
    outbox.handles("deadlines.near")(remind)
    outbox.handles("deadlines.calendar_missing")(ask_for_calendar)
