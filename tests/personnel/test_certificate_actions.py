"""What may be done with a certificate, gate by gate, and by whom."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from personnel.actions import (
    ACTIONS,
    CANCEL,
    REGISTER,
    RESUME,
    REVOKE,
    SUSPEND,
    Ground,
    Register,
)
from personnel.models import Certificate, Officer
from portal.deadlines.models import Obligation
from portal.ledger.models import Event
from portal.ledger.verification import verify
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid, Overtaken
from portal.workflow.proposals import request
from tests.cast import Cast
from tests.personnel.scenes import certificate, officer, on, proposed

MAY = dt.date(2026, 5, 10)


def _held(cast: Cast) -> Certificate:
    return certificate(officer(cast.market))


def _taken(cast: Cast) -> Certificate:
    held = _held(cast)
    proposed(held, SUSPEND, on(MAY), by=cast.supervisor, approved_by=cast.supervision_head)
    return Certificate.objects.get(pk=held.pk)


def _returned(cast: Cast) -> Certificate:
    taken = _taken(cast)
    proposed(taken, RESUME, on(dt.date(2026, 6, 1)), by=cast.supervisor, approved_by=cast.supervision_head)
    return Certificate.objects.get(pk=taken.pk)


def _taken_from_a_leaver(cast: Cast) -> Certificate:
    taken = _taken(cast)
    Officer.objects.filter(pk=taken.officer_id).update(active=False)
    return Certificate.objects.get(pk=taken.pk)


@dataclasses.dataclass(frozen=True)
class Row:
    """A gate: where and on which day it is unmet, with its sentence; where and when it is met."""

    action: str
    gate: str
    unmet: Callable[[Cast], Certificate]
    bad_day: dt.date
    words: str
    met: Callable[[Cast], Certificate]
    good_day: dt.date


def _of_ministry(cast: Cast) -> Certificate:
    return certificate(officer(cast.market), source="ministry")


def _of_ministry_taken(cast: Cast) -> Certificate:
    held = _of_ministry(cast)
    data = dataclasses.replace(on(MAY), document=PAPER)
    proposed(held, SUSPEND, data, by=cast.supervisor, approved_by=cast.supervision_head)
    return Certificate.objects.get(pk=held.pk)


PAPER = "示例部暂扣决定〔2026〕1号"
BEFORE, EARLY = dt.date(2026, 5, 9), dt.date(2026, 5, 31)
JUNE = dt.date(2026, 6, 1)
GATES = [
    Row("certificate.suspend", "after_last_return", _returned, EARLY, "早于上一次发还的日期 2026-06-01", _returned, JUNE),
    Row("certificate.suspend", "not_expired", _held, dt.date(2023, 12, 31), "不在证件有效期（2024-01-01 至 2028-12-31）之内",
        _held, dt.date(2024, 1, 1)),
    Row("certificate.resume", "not_before_suspension", _taken, BEFORE, "早于暂扣日期 2026-05-10", _taken, MAY),
    Row("certificate.resume", "holder_on_duty", _taken_from_a_leaver, MAY, "持证人已不在岗，不能发还", _taken, MAY),
    Row("certificate.cancel", "not_before_suspension", _taken, BEFORE, "早于暂扣日期 2026-05-10", _taken, MAY),
    Row("certificate.revoke", "not_before_suspension", _taken, BEFORE, "早于暂扣日期 2026-05-10", _taken, MAY),
    Row("certificate.revoke", "after_last_return", _returned, EARLY, "早于上一次发还的日期 2026-06-01", _returned, JUNE),
    Row("certificate.suspend", "issuer_decided", _of_ministry, MAY, "本地只登记，不作决定", _held, MAY),
    Row("certificate.resume", "issuer_decided", _of_ministry_taken, MAY, "本地只登记，不作决定", _taken, MAY),
    Row("certificate.cancel", "issuer_decided", _of_ministry_taken, MAY, "本地只登记，不作决定", _taken, MAY),
    Row("certificate.revoke", "issuer_decided", _of_ministry, MAY, "本地只登记，不作决定", _held, MAY),
]  # fmt: skip


@pytest.mark.parametrize("row", GATES, ids=lambda row: f"{row.action}:{row.gate}")
def test_each_gate_says_why_with_its_article_and_opens_when_met(cast: Cast, row: Row) -> None:
    action = next(one for one in ACTIONS if one.key == row.action)
    with pytest.raises(Blocked) as refused:
        request(row.unmet(cast), action, actor=cast.supervisor, data=on(row.bad_day))
    found = {item.gate: item for item in refused.value.unmet}
    assert row.words in found[row.gate].sentence
    assert found[row.gate].citation
    outcome = proposed(row.met(cast), action, on(row.good_day), by=cast.supervisor, approved_by=cast.supervision_head)
    assert outcome.subject.state == action.target


def test_the_table_names_every_gate_of_every_action() -> None:
    assert {(row.action, row.gate) for row in GATES} == {
        (action.key, gate.key) for action in ACTIONS for gate in action.gates
    }


def test_a_certificate_issued_elsewhere_is_registered_with_its_validity_watched(cast: Cast) -> None:
    held = _held(cast)
    assert held.matter.kind == "certificate"
    assert held.matter.department == cast.market
    assert held.matter.number == held.number
    watched = Obligation.objects.get(matter=held.matter)
    assert (watched.kind, watched.rule, watched.due_on) == ("validity", "certificate.validity", held.valid_to)


def test_what_a_ministry_decided_is_registered_with_its_document(cast: Cast) -> None:
    taken = _of_ministry_taken(cast)
    assert taken.state == "suspended"
    data = dataclasses.replace(on(JUNE), document="示例部注销决定〔2026〕2号")
    outcome = proposed(taken, CANCEL, data, by=cast.supervisor, approved_by=cast.supervision_head)
    assert outcome.subject.state == "cancelled"


def test_a_number_is_registered_once(cast: Cast) -> None:
    held = _held(cast)
    again = _data(officer(cast.market, "乙示例"), number=held.number)
    with pytest.raises(Invalid) as refused:
        perform(None, REGISTER, actor=cast.dept_admin, data=again)
    assert refused.value.fields == {"number": f"证号 {held.number} 已经登记过。"}


def _data(person: Officer, **changes: object) -> Register:
    data = Register(
        officer=person.pk,
        number="示例证号",
        issuer="示例部",
        fields=("综合",),
        area="全国",
        valid_from=dt.date(2025, 1, 1),
        valid_to=dt.date(2029, 12, 31),
    )
    return dataclasses.replace(data, **changes)  # type: ignore[arg-type]  # field names as given


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"valid_to": dt.date(2024, 12, 31)}, "valid_to", "早于有效期自 2025-01-01"),
        ({"fields": ()}, "fields", "至少选一个执法领域"),
    ],
)
def test_what_cannot_be_printed_on_a_certificate_is_refused(
    cast: Cast, changes: dict[str, object], field: str, words: str
) -> None:
    with pytest.raises(Invalid) as refused:
        perform(None, REGISTER, actor=cast.dept_admin, data=_data(officer(cast.market), **changes))
    assert words in refused.value.fields[field]


def test_a_department_registers_for_its_own_people_only(cast: Cast) -> None:
    stranger = officer(cast.city)
    with pytest.raises(Invalid) as refused:
        perform(None, REGISTER, actor=cast.dept_admin, data=_data(stranger))
    assert "officer" in refused.value.fields
    assert perform(None, REGISTER, actor=cast.supervisor, data=_data(stranger)).subject.officer == stranger


def test_only_the_bureau_suspends_and_only_with_a_second_person(cast: Cast) -> None:
    held = _held(cast)
    for person in (cast.dept_admin, cast.head, cast.foreign_head):
        with pytest.raises(Forbidden):
            request(held, SUSPEND, actor=person, data=on(MAY))
    with pytest.raises(Forbidden):
        perform(held, SUSPEND, actor=cast.supervision_head, data=on(MAY))
    asked = request(held, SUSPEND, actor=cast.supervisor, data=on(MAY))
    assert asked.department == cast.bureau


def test_a_date_in_the_future_is_refused(cast: Cast) -> None:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(Invalid) as refused:
        request(_held(cast), SUSPEND, actor=cast.supervisor, data=on(tomorrow))
    assert "在将来" in refused.value.fields["on"]


def test_a_certificate_in_hand_is_suspended_before_it_is_cancelled(cast: Cast) -> None:
    with pytest.raises(Overtaken):
        request(_held(cast), CANCEL, actor=cast.supervisor, data=on(MAY))


def test_the_end_of_a_certificate_ends_its_clock_and_its_matter(cast: Cast) -> None:
    held = _held(cast)
    proposed(held, REVOKE, Ground(ground="严重违法"), by=cast.supervisor, approved_by=cast.supervision_head)
    held = Certificate.objects.select_related("matter").get(pk=held.pk)
    assert held.matter.closed_at is not None
    assert Obligation.objects.get(matter=held.matter).cancelled_at is not None


def test_nothing_but_the_door_changes_a_state(cast: Cast) -> None:
    held = _held(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Certificate.objects.filter(pk=held.pk).update(state="suspended")
    held.state = "revoked"
    held.ended_on = MAY
    with pytest.raises(DatabaseError), transaction.atomic():
        held.save()


def test_the_record_of_a_whole_life_verifies(cast: Cast) -> None:
    taken = _returned(cast)
    proposed(taken, REVOKE, on(dt.date(2026, 7, 1)), by=cast.supervisor, approved_by=cast.supervision_head)
    names = list(Event.objects.filter(matter=taken.matter_id).order_by("sequence").values_list("name", flat=True))
    assert names == ["certificate.register", "certificate.suspend", "certificate.resume", "certificate.revoke"]
    assert list(verify()) == []
