"""The register of subjects for the demo: some announced, one waiting, a mandate that runs out soon, streets with lists."""

from __future__ import annotations

import datetime as dt
from typing import Any

import time_machine
from django.utils import timezone

from enforcement.models import EnforcementItem
from personnel.subjects import empowerments, mandates
from personnel.subjects import register as subjects
from portal.accounts.models import Department, User
from portal.accounts.roles import Role
from portal.inbox.models import Notice
from portal.workflow import proposals
from portal.workflow.data import Nothing
from portal.workflow.door import perform

ANNOUNCED = ("SCJGJ", "CGJ", "WSJKW", "WSZHD", "ZXLJD", "SPLJD")
CONFIRMED, APPLIED = "YJGLJ", "ZJJ"
EMPOWERED = ("ZXLJD", "SPLJD")
BODY, DELEGATOR = "WSZHD", "WSJKW"
BEGUN, ENDS = 320, 45


def carry_out(today: dt.date) -> None:
    """Last year's mandate and decisions, this month's confirmations; everything with its own people."""
    bureau = Department.objects.get(kind=Department.Kind.BUREAU)
    supervisor, chief = _holder(bureau, Role.SUPERVISOR), _holder(bureau, Role.SUPERVISION_HEAD)
    if supervisor is None or chief is None:
        return
    with _at(today - dt.timedelta(days=BEGUN)):
        _mandate(today)
        for code in EMPOWERED:
            _empower(code, today, supervisor, chief)
    for place, code in enumerate((*ANNOUNCED, CONFIRMED, APPLIED)):
        with _at(today - dt.timedelta(days=40 - place)):
            _stand(code, supervisor, chief)
    Notice.objects.filter(read_at=None, kind="subjects", created_at__date__lt=today).update(read_at=timezone.now())


def _holder(department: Department, role: Role) -> User | None:
    rows = User.objects.filter(department=department, role_assignments__role=role, is_active=True)
    return rows.select_related("department").order_by("pk").first()


def _lines(code: str, origin: str = "") -> str:
    items = EnforcementItem.objects.filter(department__code=code, effective_to=None).order_by("code")
    return "\n".join(f"{item.code} {item.name}{f' | {origin}' if origin else ''}" for item in items)


def _approved(subject: Any, action: Any, by: User, head: User, data: Any) -> Any:
    return proposals.approve(proposals.request(subject, action, actor=by, data=data), actor=head).subject


def _mandate(today: dt.date) -> None:
    delegator, body = Department.objects.get(code=DELEGATOR), Department.objects.get(code=BODY)
    officer, head = _holder(delegator, Role.OFFICER), _holder(delegator, Role.HEAD)
    items = _lines(BODY)
    if officer is None or head is None or not items:
        return
    data = mandates.Draw(
        body=body.pk,
        basis="示例依据（虚构）第九条",
        qualified=True,
        items=items,
        powers="警告和一万元以下罚款；超过的报本机关决定。（虚构）",
        valid_from=timezone.localdate(),
        valid_to=today + dt.timedelta(days=ENDS),
    )
    made = _approved(None, mandates.DRAW, officer, head, data)
    perform(made, mandates.PUBLISH, actor=head, data=Nothing())


def _empower(code: str, today: dt.date, supervisor: User, chief: User) -> None:
    street, items = Department.objects.get(code=code), _lines(code, "区城管局")
    if not items:
        return
    data = empowerments.Register(
        street=street.pk,
        issuer="示例自治区人民政府（虚构）",
        title="关于赋予街道部分行政处罚权的决定（虚构）",
        number="示政发〔2025〕1 号（虚构）",
        decided_on=timezone.localdate(),
        announced_in="示例公报（虚构）",
        items=items,
        valid_from=timezone.localdate(),
        evaluate_by=today + dt.timedelta(days=60),
    )
    made = _approved(None, empowerments.REGISTER, supervisor, chief, data)
    perform(made, empowerments.PUBLISH, actor=supervisor, data=Nothing())


def _stand(code: str, supervisor: User, chief: User) -> None:
    department = Department.objects.get(code=code)
    admin, head = _holder(department, Role.DEPT_ADMIN), _holder(department, Role.HEAD)
    if admin is None:
        return
    data = subjects.Apply(
        name=department.name,
        credit_code=department.credit_code,
        leader=head.name if head else admin.name,
        basis="示例机构编制文件（虚构）",
        duties=f"{department.short_name}职责范围内的行政执法（虚构）",
        area="白碱滩区行政区域",
    )
    subject = perform(None, subjects.APPLY, actor=admin, data=data).subject
    if code == APPLIED:
        return
    opinion = subjects.Confirm("核对了机构编制文件，符合条件。（虚构）")
    subject = _approved(subject, subjects.CONFIRM, supervisor, chief, opinion)
    if code != CONFIRMED:
        perform(subject, subjects.PUBLISH, actor=supervisor, data=Nothing())


def _at(day: dt.date) -> Any:
    return time_machine.travel(dt.datetime.combine(day, dt.time(10), timezone.get_default_timezone()), tick=True)
