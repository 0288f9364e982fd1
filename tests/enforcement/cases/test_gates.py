"""Every gate of a penalty case, met and unmet: the sentence says why, the citation says by which law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from enforcement.cases import actions, data
from enforcement.models import Case, EnforcementItem, Party, PenaltyKind, Service, Statement
from personnel import actions as certificates
from personnel.models import Certificate, Officer
from portal.accounts.models import Department
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid, Overtaken
from tests import case_scenes as scene
from tests.cast import Cast, fresh
from tests.scenes import certified, file_data, item, register_data

pytestmark = pytest.mark.django_db


def unmet(attempt: Callable[[], Any]) -> dict[str, str]:
    """The gates an attempt is blocked by, with their sentences."""
    with pytest.raises(Blocked) as blocked:
        attempt()
    assert all(one.citation for one in blocked.value.unmet)
    return {one.gate: one.sentence for one in blocked.value.unmet}


def test_a_lead_needs_an_item_in_force_that_day(cast: Cast) -> None:
    ended = item(cast)
    EnforcementItem.objects.filter(pk=ended.pk).update(effective_to=dt.date(2024, 12, 31))
    with scene.on(scene.FILED):
        found = unmet(lambda: perform(None, actions.REGISTER, actor=fresh(cast.officer), data=register_data(cast)))
    assert "2025-08-04" in found["item_in_force"]


def test_a_lead_cannot_use_another_departments_item(cast: Cast) -> None:
    foreign = EnforcementItem.objects.create(
        department=cast.city, code="1", name="示例", field="城市管理", basis="示例", effective_from=dt.date(2020, 1, 1)
    )
    found = unmet(
        lambda: perform(None, actions.REGISTER, actor=fresh(cast.officer), data=register_data(cast, item=foreign.pk))
    )
    assert set(found) == {"item_in_force"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"party_name": " "}, "party_name"),
        ({"credit_code": "91650204MA7ABCDE02"}, "credit_code"),
        ({"credit_code": "123"}, "credit_code"),
        ({"identity": "650204199001010016"}, "identity"),
        ({"party_kind": "natural", "credit_code": "91650204MA7ABCDE01"}, "credit_code"),
        ({"facts": ""}, "facts"),
        ({"occurred_on": dt.date(2099, 1, 1)}, "occurred_on"),
        ({"occurred_on": dt.date(2025, 8, 1), "ended_on": dt.date(2025, 7, 1)}, "ended_on"),
    ],
)
def test_bad_input_gets_a_sentence_for_its_field(cast: Cast, changes: dict[str, Any], field: str) -> None:
    with scene.on(scene.FILED), pytest.raises(Invalid) as refused:
        perform(None, actions.REGISTER, actor=fresh(cast.officer), data=register_data(cast, **changes))
    assert field in refused.value.fields
    assert refused.value.fields[field].endswith("。")


def file_it(cast: Cast, case: Case, **changes: Any) -> Callable[[], Any]:
    """An attempt to have the case filed."""

    def attempt() -> Any:
        with scene.on(scene.FILED):
            return proposals.request(case, actions.FILE, actor=fresh(cast.officer), data=file_data(cast, **changes))

    return attempt


def test_filing_needs_two_officers(cast: Cast) -> None:
    case = scene.registered(cast)
    with scene.on(scene.FILED):
        first, _second = certified(cast)
    assert "不得少于两人" in unmet(file_it(cast, case, officers=(first.pk,)))["two_certified_officers"]


def test_an_officer_with_a_suspended_certificate_cannot_file(cast: Cast) -> None:
    case = scene.registered(cast)
    with scene.on(scene.FILED):
        first, _second = certified(cast)
        certificate = Certificate.objects.get(officer=first)
        ground = certificates.Ground(ground="无故不参加培训（虚构）")
        proposal = proposals.request(certificate, certificates.SUSPEND, actor=fresh(cast.supervisor), data=ground)
        proposals.approve(proposal, actor=fresh(cast.supervision_head))
    assert "暂扣" in unmet(file_it(cast, case))["two_certified_officers"]


def test_an_officer_certified_for_another_field_cannot_file(cast: Cast) -> None:
    case = scene.registered(cast)
    EnforcementItem.objects.filter(pk=item(cast).pk).update(field="应急管理")
    assert "应急管理" in unmet(file_it(cast, case))["two_certified_officers"]


def test_filing_asks_whether_anybody_must_withdraw(cast: Cast) -> None:
    case = scene.registered(cast)
    assert set(unmet(file_it(cast, case, recusal_declared=False))) == {"recusal_declared"}


@pytest.mark.parametrize(
    ("occurred", "endangers", "blocked"),
    [
        (dt.date(2023, 8, 4), False, False),  # the last day of two years
        (dt.date(2023, 8, 3), False, True),
        (dt.date(2023, 8, 3), True, False),
        (dt.date(2020, 8, 3), True, True),
        (None, False, True),
    ],
)
def test_the_period_for_prosecution_runs_from_the_act_to_its_discovery(
    cast: Cast, occurred: dt.date | None, endangers: bool, blocked: bool
) -> None:
    case = scene.registered(cast, occurred_on=occurred, endangers=endangers)
    if not blocked:
        assert file_it(cast, case)().state == "requested"
        return
    assert set(unmet(file_it(cast, case))) == {"within_limitation"}
    assert file_it(cast, case, limitation_answer="行为一直持续（虚构）")().state == "requested"


def test_a_case_on_the_same_party_and_item_must_be_answered(cast: Cast) -> None:
    scene.registered(cast)
    case = scene.registered(cast)
    sentence = unmet(file_it(cast, case, duplicate_answer=""))["duplicates_answered"]
    assert "区市场监管局" in sentence


def test_who_handles_the_case_does_not_approve_its_filing(cast: Cast) -> None:
    case = scene.registered(cast)
    with scene.on(scene.FILED):
        form = file_data(cast)
        Officer.objects.filter(pk=form.officers[0]).update(user=cast.head)
        proposal = proposals.request(case, actions.FILE, actor=fresh(cast.officer), data=form)
        found = unmet(lambda: proposals.approve(proposal, actor=fresh(cast.head)))
        assert set(found) == {"decider_did_not_handle"}
        assert proposals.approve(proposal, actor=fresh(cast.deputy)).subject.state == "filed"


def test_a_head_cannot_file_what_nobody_proposed(cast: Cast) -> None:
    case = scene.registered(cast)
    with scene.on(scene.FILED), pytest.raises(Forbidden):
        perform(case, actions.FILE, actor=fresh(cast.head), data=file_data(cast))


def test_an_officer_of_another_department_does_nothing(cast: Cast) -> None:
    case = scene.filed(cast)
    with scene.on(scene.CONCLUDED), pytest.raises(Forbidden):
        perform(case, actions.ADD_EVIDENCE, actor=fresh(cast.foreign_officer), data=scene.evidence_data())


def test_an_investigation_without_evidence_is_not_concluded(cast: Cast) -> None:
    case = scene.filed(cast)
    with scene.on(scene.CONCLUDED):
        found = unmet(lambda: perform(case, actions.CONCLUDE, actor=fresh(cast.officer), data=scene.conclude_data()))
    assert set(found) == {"has_evidence"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kinds": ()}, "kinds"),
        ({"kinds": ("fine",), "fine": None}, "fine"),
        ({"kinds": ("warning",), "fine": Decimal(1)}, "fine"),
        ({"kinds": ("fine",), "fine": Decimal(-1)}, "fine"),
        ({"kinds": ("nonsense",), "fine": None}, "kinds"),
        ({"on": dt.date(2025, 8, 1)}, "on"),
    ],
)
def test_kinds_and_amounts_of_a_penalty_fit_together(cast: Cast, changes: dict[str, Any], field: str) -> None:
    case = scene.filed(cast)
    with scene.on(scene.CONCLUDED), pytest.raises(Invalid) as refused:
        perform(case, actions.CONCLUDE, actor=fresh(cast.officer), data=scene.conclude_data(**changes))
    assert field in refused.value.fields


def request_notice(cast: Cast, case: Case, **changes: Any) -> Callable[[], Any]:
    """An attempt to have the notice approved."""

    def attempt() -> Any:
        with scene.on(scene.NOTIFIED):
            return proposals.request(
                case, actions.NOTIFY, actor=fresh(cast.officer), data=scene.notify_data(case, **changes)
            )

    return attempt


def test_closing_a_business_gives_the_right_to_a_hearing(cast: Cast) -> None:
    case = scene.investigated(cast)
    heavy = {"kinds": (PenaltyKind.CLOSE_BUSINESS.value,), "fine": None, "content": "责令关闭"}
    assert "责令关闭" in unmet(request_notice(cast, case, **heavy))["hearing_right"]
    assert request_notice(cast, case, **heavy, hearing_offered=True)().state == "requested"


def test_a_fine_without_a_hearing_needs_the_reason_why_it_is_not_large(cast: Cast) -> None:
    case = scene.investigated(cast)
    assert set(unmet(request_notice(cast, case, hearing_ground=""))) == {"hearing_right"}


def test_a_paper_is_served_only_when_it_is_made(cast: Cast) -> None:
    case = scene.investigated(cast)
    with scene.on(scene.NOTIFIED):
        proposal = request_notice(cast, case)()
        case = proposals.approve(proposal, actor=fresh(cast.head)).subject
    with scene.on(scene.SERVED):
        found = unmet(
            lambda: perform(
                case, actions.SERVE_NOTICE, actor=fresh(cast.officer), data=scene.serve_data(case, scene.SERVED)
            )
        )
    assert set(found) == {"paper_ready"}


def serve(cast: Cast, case: Case, **changes: Any) -> Callable[[], Any]:
    """An attempt to serve the notice."""

    def attempt() -> Any:
        with scene.on(scene.SERVED):
            return perform(
                case,
                actions.SERVE_NOTICE,
                actor=fresh(cast.officer),
                data=scene.serve_data(case, scene.SERVED, **changes),
            )

    return attempt


def test_electronic_service_needs_the_partys_consent(cast: Cast) -> None:
    case = scene.notified(cast)
    assert set(unmet(serve(cast, case, method=Service.Method.ELECTRONIC))) == {"electronic_consent"}
    assert serve(cast, case, method=Service.Method.ELECTRONIC, consent=True)().subject.state == "notified"


def test_nothing_is_served_before_its_date_or_twice(cast: Cast) -> None:
    case = scene.notified(cast)
    early = {"begun_on": scene.CONCLUDED, "effective_on": scene.CONCLUDED, "late_reason": "补登（虚构）"}
    assert "served_after_issue" in unmet(serve(cast, case, **early))
    serve(cast, case)()
    assert set(unmet(serve(cast, case))) == {"somebody_to_serve", "party_not_served_yet"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"method": "left", "note": ""}, "note"),
        ({"method": "public", "note": "", "effective_on": None}, "note"),
        ({"method": "public", "note": "下落不明（虚构）"}, "effective_on"),
        ({"method": "direct", "receiver": ""}, "receiver"),
        ({"begun_on": dt.date(2099, 1, 1), "effective_on": None}, "begun_on"),
    ],
)
def test_each_method_of_service_has_its_own_proof(cast: Cast, changes: dict[str, Any], field: str) -> None:
    case = scene.notified(cast)
    with pytest.raises(Invalid) as refused:
        serve(cast, case, **changes)()
    assert field in refused.value.fields


def decide(cast: Cast, case: Case, day: dt.date = scene.DECIDED, **changes: Any) -> Callable[[], Any]:
    """An attempt to have the decision approved."""

    def attempt() -> Any:
        with scene.on(day):
            return proposals.request(
                case, actions.DECIDE, actor=fresh(cast.officer), data=scene.decide_data(case, **changes)
            )

    return attempt


def test_decision_is_blocked_until_the_notice_is_served(cast: Cast) -> None:
    case = scene.notified(cast)
    assert "notice_served" in unmet(decide(cast, case))


@pytest.mark.parametrize("day", [scene.SERVED, scene.PERIOD_ENDS])
def test_decision_is_blocked_while_the_period_for_statements_runs(cast: Cast, day: dt.date) -> None:
    case = scene.notice_served(cast)
    sentence = unmet(decide(cast, case, day))["statement_period_over"]
    assert scene.PERIOD_ENDS.isoformat() in sentence


def test_decision_may_follow_on_the_day_after_the_period(cast: Cast) -> None:
    case = scene.notice_served(cast)
    assert decide(cast, case, scene.PERIOD_ENDS + dt.timedelta(days=1))().state == "requested"


def state(cast: Cast, case: Case, **values: Any) -> None:
    """Record what the party said on the day after service."""
    with scene.on(scene.SERVED + dt.timedelta(days=3)):
        perform(case, actions.STATEMENT, actor=fresh(cast.officer), data=scene.waiver(case, **values))


def test_a_signed_waiver_ends_the_period_at_once(cast: Cast, signed_paper: Callable[[Case], int]) -> None:
    case = scene.notice_served(cast)
    state(cast, case, file=signed_paper(case))
    assert decide(cast, case, scene.SERVED + dt.timedelta(days=3))().state == "requested"


def test_a_waiver_without_the_signed_paper_is_refused(cast: Cast) -> None:
    case = scene.notice_served(cast)
    with pytest.raises(Invalid) as refused:
        state(cast, case)
    assert set(refused.value.fields) == {"file"}


def test_a_statement_must_be_answered(cast: Cast) -> None:
    case = scene.notice_served(cast)
    with pytest.raises(Invalid) as refused:
        state(cast, case, kind=Statement.Kind.STATEMENT.value, content="当天已下架（虚构）")
    assert set(refused.value.fields) == {"answer"}


def test_decision_is_blocked_when_a_hearing_was_asked_for(cast: Cast) -> None:
    case = scene.notice_served(cast)
    state(cast, case, kind=Statement.Kind.HEARING.value)
    assert "hearing_held" in unmet(decide(cast, case))


def test_decision_is_blocked_while_a_hearing_may_still_be_asked_for(cast: Cast) -> None:
    case = scene.notice_served(cast, hearing_offered=True)
    found = unmet(decide(cast, case, scene.PERIOD_ENDS))
    assert {"statement_period_over", "hearing_period_over"} <= set(found)


@pytest.mark.parametrize(
    ("changes", "gate"),
    [
        ({"fine": Decimal("5000.01")}, "not_heavier_than_notified"),
        ({"kinds": ("warning", "fine", "close_business")}, "not_heavier_than_notified"),
        ({"fine": Decimal(4000)}, "not_heavier_than_notified"),  # lighter, without a reason
        ({"public_interest": True}, "review_passed"),
        ({"after_hearing": True}, "review_passed"),
        ({"complicated": True}, "review_passed"),
        ({"by_law": True}, "review_passed"),
        ({"major": True}, "deliberated"),
    ],
)
def test_what_a_decision_may_not_be(cast: Cast, changes: dict[str, Any], gate: str) -> None:
    case = scene.notice_served(cast)
    assert set(unmet(decide(cast, case, **changes))) == {gate}


def test_a_lighter_decision_with_its_reason_needs_no_new_notice(cast: Cast) -> None:
    case = scene.notice_served(cast)
    proposal = decide(cast, case, fine=Decimal(4000), lighter_reason="采纳申辩（虚构）")()
    assert proposal.state == "requested"


def test_the_questions_of_review_must_be_gone_through(cast: Cast) -> None:
    case = scene.notice_served(cast)
    with pytest.raises(Invalid) as refused:
        decide(cast, case, answered=False)()
    assert set(refused.value.fields) == {"answered"}


def test_a_decision_names_bodies_for_remedies_and_the_partys_address(cast: Cast) -> None:
    case = scene.notice_served(cast)
    Department.objects.filter(pk=cast.market.pk).update(reconsideration_body="")
    Party.objects.filter(act_id=case.pk).update(address="")
    assert {"remedy_body_known", "party_addressed"} == set(unmet(decide(cast, case)))


def test_correction_must_be_ordered_before_the_decision(cast: Cast) -> None:
    case = scene.notice_served(cast)
    Case.objects.filter(pk=case.pk).update(correction_ordered="")
    assert set(unmet(decide(cast, case))) == {"correction_ordered"}


def test_the_same_act_is_not_fined_twice(cast: Cast) -> None:
    scene.decided(cast)
    case = scene.notice_served(cast)
    Case.objects.filter(pk=case.pk).update(duplicate_answer="")
    assert set(unmet(decide(cast, case))) == {"not_fined_before"}


def test_who_is_second_at_the_door_is_told_who_was_first(cast: Cast) -> None:
    case = scene.notice_served(cast)
    with scene.on(scene.DECIDED):
        proposal = decide(cast, case)()
        proposals.approve(proposal, actor=fresh(cast.head))
        with pytest.raises(Overtaken) as late:
            proposals.approve(proposal, actor=fresh(cast.deputy))
    assert cast.head.name in late.value.sentence


def test_money_is_recorded_up_to_the_fine_and_a_receipt_counts_once(cast: Cast) -> None:
    case = scene.served(cast)
    party = case.parties.get()
    pay = data.Pay(party=party.pk, amount=Decimal(3000), receipt="示票 1")
    day = scene.DECIDED + dt.timedelta(days=1)
    with scene.on(day):
        case = perform(case, actions.PAY, actor=fresh(cast.officer), data=pay).subject
        with pytest.raises(Invalid) as refused:
            perform(case, actions.PAY, actor=fresh(cast.officer), data=replace(pay, amount=Decimal(2001)))
        assert set(refused.value.fields) == {"amount", "receipt"}
        close = data.Close(ground="performed", opinion="已履行（虚构）")
        found = unmet(lambda: proposals.request(case, actions.CLOSE, actor=fresh(cast.officer), data=close))
        assert "2000" in found["performed"].replace(",", "")
        case = perform(
            case, actions.PAY, actor=fresh(cast.officer), data=replace(pay, amount=Decimal(2000), receipt="示票 2")
        ).subject
        proposal = proposals.request(case, actions.CLOSE, actor=fresh(cast.officer), data=close)
        assert proposals.approve(proposal, actor=fresh(cast.head)).subject.state == "closed"


def test_a_certificate_is_not_cancelled_while_its_holder_is_on_open_cases(cast: Cast) -> None:
    case = scene.filed(cast)
    with scene.on(scene.CONCLUDED):
        certificate = Certificate.objects.get(officer=case.act_officers.order_by("pk")[0].officer)
        ground = certificates.Ground(ground="调离执法岗位（虚构）")
        proposal = proposals.request(certificate, certificates.SUSPEND, actor=fresh(cast.supervisor), data=ground)
        certificate = proposals.approve(proposal, actor=fresh(cast.supervision_head)).subject
        found = unmet(
            lambda: proposals.request(certificate, certificates.CANCEL, actor=fresh(cast.supervisor), data=ground)
        )
    assert case.number in found["no_open_cases"]
