"""After the decision: parts, surcharge, urging, the court, remedies; each condition met and unmet."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from enforcement.cases import actions as case_actions
from enforcement.cases import data as case_data
from enforcement.execution import actions, bodies, data
from enforcement.execution.models import CourtApplication, Remedy, Surcharge
from enforcement.execution.money import computed, last_day_to_pay
from enforcement.models import Case, Decision
from portal.attachments import store
from portal.deadlines.models import Obligation
from portal.documents.models import Document
from portal.web.workspace import workspace
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Invalid
from tests.case_scenes import DECIDED, on, render_all, served
from tests.cast import Cast, fresh

PAY_BY = dt.date(2025, 9, 2)
REMEDY_ENDS = dt.date(2026, 2, 18)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def decision_of(case: Case) -> Decision:
    found = data.decision_of(case)
    assert found is not None
    return found


def party_of(case: Case) -> int:
    return int(case.parties.get().pk)


def by_head(cast: Cast, case: Case, action: Any, form: Any) -> Case:
    """Put forward by Chen, approved by Zhao."""
    found = Case.objects.get(pk=case.pk)
    proposal = proposals.request(found, action, actor=fresh(cast.officer), data=form)
    proposals.approve(proposal, actor=fresh(cast.head))
    render_all()
    return Case.objects.get(pk=case.pk)


def by_officer(cast: Cast, case: Case, action: Any, form: Any) -> Case:
    perform(Case.objects.get(pk=case.pk), action, actor=fresh(cast.officer), data=form)
    return Case.objects.get(pk=case.pk)


def pay(cast: Cast, case: Case, amount: int, receipt: str, day: dt.date) -> Case:
    with on(day):
        form = case_data.Pay(party=party_of(case), amount=Decimal(amount), receipt=receipt)
        return by_officer(cast, case, case_actions.PAY, form)


def keys(caught: pytest.ExceptionInfo[Blocked]) -> list[str]:
    return [unmet.gate for unmet in caught.value.unmet]


def urged(cast: Cast, case: Case, day: dt.date) -> Case:
    """Urged and served on a day."""
    with on(day):
        case = by_head(cast, case, actions.URGE, data.Urge(party=party_of(case)))
        urging = decision_of(case).urgings.get(served_on=None)
        form = data.ServeUrging(urging=urging.pk, method="direct", served_on=day, receiver="王小虚")
        return by_officer(cast, case, actions.SERVE_URGING, form)


def test_the_period_to_pay_ends_fifteen_days_after_service(cast: Cast) -> None:
    assert last_day_to_pay(decision_of(served(cast))) == PAY_BY


def test_a_surcharge_is_what_was_computed_or_less_for_a_reason(cast: Cast) -> None:
    case = served(cast)
    with on(PAY_BY), pytest.raises(Blocked) as caught:
        by_head(cast, case, actions.SURCHARGE, data.ConfirmSurcharge(through=PAY_BY, amount=Decimal(0)))
    assert "paid_late" in keys(caught)
    day = PAY_BY + dt.timedelta(10)
    with on(day):
        form = data.ConfirmSurcharge(through=day, amount=Decimal(1500))
        with pytest.raises(Invalid):
            by_head(cast, case, actions.SURCHARGE, replace(form, amount=Decimal("1500.01")))
        with pytest.raises(Invalid):
            by_head(cast, case, actions.SURCHARGE, replace(form, amount=Decimal(1000)))
        case = by_head(cast, case, actions.SURCHARGE, replace(form, amount=Decimal(1000), reason="确有困难（虚构）"))
    row = Surcharge.objects.get()
    assert (row.computed, row.amount, row.days) == (Decimal(1500), Decimal(1000), 10)
    assert Document.objects.filter(kind="execution.surcharge", number__contains="罚加").exists()


def test_a_case_paid_late_is_not_closed_before_the_surcharge_is_settled(cast: Cast) -> None:
    case = pay(cast, served(cast), 5000, "PJ-1", PAY_BY + dt.timedelta(5))
    day = PAY_BY + dt.timedelta(6)
    close = case_data.Close(ground="performed", opinion="已缴清（虚构）")
    with on(day):
        with pytest.raises(Blocked) as caught:
            by_head(cast, case, case_actions.CLOSE, close)
        assert "surcharge_settled" in keys(caught)
        form = data.ConfirmSurcharge(through=day, amount=Decimal(600))
        case = by_head(cast, case, actions.SURCHARGE, form)
        with pytest.raises(Blocked):
            by_head(cast, case, case_actions.CLOSE, close)
    case = pay(cast, case, 600, "PJ-2", day)
    with on(day, 11):
        assert by_head(cast, case, case_actions.CLOSE, close).state == "closed"


def test_a_plan_moves_the_last_day_and_only_its_late_parts_cost(cast: Cast) -> None:
    case = served(cast)
    with on(DECIDED + dt.timedelta(2)):
        file = SimpleUploadedFile("分期申请.pdf", PDF, content_type="application/pdf")
        form = data.Defer(
            ground="确有经济困难（虚构）",
            parts=3,
            first_due=dt.date(2025, 9, 30),
            file=int(store(case.matter, file, cast.officer).pk),
        )
        case = by_head(cast, case, actions.DEFER, form)
    decision = decision_of(case)
    amounts = [one.amount for one in decision.payment_plans.get().instalments.all()]
    assert amounts == [Decimal("1666.66"), Decimal("1666.66"), Decimal("1666.68")]
    assert last_day_to_pay(decision) == dt.date(2025, 11, 30)
    assert computed(decision, dt.date(2025, 10, 2)).amount == Decimal("100.00")  # type: ignore[union-attr]  # 2 × 3 %


def test_parts_end_on_the_same_day_of_later_months() -> None:
    found = bodies.instalments(Decimal(100), 3, dt.date(2026, 1, 31), 1)
    assert [(part.on, part.amount) for part in found] == [
        (dt.date(2026, 1, 31), Decimal("33.33")),
        (dt.date(2026, 2, 28), Decimal("33.33")),
        (dt.date(2026, 3, 31), Decimal("33.34")),
    ]


def test_urging_waits_for_the_end_of_the_period_to_pay(cast: Cast) -> None:
    case = served(cast)
    with on(PAY_BY), pytest.raises(Blocked) as caught:
        by_head(cast, case, actions.URGE, data.Urge(party=party_of(case)))
    assert keys(caught) == ["performance_over"]


def test_the_court_is_asked_after_both_periods_and_ten_working_days(cast: Cast) -> None:
    case = urged(cast, served(cast), dt.date(2026, 2, 2))
    form = data.ApplyToCourt(court="示例区人民法院")
    with on(dt.date(2026, 2, 5)), pytest.raises(Blocked) as caught:
        by_head(cast, case, actions.APPLY, form)
    assert keys(caught) == ["urged_long_enough", "remedy_periods_over"]
    with on(dt.date(2026, 3, 20)):
        case = by_head(cast, case, actions.APPLY, form)
    assert case.state == "court_applied"
    application = CourtApplication.objects.get()
    assert application.amount == Decimal(5000)
    assert "罚执申" in application.number
    duty = Obligation.objects.get(matter=case.matter, rule="decision.apply_court")
    assert duty.settled_at is not None
    with on(dt.date(2026, 3, 25)):
        case = by_officer(cast, case, actions.COURT_ANSWER, data.CourtAnswer(outcome="not_accepted"))
    assert case.state == "served"


def test_an_application_after_three_months_needs_a_ground(cast: Cast) -> None:
    case = urged(cast, served(cast), dt.date(2026, 5, 6))
    form = data.ApplyToCourt(court="示例区人民法院")
    with on(dt.date(2026, 6, 10)):
        with pytest.raises(Blocked) as caught:
            by_head(cast, case, actions.APPLY, form)
        assert keys(caught) == ["within_application"]
        assert by_head(cast, case, actions.APPLY, replace(form, late_ground="当事人曾达成履行约定（虚构）")).state == (
            "court_applied"
        )


def test_a_suit_stops_the_surcharge_and_blocks_court_and_closing(cast: Cast) -> None:
    case = served(cast)
    begun = PAY_BY + dt.timedelta(3)
    with on(begun):
        form = data.BeginRemedy(party=party_of(case), kind="litigation", body="示例区人民法院")
        case = by_officer(cast, case, actions.BEGIN_REMEDY, form)
        with pytest.raises(Invalid):
            by_officer(cast, case, actions.BEGIN_REMEDY, form)
    result = computed(decision_of(case), begun + dt.timedelta(60))
    assert result is not None
    assert (result.amount, result.days) == (Decimal(300), 2)
    assert not Obligation.objects.open().filter(matter=case.matter, rule="decision.apply_court").exists()
    case = pay(cast, case, 5000, "PJ-3", begun)
    with on(begun + dt.timedelta(1)), pytest.raises(Blocked) as caught:
        by_head(cast, case, case_actions.CLOSE, case_data.Close(ground="performed", opinion="已缴清（虚构）"))
    assert "no_remedy_pending" in keys(caught)


def test_a_reconsideration_that_upholds_opens_fifteen_days_to_sue(cast: Cast) -> None:
    case = served(cast)
    with on(dt.date(2025, 9, 1)):
        form = data.BeginRemedy(party=party_of(case), kind="reconsideration", body="示例区人民政府")
        case = by_officer(cast, case, actions.BEGIN_REMEDY, form)
    with on(dt.date(2025, 10, 20)):
        remedy = Remedy.objects.get()
        ended = data.EndRemedy(remedy=remedy.pk, outcome="upheld", opinion=True)
        case = by_officer(cast, case, actions.END_REMEDY, ended)
    rows = {row.rule: row for row in Obligation.objects.filter(matter=case.matter)}
    assert rows["reconsideration.litigation"].due_on == dt.date(2025, 11, 4)
    assert rows["reconsideration.report"].due_on == dt.date(2025, 12, 19)
    assert rows["reconsidered.apply_court"].due_on == dt.date(2026, 2, 4)
    with on(dt.date(2025, 11, 3)):
        case = by_head(cast, case, actions.ANSWER_OPINION, data.AnswerOpinion(report="已改进文书（虚构）"))
    assert Obligation.objects.get(pk=rows["reconsideration.report"].pk).settled_at is not None


def test_a_revoked_decision_loses_its_force_and_must_be_withdrawn(cast: Cast) -> None:
    case = served(cast)
    with on(dt.date(2025, 9, 1)):
        form = data.BeginRemedy(party=party_of(case), kind="reconsideration", body="示例区人民政府")
        case = by_officer(cast, case, actions.BEGIN_REMEDY, form)
        ended = data.EndRemedy(remedy=Remedy.objects.get().pk, outcome="revoked")
        with pytest.raises(Invalid):
            by_officer(cast, case, actions.END_REMEDY, ended)
        case = by_officer(cast, case, actions.END_REMEDY, replace(ended, note="主要事实不清（虚构）"))
    decision = decision_of(case)
    assert (decision.outcome, decision.outcome_ground) == ("revoked", "示例区人民政府：主要事实不清（虚构）")
    with on(dt.date(2025, 9, 2)), pytest.raises(Blocked):
        by_head(cast, case, actions.URGE, data.Urge(party=party_of(case)))


def test_the_case_page_shows_how_the_surcharge_is_computed(cast: Cast) -> None:
    case = urged(cast, served(cast), PAY_BY + dt.timedelta(2))
    with on(PAY_BY + dt.timedelta(10)):
        browser = Client()
        browser.force_login(fresh(cast.officer), backend="django.contrib.auth.backends.ModelBackend")
        page = browser.get(f"/desk/cases/{case.pk}/").content.decode()
    assert "加处罚款如何计算？" in page
    assert "1,500.00元" in page
    assert "催告" in page


@pytest.mark.parametrize("kind", ["payment_plan", "surcharge", "urging", "court_application"])
def test_each_paper_has_a_kind(kind: str) -> None:
    from portal.documents.kinds import known_kind

    assert known_kind(f"execution.{kind}") is not None


def applied(cast: Cast, case: Case) -> Case:
    """Urged in February, the court asked on 20 March."""
    case = urged(cast, case, dt.date(2026, 2, 2))
    with on(dt.date(2026, 3, 20)):
        return by_head(cast, case, actions.APPLY, data.ApplyToCourt(court="示例区人民法院"))


def test_what_the_court_collects_is_closed_with_its_surcharge(cast: Cast) -> None:
    case = pay(cast, applied(cast, served(cast)), 5000, "PJ-4", dt.date(2026, 4, 1))
    with on(dt.date(2026, 4, 2)):
        case = by_officer(cast, case, actions.COURT_ANSWER, data.CourtAnswer(outcome="executed"))
        amount = computed(decision_of(case), dt.date(2026, 4, 2))
        assert amount is not None
        form = data.ConfirmSurcharge(through=dt.date(2026, 4, 2), amount=amount.amount)
        case = by_head(cast, case, actions.SURCHARGE, form)
    case = pay(cast, case, int(amount.amount), "PJ-5", dt.date(2026, 4, 3))
    with on(dt.date(2026, 4, 3), 12):
        assert by_head(
            cast, case, case_actions.CLOSE, case_data.Close(ground="performed", opinion="执行完毕")
        ).state == ("closed")


def test_a_case_is_closed_unpaid_only_when_the_court_has_ended_the_execution(cast: Cast) -> None:
    case = applied(cast, served(cast))
    ended = case_data.Close(ground="ended", opinion="法院终结执行（虚构）")
    with on(dt.date(2026, 4, 2)):
        with pytest.raises(Invalid):
            by_head(cast, case, case_actions.CLOSE, ended)
        case = by_officer(cast, case, actions.COURT_ANSWER, data.CourtAnswer(outcome="ended"))
        for ground in ("annulled", "nothing_due"):
            with pytest.raises(Invalid):
                by_head(cast, case, case_actions.CLOSE, replace(ended, ground=ground))
        assert by_head(cast, case, case_actions.CLOSE, ended).state == "closed"


def test_a_plan_far_in_the_future_is_refused_with_a_sentence(cast: Cast) -> None:
    case = served(cast)
    with on(DECIDED + dt.timedelta(2)):
        form = data.Defer(ground="确有困难（虚构）", parts=3, first_due=dt.date(9999, 12, 1), file=1)
        with pytest.raises(Invalid) as caught:
            by_head(cast, case, actions.DEFER, form)
    assert "太远" in caught.value.fields["first_due"]


def test_urging_stands_among_the_next_steps_only_when_it_can_be_done(cast: Cast) -> None:
    case = served(cast)
    for day, there in ((PAY_BY, False), (PAY_BY + dt.timedelta(1), True)):
        with on(day):
            steps = workspace(Case.objects.get(pk=case.pk), case.matter, fresh(cast.officer)).next_steps
        assert ("催告履行" in [step.label for step in steps.steps]) is there
        assert ("催告履行" in [step.label for step in steps.others]) is not there
