"""Campaigns for tests, made through the door like real ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from personnel.campaigns import list_kind
from personnel.cleanup import campaigns, rolls
from personnel.cleanup.lines import CONFIRM, Confirm, finding_actions
from personnel.cleanup.models import Campaign, Line, Roll
from personnel.models import Officer
from personnel.postings import open_posting
from portal.accounts.models import User
from portal.workflow.door import perform
from portal.workflow.proposals import approve, request
from tests.cast import Cast, fresh
from tests.personnel import scenes as personnel


def staffed(cast: Cast, *names: str) -> list[Officer]:
    """Officers of the market bureau whose register entries are whole, each with a certificate."""
    made = []
    for place, name in enumerate(names or ("甲示例", "乙示例", "丙示例")):
        made.append(personnel.officer(cast.market, name, identity=personnel.identity_number(20 + place)))
        open_posting(made[-1], on=dt.date(2024, 1, 2), ground="", actor=cast.dept_admin)
        personnel.certificate(made[-1])
    return made


def open_data(**changes: Any) -> campaigns.Open:
    """What the supervisor types."""
    today = timezone.localdate()
    values: dict[str, Any] = {
        "kind": "officers",
        "name": "2026 年行政执法人员资格清理（示例）",
        "ground": "示例文件〔2026〕1号",
        "frozen_on": today,
        "due_on": today + dt.timedelta(days=30),
    }
    return campaigns.Open(**(values | changes))


def opened(cast: Cast, **changes: Any) -> Campaign:
    """Put forward by a supervisor, approved by the head of supervision."""
    proposal = request(None, campaigns.OPEN, actor=fresh(cast.supervisor), data=open_data(**changes))
    made: Campaign = approve(proposal, actor=fresh(cast.supervision_head)).subject
    return made


def roll_of(campaign: Campaign, department: Any) -> Roll:
    """A department's list."""
    return Roll.objects.get(campaign=campaign, department=department)


def line_of(campaign: Campaign, officer: Officer) -> Line:
    """The line of an officer."""
    return Line.objects.get(roll__campaign=campaign, key=officer.pk)


def confirmed(line: Line, by: User, note: str = "") -> Line:
    """Nothing wrong."""
    perform(line, CONFIRM, actor=fresh(by), data=Confirm(note))
    return Line.objects.get(pk=line.pk)


def found(line: Line, finding: str, by: User, data: Any) -> Line:
    """Something wrong, with its consequence."""
    perform(line, finding_actions(list_kind("officers"))[finding], actor=fresh(by), data=data)
    return Line.objects.get(pk=line.pk)


def reported(cast: Cast, roll: Roll) -> Roll:
    """Put forward by the administrator, approved by the head."""
    proposal = request(roll, rolls.REPORT, actor=fresh(cast.dept_admin), data=rolls.Report("已逐人核实，结果属实。"))
    approve(proposal, actor=fresh(cast.head))
    return Roll.objects.get(pk=roll.pk)


def closed(cast: Cast, campaign: Campaign, **changes: Any) -> Campaign:
    """With its report."""
    data = campaigns.Close(**({"summary": "清理工作基本完成。"} | changes))
    proposal = request(campaign, campaigns.CLOSE, actor=fresh(cast.supervisor), data=data)
    approve(proposal, actor=fresh(cast.supervision_head))
    return Campaign.objects.get(pk=campaign.pk)
