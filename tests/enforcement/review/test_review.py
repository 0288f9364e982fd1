"""Each rule of a round, of a suspicion and of a deliberation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from enforcement.cases import actions as steps
from enforcement.models import Case, EnforcementAct
from enforcement.review import actions, data
from enforcement.review.models import Reviewer, ReviewSetting, Round, Suspicion
from enforcement.review.rounds import last_round, open_suspicion
from personnel.models import Officer
from portal.accounts.models import PersonGrant
from portal.deadlines.local_terms import set_term
from portal.deadlines.models import Obligation
from portal.deadlines.services import replay
from portal.documents.models import Document
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import Forbidden, Invalid
from tests import case_scenes as scene
from tests.cast import Cast, fresh
from tests.enforcement.review import scenes as review
from tests.enforcement.review.scenes import decide, unmet

pytestmark = pytest.mark.django_db
DAY = review.REVIEWED
NEXT = DAY + dt.timedelta(days=1)


def attempt_take(cast: Cast, case: Case) -> Callable[[], Any]:
    """Wang tries to take the file."""

    def attempt() -> Any:
        with scene.on(DAY, 10):
            return perform(case, actions.TAKE, actor=fresh(cast.legal), data=data.Take())

    return attempt


@pytest.mark.parametrize(
    ("standing", "since", "allowed"),
    [
        (None, None, False),  # nothing is known of him
        (Reviewer.Standing.EXAM, None, True),
        (Reviewer.Standing.EARLIER, dt.date(2016, 5, 1), True),  # he did it before the law asked for the exam
        (Reviewer.Standing.EARLIER, dt.date(2026, 1, 1), False),  # begins only after the review
        (Reviewer.Standing.ENDED, None, False),
    ],
)
def test_a_reviewer_is_qualified_or_did_it_before(
    cast: Cast, standing: str | None, since: dt.date | None, allowed: bool
) -> None:
    case = scene.notice_served(cast)
    review.submit(cast, case)
    if standing is not None:
        review.qualified(cast.legal, Reviewer.Standing.EXAM)
        review.qualified(cast.legal, standing, since=since)
    if allowed:
        attempt_take(cast, case)()
        found = last_round(case)
        assert found is not None
        assert (found.reviewer, found.qualified) == (cast.legal, standing)
    else:
        assert "法律职业资格" in unmet(attempt_take(cast, case))["reviewer_fit"]


def test_an_officer_with_the_legal_qualification_in_the_register_needs_no_other_record(cast: Cast) -> None:
    case = scene.notice_served(cast)
    review.submit(cast, case)
    Officer.objects.create(
        user=cast.legal, department=cast.market, name="王示例", legal_qualified=True, legal_number="A2020"
    )
    attempt_take(cast, case)()
    assert Round.objects.get().certificate == "A2020"


def test_who_handled_the_case_does_not_review_it(cast: Cast) -> None:
    case = scene.notice_served(cast)
    review.submit(cast, case)
    review.qualified(cast.legal)
    Officer.objects.filter(user=cast.second_officer).update(user=cast.legal)
    assert "办理过本案" in unmet(attempt_take(cast, case))["reviewer_fit"]


def test_a_second_reviewer_is_told_who_has_the_file(cast: Cast) -> None:
    case = scene.notice_served(cast)
    review.submit(cast, case)
    review.take(cast, case)
    assert cast.legal.name in unmet(attempt_take(cast, case))["nobody_reviews"]


def test_nothing_is_sent_twice_while_it_waits(cast: Cast) -> None:
    case = scene.notice_served(cast)
    review.submit(cast, case)
    assert set(unmet(lambda: review.submit(cast, case))) == {"no_open_round"}


def test_counsel_sees_the_case_until_the_opinion(cast: Cast) -> None:
    case = scene.notice_served(cast)
    review.submit(cast, case)
    review.qualified(cast.counsel)
    assert not case.matter.is_visible_to(fresh(cast.counsel))
    with scene.on(DAY, 10):
        perform(case, actions.ASSIGN, actor=fresh(cast.head), data=data.Assign(reviewer=cast.counsel.pk))
    assert case.matter.is_visible_to(fresh(cast.counsel))
    found = review.opine(cast, case, by=cast.counsel)
    assert found.state == "passed"
    assert not case.matter.is_visible_to(fresh(cast.counsel))
    assert PersonGrant.objects.get(user=cast.counsel).ended_at is not None


def test_counsel_who_is_replaced_sees_the_case_no_longer(cast: Cast) -> None:
    case = scene.notice_served(cast)
    review.submit(cast, case)
    review.qualified(cast.counsel)
    review.qualified(cast.legal)
    with scene.on(DAY, 10):
        perform(case, actions.ASSIGN, actor=fresh(cast.head), data=data.Assign(reviewer=cast.counsel.pk))
        with pytest.raises(Invalid) as refused:
            perform(case, actions.ASSIGN, actor=fresh(cast.head), data=data.Assign(reviewer=cast.legal.pk))
        assert set(refused.value.fields) == {"reason"}
        form = data.Assign(reviewer=cast.legal.pk, reason="时间冲突（虚构）")
        perform(case, actions.ASSIGN, actor=fresh(cast.head), data=form)
    assert not case.matter.is_visible_to(fresh(cast.counsel))
    with pytest.raises(Forbidden):
        review.opine(cast, case, by=cast.counsel)


@pytest.mark.parametrize("part", ["officer", "foreign_head", "supervisor", "policeman"])
def test_nobody_else_is_made_reviewer(cast: Cast, part: str) -> None:
    case = scene.notice_served(cast)
    review.submit(cast, case)
    person = getattr(cast, part)
    review.qualified(person)
    with scene.on(DAY, 10):
        found = unmet(lambda: perform(case, actions.ASSIGN, actor=fresh(cast.head), data=data.Assign(person.pk)))
    assert person.name in found["reviewer_fit"]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"crime": ""}, {"crime"}),
        ({"law": "problem"}, {"law_note", "verdict"}),
        ({"law": "problem", "law_note": "引用条款有误（虚构）"}, {"verdict"}),  # a problem does not pass
        ({"verdict": "returned", "to_mend": "补充（虚构）"}, {"verdict"}),  # nor does it come back without one
        ({"opinion": "同意。"}, {"opinion"}),
        ({"opinion": "  "}, {"opinion"}),
        ({"verdict": "open"}, {"verdict"}),
        ({"on": dt.date(2025, 8, 1)}, {"on"}),
        ({"on": dt.date(9999, 1, 1)}, {"on"}),
    ],
)
def test_an_opinion_answers_each_point_and_follows_from_them(
    cast: Cast, changes: dict[str, Any], fields: set[str]
) -> None:
    case = scene.notice_served(cast)
    review.submit(cast, case)
    review.take(cast, case)
    with pytest.raises(Invalid) as refused:
        review.opine(cast, case, form=review.opine_data(**changes))
    assert set(refused.value.fields) == fields


def test_evidence_that_came_after_the_submission_does_not_pass_unseen(cast: Cast) -> None:
    case = scene.notice_served(cast)
    review.submit(cast, case)
    review.take(cast, case)
    with scene.on(DAY, 10):
        perform(case, steps.ADD_EVIDENCE, actor=fresh(cast.officer), data=scene.evidence_data(name="迟到的照片"))
    assert "迟到的照片" in unmet(lambda: review.opine(cast, case))["file_unchanged"]
    assert review.opine(cast, case, form=review.returned_data()).state == "returned"


def test_after_a_return_it_is_said_what_was_mended_and_rounds_are_kept(cast: Cast) -> None:
    case = scene.notice_served(cast)
    review.returned(cast, case)
    with pytest.raises(Invalid) as refused:
        review.submit(cast, case, NEXT)
    assert set(refused.value.fields) == {"mended"}
    review.submit(cast, case, NEXT, mended="已补充（虚构）")
    assert [(one.place, one.state) for one in Round.objects.order_by("pk")] == [(1, "returned"), (2, "open")]


def test_point_eight_records_the_suspicion(cast: Cast) -> None:
    case = scene.notice_served(cast)
    review.submit(cast, case)
    review.take(cast, case)
    form = review.returned_data(crime="problem", crime_note="数额可能达到立案追诉标准（虚构）")
    found = review.opine(cast, case, form=form)
    known = open_suspicion(case)
    assert known is not None
    assert (known.round, known.recorded_by) == (found, cast.legal)
    assert set(unmet(decide(cast, case))) == {"review_passed", "no_open_suspicion"}


def test_a_suspicion_is_not_cleared_by_who_handles_the_case(cast: Cast) -> None:
    case = scene.notice_served(cast)
    review.suspect(cast, case)
    form = data.Clear(ground=Suspicion.Ground.NOT_CRIME, reason="不是（虚构）")
    with scene.on(DAY, 13), pytest.raises(Forbidden):
        perform(case, actions.CLEAR, actor=fresh(cast.officer), data=form)


@pytest.mark.parametrize("ground", [Suspicion.Ground.NOT_FILED, Suspicion.Ground.EXEMPT])
def test_what_the_police_or_the_judiciary_decided_is_proved_by_their_paper(cast: Cast, ground: str) -> None:
    case = scene.notice_served(cast)
    review.suspect(cast, case)
    form = data.Clear(ground=ground, reason="已收到答复（虚构）")
    with scene.on(DAY, 13), pytest.raises(Invalid) as refused:
        proposals.request(case, actions.CLEAR, actor=fresh(cast.officer), data=form)
    assert set(refused.value.fields) == {"file"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        (lambda cast: {"participants": (cast.head.pk, cast.head.pk)}, "participants"),
        (lambda cast: {"participants": (cast.head.pk, cast.legal.pk)}, "participants"),
        (lambda cast: {"participants": (cast.head.pk, cast.foreign_head.pk)}, "participants"),
        (lambda cast: {"participants": ()}, "participants"),
        (lambda cast: {"positions": f"{cast.head.name}：同意"}, "positions"),
        (lambda cast: {"positions": f"{cast.head.name}：同意\n{cast.deputy.name}："}, "positions"),
        (lambda _cast: {"conclusion": " "}, "conclusion"),
        (lambda _cast: {"kinds": ("fine",), "fine": None}, "fine"),
    ],
)
def test_a_deliberation_names_its_leaders_and_what_each_said(
    cast: Cast, changes: Callable[[Cast], dict[str, Any]], field: str
) -> None:
    case = scene.notice_served(cast)
    with pytest.raises(Invalid) as refused:
        review.deliberate(cast, case, **changes(cast))
    assert field in refused.value.fields


def test_one_leader_is_no_collective_and_the_number_is_local(cast: Cast) -> None:
    case = scene.notice_served(cast)
    alone: dict[str, Any] = {"participants": (cast.head.pk,), "positions": f"{cast.head.name}：同意"}
    assert "参照" in unmet(lambda: review.deliberate(cast, case, **alone))["enough_leaders"]
    ReviewSetting.objects.create(department=cast.market, leaders=3, from_on=DAY, ground="示例制度（虚构）")
    assert "3 名" in unmet(lambda: review.deliberate(cast, case))["enough_leaders"]


def test_what_needs_review_is_reviewed_before_it_is_discussed(cast: Cast) -> None:
    case = scene.notice_served(cast)
    review.returned(cast, case)
    assert set(unmet(lambda: review.deliberate(cast, case))) == {"reviewed_first"}


def test_a_department_that_reviews_after_the_notice_does_not_send_before(cast: Cast) -> None:
    case = scene.investigated(cast)
    ReviewSetting.objects.create(order="after", from_on=scene.FILED, ground="示例制度（虚构）")
    assert set(unmet(lambda: review.submit(cast, case, scene.CONCLUDED))) == {"review_order"}
    ReviewSetting.objects.create(order="either", department=cast.market, from_on=scene.FILED, ground="示例（虚构）")
    assert review.submit(cast, case, scene.CONCLUDED).place == 1


def test_a_department_that_reviews_first_does_not_notify_what_was_returned(cast: Cast) -> None:
    case = scene.investigated(cast)
    ReviewSetting.objects.create(order="before", from_on=scene.FILED, ground="示例制度（虚构）")
    review.returned(cast, case, scene.CONCLUDED)

    def notify(**changes: Any) -> Any:
        with scene.on(scene.NOTIFIED):
            form = scene.notify_data(case, **changes)
            return proposals.request(case, steps.NOTIFY, actor=fresh(cast.officer), data=form)

    assert set(unmet(notify)) == {"reviewed_before_notice"}
    review.submit(cast, case, scene.CONCLUDED, mended="已补充（虚构）")
    review.take(cast, case, scene.CONCLUDED)
    review.opine(cast, case, scene.CONCLUDED)
    assert "罚款" in unmet(lambda: notify(fine=Decimal(6000)))["reviewed_before_notice"]
    assert notify().state == "requested"


def test_the_clock_runs_from_the_submission_and_the_departments_own_number_counts(cast: Cast) -> None:
    case = scene.notice_served(cast)
    first = review.submit(cast, case)
    clock = Obligation.objects.get(matter=case.matter, rule="review.opinion", about=first.about)
    assert (clock.due_on, clock.law) == (dt.date(2025, 9, 1), "BM-02")  # ten working days from 18 August
    with scene.on(DAY, 10):
        set_term(
            "review.opinion", "5 workdays", valid_from=DAY, ground="BM-08（虚构）", actor=None, department=cast.market
        )
        replay(case.matter)
    clock.refresh_from_db()
    assert clock.due_on == dt.date(2025, 8, 25)
    with scene.on(DAY, 11):
        form = data.Extend(workdays=3, reason="案情复杂（虚构）")
        perform(case, actions.EXTEND, actor=fresh(cast.head), data=form)
    clock.refresh_from_db()
    assert clock.due_on == dt.date(2025, 8, 28)
    review.take(cast, case)
    review.opine(cast, case)
    clock.refresh_from_db()
    assert clock.settled_at is not None


def test_the_three_papers_say_what_was_sent_said_and_discussed(cast: Cast) -> None:
    case = scene.notice_served(cast)
    review.passed(cast, case)
    review.deliberate(cast, case)
    scene.render_all()
    found = {one.kind: one for one in Document.objects.filter(matter=case.matter, kind__startswith="review.")}
    assert {one.state for one in found.values()} == {"ready"}
    assert found["review.opinion"].number.startswith("示市监法审〔2025〕")
    assert len(found["review.opinion"].context["content"]["points"]) == 8
    assert found["review.deliberation"].context["content"]["review"] == found["review.opinion"].number
    guest = EnforcementAct.objects.get(pk=case.pk)
    assert not Document.objects.visible_to(fresh(cast.policeman)).filter(matter=guest.matter).exists()
