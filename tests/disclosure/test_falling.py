"""A decision that falls leads to its disclosure's end: of every procedure, and after the case was closed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from disclosure import actions as showing
from disclosure.data import Withdraw
from disclosure.models import Disclosure
from disclosure.public.models import PublishedDecision, Tombstone
from enforcement.cases import actions, data
from enforcement.models import Case, Decision
from portal.deadlines.models import Obligation
from portal.workflow import proposals
from portal.workflow.door import perform
from tests import case_scenes as scene
from tests import summary_scenes as summary
from tests.cast import Cast, fresh

pytestmark = pytest.mark.django_db
OUTCOMES = [value for value in Decision.Outcome.values if value != Decision.Outcome.IN_FORCE]


def annulled(cast: Cast, case: Case, day: dt.date, outcome: str = "revoked") -> None:
    """The reconsideration body takes the decision away."""
    form = data.Annul(outcome=outcome, by_whom="示例区人民政府", ground="主要证据不足（虚构）")
    with scene.on(day):
        perform(Case.objects.get(pk=case.pk), actions.ANNUL, actor=fresh(cast.head), data=form)


def shown(cast: Cast, case: Case, day: dt.date) -> Disclosure:
    """Public on the day."""
    with scene.on(day):
        return scene.published(cast, case)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_whatever_becomes_of_it_withdrawal_is_due_on_the_third_working_day(cast: Cast, outcome: str) -> None:
    case = scene.served(cast)
    disclosure = shown(cast, case, dt.date(2025, 8, 19))
    annulled(cast, case, dt.date(2025, 8, 21), outcome)  # a Thursday
    duty = Obligation.objects.get(matter=case.matter, rule="decision.withdraw")
    assert (duty.due_on, duty.law) == (dt.date(2025, 8, 26), "CF-17")
    with scene.on(dt.date(2025, 8, 26)):
        perform(disclosure, showing.WITHDRAW, actor=fresh(cast.head), data=Withdraw(reason="已失去效力（虚构）"))
    duty.refresh_from_db()
    assert duty.closed_in_time
    assert (PublishedDecision.objects.count(), Tombstone.objects.count()) == (0, 1)


def test_a_penalty_on_the_spot_is_withdrawn_by_the_same_rule(cast: Cast) -> None:
    case = summary.handed_over(cast)
    shown(cast, case, dt.date(2025, 8, 5))
    annulled(cast, case, dt.date(2025, 8, 7))
    assert Obligation.objects.get(matter=case.matter, rule="decision.withdraw").due_on == dt.date(2025, 8, 12)


def test_a_decision_can_still_fall_after_the_case_was_closed(cast: Cast) -> None:
    case = scene.served(cast)
    shown(cast, case, dt.date(2025, 8, 19))
    with scene.on(dt.date(2025, 8, 25)):
        fine = Decision.objects.get(act=case.pk).fine
        pay: Any = data.Pay(party=case.parties.get().pk, amount=fine, receipt="新财 00000001")
        perform(case, actions.PAY, actor=fresh(cast.officer), data=pay)
        close = data.Close(ground="performed", opinion="已经履行（虚构）")
        found = Case.objects.get(pk=case.pk)
        proposals.approve(
            proposals.request(found, actions.CLOSE, actor=fresh(cast.officer), data=close), actor=fresh(cast.head)
        )
    assert Case.objects.get(pk=case.pk).state == Case.State.CLOSED
    annulled(cast, case, dt.date(2025, 9, 2))
    assert Case.objects.get(pk=case.pk).state == Case.State.CLOSED
    assert Obligation.objects.get(matter=case.matter, rule="decision.withdraw").due_on == dt.date(2025, 9, 5)
