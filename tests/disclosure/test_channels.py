"""Other channels: the first official one stops the clock, each has its own display period, what fell is taken down."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from disclosure import actions, channels
from disclosure.channels import EndChannel, RecordChannel
from disclosure.data import Withdraw
from disclosure.models import Disclosure
from disclosure.public.models import PublishedDecision
from enforcement.models import Case
from portal.attachments import store
from portal.deadlines.models import Obligation
from portal.ledger.verification import verify
from portal.workflow.door import perform
from portal.workflow.errors import Invalid
from tests import case_scenes as scene
from tests.cast import Cast, fresh
from tests.disclosure.test_disclosure import NEXT, annulled, unmet

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
PAGE = "https://www.example.gov.cn/xzcf/1.html"


def proof(cast: Cast, disclosure: Disclosure) -> int:
    """A screenshot."""
    upload = SimpleUploadedFile("公示截图（虚构）.png", PNG, "image/png")
    return int(store(disclosure.matter, upload, fresh(cast.officer)).pk)


def recorded(cast: Cast, disclosure: Disclosure, channel: str, **changes: Any) -> Any:
    """Entered by Chen, now unless said."""
    made = replace(RecordChannel(channel=channel, address=PAGE), **changes)
    perform(disclosure, channels.RECORD, actor=fresh(cast.officer), data=made)
    return disclosure.channels.get(kind=channel, ended_at=None)


def test_the_first_official_channel_stops_the_clock(cast: Cast) -> None:
    case = scene.served(cast)
    disclosure = scene.disclosure_of(case)
    with scene.on(NEXT):
        recorded(cast, disclosure, "government", proof=proof(cast, disclosure))
    duty = Obligation.objects.get(matter=case.matter, rule="decision.disclose")
    assert duty.closed_in_time
    with scene.on(scene.DISCLOSURE_DUE + dt.timedelta(days=5)):
        scene.published(cast, case)
    row = PublishedDecision.objects.get()
    assert (row.late, row.published_within) == (False, 1)
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"channel": "portal"}, "channel"),
        ({"channel": "nowhere"}, "channel"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"address": "http://"}, "address"),
        ({"address": "http://[broken"}, "address"),
        ({"address": f"https://example.gov.cn/{'长' * 300}"}, "address"),
        ({"proof": None}, "proof"),
        ({"shown_at": dt.datetime(2099, 1, 1, tzinfo=dt.UTC)}, "shown_at"),
        ({"shown_at": dt.datetime(2025, 8, 1, tzinfo=dt.UTC)}, "shown_at"),
    ],
)
def test_a_channel_is_recorded_with_what_can_be_checked(cast: Cast, changes: dict[str, Any], field: str) -> None:
    disclosure = scene.disclosure_of(scene.served(cast))
    with scene.on(NEXT):
        made = RecordChannel(channel="government", address=PAGE, proof=proof(cast, disclosure))
        with pytest.raises(Invalid) as refused:
            perform(disclosure, channels.RECORD, actor=fresh(cast.officer), data=replace(made, **changes))
    assert field in refused.value.fields


def test_each_channel_has_the_display_period_of_its_own_rules(cast: Cast) -> None:
    case = scene.served(cast)
    day = dt.date(2026, 5, 6)
    with scene.on(day):
        disclosure = scene.published(cast, case)
        recorded(cast, disclosure, "credit")
        recorded(cast, disclosure, "enterprise")
        with pytest.raises(Invalid):
            recorded(cast, disclosure, "credit")
    due = dict(Obligation.objects.filter(rule__startswith="channel.").values_list("rule", "due_on"))
    assert due == {"channel.credit_general": dt.date(2027, 5, 6), "channel.enterprise": dt.date(2029, 5, 6)}


def test_what_fell_is_taken_down_everywhere_within_three_days_of_the_fall(cast: Cast) -> None:
    case = scene.served(cast)
    with scene.on(NEXT):
        disclosure = scene.published(cast, case)
        row = recorded(cast, disclosure, "credit")
    annulled(cast, Case.objects.get(pk=case.pk), NEXT)
    with scene.on(dt.date(2025, 8, 21)):
        perform(disclosure, actions.WITHDRAW, actor=fresh(cast.head), data=Withdraw(reason="已撤销（虚构）"))
        duty = Obligation.objects.get(rule="channel.take_down")
        assert duty.due_on == dt.date(2025, 8, 22)
        perform(disclosure, channels.END, actor=fresh(cast.officer), data=EndChannel(channel="credit"))
        duty.refresh_from_db()
        assert duty.closed_in_time
        row.refresh_from_db()
        assert timezone.localdate(row.ended_at) == dt.date(2025, 8, 21)
        assert unmet(
            lambda: perform(disclosure, channels.END, actor=fresh(cast.officer), data=EndChannel(channel="credit"))
        ) == {"channel_live"}
