"""What cases ask the register: may this department act on this item on this day. It holds those alone who stand in it.

A department without a row is not bound: an empty register stops nobody.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from personnel.subjects.models import EmpoweredItem, Empowerment, EnforcementSubject, Mandate

if TYPE_CHECKING:
    from portal.accounts.models import Department

Kind, State = EnforcementSubject.Kind, EnforcementSubject.State


def subject_of(department: Department | None) -> EnforcementSubject | None:
    """The department's row in the register."""
    if department is None:
        return None
    return EnforcementSubject.objects.filter(department=department).select_related("department__parent").first()


def standing_problem(department: Department | None, on: dt.date) -> str | None:
    """Why the department is no confirmed subject on the day; nothing when it is, or stands not in the register."""
    subject = subject_of(department)
    if subject is None:
        return None
    values = {"name": subject.name, "on": on.isoformat()}
    if subject.state == State.WITHDRAWN and subject.withdrawn_on is not None and subject.withdrawn_on <= on:
        return _("%(name)s的执法主体资格自 %(day)s 起撤销，不能再立案、作出决定。") % {
            **values, "day": subject.withdrawn_on.isoformat()
        }  # fmt: skip
    if subject.confirmed_on is None:
        return _("%(name)s的执法主体资格还没有确认（%(state)s），确认以前不能立案、作出决定。") % {
            **values, "state": subject.get_state_display()
        }  # fmt: skip
    if on < subject.confirmed_on:
        return _("%(name)s的执法主体资格 %(day)s 才确认，%(on)s 还不能立案、作出决定。") % {
            **values, "day": subject.confirmed_on.isoformat()
        }  # fmt: skip
    return None


def mandate_on(department: Department, code: str, on: dt.date) -> Mandate | None:
    """The published mandate of its delegator that covers the item on the day."""
    return (
        Mandate.objects.in_force(on)
        .filter(body=department, department=department.parent_id, items__contains=[{"code": code}])
        .select_related("department")
        .first()
    )


def mandate_problem(department: Department | None, code: str, on: dt.date) -> str | None:
    """Why an entrusted body may not act on the item on the day (处罚法20条)."""
    subject = subject_of(department)
    if subject is None or subject.kind != Kind.ENTRUSTED:
        return None
    body = subject.department
    if mandate_on(body, code, on) is not None:
        return None
    delegator = body.parent.name if body.parent else _("委托机关")
    if not Mandate.objects.in_force(on).filter(body=body, department=body.parent_id).exists():
        return _("%(body)s在 %(on)s 没有%(delegator)s签发并公布、正在施行的委托书，不能以其名义办案。") % {
            "body": body.name, "on": on.isoformat(), "delegator": delegator
        }  # fmt: skip
    return _("这一事项（%(code)s）不在%(delegator)s委托的事项里。超出委托范围的，应当交由%(delegator)s办理。") % {
        "code": code or "—", "delegator": delegator
    }  # fmt: skip


def empowered_item_on(department: Department, code: str, on: dt.date) -> EmpoweredItem | None:
    """The item of the street's lists in force on the day."""
    found = EmpoweredItem.objects.in_force(on).filter(empowerment__department=department, code=code)
    return found.select_related("empowerment").first()


def empowerment_problem(department: Department | None, code: str, on: dt.date) -> str | None:
    """Why a street may not exercise the power on the day (处罚法24条)."""
    subject = subject_of(department)
    if subject is None or subject.kind != Kind.STREET:
        return None
    street = subject.department
    if empowered_item_on(street, code, on) is not None:
        return None
    values = {"street": street.name, "code": code or "—", "on": on.isoformat()}
    if not Empowerment.objects.in_force(on).filter(department=street).exists():
        return _("%(street)s在 %(on)s 没有已经公布、正在施行的赋权决定，不能行使处罚权，应当移送有权的部门。") % values
    return _("这一事项（%(code)s）%(on)s 不在%(street)s的赋权清单里，应当移送有权的部门。") % values


def origin_of(department: Department, code: str) -> str:
    """Whose power the item was before, by the newest list that names it, also one that is over; else nothing."""
    found: Any = (
        EmpoweredItem.objects.filter(empowerment__department=department, code=code)
        .exclude(origin="")
        .order_by("-empowerment__valid_from", "-pk")
        .first()
    )
    return str(found.origin) if found else ""
