"""A case's time: what stops it, what lengthens it, by which article; orders to correct. Dates worked out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from enforcement.cases import actions as case_actions
from enforcement.measures import timing_actions as actions
from enforcement.measures.data import timing as forms
from enforcement.measures.models import TimeBasis
from enforcement.models import Case
from portal.deadlines.models import DueChange, Obligation
from portal.documents.models import Document
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import Forbidden
from tests.case_scenes import DECIDED, FILED, decide_data, evidence_data, filed, notice_served, on
from tests.cast import Cast, fresh
from tests.enforcement.measures.scenes import (
    again,
    approved,
    basis,
    done,
    due,
    ladder,
    mistaken,
    party_of,
    refused,
    suspended,
    upload,
)

NINETY = dt.date(2025, 11, 3)  # 4 August and ninety days is 2 November, a Sunday
DAY = dt.timedelta(days=1)


def suspend_form(row: TimeBasis, **changes: Any) -> forms.Suspend:
    return replace(forms.Suspend(basis=row.pk, reason="委托检验（虚构）", expected_on=dt.date(2026, 3, 1)), **changes)


def extend_form(row: TimeBasis, days: int = 30, **changes: Any) -> forms.Extend:
    return replace(forms.Extend(basis=row.pk, days=days, reason="案情复杂（虚构）"), **changes)


@pytest.mark.parametrize(
    ("stretches", "due_on"),
    [
        ([], NINETY),
        ([((8, 10), (8, 30))], dt.date(2025, 11, 24)),  # twenty days: 22 November is a Saturday
        ([((8, 10), (8, 10))], NINETY),  # stopped and resumed on one day takes out nothing
        ([((8, 10), (8, 30)), ((8, 20), (9, 4))], dt.date(2025, 11, 27)),  # twenty-five days, not thirty-five
        ([((8, 10), (9, 4)), ((8, 12), (8, 30))], dt.date(2025, 11, 27)),  # one inside the other
        ([((8, 10), (8, 20)), ((9, 1), (9, 11))], dt.date(2025, 11, 24)),  # apart: ten and ten
    ],
)
def test_the_ninety_days_leave_out_what_the_article_leaves_out(
    cast: Cast, stretches: list[tuple[tuple[int, int], tuple[int, int]]], due_on: dt.date
) -> None:
    case, row = filed(cast), None
    with on(FILED, 8):
        row = basis(cast)
    steps = [(dt.date(2025, *begun), dt.date(2025, *resumed)) for begun, resumed in stretches]
    open_rows = {}
    for day, what, place in sorted(
        [(begun, 0, place) for place, (begun, _end) in enumerate(steps)]
        + [(end, 1, place) for place, (_begun, end) in enumerate(steps)]
    ):
        with on(day, 9 + what):
            if what == 0:
                case = approved(cast, case, actions.SUSPEND, suspend_form(row))
                open_rows[place] = case.suspensions.latest("pk").pk
            else:
                form = forms.Resume(suspension=open_rows[place], reason="报告已出（虚构）")
                case = approved(cast, case, actions.RESUME, form)
    assert due(case, "case.decide") == due_on
    if stretches:
        trace = Obligation.objects.get(matter=case.pk, rule="case.decide").trace
        taken = [step["text"] for step in trace if "不计入，最后一日改为" in step["text"]]
        assert bool(taken) is (due_on != NINETY)
        assert DueChange.objects.filter(obligation__matter=case.pk, obligation__rule="case.decide").exists()


def test_a_department_without_an_article_can_neither_stop_nor_lengthen(cast: Cast) -> None:
    case = filed(cast)
    with on(FILED + DAY):
        other = basis(cast)
        TimeBasis.objects.filter(pk=other.pk).update(department=cast.city)
        found = refused(lambda: approved(cast, case, actions.SUSPEND, suspend_form(other)))
        assert set(found) == {"time_basis", "time_basis_in_force"}
        found = refused(lambda: approved(cast, case, actions.EXTEND, extend_form(other)))
        assert set(found) == {"time_basis", "time_basis_in_force"}


def test_an_article_counts_from_its_first_day_to_its_last(cast: Cast) -> None:
    case = filed(cast)
    with on(FILED + DAY):
        row = basis(cast, effective_from=FILED + 2 * DAY)
        assert "time_basis_in_force" in refused(lambda: approved(cast, case, actions.SUSPEND, suspend_form(row)))
    with on(FILED + 2 * DAY):
        form = forms.EndUse(last_day=FILED + 2 * DAY, reason="规章修订（虚构）")
        assert approved(cast, case, actions.SUSPEND, suspend_form(row)).suspensions.count() == 1
        proposal = proposals.request(row, actions.END_BASIS, actor=fresh(cast.dept_admin), data=form)
        proposals.approve(proposal, actor=fresh(cast.head))
    with on(FILED + 3 * DAY):
        assert "time_basis" in refused(lambda: approved(cast, case, actions.SUSPEND, suspend_form(row)))


def test_while_the_time_stands_evidence_comes_in_and_nothing_is_decided(cast: Cast) -> None:
    case = notice_served(cast)
    with on(dt.date(2025, 8, 11)):
        row = basis(cast)
    case = suspended(cast, case, row, dt.date(2025, 8, 12))
    assert Obligation.objects.get(matter=case.pk, rule="case.decide").paused
    with on(DECIDED):
        perform(again(case), case_actions.ADD_EVIDENCE, actor=fresh(cast.officer), data=evidence_data())
        found = refused(lambda: approved(cast, case, case_actions.DECIDE, decide_data(again(case))))
        assert set(found) == {"time_counts"}
        form = forms.Resume(suspension=case.suspensions.get().pk, reason="报告已出（虚构）")
        approved(cast, case, actions.RESUME, form)
        assert approved(cast, case, case_actions.DECIDE, decide_data(again(case))).state == Case.State.DECIDED


def test_a_stretch_that_is_not_ended_in_time_is_an_alert(cast: Cast) -> None:
    case = filed(cast)
    with on(FILED + DAY):
        case = approved(cast, case, actions.SUSPEND, suspend_form(basis(cast), expected_on=dt.date(2025, 9, 1)))
    clock = Obligation.objects.get(matter=case.pk, rule="measure.resume")
    assert (clock.due_on, clock.kind, clock.department) == (dt.date(2025, 9, 1), "duty", cast.market)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"expected_on": FILED}, "expected_on"),
        ({"expected_on": dt.date(9999, 1, 1)}, "expected_on"),
        ({"on": dt.date(1, 1, 1)}, "on"),
        ({"on": dt.date(2099, 1, 1)}, "on"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_stop_on_an_impossible_day_is_told_beside_the_field(cast: Cast, changes: dict[str, Any], field: str) -> None:
    case = filed(cast)
    with on(FILED + DAY):
        row = basis(cast)
        assert field in mistaken(lambda: approved(cast, case, actions.SUSPEND, suspend_form(row, **changes)))


@pytest.mark.parametrize(
    ("day", "stretch", "first", "second"),
    [
        # no stretch: 2 November + 30 = 2 December; + 45 = 16 January
        (dt.date(2025, 11, 3), None, dt.date(2025, 12, 2), dt.date(2026, 1, 16)),
        # twenty days out: 22 November + 30 = 22 December; + 45 = 5 February
        (dt.date(2025, 11, 24), ((8, 10), (8, 30)), dt.date(2025, 12, 22), dt.date(2026, 2, 5)),
    ],
)
def test_the_ladder_of_article_64_is_climbed_step_by_step(
    cast: Cast, day: dt.date, stretch: Any, first: dt.date, second: dt.date
) -> None:
    case = filed(cast)
    with on(FILED, 8):
        step_one, step_two = ladder(cast)
        row = basis(cast)
    if stretch:
        case = suspended(cast, case, row, dt.date(2025, *stretch[0]), dt.date(2025, *stretch[1]))
    old = due(case, "case.decide")
    with on(day):
        assert mistaken(lambda: approved(cast, case, actions.EXTEND, extend_form(step_one, 31))) == {"days"}
        proof = {"approval": "2025年11月3日集体讨论（虚构）", "file": upload(cast, case)}
        found = refused(lambda: approved(cast, case, actions.EXTEND, extend_form(step_two, 45, **proof)))
        assert set(found) == {"next_step"}
        case = approved(cast, case, actions.EXTEND, extend_form(step_one))
        assert "next_step" in refused(lambda: approved(cast, case, actions.EXTEND, extend_form(step_one)))
        assert mistaken(lambda: approved(cast, case, actions.EXTEND, extend_form(step_two, 45))) == {
            "approval",
            "file",
        }
    assert due(case, "case.decide") == first
    with on(first):
        case = approved(cast, case, actions.EXTEND, extend_form(step_two, 45, **proof))
    rows = [(one.step, one.days, one.old_due, one.new_due) for one in case.extensions.all()]
    assert rows == [(1, 30, old, first), (2, 45, first, second)]
    assert due(case, "case.decide") == second
    papers = Document.objects.filter(matter=case.pk, kind="measures.extension_form", state="ready")
    assert papers.count() == 2


def test_after_the_last_day_nothing_lengthens(cast: Cast) -> None:
    case = filed(cast)
    with on(FILED, 8):
        step_one, _step_two = ladder(cast)
        row = basis(cast)
    with on(NINETY + DAY):
        assert set(refused(lambda: approved(cast, case, actions.EXTEND, extend_form(step_one)))) == {"before_expiry"}
        assert set(refused(lambda: approved(cast, case, actions.SUSPEND, suspend_form(row)))) == {"before_expiry"}


def test_while_the_time_stands_the_shown_day_is_no_end(cast: Cast) -> None:
    case = filed(cast)
    with on(FILED, 8):
        step_one, _step_two = ladder(cast)
        row = basis(cast)
    case = suspended(cast, case, row, dt.date(2025, 8, 10))
    with on(NINETY + DAY):
        found = refused(lambda: approved(cast, case, actions.EXTEND, extend_form(step_one)))
        assert "先恢复计算" in found["before_expiry"]
        assert approved(cast, case, actions.SUSPEND, suspend_form(row)).suspensions.count() == 2


def test_who_handles_the_case_does_not_stop_its_time(cast: Cast) -> None:
    case = filed(cast)
    with on(FILED + DAY):
        row = basis(cast)
        with pytest.raises(Forbidden):
            perform(again(case), actions.SUSPEND, actor=fresh(cast.officer), data=suspend_form(row))
        with pytest.raises(Forbidden):
            proposals.request(again(case), actions.SUSPEND, actor=fresh(cast.foreign_officer), data=suspend_form(row))


# ── order to correct (处罚法28条1款) ────────────────────────────────────────────────────────────────────


def order_form(case: Case, due_on: dt.date, **changes: Any) -> forms.OrderCorrection:
    made = forms.OrderCorrection(
        party=party_of(case), content="停止销售超过保质期的食品（虚构）", violated="《中华人民共和国食品安全法》第三十四条第十项",
        basis="《中华人民共和国行政处罚法》第二十八条第一款", due_on=due_on,
    )  # fmt: skip
    return replace(made, **changes)


def test_an_order_to_correct_has_its_last_day_and_is_looked_at_again(cast: Cast) -> None:
    case = filed(cast)
    with on(FILED + DAY):
        case = approved(cast, case, actions.ORDER_CORRECTION, order_form(case, dt.date(2025, 8, 16)))
    order = case.correction_orders.get()
    clock = Obligation.objects.get(matter=case.pk, rule="measure.correction")
    assert (clock.due_on, clock.bound) == (dt.date(2025, 8, 16), "party")  # a Saturday: the day in the order stays
    assert case.correction_ordered == order.number
    assert "责改" in order.number
    with on(dt.date(2025, 8, 18)):
        form = forms.CheckCorrection(order=order.pk, outcome="corrected", found="已下架（虚构）")
        assert set(refused(lambda: done(cast, case, actions.CHECK_CORRECTION, form))) == {"shown_and_told"}
        done(cast, case, actions.CHECK_CORRECTION, replace(form, certificate_shown=True))
        assert "order" in mistaken(
            lambda: done(cast, case, actions.CHECK_CORRECTION, replace(form, certificate_shown=True))
        )
    clock.refresh_from_db()
    assert clock.settled_at is not None


def test_an_order_cannot_be_due_before_it_is_given(cast: Cast) -> None:
    case = filed(cast)
    with on(FILED + DAY):
        assert mistaken(lambda: approved(cast, case, actions.ORDER_CORRECTION, order_form(case, FILED))) == {"due_on"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"step": None}, "step"),
        ({"step": 0}, "step"),
        ({"step": 10**12}, "step"),
        ({"days": -1, "step": 1}, "days"),
        ({"purpose": "suspend", "step": 1}, "step"),
        ({"law": " ", "step": 1}, "law"),
    ],
)
def test_an_article_is_registered_whole(cast: Cast, changes: dict[str, Any], field: str) -> None:
    assert field in mistaken(lambda: basis(cast, **{"purpose": "extend"} | changes))


def test_stopping_the_time_and_its_end_each_have_their_form(cast: Cast) -> None:
    case = filed(cast)
    row = basis(cast)
    suspended(cast, case, row, dt.date(2025, 8, 10), dt.date(2025, 8, 19))
    stopped, resumed = Document.objects.filter(kind="measures.suspension_form").order_by("pk")
    assert (stopped.title, resumed.title) == ("中止计算办案期限审批表", "恢复计算办案期限审批表")
    assert stopped.context["content"]["basis"] == row.cited
    assert stopped.context["content"]["resumed_on"] == ""
    assert resumed.context["content"]["resumed_reason"]
    assert resumed.context["content"]["head_opinion"]["signers"]
