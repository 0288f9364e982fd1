"""An application for reconsideration handed in at the department (FY-05), and a joint mediation with its agreement."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from enforcement.cases import actions as case_actions
from enforcement.cases import data as case_data
from enforcement.execution import actions, data, passing
from enforcement.execution.models import PassedApplication, Remedy
from enforcement.models import Case
from portal.deadlines.models import Obligation
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import Invalid
from tests import case_scenes as scene
from tests.cast import Cast, fresh

pytestmark = pytest.mark.django_db
RECEIVED, PASSED = dt.date(2026, 8, 19), dt.date(2026, 8, 24)


@pytest.fixture
def case(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Served on 17 August 2026, when FY-05 is in force."""
    days = {"FILED": (8, 3), "CONCLUDED": (8, 5), "NOTIFIED": (8, 6), "SERVED": (8, 7), "DECIDED": (8, 17)}
    for name, (month, day) in days.items():
        monkeypatch.setattr(scene, name, dt.date(2026, month, day))
    return scene.served(cast)


def received(cast: Cast, case: Case, **changes: Any) -> PassedApplication:
    """Handed in on 19 August."""
    with scene.on(RECEIVED):
        form = replace(passing.Receive(party=case.parties.get().pk, basis="monitor"), **changes)
        perform(Case.objects.get(pk=case.pk), passing.RECEIVE, actor=fresh(cast.officer), data=form)
    return PassedApplication.objects.get(answered_on=None)


def answer(cast: Cast, case: Case, form: passing.Answer, day: dt.date = PASSED) -> None:
    with scene.on(day):
        found = Case.objects.get(pk=case.pk)
        proposal = proposals.request(found, passing.ANSWER, actor=fresh(cast.officer), data=form)
        proposals.approve(proposal, actor=fresh(cast.head))


def duty(case: Case, rule: str) -> Obligation:
    return Obligation.objects.get(matter=case.matter, rule=rule)


def test_it_is_passed_on_within_five_working_days_and_the_partys_period_stands_still(cast: Cast, case: Case) -> None:
    before = duty(case, "decision.reconsideration").due_on
    row = received(cast, case)
    assert duty(case, "reconsideration.pass_on").due_on == dt.date(2026, 8, 26)
    assert duty(case, "decision.reconsideration").paused
    answer(cast, case, passing.Answer(application=row.pk, outcome="forwarded", note="示市监函〔2026〕1号（虚构）"))
    assert duty(case, "reconsideration.pass_on").closed_in_time
    # Received on the 19th and passed on on the 24th: five days do not count.
    assert duty(case, "decision.reconsideration").due_on >= before + dt.timedelta(days=5)
    with pytest.raises(Invalid) as refused:
        answer(cast, case, passing.Answer(application=row.pk, outcome="forwarded", note="示例"))
    assert set(refused.value.fields) == {"application"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"basis": "spot"}, "basis"),  # an ordinary case was not decided on the spot
        ({"basis": ""}, "basis"),
        ({"party": 10**9}, "party"),
        ({"on": dt.date(2026, 8, 1), "late_reason": "示例"}, "on"),
        ({"on": dt.date(2099, 1, 1)}, "on"),
    ],
)
def test_only_two_kinds_of_decision_are_objected_to_at_the_department(
    cast: Cast, case: Case, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        received(cast, case, **changes)
    assert set(refused.value.fields) == {field}


def test_what_is_called_put_right_was_put_right(cast: Cast, case: Case) -> None:
    row = received(cast, case)
    form = passing.Answer(application=row.pk, outcome="corrected", note="撤销决定，8 月 24 日告知（虚构）")
    with pytest.raises(Invalid) as refused:
        answer(cast, case, form)
    assert set(refused.value.fields) == {"outcome"}
    with scene.on(PASSED):
        annul = case_data.Annul(outcome="revoked", by_whom="本机关", ground="设备没有检定（虚构）")
        perform(Case.objects.get(pk=case.pk), case_actions.ANNUL, actor=fresh(cast.head), data=annul)
    answer(cast, case, form)
    assert PassedApplication.objects.get().outcome == "corrected"


def test_a_mediation_ends_with_its_agreement_and_stops_nothing(cast: Cast, case: Case) -> None:
    with scene.on(RECEIVED):
        begin = data.BeginRemedy(party=case.parties.get().pk, kind="mediation", body="示例区行政争议化解中心")
        perform(Case.objects.get(pk=case.pk), actions.BEGIN_REMEDY, actor=fresh(cast.officer), data=begin)
    assert not duty(case, "decision.pay").paused
    end = data.EndRemedy(remedy=Remedy.objects.get().pk, outcome="mediated")
    with scene.on(PASSED):
        found = Case.objects.get(pk=case.pk)
        with pytest.raises(Invalid) as refused:
            perform(found, actions.END_REMEDY, actor=fresh(cast.officer), data=end)
        assert set(refused.value.fields) == {"note"}
        done = replace(end, note="当事人分期缴纳，撤回申请；首期已缴（虚构）")
        perform(found, actions.END_REMEDY, actor=fresh(cast.officer), data=done)
    assert Remedy.objects.get().outcome == "mediated"
