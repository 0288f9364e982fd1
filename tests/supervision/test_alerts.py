"""Alerts: made from missed duties once, late for ever, lifted only by a corrected date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from portal.deadlines.models import Fact, Obligation
from portal.deadlines.services import replay, state_fact, void_fact
from portal.inbox.models import Notice
from portal.ledger.models import Event
from portal.ledger.verification import verify
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid
from supervision.alerts import DISMISS, DismissAlert, on_missed, raise_alert
from supervision.models import Alert
from tests.cast import Cast
from tests.supervision.scenes import LATE, RULE, alerts_for, days_ago, decided, disclosed, swept


def test_a_missed_duty_becomes_an_alert_of_its_department(cast: Cast) -> None:
    (alert,) = alerts_for(cast.market)
    assert (alert.department, alert.rule, alert.law, alert.state) == (cast.market, RULE, "SX-02", "new")
    assert alert.missed_at == alert.obligation.due_at == alert.obligation.missed_at
    event = Event.objects.get(matter=alert.matter, name="alert.raise")
    assert event.actor is None


def test_an_alert_is_made_once_however_often_the_news_comes(cast: Cast) -> None:
    (alert,) = alerts_for(cast.market)
    for _again in range(3):
        on_missed({"obligation": alert.obligation_id})
        swept()
    assert raise_alert(alert.obligation) is None
    assert Alert.objects.count() == 1
    assert Event.objects.filter(matter=alert.matter, name="alert.raise").count() == 1


def test_department_and_bureau_are_told_once(cast: Cast) -> None:
    (alert,) = alerts_for(cast.market)
    on_missed({"obligation": alert.obligation_id})
    told = sorted(Notice.objects.filter(kind="alert").values_list("user__username", flat=True))
    expected = (cast.officer, cast.second_officer, cast.legal, cast.head, cast.deputy, cast.supervisor,
                cast.second_supervisor, cast.supervision_head)  # fmt: skip
    assert told == sorted(person.username for person in expected)
    assert "公示执法决定" in Notice.objects.filter(user=cast.supervisor).get().text


def test_what_binds_no_department_makes_no_alert(cast: Cast) -> None:
    (alert,) = alerts_for(cast.market)
    obligation = alert.obligation
    for changes in ({"kind": "window"}, {"bound": "party"}, {"department": None}, {"missed_at": None}):
        other = Obligation.objects.get(pk=obligation.pk)
        other.pk = None
        other.about = f"decision:9{len(changes)}"
        for name, value in changes.items():
            setattr(other, name, value)
        assert raise_alert(other) is None


def test_a_duty_done_late_keeps_its_alert(cast: Cast) -> None:
    (alert,) = alerts_for(cast.market)
    disclosed(alert.matter, days_ago(2))
    alert = Alert.objects.select_related("obligation").get()
    assert alert.is_made_good
    assert not alert.is_lifted
    assert alert.obligation.missed_at == alert.missed_at
    assert list(Alert.objects.unanswered()) == [alert]
    swept()
    assert Alert.objects.count() == 1


def test_a_duty_done_late_before_any_sweep_is_an_alert_too(cast: Cast) -> None:
    alerts_for(cast.market)
    late = decided(cast.market, days_ago(90))
    disclosed(late, days_ago(3))
    assert not Alert.objects.filter(matter=late).exists()
    swept()
    assert Alert.objects.get(matter=late).is_made_good


def test_a_corrected_date_lifts_the_alert_and_the_row_stays(cast: Cast) -> None:
    (alert,) = alerts_for(cast.market, since=60)
    matter = alert.matter
    disclosed(matter, days_ago(2))
    wrong = Fact.objects.get(matter=matter, name="disclosure.published")
    void_fact(wrong, event=None, reason="公示日期录错")
    state_fact(matter, "disclosure.published", at=days_ago(58), about="decision:1", late_reason=LATE)
    replay(matter)
    alert = Alert.objects.select_related("obligation").get()
    assert alert.is_lifted
    assert not Alert.objects.unanswered().exists()
    assert list(Alert.objects.lifted()) == [alert]


def test_only_the_head_of_supervision_dismisses_and_only_with_a_reason(cast: Cast) -> None:
    (alert,) = alerts_for(cast.market)
    for person in (cast.supervisor, cast.head, cast.officer):
        with pytest.raises(Forbidden):
            perform(alert, DISMISS, actor=person, data=DismissAlert(reason="示例"))
    with pytest.raises(Invalid):
        perform(alert, DISMISS, actor=cast.supervision_head, data=DismissAlert(reason="  "))
    done = perform(alert, DISMISS, actor=cast.supervision_head, data=DismissAlert(reason="系统停机所致"))
    assert done.subject.state == "dismissed"
    assert done.matter == alert.matter
    assert not Alert.objects.unanswered().exists()
    assert "系统停机" not in done.event.canonical


def test_a_lifted_alert_is_not_dismissed(cast: Cast) -> None:
    (alert,) = alerts_for(cast.market)
    disclosed(alert.matter, days_ago(58))
    with pytest.raises(Blocked) as refused:
        perform(alert, DISMISS, actor=cast.supervision_head, data=DismissAlert(reason="示例"))
    assert [item.gate for item in refused.value.unmet] == ["alert_stands"]
    assert refused.value.unmet[0].citation == ("JD-02",)


def test_nothing_but_the_door_changes_an_alert(cast: Cast) -> None:
    (alert,) = alerts_for(cast.market)
    with pytest.raises(DatabaseError), transaction.atomic():
        Alert.objects.filter(pk=alert.pk).update(state="dismissed", reason="示例")


def test_the_record_of_alerts_verifies(cast: Cast) -> None:
    alerts = alerts_for(cast.market, 2)
    perform(alerts[0], DISMISS, actor=cast.supervision_head, data=DismissAlert(reason="系统停机所致"))
    assert list(verify()) == []


def test_a_department_sees_its_own_alerts_and_the_bureau_all(cast: Cast, sign_in: Callable[..., Any]) -> None:
    (own,) = alerts_for(cast.market)
    (other,) = alerts_for(cast.city)
    page = reverse("supervision:alerts")
    seen = sign_in(cast.officer).get(page).content.decode()
    assert own.matter.title in seen
    assert other.matter.title not in seen
    everything = sign_in(cast.supervisor).get(page).content.decode()
    assert own.matter.title in everything
    assert other.matter.title in everything
    for person in cast.everybody.values():
        assert {alert.pk for alert in Alert.objects.visible_to(person)} == {
            alert.pk for alert in Alert.objects.all() if alert.is_visible_to(person)
        }
