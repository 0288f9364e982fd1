"""People on cases: who may act on which day, who must stay out, who takes over."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from enforcement.cases import actions as case_actions
from enforcement.models import Case, Evidence
from enforcement.people import actions, data
from enforcement.people.figures import Staff, staff
from enforcement.people.handover import hand_over
from enforcement.people.models import Recusal
from personnel import actions as certificates
from personnel.models import Certificate, Officer
from portal.accounts.models import User
from portal.ledger.models import Event
from portal.workflow import proposals
from portal.workflow.availability import available
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid
from tests import case_scenes as scene
from tests.cast import Cast, fresh
from tests.personnel.scenes import certificate, identity_number, officer, proposed
from tests.scenes import certified, file_data

pytestmark = pytest.mark.django_db
SUSPENDED = dt.date(2025, 8, 5)


def blocked_by(case: Any, action: Any, actor: Any, form: Any) -> dict[str, str]:
    step = proposals.request if action.proposes else perform
    with pytest.raises(Blocked) as blocked:
        step(case, action, actor=actor, data=form)
    assert all(one.citation for one in blocked.value.unmet)
    return {one.gate: one.sentence for one in blocked.value.unmet}


def third(cast: Cast, fields: tuple[str, ...] = ("市场监管",)) -> Officer:
    made = officer(cast.market, "丙示例", identity=identity_number(71))
    certificate(made, fields=fields)
    return made


def suspend(cast: Cast, holder: Officer, day: dt.date) -> None:
    ground = certificates.Ground(ground="年度考核不合格", on=day)
    with scene.on(day):
        proposed(
            holder.certificates.get(),
            certificates.SUSPEND,
            ground,
            by=fresh(cast.supervisor),
            approved_by=fresh(cast.supervision_head),
        )


def declared(cast: Cast, case: Case, who: Any = None) -> Recusal:
    perform(
        case, actions.DECLARE, actor=fresh(who or cast.officer), data=data.Declare(ground="当事人是本人近亲属（虚构）")
    )
    return Recusal.objects.get(act_id=case.pk, outcome="pending")


def decided(cast: Cast, case: Case, recusal: Recusal, who: Any = None, **changes: Any) -> Case:
    form = replace(data.Decide(recusal=recusal.pk, granted="granted", reason="理由成立"), **changes)
    found: Case = perform(case, actions.DECIDE, actor=fresh(who or cast.head), data=form).subject
    return found


@pytest.mark.parametrize(
    ("suspended_on", "obtained_on", "kind", "allowed"),
    [
        # The day on which the record was made counts, not the day on which it is entered.
        (dt.date(2025, 8, 6), dt.date(2025, 8, 5), Evidence.Kind.RECORD, True),
        (dt.date(2025, 8, 5), dt.date(2025, 8, 5), Evidence.Kind.RECORD, False),
        (dt.date(2025, 8, 5), dt.date(2025, 8, 6), Evidence.Kind.RECORD, False),
    ],
)
def test_a_record_on_site_needs_two_certified_officers_on_its_own_day(
    cast: Cast, suspended_on: dt.date, obtained_on: dt.date, kind: str, allowed: bool
) -> None:
    case = scene.filed(cast)
    holder = Officer.objects.get(user=cast.second_officer)
    suspend(cast, holder, suspended_on)
    successor = third(cast)
    with scene.on(dt.date(2025, 8, 7)):
        # Whoever took over later does not make good what was done without a certificate.
        perform(
            case,
            actions.REASSIGN,
            actor=fresh(cast.head),
            data=data.Reassign(leaving=holder.pk, successor=successor.pk, reason="证件暂扣"),
        )
        form = scene.evidence_data(kind=kind, obtained_on=obtained_on)
        if allowed:
            perform(case, case_actions.ADD_EVIDENCE, actor=fresh(cast.officer), data=form)
        else:
            found = blocked_by(case, case_actions.ADD_EVIDENCE, fresh(cast.officer), form)
            assert set(found) == {"certified_on_site"}
            assert "李示例" in found["certified_on_site"]


def test_a_notice_needs_officers_certified_on_that_day(cast: Cast) -> None:
    case = scene.investigated(cast)
    suspend(cast, Officer.objects.get(user=cast.second_officer), dt.date(2025, 8, 7))
    with scene.on(scene.NOTIFIED, 11):
        step = {one.action.key: one for one in available(case, fresh(cast.officer))}
    assert "two_certified_officers" in {one.gate for one in step["enforcement.case.notify"].unmet}


def test_while_undecided_the_investigation_goes_on_and_no_decision_is_made(cast: Cast) -> None:
    case = scene.filed(cast)
    with scene.on(scene.FILED, 12):
        declared(cast, case)
        perform(case, case_actions.ADD_EVIDENCE, actor=fresh(cast.officer), data=scene.evidence_data())
    case = scene.notice_served(cast)
    with scene.on(scene.DECIDED):
        declared(cast, case)
        found = blocked_by(case, case_actions.DECIDE, fresh(cast.officer), scene.decide_data(case))
    assert "陈示例" in found["recusals_decided"]


def test_a_recused_officer_cannot_act_in_the_case_any_more(cast: Cast) -> None:
    case, successor = scene.filed(cast), third(cast)
    with scene.on(scene.FILED, 12):
        case = decided(cast, case, declared(cast, case), successor=successor.pk)
        assert not case.act_officers.filter(officer__user=cast.officer, until=None).exists()
        assert case.act_officers.get(officer=successor).role == "lead"
        found = blocked_by(case, case_actions.ADD_EVIDENCE, fresh(cast.officer), scene.evidence_data())
        assert set(found) == {"actor_not_recused"}
        perform(case, case_actions.ADD_EVIDENCE, actor=fresh(cast.second_officer), data=scene.evidence_data())
    assert Event.objects.filter(matter=case.matter, name="people.decide_recusal").count() == 1


def test_without_a_successor_the_case_waits_for_a_second_officer(cast: Cast) -> None:
    case = scene.filed(cast)
    with scene.on(scene.FILED, 12):
        case = decided(cast, case, declared(cast, case))
        found = blocked_by(case, case_actions.ADD_EVIDENCE, fresh(cast.second_officer), scene.evidence_data())
    assert "two_certified_officers" in found


def test_whoever_was_recused_is_not_chosen_again(cast: Cast) -> None:
    case = scene.registered(cast)
    with scene.on(scene.FILED):
        certified(cast)
        decided(cast, case, declared(cast, case))
        found = blocked_by(case, case_actions.FILE, fresh(cast.second_officer), file_data(cast))
    assert "chosen_not_recused" in found


def test_a_refused_application_changes_nothing(cast: Cast) -> None:
    case = scene.filed(cast)
    with scene.on(scene.FILED, 12):
        party = case.parties.get()
        li = Officer.objects.get(user=cast.second_officer)
        perform(
            case,
            actions.APPLY,
            actor=fresh(cast.officer),
            data=data.Apply(party=party.pk, ground="曾与其争吵（虚构）", officer=li.pk),
        )
        recusal = Recusal.objects.get(act_id=case.pk)
        decided(cast, case, recusal, granted="refused", reason="不属于利害关系")
        perform(case, case_actions.ADD_EVIDENCE, actor=fresh(cast.second_officer), data=scene.evidence_data())


def test_a_head_does_not_decide_about_himself(cast: Cast) -> None:
    case = scene.filed(cast)
    with scene.on(scene.FILED, 12):
        recusal = declared(cast, case, cast.head)
        form = data.Decide(recusal=recusal.pk, granted="granted", reason="理由成立")
        assert set(blocked_by(case, actions.DECIDE, fresh(cast.head), form)) == {"not_about_oneself"}
        decided(cast, case, recusal, cast.deputy)
        found = blocked_by(
            case,
            actions.REASSIGN,
            fresh(cast.head),
            data.Reassign(leaving=Officer.objects.get(user=cast.officer).pk, successor=third(cast).pk, reason="示例"),
        )
    assert "actor_not_recused" in found


def test_only_heads_decide_on_recusal(cast: Cast) -> None:
    case = scene.filed(cast)
    with scene.on(scene.FILED, 12):
        recusal = declared(cast, case)
        with pytest.raises(Forbidden):
            decided(cast, case, recusal, cast.second_officer)


@pytest.mark.parametrize(("fields", "fits"), [(("市场监管",), True), (("综合",), True), (("城市管理",), False)])
def test_a_successor_is_certified_for_the_field(cast: Cast, fields: tuple[str, ...], fits: bool) -> None:
    case, successor = scene.filed(cast), third(cast, fields)
    form = data.Reassign(
        leaving=Officer.objects.get(user=cast.officer).pk, successor=successor.pk, reason="调离执法岗位"
    )
    with scene.on(scene.FILED, 12):
        if fits:
            perform(case, actions.REASSIGN, actor=fresh(cast.head), data=form)
            assert case.act_officers.get(officer=successor).certificate_number
        else:
            assert set(blocked_by(case, actions.REASSIGN, fresh(cast.head), form)) == {"successor_fit"}


def test_the_second_officer_cannot_take_the_place_of_the_first(cast: Cast) -> None:
    case = scene.filed(cast)
    first, second = certified(cast)
    with scene.on(scene.FILED, 12), pytest.raises(Invalid):
        perform(
            case,
            actions.REASSIGN,
            actor=fresh(cast.head),
            data=data.Reassign(leaving=first.pk, successor=second.pk, reason="示例"),
        )


def test_all_open_cases_are_handed_over_in_one_step_and_refusals_are_told(cast: Cast) -> None:
    first_case, second_case = scene.filed(cast), scene.filed(cast, party_name="另一家示例店（虚构）")
    leaving, second = certified(cast)
    successor = third(cast)
    with scene.on(dt.date(2025, 8, 5)):
        done = hand_over(
            leaving, {first_case.pk: successor.pk, second_case.pk: second.pk}, reason="调离", actor=fresh(cast.head)
        )
    told = {one.case.pk: one.refusal for one in done}
    assert told[first_case.pk] == ""
    assert "已经在办理本案" in told[second_case.pk]
    assert Event.objects.filter(matter=first_case.matter, name="people.reassign").count() == 1
    assert not Event.objects.filter(matter=second_case.matter, name="people.reassign").exists()


def test_a_certificate_is_cancelled_only_after_the_cases_are_handed_over(cast: Cast, client: Client) -> None:
    case = scene.filed(cast)
    leaving, _second = certified(cast)
    successor = third(cast)
    held = Certificate.objects.get(officer=leaving)
    suspend(cast, leaving, dt.date(2025, 8, 5))
    ground = certificates.Ground(ground="调离执法岗位", on=dt.date(2025, 8, 6))
    with scene.on(dt.date(2025, 8, 6)):
        held.refresh_from_db()
        assert "no_open_cases" in blocked_by(held, certificates.CANCEL, fresh(cast.supervisor), ground)
        client.force_login(cast.head)
        page = client.get(f"/desk/personnel/certificates/{held.pk}/")
        address = f"/desk/people/handover/{leaving.pk}/"
        assert address in page.content.decode()
        assert client.post(address, {"all": successor.pk, "reason": ""}).status_code == 422
        assert client.post(address, {"all": successor.pk, "reason": "调离执法岗位"}).status_code == 302
        assert "没有在办案件" in client.get(address).content.decode()
        proposed(held, certificates.CANCEL, ground, by=fresh(cast.supervisor), approved_by=fresh(cast.supervision_head))
    case.refresh_from_db()
    assert case.act_officers.filter(until=None).count() == 2


def test_whoever_went_to_another_department_leaves_his_cases_with_the_old_one(cast: Cast, client: Client) -> None:
    case = scene.filed(cast)
    leaving, second = certified(cast)
    successor = third(cast)
    suspend(cast, leaving, dt.date(2025, 8, 5))
    Officer.objects.filter(pk=leaving.pk).update(department=cast.city)
    address = f"/desk/people/handover/{leaving.pk}/"
    with scene.on(dt.date(2025, 8, 5)):
        client.force_login(cast.head)
        board = client.get("/desk/people/").content.decode()
        assert case.title in board
        assert "已调其他部门" in board
        assert case.title in client.get(address).content.decode()
        client.force_login(User.objects.filter(department=cast.city, role_assignments__role="officer")[0])
        assert case.title not in client.get(address).content.decode()
        client.force_login(cast.head)
        assert client.post(address, {"all": successor.pk, "reason": "调离本部门"}).status_code == 302
        assert client.get(address).status_code == 404
    assert set(case.act_officers.filter(until=None).values_list("officer", flat=True)) == {successor.pk, second.pk}


def test_the_board_counts_every_department_in_one_statement(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    scene.filed(cast)
    leaving, _second = certified(cast)
    suspend(cast, leaving, dt.date(2025, 8, 5))
    with django_assert_num_queries(1):
        rows = {row.code: row for row in staff(dt.date(2025, 8, 5))}
    market = rows["SCJGJ"]
    assert (market.officers, market.holders, market.valid, market.unfit, market.reviewers) == (2, 2, 1, 1, 1)
    assert rows["CGJ"].officers == 0
    client.force_login(cast.head)
    with scene.on(dt.date(2025, 8, 5), 12):
        text = client.get("/desk/people/").content.decode()
        answer = client.get("/desk/people/?format=xlsx")
    assert "陈示例" in text
    assert "区城管局" not in text
    sheet: Any = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in sheet[3]][:4] == ["示例区市场监督管理局", 2, 2, 1]


@pytest.mark.parametrize(
    ("officers", "reviewers", "enough"), [(20, 1, True), (21, 1, False), (40, 2, True), (0, 0, True), (1, 0, False)]
)
def test_legal_reviewers_are_five_per_cent_in_whole_people(officers: int, reviewers: int, enough: bool) -> None:
    row = Staff(1, "X", "示例", "示例", officers, 0, 0, 0, 0, reviewers)
    assert row.enough_reviewers is enough
