"""Several at once: one alert for one missed duty, one case for one alert, one receipt, one number each."""

from __future__ import annotations

import pytest

from portal.deadlines.models import Obligation
from portal.inbox.models import Notice
from portal.ledger.models import Event
from portal.ledger.verification import verify
from portal.workflow.data import Nothing
from portal.workflow.door import Outcome, perform
from portal.workflow.errors import Blocked, Overtaken
from supervision.actions.leads import OpenLead
from supervision.alerts import on_missed
from supervision.models import Alert, Instrument, SupervisionCase
from tests.cast import Cast, fresh
from tests.supervision import scenes
from tests.workflow.racing import race

pytestmark = pytest.mark.concurrency
MANY = 20


def test_twenty_workers_make_one_alert_of_one_missed_duty(committed_database: str, cast: Cast) -> None:
    scenes.calendars()
    late = scenes.decided(cast.market, scenes.days_ago(60))
    obligation = Obligation.objects.get(matter=late, rule=scenes.RULE)
    Obligation.objects.filter(pk=obligation.pk).update(missed_at=obligation.due_at, announced_at=obligation.due_at)
    race(MANY, lambda _place: on_missed({"obligation": obligation.pk}))
    assert Alert.objects.count() == 1
    assert Event.objects.filter(name="alert.raise").count() == 1
    assert Notice.objects.filter(user=cast.supervisor).count() == 1
    assert list(verify()) == []


def test_twenty_supervisors_open_one_case_for_one_alert(committed_database: str, cast: Cast) -> None:
    (alert,) = scenes.alerts_for(cast.market)
    pair = (cast.supervisor, cast.second_supervisor)

    def open_lead(place: int) -> Outcome:
        actor, colleague = (pair[place % 2], pair[(place + 1) % 2])
        data = OpenLead(
            target=cast.market.pk,
            source="alert",
            grounds=("procedure",),
            facts="示例",
            colleague=colleague.pk,
            alerts=(str(alert.pk),),
        )
        return perform(None, scenes.named("open"), actor=fresh(actor), data=data)

    answers = race(MANY, open_lead)
    assert sum(isinstance(one, Outcome) for one in answers) == 1
    assert sum(isinstance(one, Overtaken | Blocked) for one in answers) == MANY - 1
    assert SupervisionCase.objects.count() == 1
    assert list(verify()) == []


def test_ten_letters_issued_at_once_have_ten_numbers_without_gap(committed_database: str, cast: Cast) -> None:
    cases = [scenes.up_to(cast, "disposed") for _place in range(10)]
    race(10, lambda place: scenes.issued(cast, cases[place], printed=False))
    numbers = sorted(int(row.number.split("〕")[1].removesuffix("号")) for row in Instrument.objects.all())
    assert numbers == list(range(1, 11))


def test_twenty_colleagues_sign_for_one_letter_once(committed_database: str, cast: Cast) -> None:
    case = scenes.up_to(cast, "issued")
    staff = [fresh(cast.officer if place % 2 else cast.head) for place in range(MANY)]
    answers = race(MANY, lambda place: perform(case, scenes.named("receive"), actor=staff[place], data=Nothing()))
    assert sum(isinstance(one, Outcome) for one in answers) == 1
    assert sum(isinstance(one, Overtaken) for one in answers) == MANY - 1
    assert Obligation.objects.filter(rule="supervision.report").count() == 1
