"""Service by each method: when it begins and takes effect, its proof, and the clocks that run from it (WORKFLOWS 1c)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from enforcement.cases import actions, data
from enforcement.models import Case, Party, Service
from portal.deadlines.models import Fact, Obligation
from portal.workflow.door import perform
from portal.workflow.errors import Invalid
from tests import case_scenes as scene
from tests.cast import Cast, fresh

pytestmark = pytest.mark.django_db
D = dt.date
BEGUN = D(2025, 8, 19)  # a Tuesday, the day after the decision
ENTERED = D(2025, 10, 9)  # all facts are entered together, weeks later
LATE = "外勤归来后补录（虚构）"
WITNESS: dict[str, Any] = {"receiver": "", "note": "拒绝签收，社区工作人员见证（虚构）"}


def served(cast: Cast, case: Case, day: dt.date = ENTERED, **changes: Any) -> Service:
    """The decision is served; entered on a later day, with the reason."""
    form = scene.serve_data(case, BEGUN, **{"late_reason": LATE} | changes)
    with scene.on(day):
        perform(case, actions.SERVE_DECISION, actor=fresh(cast.officer), data=form)
    return Service.objects.filter(act=case.pk).latest("pk")


def due(service: Service) -> dict[str, dt.date]:
    """The last days that run for this paper and party."""
    rows = Obligation.objects.filter(matter=service.act_id, about=service.about)
    return dict(rows.values_list("rule", "due_on"))


# method, what is typed beside it → effective, last day to pay (15 days, CF-19).
# 2025-09-06 is a Saturday; 2025-10-01 to 10-08 is the national holiday.
TABLE: list[tuple[str, dict[str, Any], dt.date, dt.date]] = [
    ("direct", {"effective_on": BEGUN}, BEGUN, D(2025, 9, 3)),
    ("left", {"effective_on": BEGUN, **WITNESS}, BEGUN, D(2025, 9, 3)),
    ("entrusted", {"effective_on": D(2025, 8, 22)}, D(2025, 8, 22), D(2025, 9, 8)),
    ("forwarded", {"effective_on": D(2025, 8, 25), "note": "由示例监狱转交（虚构）"}, D(2025, 8, 25), D(2025, 9, 9)),
    ("mail", {"effective_on": D(2025, 8, 21), "receiver": ""}, D(2025, 8, 21), D(2025, 9, 5)),
    ("electronic", {"effective_on": BEGUN, "consent": True, "receiver": ""}, BEGUN, D(2025, 9, 3)),
    ("public", {"effective_on": None, "receiver": "", "note": "下落不明（虚构）"}, D(2025, 9, 18), D(2025, 10, 9)),
]


@pytest.mark.parametrize(("method", "typed", "effective", "pay"), TABLE, ids=[row[0] for row in TABLE])
def test_the_clocks_run_from_the_day_it_took_effect_however_late_it_is_entered(
    cast: Cast, method: str, typed: dict[str, Any], effective: dt.date, pay: dt.date
) -> None:
    case = scene.decided(cast)
    service = served(cast, case, method=method, **typed)
    assert (service.begun_on, service.effective_on) == (BEGUN, effective)
    assert due(service)["decision.pay"] == pay
    begun = Fact.objects.get(matter=case.matter, name="decision.service_begun")
    taken = Fact.objects.get(matter=case.matter, name="decision.served")
    assert (begun.about, taken.about, taken.late_reason) == (service.about, service.about, LATE)
    duty = Obligation.objects.get(matter=case.matter, rule="decision.serve")
    assert duty.closed_in_time  # begun within 7 days, though it took effect and was entered later (CF-15)


def test_every_method_is_in_the_table() -> None:
    assert {row[0] for row in TABLE} == set(Service.Method.values)


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("direct", {"receiver": ""}, "receiver"),
    ("entrusted", {"receiver": ""}, "receiver"),
    ("forwarded", {"receiver": "", "note": "由示例监狱转交（虚构）"}, "receiver"),
    ("forwarded", {"note": ""}, "note"),
    ("left", {"note": ""}, "note"),
    ("public", {"effective_on": None, "note": ""}, "note"),
    ("public", {"note": "下落不明（虚构）"}, "effective_on"),
]


@pytest.mark.parametrize(("method", "typed", "field"), REFUSED)
def test_each_method_asks_for_its_own_proof(cast: Cast, method: str, typed: dict[str, Any], field: str) -> None:
    case = scene.decided(cast)
    with pytest.raises(Invalid) as refused:
        served(cast, case, method=method, **{"effective_on": BEGUN} | typed)
    assert field in refused.value.fields


def confirm(cast: Cast, case: Case, service: Service, day: dt.date, **changes: Any) -> None:
    form = data.ConfirmService(service=service.pk, effective_on=day, late_reason=LATE, **changes)
    with scene.on(ENTERED):
        perform(case, actions.CONFIRM_SERVICE, actor=fresh(cast.officer), data=form)


def test_a_public_notice_is_confirmed_for_its_own_day_and_no_other(cast: Cast) -> None:
    case = scene.decided(cast)
    with scene.on(BEGUN):
        form = scene.serve_data(case, BEGUN, method="public", effective_on=None, receiver="", note="下落不明（虚构）")
        perform(case, actions.SERVE_DECISION, actor=fresh(cast.officer), data=form)
    service = Service.objects.get(decision__act=case.pk)
    assert service.effective_on is None
    for wrong in (D(2025, 8, 25), D(2025, 9, 17), D(2025, 9, 19)):
        with pytest.raises(Invalid) as refused:
            confirm(cast, case, service, wrong)
        assert "effective_on" in refused.value.fields
    confirm(cast, case, service, D(2025, 9, 18))
    assert due(service)["decision.pay"] == D(2025, 10, 9)


def test_a_letter_on_its_way_starts_no_clock_until_it_is_received(cast: Cast) -> None:
    case = scene.decided(cast)
    service = served(cast, case, day=BEGUN, method="mail", effective_on=None, receiver="", late_reason="")
    assert "decision.pay" not in due(service)
    confirm(cast, case, service, D(2025, 8, 26), receiver="王小虚")
    assert due(service)["decision.pay"] == D(2025, 9, 10)


def test_two_parties_have_a_set_of_clocks_each(cast: Cast) -> None:
    case = scene.decided(cast)
    Party.objects.create(act=case, kind="natural", name="李小虚（虚构）")
    other = Party.objects.get(act=case, name="李小虚（虚构）")
    first = served(cast, case, effective_on=BEGUN)
    second = served(cast, case, method="mail", party=other.pk, effective_on=D(2025, 8, 26), receiver="")
    assert first.about != second.about
    assert (due(first)["decision.pay"], due(second)["decision.pay"]) == (D(2025, 9, 3), D(2025, 9, 10))
