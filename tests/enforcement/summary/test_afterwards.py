"""After a decision on the spot: its clocks by hand, the cash on its way, handing over, filing, the public page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from disclosure.public.models import PublishedDecision
from enforcement.cases import actions as case_actions
from enforcement.cases import data as case_data
from enforcement.execution import actions as execution
from enforcement.execution import data as execution_data
from enforcement.models import Case, Party, PenaltyKind
from enforcement.summary import actions, data
from enforcement.summary.models import Collection, OnSpot
from portal.deadlines.models import Obligation
from portal.documents.models import Document
from portal.ledger.verification import verify
from portal.web.workspace import workspace
from portal.workflow import proposals
from portal.workflow.availability import available
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid
from tests import case_scenes as scene
from tests import summary_scenes as street
from tests.cast import Cast, fresh

pytestmark = pytest.mark.django_db
NATURAL, COMPANY, BUSINESS = Party.Kind.NATURAL, Party.Kind.COMPANY, Party.Kind.BUSINESS
FINE, WARNING = PenaltyKind.FINE.value, PenaltyKind.WARNING.value


CLOCKS = [  # rule, opened by, last day counted by hand (2025-08-04 is a Monday), article
    ("summary.hand_over", "2025-08-04", "当日；行政处罚法第五十二条第一款"),
    ("summary.file", "2025-08-07", "三个工作日（参照）；CF-24"),
    ("decision.disclose", "2025-08-13", "七个工作日；SX-02"),
    ("decision.pay", "2025-08-19", "十五日；CF-19"),
    ("decision.reconsideration", "2025-10-09", "六十日，10月3日是假日，顺延；FY-01"),
    ("summary.to_agency", "2025-08-06", "二个工作日；CF-26"),
]


def test_the_clocks_of_a_decision_on_the_spot(cast: Cast) -> None:
    case = street.collected(cast)
    due = {row.rule: row.due_on.isoformat() for row in Obligation.objects.filter(matter=case.matter)}
    assert {rule: due.get(rule) for rule, _day, _why in CLOCKS} == {rule: day for rule, day, _why in CLOCKS}
    assert "decision.litigation" not in due  # FY-06: reconsideration first, the six months do not run
    assert "case.filing_check" not in due
    settled = set(
        Obligation.objects.filter(matter=case.matter, settled_at__isnull=False).values_list("rule", flat=True)
    )
    assert settled == {"summary.hand_over", "decision.pay"}


def test_an_ordinary_decision_still_starts_the_six_months(cast: Cast) -> None:
    case = scene.served(cast)
    assert Obligation.objects.filter(matter=case.matter, rule="decision.litigation").exists()


def test_the_cash_goes_from_the_officer_to_the_agency_to_the_bank(cast: Cast) -> None:
    case = street.collected(cast)
    assert Collection.objects.get().payment.amount == Decimal(50)
    officer = fresh(cast.officer)
    with scene.on(dt.date(2025, 8, 6)):
        with pytest.raises(Blocked):
            perform(case, actions.BANK, actor=officer, data=data.Bank(bank_receipt="1"))
        perform(case, actions.HAND_IN, actor=officer, data=data.HandIn(received_by="钱示例"))
    rows = Obligation.objects.filter(matter=case.matter)
    assert rows.get(rule="summary.to_agency").closed_in_time
    assert rows.get(rule="summary.to_bank").due_on == dt.date(2025, 8, 8)
    with scene.on(dt.date(2025, 8, 11)):
        with pytest.raises(Blocked):
            perform(case, actions.HAND_IN, actor=officer, data=data.HandIn(received_by="钱示例"))
        perform(case, actions.BANK, actor=officer, data=data.Bank(bank_receipt="回单 1"))
    late = Obligation.objects.get(matter=case.matter, rule="summary.to_bank")
    assert late.settled_at is not None
    assert not late.closed_in_time


def test_on_the_water_the_two_days_run_from_the_shore(cast: Cast) -> None:
    case = street.handed_over(cast, paid_by="remote", paid_ground="水上作业，当事人提出（虚构）", fine=Decimal(150))
    late = data.Collect(receipt="新财 2", ashore_on=dt.date(2025, 8, 3))
    with scene.on(street.DAY, 12), pytest.raises(Invalid):
        perform(case, actions.COLLECT, actor=fresh(cast.officer), data=late)
    with scene.on(dt.date(2025, 8, 5)):
        form = data.Collect(receipt="新财 2", ashore_on=dt.date(2025, 8, 5), on=street.DAY)
        perform(case, actions.COLLECT, actor=fresh(cast.officer), data=form)
    assert Obligation.objects.get(matter=case.matter, rule="summary.to_agency").due_on == dt.date(2025, 8, 7)


@pytest.mark.parametrize(
    ("paid_by", "day", "gate"),
    [
        ("bank", 0, "may_collect"),
        ("small", 1, "collected_on_the_spot"),
        ("hard", 1, "collected_on_the_spot"),
        ("remote", 1, ""),
        ("hard", 0, ""),
    ],
)
def test_money_is_taken_only_where_the_law_lets_officers_take_it(cast: Cast, paid_by: str, day: int, gate: str) -> None:
    case = street.handed_over(
        cast, paid_by=paid_by, paid_ground="具体情况（虚构）" if paid_by in {"hard", "remote"} else ""
    )
    found: set[str] = set()
    with scene.on(street.DAY + dt.timedelta(days=day), 12):
        try:
            perform(case, actions.COLLECT, actor=fresh(cast.officer), data=data.Collect(receipt="新财 3"))
        except Blocked as error:
            found = {one.gate for one in error.unmet}
    assert found == ({gate} if gate else set())


def test_no_receipt_no_cash_and_not_twice(cast: Cast) -> None:
    case = street.handed_over(cast, paid_by="small")
    with scene.on(street.DAY, 12), pytest.raises(Invalid) as refused:
        perform(case, actions.COLLECT, actor=fresh(cast.officer), data=data.Collect(receipt="  "))
    assert "专用票据" in refused.value.fields["receipt"]
    with scene.on(street.DAY, 12):
        perform(case, actions.COLLECT, actor=fresh(cast.officer), data=data.Collect(receipt="新财 4"))
        with pytest.raises(Blocked):
            perform(case, actions.COLLECT, actor=fresh(cast.officer), data=data.Collect(receipt="新财 5"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"signed": "refused"}, "refusal"),
        ({"signed": "signed", "receiver": " "}, "receiver"),
        ({"signed": "nonsense"}, "signed"),
        ({"on": dt.date(2025, 8, 5)}, "late_handing"),
        ({"on": dt.date(2025, 8, 1)}, "on"),
    ],
)
def test_handing_over_is_signed_or_the_refusal_noted_that_day(cast: Cast, changes: dict[str, Any], field: str) -> None:
    case = street.decided(cast)
    form = replace(data.HandOver(signed="signed", receiver="王示例"), **changes)
    with scene.on(dt.date(2025, 8, 5)), pytest.raises(Invalid) as refused:
        perform(case, actions.HAND_OVER, actor=fresh(cast.officer), data=replace(form, late_reason="补登（虚构）"))
    assert field in refused.value.fields


def test_a_refused_form_is_served_all_the_same(cast: Cast) -> None:
    case = street.decided(cast)
    with scene.on(street.DAY, 11):
        form = data.HandOver(signed="refused", refusal="当事人看后弃置离开，商户李示例见证（虚构）")
        done = perform(case, actions.HAND_OVER, actor=fresh(cast.officer), data=form).subject
    assert done.state == "served"
    assert done.services.get().note.startswith("当事人看后")


def close(cast: Cast, case: Case) -> set[str]:
    """Try to close; the gates in the way."""
    with scene.on(dt.date(2025, 8, 12)):
        try:
            request = proposals.request(
                Case.objects.get(pk=case.pk),
                case_actions.CLOSE,
                actor=fresh(cast.officer),
                data=case_data.Close(ground="performed", opinion="罚款已缴清（虚构）"),
            )
            proposals.approve(request, actor=fresh(cast.head))
        except Blocked as error:
            return {one.gate for one in error.unmet}
    return set()


def test_it_closes_when_filed_and_the_cash_is_in_the_bank(cast: Cast) -> None:
    case = street.collected(cast)
    officer = fresh(cast.officer)
    assert close(cast, case) == {"filed_with_agency", "cash_banked"}
    with scene.on(dt.date(2025, 8, 5)):
        perform(case, actions.FILE, actor=officer, data=data.FileWithAgency())
        with pytest.raises(Blocked):
            perform(case, actions.FILE, actor=officer, data=data.FileWithAgency())
        perform(case, actions.HAND_IN, actor=officer, data=data.HandIn(received_by="钱示例"))
    assert close(cast, case) == {"cash_banked"}
    with scene.on(dt.date(2025, 8, 6)):
        perform(case, actions.BANK, actor=officer, data=data.Bank(bank_receipt="回单 1"))
    assert close(cast, case) == set()
    assert Case.objects.get(pk=case.pk).state == "closed"
    assert list(verify()) == []


def test_filing_needs_the_signed_form(cast: Cast) -> None:
    case = street.decided(cast)
    with scene.on(street.DAY, 11):
        perform(
            case, actions.HAND_OVER, actor=fresh(cast.officer), data=data.HandOver(signed="signed", receiver="王示例")
        )
        with pytest.raises(Invalid) as refused:
            perform(case, actions.FILE, actor=fresh(cast.officer), data=data.FileWithAgency())
        assert "file" in refused.value.fields
        photo = street.photo(cast, case)
        perform(case, actions.FILE, actor=fresh(cast.officer), data=data.FileWithAgency(file=photo))
    assert OnSpot.objects.get().filed_on == street.DAY


def test_reconsideration_comes_before_the_court(cast: Cast) -> None:
    case = street.handed_over(cast)
    party = case.parties.get().pk
    suit = execution_data.BeginRemedy(party=party, kind="litigation", body="示例区人民法院", number="1")
    with scene.on(street.DAY, 16), pytest.raises(Blocked) as blocked:
        perform(case, execution.BEGIN_REMEDY, actor=fresh(cast.officer), data=suit)
    assert {one.gate for one in blocked.value.unmet} == {"reconsideration_first"}
    with scene.on(street.DAY, 16):
        first = replace(suit, kind="reconsideration", body="示例区人民政府")
        perform(case, execution.BEGIN_REMEDY, actor=fresh(cast.officer), data=first)
    ordinary = scene.served(cast)
    with scene.on(scene.DECIDED, 16):
        direct = replace(suit, party=ordinary.parties.get().pk)
        perform(ordinary, execution.BEGIN_REMEDY, actor=fresh(cast.officer), data=direct)


def test_steps_of_one_procedure_are_no_steps_of_the_other(cast: Cast) -> None:
    ordinary, on_the_spot = scene.served(cast), street.handed_over(cast, **street.company())
    with pytest.raises(Forbidden):
        perform(ordinary, actions.FILE, actor=fresh(cast.officer), data=data.FileWithAgency())
    fresh_one = street.decided(cast, **street.company(party_name="另一示例公司（虚构）"))
    form = scene.serve_data(fresh_one, street.DAY)
    with scene.on(street.DAY, 12), pytest.raises(Forbidden):
        perform(fresh_one, case_actions.SERVE_DECISION, actor=fresh(cast.officer), data=form)
    shown = {one.action.key for one in available(ordinary, fresh(cast.officer))}
    assert not {key for key in shown if key.startswith("summary.")}
    theirs = {one.action.key for one in available(on_the_spot, fresh(cast.officer))}
    assert {"summary.file", "enforcement.case.pay", "enforcement.case.close"} <= theirs
    assert not {"enforcement.case.serve_decision", "enforcement.case.confirm_service"} & theirs


def test_the_page_shows_its_own_path_and_what_was_said(cast: Cast, client: Client) -> None:
    case = street.handed_over(cast, statement_made=True, statement="初次摆摊", answer="已酌情考虑（虚构）")
    steps = [step.label for step in workspace(case, case.matter, fresh(cast.officer)).path]
    assert steps == ["当场决定", "交付", "结案"]
    client.force_login(cast.officer)
    body = client.get(f"/desk/cases/{case.pk}/").content.decode()
    assert "简易程序" in body
    assert "初次摆摊" in body
    assert "须先申请行政复议" in body
    listed = client.get("/desk/cases/?procedure=summary").content.decode()
    assert case.title in listed
    assert case.title not in client.get("/desk/cases/?procedure=ordinary").content.decode()


def test_it_is_disclosed_like_any_penalty_and_says_where_to_go_first(cast: Cast) -> None:
    case = street.handed_over(cast, **street.company())
    with scene.on(dt.date(2025, 8, 8)):
        scene.published(cast, case)
    row = PublishedDecision.objects.get(number=case.number)
    assert (row.act_kind, row.outcome, row.allowed_days, row.published_within) == ("penalty", "罚款50.00元", 7, 4)
    assert [one["name"] for one in row.remedies] == ["行政复议", "行政诉讼"]
    assert "先申请行政复议" in row.remedies_note


def test_the_form_is_a_numbered_letter_that_says_everything(cast: Cast) -> None:
    case = street.decided(cast, paid_by="small")
    paper = Document.objects.get(matter=case.matter)
    assert (paper.number, paper.state, paper.title) == ("示市监当罚〔2025〕1号", "ready", "当场行政处罚决定书")
    content = paper.context["content"]
    assert content["happened"] == "2025年8月4日9时40分"
    assert content["place"]
    assert "第六十八条第（一）项" in content["performance"]
    assert [one["name"] for one in content["officers"]] == ["陈示例", "李示例"]
