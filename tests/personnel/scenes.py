"""Officers and certificates for tests, made through the door like real ones."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from personnel.actions import REGISTER, Ground, Register
from personnel.models import Certificate, Officer
from portal.accounts.identity import CHECKS, WEIGHTS
from portal.accounts.models import Department, User
from portal.accounts.roles import Role
from portal.workflow.actions import Action
from portal.workflow.data import dump, load
from portal.workflow.door import Outcome, perform
from portal.workflow.models import Proposal
from portal.workflow.proposals import approve, request

_numbers = count(1)


def identity_number(serial: int = 1) -> str:
    """An invented number of the right form, born on 1990-01-01 in a district code that does not exist."""
    start = f"65029919900101{serial:03d}"
    check = CHECKS[sum(int(digit) * weight for digit, weight in zip(start, WEIGHTS, strict=True)) % 11]
    return start + check


def officer(department: Department, name: str = "甲示例", *, user: User | None = None, **more: Any) -> Officer:
    """An officer on duty."""
    return Officer.objects.create(department=department, name=name, user=user, **more)


def certificate(
    holder: Officer,
    *,
    fields: tuple[str, ...] = ("市场监管",),
    valid_from: dt.date = dt.date(2024, 1, 1),
    valid_to: dt.date = dt.date(2028, 12, 31),
    number: str = "",
    by: User | None = None,
    source: str = "region",
) -> Certificate:
    """A certificate registered by the department's platform administrator, or by who is named."""
    registrar = by or User.objects.get(department=holder.department, role_assignments__role=Role.DEPT_ADMIN)
    data = Register(
        officer=holder.pk,
        number=number or f"示例{next(_numbers):06d}",
        issuer="示例自治区人民政府",
        fields=fields,
        area="示例区",
        valid_from=valid_from,
        valid_to=valid_to,
        source=source,
    )
    made: Certificate = perform(None, REGISTER, actor=registrar, data=data).subject
    return made


def proposed(subject: Any, action: Action[Any, Any], data: Any, *, by: User, approved_by: User) -> Outcome:
    """Put an action forward and approve it."""
    assert load(action.data, dump(data)) == data
    proposal: Proposal = request(subject, action, actor=by, data=data)
    return approve(proposal, actor=approved_by)


def on(day: dt.date, ground: str = "年度考核不合格") -> Ground:
    """The data of a step that happened on a day, entered late with its reason where needed."""
    return Ground(ground=ground, on=day, late_reason="纸质文书补录，附送达回证")
