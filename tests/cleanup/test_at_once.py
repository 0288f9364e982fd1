"""A report and a finding at the same moment."""

from __future__ import annotations

import datetime as dt

import pytest

from personnel.cleanup import lines, rolls
from personnel.cleanup.models import Line, Roll
from portal.ledger.verification import verify
from portal.workflow.door import perform
from portal.workflow.proposals import approve, request
from tests.cast import Cast, fresh
from tests.cleanup import scenes
from tests.workflow.racing import race

DAY = dt.date(2026, 11, 24)


@pytest.mark.concurrency
def test_a_report_and_a_finding_at_once_never_leave_an_open_line_in_a_reported_list(
    committed_database: str, cast: Cast
) -> None:
    officer = scenes.staffed(cast, "甲示例")[0]
    campaign = scenes.opened(cast)
    line = scenes.confirmed(scenes.line_of(campaign, officer), cast.dept_admin)
    roll = scenes.roll_of(campaign, cast.market)
    proposal = request(roll, rolls.REPORT, actor=fresh(cast.dept_admin), data=rolls.Report("属实"))
    admin, head = fresh(cast.dept_admin), fresh(cast.head)
    steps = (
        lambda: approve(proposal, actor=head),
        lambda: perform(line, lines.REOPEN, actor=admin, data=lines.Reopen("看错了")),
    )
    race(2, lambda place: steps[place]())
    reported = Roll.objects.get(pk=roll.pk).state == "reported"
    still_open = Line.objects.get(pk=line.pk).state == "open"
    assert reported != still_open
    assert list(verify()) == []
