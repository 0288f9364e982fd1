"""Two people at the same button: one effect, the others are told plainly."""

from __future__ import annotations

import pytest

from enforcement.cases import actions, data
from enforcement.models import Case, EnforcementAct
from portal.deadlines.models import Fact
from portal.documents.models import Document
from portal.ledger.models import Event
from portal.ledger.verification import verify
from portal.workflow import proposals
from portal.workflow.door import Outcome, perform
from portal.workflow.errors import Overtaken, Repeated
from portal.workflow.models import Proposal
from tests import scenes
from tests.cast import Cast, fresh
from tests.workflow.racing import race

pytestmark = pytest.mark.concurrency
MANY = 20


def test_twenty_heads_decline_one_case_once(committed_database: str, cast: Cast) -> None:
    case = scenes.lead(cast)
    heads = [fresh(cast.head if place % 2 else cast.deputy) for place in range(MANY)]

    def decline(place: int) -> Outcome:
        return perform(case, actions.DECLINE, actor=heads[place], data=data.Decline(reason=f"理由{place}（虚构）"))

    answers = race(MANY, decline)
    assert sum(isinstance(one, Outcome) for one in answers) == 1
    told = [one for one in answers if isinstance(one, Overtaken)]
    assert len(told) == MANY - 1
    assert all("不予立案" in one.sentence and "您填的内容没有生效" in one.sentence for one in told)
    assert Event.objects.filter(matter=case.pk, name=actions.DECLINE.key).count() == 1
    assert Fact.objects.filter(matter=case.pk, name="case.not_filed").count() == 1
    assert list(verify()) == []


def test_twenty_approvals_of_one_proposal_file_the_case_once(committed_database: str, cast: Cast) -> None:
    proposal = scenes.requested(cast)
    heads = [fresh(cast.head if place % 2 else cast.deputy) for place in range(MANY)]
    answers = race(MANY, lambda place: proposals.approve(proposal, actor=heads[place]))
    assert sum(isinstance(one, Outcome) for one in answers) == 1
    assert sum(isinstance(one, Overtaken) for one in answers) == MANY - 1
    assert Case.objects.get().state == EnforcementAct.State.FILED
    assert Document.objects.count() == 1
    assert Proposal.objects.get().state == Proposal.State.APPROVED
    assert list(verify()) == []


def test_one_form_sent_twenty_times_at_once_registers_one_case(committed_database: str, cast: Cast) -> None:
    typed = scenes.register_data(cast)
    people = [fresh(cast.officer) for _place in range(MANY)]
    answers = race(
        MANY, lambda place: perform(None, actions.REGISTER, actor=people[place], data=typed, token="einmal" * 5)
    )
    assert sum(isinstance(one, Outcome) for one in answers) == 1
    assert sum(isinstance(one, Repeated) for one in answers) == MANY - 1
    assert Case.objects.count() == 1


def test_twenty_requests_for_one_step_leave_one_that_waits(committed_database: str, cast: Cast) -> None:
    case = scenes.lead(cast)
    asked = scenes.file_data(cast)
    people = [fresh(cast.officer if place % 2 else cast.second_officer) for place in range(MANY)]
    answers = race(MANY, lambda place: proposals.request(case, actions.FILE, actor=people[place], data=asked))
    assert sum(isinstance(one, Proposal) for one in answers) == 1
    assert all(isinstance(one, Proposal | Overtaken) for one in answers), answers
    assert Proposal.objects.filter(state=Proposal.State.REQUESTED).count() == 1


def test_twenty_officers_at_twenty_cases_do_not_disturb_each_other(committed_database: str, cast: Cast) -> None:
    cases = [scenes.lead(cast, party_name=f"示例商店{place}（虚构）") for place in range(MANY)]
    heads = [fresh(cast.head) for _place in range(MANY)]

    def decline(place: int) -> Outcome:
        return perform(
            cases[place], actions.DECLINE, actor=heads[place], data=data.Decline(reason="不属于本局管辖（虚构）")
        )

    answers = race(MANY, decline)
    assert all(isinstance(one, Outcome) for one in answers), answers
    assert Case.objects.filter(state=EnforcementAct.State.NOT_FILED).count() == MANY
    assert list(verify()) == []
