"""Things in custody: every gate met and unmet, every clock against a date worked out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from enforcement.cases import actions as case_actions
from enforcement.cases import data as case_data
from enforcement.measures import actions, custody
from enforcement.measures.data import custody as forms
from enforcement.measures.data import keeping
from enforcement.measures.data.records import Explain
from enforcement.measures.models import Disposal, Fate, Measure, Thing
from enforcement.measures.requirements import missing_recordings
from enforcement.models import Case, Decision, EnforcementItem
from portal.accounts.models import Department
from portal.deadlines.models import DueChange, Obligation
from portal.documents.models import Document
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import Forbidden
from tests.case_scenes import DECIDED, filed, on, served
from tests.cast import Cast, fresh
from tests.enforcement.measures.scenes import (
    ON_SITE,
    SEIZED,
    again,
    approved,
    carry_data,
    dispose_data,
    done,
    due,
    held,
    mistaken,
    moment,
    order_data,
    ordered,
    party_of,
    power,
    refused,
    seized,
    spot_data,
)

DAY = dt.timedelta(days=1)


# ── seal and seize (强制法17—28条) ──────────────────────────────────────────────────────────────────────


def test_without_an_item_of_its_catalogue_a_department_cannot_seize(cast: Cast) -> None:
    case = filed(cast)
    foreign = power(cast, cast.city)
    with on(SEIZED):
        order = order_data(cast, case)
        EnforcementItem.objects.filter(department=cast.market, kind="measure").update(effective_to=SEIZED - DAY)
        assert {"some_power", "power_given"} == set(refused(lambda: approved(cast, case, actions.ORDER_SEIZURE, order)))
        found = refused(lambda: approved(cast, case, actions.ORDER_SEIZURE, replace(order, item=foreign.pk)))
    assert "不是本部门目录" in found["power_given"]


def test_the_power_to_seize_cannot_be_entrusted(cast: Cast) -> None:
    case = filed(cast)
    Department.objects.filter(pk=cast.market.pk).update(kind=Department.Kind.ENTRUSTED)
    with on(SEIZED):
        found = refused(lambda: approved(cast, case, actions.ORDER_SEIZURE, order_data(cast, case)))
    assert "不得委托" in found["power_given"]


@pytest.mark.parametrize(
    ("field", "words"),
    [("related", "仅限涉案"), ("no_necessities", "生活必需品"), ("not_elsewhere", "其他国家机关")],
)
def test_what_article_23_forbids_is_answered_one_by_one(cast: Cast, field: str, words: str) -> None:
    case = filed(cast)
    with on(SEIZED):
        form = order_data(cast, case, **{field: False})
        found = refused(lambda: approved(cast, case, actions.ORDER_SEIZURE, form))
    assert set(found) == {"lawful_object"}
    assert words in found["lawful_object"]


def test_a_seizure_is_approved_first_and_then_carried_out(cast: Cast) -> None:
    case = filed(cast)
    with on(SEIZED), pytest.raises(Forbidden):
        perform(again(case), actions.ORDER_SEIZURE, actor=fresh(cast.officer), data=order_data(cast, case))
    measure = ordered(cast, case)
    assert not Obligation.objects.filter(matter=case.pk, rule="measure.seizure").exists()
    assert custody.held(case) == []
    with on(SEIZED):
        assert mistaken(lambda: done(cast, case, actions.CARRY_OUT, carry_data(measure, at=moment(SEIZED - DAY)))) == {
            "at"
        }
        assert mistaken(lambda: done(cast, case, actions.CARRY_OUT, carry_data(measure, at=moment(SEIZED + DAY)))) == {
            "at"
        }
        done(cast, case, actions.CARRY_OUT, carry_data(measure))
        assert "measure" in mistaken(lambda: done(cast, case, actions.CARRY_OUT, carry_data(measure)))
    assert due(case, "measure.seizure") == dt.date(2025, 9, 4)
    assert due(case, "measure.film") == dt.date(2025, 8, 7)


@pytest.mark.parametrize("field", sorted(ON_SITE))
def test_each_part_of_article_18_is_ticked_on_the_spot(cast: Cast, field: str) -> None:
    case = filed(cast)
    measure = ordered(cast, case)
    form = replace(carry_data(measure), **{field: False})  # type: ignore[arg-type]  # a flag by its name
    with on(SEIZED):
        found = refused(lambda: done(cast, case, actions.CARRY_OUT, form))
    assert set(found) == {"seizure_on_site"}


def test_the_decision_is_printed_before_it_is_handed_over(cast: Cast) -> None:
    case = filed(cast)
    with on(SEIZED, 8):
        proposal = proposals.request(
            again(case), actions.ORDER_SEIZURE, actor=fresh(cast.officer), data=order_data(cast, case)
        )
        proposals.approve(proposal, actor=fresh(cast.head))
    measure = case.measures.get()
    with on(SEIZED):
        assert "decision_printed" in refused(
            lambda: perform(again(case), actions.CARRY_OUT, actor=fresh(cast.officer), data=carry_data(measure))
        )


@pytest.mark.parametrize("agreed", [True, False])
def test_on_the_spot_a_head_answers_within_twenty_four_hours(cast: Cast, agreed: bool) -> None:
    case = filed(cast)
    with on(SEIZED, 10):
        case = done(cast, case, actions.ON_THE_SPOT, spot_data(cast, case, moment(SEIZED, 9)))
    measure = case.measures.get()
    clock = Obligation.objects.get(matter=case.pk, rule="measure.emergency")
    assert clock.due_at == moment(SEIZED + DAY, 9)
    with on(SEIZED, 15):
        form = forms.Confirm(measure=measure.pk, agreed=agreed, reason="（虚构）")
        with pytest.raises(Forbidden):
            done(cast, case, actions.CONFIRM, form)
        case = done(cast, case, actions.CONFIRM, form, cast.head)
        assert mistaken(lambda: done(cast, case, actions.CONFIRM, form, cast.head)) == {"measure"}
    clock.refresh_from_db()
    assert clock.closed_in_time
    with on(SEIZED + DAY):
        extend = keeping.ExtendSeizure(measure=measure.pk, days=30, reason="案情复杂（虚构）")
        send = dispose_data(measure, "transferred")
        if agreed:
            approved(cast, case, actions.EXTEND_SEIZURE, extend)
        else:
            assert set(refused(lambda: approved(cast, case, actions.EXTEND_SEIZURE, extend))) == {"not_refused"}
            assert "fate_allowed" in refused(lambda: approved(cast, case, actions.DISPOSE, send))
            approved(cast, case, actions.DISPOSE, dispose_data(measure, ground="refused"))
            assert custody.held(case) == []


def test_a_head_who_hears_of_it_after_a_day_is_late_for_ever(cast: Cast) -> None:
    case = filed(cast)
    with on(SEIZED, 10):
        case = done(cast, case, actions.ON_THE_SPOT, spot_data(cast, case, moment(SEIZED, 9)))
    with on(SEIZED + DAY, 11):
        form = forms.Confirm(measure=case.measures.get().pk, agreed=True, reason="（虚构）")
        done(cast, case, actions.CONFIRM, form, cast.head)
    assert not Obligation.objects.get(matter=case.pk, rule="measure.emergency").closed_in_time


@pytest.mark.parametrize(
    ("day", "days", "blocked", "wrong", "new"),
    [
        (dt.date(2025, 9, 4), 30, "", "", dt.date(2025, 10, 4)),  # a Saturday in the holidays: it stays
        (dt.date(2025, 8, 20), 10, "", "", dt.date(2025, 9, 14)),
        (dt.date(2025, 9, 5), 30, "before_its_end", "", None),
        (dt.date(2025, 9, 4), 31, "", "days", None),
        (dt.date(2025, 9, 4), 0, "", "days", None),
        (dt.date(2025, 9, 4), 10**9, "", "days", None),
    ],
)
def test_a_seizure_is_lengthened_once_before_its_end_by_up_to_thirty_days(
    cast: Cast, day: dt.date, days: int, blocked: str, wrong: str, new: dt.date | None
) -> None:
    case = filed(cast)
    measure = seized(cast, case)
    form = keeping.ExtendSeizure(measure=measure.pk, days=days, reason="案情复杂（虚构）")
    with on(day):
        if blocked:
            assert set(refused(lambda: approved(cast, case, actions.EXTEND_SEIZURE, form))) == {blocked}
            return
        if wrong:
            assert mistaken(lambda: approved(cast, case, actions.EXTEND_SEIZURE, form)) == {wrong}
            return
        case = approved(cast, case, actions.EXTEND_SEIZURE, form)
    extension = Measure.objects.get(pk=measure.pk).extension
    assert (extension.old_due, extension.new_due) == (dt.date(2025, 9, 4), new)
    assert due(case, "measure.seizure") == new
    assert DueChange.objects.filter(obligation__rule="measure.seizure", obligation__matter=case.pk).exists()
    with on(day, 15):
        assert set(refused(lambda: approved(cast, case, actions.EXTEND_SEIZURE, form))) == {"extended_once"}
    paper = Document.objects.get(matter=case.pk, kind="measures.seizure_extension")
    assert paper.title == "延长扣押期限决定书"
    with on(day, 16):
        told = keeping.HandOver(document=paper.pk, party=party_of(case), method="direct", receiver="王小虚")
        case = done(cast, case, actions.HAND_OVER, told)
        assert "document" in mistaken(lambda: done(cast, case, actions.HAND_OVER, told))
    assert case.handings.filter(document=paper).count() == 1


@pytest.mark.parametrize(
    ("until", "ended", "due_on"),
    [
        (dt.date(2025, 8, 20), None, dt.date(2025, 9, 14)),  # ten days do not count
        (dt.date(2025, 8, 20), dt.date(2025, 8, 15), dt.date(2025, 9, 9)),  # ended early: five
        (dt.date(2025, 8, 20), dt.date(2025, 8, 25), dt.date(2025, 9, 14)),  # late: the told period counts
    ],
)
def test_the_told_period_of_an_appraisal_does_not_count(
    cast: Cast, until: dt.date, ended: dt.date | None, due_on: dt.date
) -> None:
    case = filed(cast)
    measure = seized(cast, case)
    begun = dt.date(2025, 8, 10)
    with on(begun):
        form = keeping.BeginAppraisal(
            measure=measure.pk, kind="inspection", body="示例检验所（虚构）", begun_on=begun, until=until
        )
        case = approved(cast, case, actions.BEGIN_APPRAISAL, form)
    assert due(case, "measure.seizure") == dt.date(2025, 9, 14)
    if ended is not None:
        with on(ended):
            row = measure.appraisals.get()
            case = done(
                cast, case, actions.END_APPRAISAL, keeping.EndAppraisal(appraisal=row.pk, result="不合格（虚构）")
            )
    assert due(case, "measure.seizure") == due_on
    assert Document.objects.get(matter=case.pk, kind="measures.appraisal_notice").title == "检验期间告知书"


def test_two_appraisals_that_overlap_count_once(cast: Cast) -> None:
    case = filed(cast)
    measure = seized(cast, case)
    for begun, until in ((dt.date(2025, 8, 10), dt.date(2025, 8, 20)), (dt.date(2025, 8, 15), dt.date(2025, 8, 25))):
        with on(begun):
            form = keeping.BeginAppraisal(
                measure=measure.pk, kind="expert", body="示例鉴定所（虚构）", begun_on=begun, until=until
            )
            approved(cast, case, actions.BEGIN_APPRAISAL, form)
    assert due(case, "measure.seizure") == dt.date(2025, 9, 19)  # fifteen days, not twenty


def test_lifting_says_which_case_of_article_28_it_is(cast: Cast) -> None:
    case = filed(cast)
    measure = seized(cast, case)
    with on(SEIZED + DAY):
        found = refused(lambda: approved(cast, case, actions.DISPOSE, dispose_data(measure, ground="")))
        assert set(found) == {"fate_grounded"}
        case = approved(cast, case, actions.DISPOSE, dispose_data(measure, ground="no_violation"))
    assert Obligation.objects.get(matter=case.pk, rule="measure.seizure").closed_in_time
    assert Document.objects.get(matter=case.pk, kind="measures.release").title == "解除扣押决定书"


def test_what_is_confiscated_needs_a_decision_that_confiscates(cast: Cast) -> None:
    case = filed(cast)
    measure = seized(cast, case)
    with on(SEIZED + DAY):
        form = dispose_data(measure, "confiscated", receiver="示例罚没仓库")
        assert set(refused(lambda: approved(cast, case, actions.DISPOSE, form))) == {"confiscation_decided"}
        assert set(refused(lambda: approved(cast, case, actions.DISPOSE, replace(form, kind="appraised")))) == {
            "fate_allowed"
        }
        destroyed = dispose_data(measure, "destroyed", note="")
        assert set(refused(lambda: approved(cast, case, actions.DISPOSE, destroyed))) == {"fate_grounded"}


def test_a_quantity_is_no_more_than_there_is(cast: Cast) -> None:
    case = filed(cast)
    measure = seized(cast, case)
    first, second, _third = measure.things.all()
    with on(SEIZED + DAY):
        for quantity in ("7", "0", "x", "1e3", "-1"):
            form = dispose_data(measure, things=(first.pk,), quantity=quantity)
            assert mistaken(lambda form=form: approved(cast, case, actions.DISPOSE, form)) == {"quantity"}
        form = dispose_data(measure, things=(first.pk, second.pk), quantity="1")
        assert mistaken(lambda: approved(cast, case, actions.DISPOSE, form)) == {"quantity"}
        foreign = dispose_data(measure, things=(first.pk, 10**9))
        assert mistaken(lambda: approved(cast, case, actions.DISPOSE, foreign)) == {"things"}
        case = approved(cast, case, actions.DISPOSE, dispose_data(measure, things=(first.pk,), quantity="2"))
    assert custody.held(case, measure)[0].left == Decimal(4)
    assert custody.balance_problem(case) == ""


def test_the_database_refuses_a_fate_of_more_than_there_is(cast: Cast) -> None:
    case = filed(cast)
    measure = held(cast, case)
    thing = measure.things.all()[0]
    disposal = Disposal.objects.create(measure=measure, kind="returned", on=SEIZED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Fate.objects.create(thing=thing, disposal=disposal, quantity=Decimal("6.001"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Thing.objects.filter(pk=thing.pk).update(quantity=Decimal(60))


def test_a_case_is_not_closed_while_anything_is_held(cast: Cast) -> None:
    case = served(cast)
    Decision.objects.filter(act=case.pk).update(kinds=["warning", "fine", "confiscate_goods"])
    with on(DECIDED, 16):
        pay = case_data.Pay(party=party_of(case), amount=Decimal(5000), receipt="PJ-9")
        case = done(cast, case, case_actions.PAY, pay)
        measure = Measure.objects.create(
            case=case, party=case.parties.get(), kind="seize", item=power(cast), reason="（虚构）", place="仓库",
            keeper="仓库", ordered_on=SEIZED, begun_at=moment(SEIZED),
        )  # fmt: skip
        custody.write_list(measure, custody.read_lines("酸奶，，6，盒")[0])
        close = case_data.Close(ground="performed", opinion="已履行（虚构）")
        found = refused(lambda: approved(cast, case, case_actions.CLOSE, close))
        assert set(found) == {"nothing_held", "recordings_answered"}
        assert "1 件物品没有处理：酸奶" in found["nothing_held"]
        form = dispose_data(measure, "confiscated", receiver="示例罚没仓库")
        case = approved(cast, case, actions.DISPOSE, form)
        assert set(refused(lambda: approved(cast, case, case_actions.CLOSE, close))) == {"recordings_answered"}
        for key in [one.key for one in missing_recordings(case) if one.is_red]:
            case = done(cast, case, actions.EXPLAIN, Explain(key=key, reason="记录仪故障（虚构）"))
        assert approved(cast, case, case_actions.CLOSE, close).state == Case.State.CLOSED


def test_another_departments_people_do_not_act(cast: Cast) -> None:
    case = filed(cast)
    measure = seized(cast, case)
    with on(SEIZED + DAY), pytest.raises(Forbidden):
        proposals.request(again(case), actions.DISPOSE, actor=fresh(cast.foreign_officer), data=dispose_data(measure))
