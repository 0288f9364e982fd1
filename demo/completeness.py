"""Numbers that are missing, explained or taken back, and the reports of three months."""

from __future__ import annotations

import datetime as dt
from typing import Any

import time_machine
from django.utils import timezone

from demo.applications import holder
from enforcement.completeness import explaining, reports
from enforcement.completeness.models import Explanation, MonthReport
from enforcement.completeness.series import Gap, gaps
from portal.accounts.models import Department
from portal.accounts.roles import Role
from portal.inbox.models import Notice
from portal.workflow.proposals import approve, request

TOLD = (
    (Explanation.Ground.SPOILED, "纸质文书填写错误，已在登记簿注明（虚构）。"),
    (Explanation.Ground.ELSEWHERE, "在上级业务系统办理，下月随批补录（虚构）。"),
)


def carry_out(today: dt.date) -> None:
    """Three months' reports; of the last, half are sent. The first gaps of each department are explained."""
    first = today.replace(day=1)
    months = [first]
    while len(months) < 3:
        months.append((months[-1] - dt.timedelta(days=1)).replace(day=1))
    for month in reversed(months):
        with _at(month, 8):
            reports.open_due(month)
    told = 0
    for department in Department.objects.filter(kind__in=reports.ENFORCING, is_active=True).order_by("code"):
        found = [gap for gap in gaps(department.pk) if not gap.wide]
        for gap, (ground, reason) in zip(found, TOLD, strict=False):
            explanation = _explained(department, gap, ground, reason)
            told += 1
            if told == 2:
                _taken_back(explanation)
    for place, report in enumerate(MonthReport.objects.order_by("month", "department__code")):
        if report.month < months[1] or place % 2 == 0:
            _sent(report)
    Notice.objects.filter(kind="completeness", created_at__date__lt=first).update(read_at=timezone.now())


def _two(department: Department) -> tuple[Any, Any]:
    return holder(department, Role.DEPT_ADMIN), holder(department, Role.HEAD)


def _explained(department: Department, gap: Gap, ground: str, reason: str) -> Explanation:
    admin, head = _two(department)
    key = explaining.series_key(gap.year, gap.head)
    data = explaining.Explain(key, gap.first, min(gap.last, gap.first + 4), ground, reason)
    found: Explanation = approve(request(None, explaining.EXPLAIN, actor=admin, data=data), actor=head).subject
    return found


def _taken_back(explanation: Explanation) -> None:
    admin, head = _two(explanation.department)
    data = explaining.TakeBack("核对上级系统后没有查到这些决定，重新列为缺号（虚构）。")
    approve(request(explanation, explaining.TAKE_BACK, actor=admin, data=data), actor=head)


def _sent(report: MonthReport) -> None:
    admin, head = _two(report.department)
    words = "缺号正在与纸质登记簿核对，下月底前补齐（虚构）。" if report.missing else "已逐号核对，没有缺号（虚构）。"
    approve(request(report, reports.SEND, actor=admin, data=reports.Send(words)), actor=head)


def _at(day: dt.date, hour: int) -> Any:
    moment = dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone())
    return time_machine.travel(moment, tick=True)
