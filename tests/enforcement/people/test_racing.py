"""Several at once: a case is handed over once and never left without its officers."""

from __future__ import annotations

import pytest

from enforcement.models import ActOfficer
from enforcement.people.handover import HandedOver, hand_over
from personnel.models import Officer
from portal.ledger.models import Event
from portal.ledger.verification import verify
from tests.cast import Cast, fresh
from tests.personnel.scenes import certificate, identity_number, officer
from tests.scenes import certified, filed
from tests.workflow.racing import race

pytestmark = pytest.mark.concurrency
MANY = 10


def test_ten_heads_at_once_hand_a_case_over_once(committed_database: str, cast: Cast) -> None:
    case = filed(cast)
    leaving, _second = certified(cast)
    chosen: list[Officer] = []
    for place in range(2):
        chosen.append(officer(cast.market, f"丙{place}示例", identity=identity_number(80 + place)))
        certificate(chosen[-1])
    heads = [fresh(cast.head if place % 2 else cast.deputy) for place in range(MANY)]
    answers = race(
        MANY,
        lambda place: hand_over(leaving, {case.pk: chosen[place % 2].pk}, reason="调离", actor=heads[place]),
    )
    told = [one for answer in answers if isinstance(answer, list) for one in answer]
    assert all(isinstance(one, HandedOver) for one in told)
    assert len(told) == MANY
    assert sum(not one.refusal for one in told) == 1
    assert ActOfficer.objects.filter(act_id=case.pk, until=None).count() == 2
    assert Event.objects.filter(matter=case.matter, name="people.reassign").count() == 1
    assert list(verify()) == []
