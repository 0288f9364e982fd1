"""Subjects in a clean-up campaign: frozen, confirmed or found, and the bureau's withdrawal put forward."""

from __future__ import annotations

import pytest

from personnel.campaigns import list_kind
from personnel.cleanup.lines import CONFIRM, Confirm, finding_actions
from personnel.cleanup.models import Line
from personnel.subjects import cleanup
from personnel.subjects import register as subjects
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import Invalid
from portal.workflow.models import Proposal
from tests.cast import Cast, fresh
from tests.cleanup import scenes as campaigns
from tests.subjects import scenes


def line_of(cast: Cast) -> Line:
    """The market bureau's line of a campaign about subjects."""
    campaigns.opened(cast, kind="subjects", name="2026 年执法主体资格清理（示例）")
    return Line.objects.get(roll__department=cast.market)


def test_confirmed_subjects_are_on_the_list_and_a_doubt_wants_an_answer(cast: Cast) -> None:
    scenes.confirmed(cast, cast.market)
    scenes.applied(cast.city)
    line = line_of(cast)
    assert Line.objects.count() == 1
    with pytest.raises(Invalid):
        perform(line, CONFIRM, actor=fresh(cast.dept_admin), data=Confirm(""))
    line = perform(line, CONFIRM, actor=fresh(cast.dept_admin), data=Confirm("公告正在办理（虚构）")).subject
    assert line.state == Line.State.CONFIRMED


def test_what_should_go_is_withdrawn_by_two_people_of_the_bureau(cast: Cast) -> None:
    subject = scenes.published(cast, cast.market)
    line = line_of(cast)
    action = finding_actions(list_kind("subjects"))["withdraw"]
    line = perform(line, action, actor=fresh(cast.dept_admin), data=cleanup.Why("机构已撤并（虚构）")).subject
    assert not Line.objects.filter(cleanup.withdrawn(), pk=line.pk).exists()
    assert "已提请撤销" in cleanup.put_withdrawal_forward([line], fresh(cast.supervisor))[0]
    proposal = Proposal.objects.get(action=subjects.WITHDRAW.key)
    withdrawn = proposals.approve(proposal, actor=fresh(cast.supervision_head)).subject
    assert (withdrawn.pk, withdrawn.state) == (subject.pk, "withdrawn")
    assert "机构已撤并" in withdrawn.withdrawn_ground
    assert Line.objects.filter(cleanup.withdrawn(), pk=line.pk).exists()
    assert cleanup.look([line], cast.market.pk)[subject.pk].gone
