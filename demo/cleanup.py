"""Two clean-ups of officers: one of the spring, closed with its report, and one that runs, each department at another point."""

from __future__ import annotations

import datetime as dt
from typing import Any

import time_machine
from django.utils import timezone

from demo.applications import holder
from personnel.campaigns import list_kind
from personnel.cleanup import campaigns, officers, rolls
from personnel.cleanup.lines import CONFIRM, Confirm, finding_actions
from personnel.cleanup.models import Campaign, Line, Roll
from portal.accounts.models import Department
from portal.accounts.roles import Role
from portal.inbox.models import Notice
from portal.workflow.door import perform
from portal.workflow.proposals import approve, request

GROUND = "示例区行政执法监督工作安排（虚构文件）"
ANSWER = "已核对纸质档案，情况属实；证件问题另行办理。"


def carry_out(today: dt.date) -> None:
    """The first is closed four months ago; of the second half of the departments have reported."""
    with _at(today - dt.timedelta(days=170), 9):
        first = _opened(f"{timezone.localdate().year} 年上半年行政执法人员资格清理", days=30)
    with _at(today - dt.timedelta(days=150), 10):
        for place, roll in enumerate(_rolls(first)):
            _gone_through(roll, correct=place == 0)
            _reported(roll)
    with _at(today - dt.timedelta(days=138), 15):
        data = campaigns.Close("各部门已逐人核实。个别人员登记有误，已经更正。")
        approve(request(Campaign.objects.get(pk=first.pk), campaigns.CLOSE, actor=_bureau(), data=data), actor=_chief())
    with _at(today - dt.timedelta(days=12), 9):
        second = _opened(f"{timezone.localdate().year} 年度行政执法人员资格清理", days=26)
    with _at(today - dt.timedelta(days=4), 14):
        for place, roll in enumerate(_rolls(second)):
            if place % 4 == 3:
                continue
            _gone_through(roll, whole=place % 2 == 0)
            if place % 2 == 0:
                _reported(roll)
    Notice.objects.filter(kind="cleanup", created_at__date__lt=today - dt.timedelta(days=13)).update(
        read_at=timezone.now()
    )


def _bureau() -> Any:
    return holder(Department.objects.get(kind=Department.Kind.BUREAU), Role.SUPERVISOR)


def _chief() -> Any:
    return holder(Department.objects.get(kind=Department.Kind.BUREAU), Role.SUPERVISION_HEAD)


def _opened(name: str, *, days: int) -> Campaign:
    today = timezone.localdate()
    data = campaigns.Open("officers", name, GROUND, today, today + dt.timedelta(days=days))
    made: Campaign = approve(request(None, campaigns.OPEN, actor=_bureau(), data=data), actor=_chief()).subject
    return made


def _rolls(campaign: Campaign) -> list[Roll]:
    rows = Roll.objects.filter(campaign=campaign).select_related("department", "campaign", "matter")
    return list(rows.order_by("department__code"))


def _gone_through(roll: Roll, *, whole: bool = True, correct: bool = False) -> None:
    admin = holder(roll.department, Role.DEPT_ADMIN)
    if correct:
        _corrected(roll, admin)
    if plain := tuple(str(line.pk) for line in rolls.plain(roll)):
        perform(roll, rolls.CONFIRM_MANY, actor=admin, data=rolls.ConfirmMany(plain))
    if rolls.gone(roll):
        perform(roll, rolls.SETTLE_GONE, actor=admin, data=rolls.Whole())
    if whole:
        for line in roll.lines.filter(state=Line.State.OPEN).order_by("pk"):
            perform(line, CONFIRM, actor=admin, data=Confirm(ANSWER))


def _corrected(roll: Roll, admin: Any) -> None:
    line = roll.lines.order_by("pk").first()
    if line is None:
        return
    now = officers.as_registered(line, admin) | {"position": "二级行政执法员", "wrong": "职级晋升没有登记"}
    perform(line, finding_actions(list_kind("officers"))["corrected"], actor=admin, data=officers.Correct(**now))


def _reported(roll: Roll) -> None:
    found = Roll.objects.get(pk=roll.pk)
    data = rolls.Report("已逐人核实，结果属实。")
    proposal = request(found, rolls.REPORT, actor=holder(roll.department, Role.DEPT_ADMIN), data=data)
    approve(proposal, actor=holder(roll.department, Role.HEAD))


def _at(day: dt.date, hour: int) -> Any:
    moment = dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone())
    return time_machine.travel(moment, tick=True)
