"""Subjects, mandates and empowerment decisions at every stage, through the door; everything is invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from personnel.subjects import empowerments, mandates
from personnel.subjects import register as subjects
from personnel.subjects.models import Empowerment, EnforcementSubject, Mandate
from portal.accounts.models import Department, RoleAssignment, User
from portal.accounts.roles import Role
from portal.workflow import proposals
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from tests.cast import Cast, fresh

DELEGATED = "4.17 对未按规定建立进货查验记录的处罚"


def day(days: int) -> dt.date:
    """So many days from today."""
    return timezone.localdate() + dt.timedelta(days=days)


def approved(subject: Any, action: Any, by: User, head: User, data: Any) -> Any:
    """Put forward by one person, approved by another; the thing afterwards."""
    proposal = proposals.request(subject, action, actor=fresh(by), data=data)
    return proposals.approve(proposal, actor=fresh(head)).subject


def particulars(**changes: Any) -> subjects.Apply:
    """What an administrator types."""
    made = subjects.Apply(
        name="示例区市场监督管理局",
        leader="赵示例",
        basis="《示例区机构改革方案》（示编〔2019〕1 号，虚构）",
        duties="食品、药品、特种设备和市场秩序的监督管理（虚构）",
        area="示例区行政区域",
    )
    return replace(made, **changes)


def admin_of(department: Department) -> User:
    """The department's platform administrator, made when it has none."""
    found = User.objects.filter(department=department, role_assignments__role=Role.DEPT_ADMIN).first()
    if found is None:
        found = User.objects.create(username=f"admin-{department.code.lower()}", name="管示例", department=department)
        RoleAssignment.objects.create(user=found, department=department, role=Role.DEPT_ADMIN)
    return fresh(found)


def applied(department: Department, **changes: Any) -> EnforcementSubject:
    """Applied for by its administrator."""
    data = particulars(**{"name": department.name} | changes)
    found: EnforcementSubject = perform(None, subjects.APPLY, actor=admin_of(department), data=data).subject
    return found


def confirmed(cast: Cast, department: Department) -> EnforcementSubject:
    """Confirmed by Tao on Lu's proposal."""
    data = subjects.Confirm("核对了机构编制文件，符合条件（虚构）")
    found: EnforcementSubject = approved(
        applied(department), subjects.CONFIRM, cast.supervisor, cast.supervision_head, data
    )
    return found


def published(cast: Cast, department: Department) -> EnforcementSubject:
    """Announced by Lu."""
    subject = confirmed(cast, department)
    found: EnforcementSubject = perform(subject, subjects.PUBLISH, actor=fresh(cast.supervisor), data=Nothing()).subject
    return found


def withdrawn(cast: Cast, department: Department) -> EnforcementSubject:
    """Withdrawn by Tao on Lu's proposal."""
    data = subjects.Withdraw(day(0), "机构撤并（虚构）")
    found: EnforcementSubject = approved(
        published(cast, department), subjects.WITHDRAW, cast.supervisor, cast.supervision_head, data
    )
    return found


def entrusted_body(cast: Cast, code: str = "SCDD") -> Department:
    """A brigade under the market bureau, with one officer of its own."""
    found = Department.objects.filter(code=code).first()
    if found is None:
        group = Group.objects.create(name=f"department:{code}")
        found = Department.objects.create(
            code=code, name=f"示例区市场监管综合执法大队{code}", short_name="综合执法大队", kind=Department.Kind.ENTRUSTED,
            parent=cast.market, document_prefix="示市监", group=group, address="示例路 30 号", phone="0990-0000030",
        )  # fmt: skip
    return found


def draw_data(body: Department, **changes: Any) -> mandates.Draw:
    """What the market bureau entrusts for a year."""
    made = mandates.Draw(
        body=body.pk,
        basis="《示例省市场监督管理条例》第九条（虚构）",
        qualified=True,
        items=DELEGATED,
        powers="警告和一万元以下罚款；超过的报本机关决定（虚构）",
        valid_from=day(-30),
        valid_to=day(335),
    )
    return replace(made, **changes)


def signed(cast: Cast, body: Department, **changes: Any) -> Mandate:
    """Signed by Zhao on Chen's proposal."""
    found: Mandate = approved(None, mandates.DRAW, cast.officer, cast.head, draw_data(body, **changes))
    return found


def mandate(cast: Cast, body: Department, **changes: Any) -> Mandate:
    """Published by Wu."""
    found: Mandate = perform(
        signed(cast, body, **changes), mandates.PUBLISH, actor=fresh(cast.dept_admin), data=Nothing()
    ).subject
    return found


def register_data(street: Department, **changes: Any) -> empowerments.Register:
    """A decision of the region about one street."""
    made = empowerments.Register(
        street=street.pk,
        issuer="示例自治区人民政府",
        title="关于赋予街道部分行政处罚权的决定（虚构）",
        number="示政发〔2025〕1 号",
        decided_on=day(-400),
        announced_in="示例自治区人民政府公报（虚构）",
        items=f"{DELEGATED} | 区市场监管局\n9.01 对占道经营的处罚 | 区城管局",
        valid_from=day(-365),
        evaluate_by=day(60),
    )
    return replace(made, **changes)


def registered(cast: Cast, street: Department, **changes: Any) -> Empowerment:
    """Registered by Tao on Lu's proposal."""
    found: Empowerment = approved(
        None, empowerments.REGISTER, cast.supervisor, cast.supervision_head, register_data(street, **changes)
    )
    return found


def empowered(cast: Cast, street: Department, **changes: Any) -> Empowerment:
    """Published by Lu."""
    found: Empowerment = perform(
        registered(cast, street, **changes), empowerments.PUBLISH, actor=fresh(cast.supervisor), data=Nothing()
    ).subject
    return found
