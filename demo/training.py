"""A year of training for the demo: plans, sessions, hours; some officers have their sixty, some do not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import time_machine
from django.utils import timezone

from personnel.models import Officer
from personnel.training import duty, plans, sessions
from personnel.training import session_data as data
from portal.accounts.models import Department, User
from portal.accounts.roles import Role
from portal.inbox.models import Notice
from portal.workflow.data import Nothing
from portal.workflow.door import perform

DEPARTMENTS = ("SCJGJ", "CGJ", "WSJKW")
TOPICS = (
    ("special", "行政执法证据采集", "12"),
    ("central", "行政执法案卷评析", "12"),
    ("drill", "执法岗位技能大练兵", "12"),
    ("simulation", "执法事务情景模拟展演", "12"),
    ("expert_video", "行政处罚法要点归纳（专家视频）", "12"),
)


def carry_out(today: dt.date) -> None:
    """Three departments train on five days of the past months; every third officer misses some of it."""
    bureau = _holder(Department.objects.get(kind=Department.Kind.BUREAU), Role.SUPERVISOR)
    for department in Department.objects.filter(code__in=DEPARTMENTS).order_by("code"):
        admin = _holder(department, Role.DEPT_ADMIN)
        officers = list(Officer.objects.filter(department=department, active=True).order_by("pk"))
        if admin is None or bureau is None or not officers:
            continue
        _year(today, admin, bureau, officers)
    Notice.objects.filter(read_at=None, created_at__date__lt=today).filter(kind__startswith="training").update(
        read_at=timezone.now()
    )
    duty.run(timezone.now())


def _holder(department: Department, role: Role) -> User | None:
    rows = User.objects.filter(department=department, role_assignments__role=role, is_active=True)
    return rows.select_related("department").order_by("pk").first()


def _year(today: dt.date, admin: User, bureau: User, officers: list[Officer]) -> None:
    days = [
        day for number in range(len(TOPICS)) if (day := today - dt.timedelta(days=150 - 28 * number)).year == today.year
    ]
    if not days:
        return
    with _at(days[0] - dt.timedelta(days=2), 10):
        plan = perform(None, plans.DRAW, actor=admin, data=plans.Draw(today.year)).subject
        for (form, topic, hours), day in zip(TOPICS, days, strict=False):
            item = plans.Item(form, topic, str(day.month), hours, "全体执法人员")
            plan = perform(plan, plans.ADD, actor=admin, data=item).subject
        perform(plan, plans.SUBMIT, actor=admin, data=Nothing())
        perform(plan, plans.APPROVE, actor=bureau, data=plans.Approve("同意。"))
    for number, (item, day) in enumerate(zip(plan.items.order_by("pk"), days, strict=False)):
        present = [one for place, one in enumerate(officers) if place % 3 or number % 2 == 0]
        _held(admin, item, day, present)


def _held(admin: User, item: Any, day: dt.date, present: list[Officer]) -> None:
    with _at(day, 19):
        given = data.Arrange(
            form=item.form, topic=item.topic, teacher="示例讲师（虚构）", place="示例培训中心（虚构）",
            begins_at=_moment(day, 9), ends_at=_moment(day, 18), hours="12", item=item.pk,
        )  # fmt: skip
        made = perform(None, sessions.ARRANGE, actor=admin, data=given).subject
        listed = data.SignList(day.isoformat(), tuple(officer.pk for officer in present))
        made = perform(made, sessions.SIGN_LIST, actor=admin, data=listed).subject
        perform(made, sessions.CLOSE, actor=admin, data=Nothing())


def _moment(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone())


def _at(day: dt.date, hour: int) -> Any:
    return time_machine.travel(_moment(day, hour), tick=True)
