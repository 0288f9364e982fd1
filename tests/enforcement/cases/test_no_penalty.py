"""The decision not to punish: exactly one ground of the law, and what follows it; never a fine."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from disclosure.public.decision_page import decision_context
from disclosure.public.models import PublishedDecision
from enforcement.cases import actions, data
from enforcement.cases.no_penalty import NO_PENALTY
from enforcement.models import Case, Decision
from enforcement.people import actions as people_actions
from enforcement.people import data as people_data
from portal import settings_public
from portal.deadlines.models import Obligation
from portal.documents.models import Document
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid
from tests import case_scenes as scene
from tests.cast import Cast, fresh

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 8, 12)
BORN = "650204201108040011"  # fourteen on 4 August 2025, the day of the act in the scenes


def form_of(**changes: Any) -> data.NoPenalty:
    """Minor, put right in time, without harm."""
    made = data.NoPenalty(
        ground="minor",
        facts="货架上有超过保质期的酸奶 1 盒（虚构）",
        evidence="现场检查笔录，证明当场下架（虚构）",
        reasons="数量极少，没有售出（虚构）",
        corrected="检查当日下架销毁，8 月 6 日复查属实（虚构）",
        education="8 月 6 日当面宣讲进货查验义务（虚构）",
    )
    return replace(made, **changes)


def request(cast: Cast, case: Case, form: data.NoPenalty, day: dt.date = DAY) -> Any:
    """Put forward by Chen."""
    with scene.on(day):
        return proposals.request(Case.objects.get(pk=case.pk), NO_PENALTY, actor=fresh(cast.officer), data=form)


def decided(cast: Cast, case: Case, form: data.NoPenalty | None = None, day: dt.date = DAY) -> Case:
    """Decided by Zhao, the paper made."""
    proposal = request(cast, case, form or form_of(), day)
    with scene.on(day):
        proposals.approve(proposal, actor=fresh(cast.head))
        scene.render_all()
    return Case.objects.get(pk=case.pk)


def blocked(cast: Cast, case: Case, form: data.NoPenalty) -> dict[str, str]:
    """The gates the request is stopped by."""
    with pytest.raises(Blocked) as stopped:
        request(cast, case, form)
    assert all(one.citation for one in stopped.value.unmet)
    return {one.gate: one.sentence for one in stopped.value.unmet}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"ground": ""}, {"ground"}),
        ({"ground": "nonsense"}, {"ground"}),
        ({"corrected": " "}, {"corrected"}),
        ({"ground": "first", "corrected": ""}, {"corrected"}),
        ({"education": ""}, {"education"}),
        ({"ground": "no_fault", "education": ""}, {"education"}),
        ({"ground": "under_age"}, {"guardian"}),
        ({"ground": "no_capacity", "education": "", "guardian": ""}, {"guardian", "education"}),
        ({"reasons": ""}, {"reasons"}),
        ({"evidence": ""}, {"evidence"}),
        ({"kinds": ("fine",)}, {"ground"}),
        ({"fine": Decimal(5000)}, {"ground"}),
        ({"on": dt.date(2025, 8, 1)}, {"on"}),
        ({"on": dt.date(2099, 1, 1)}, {"on"}),
    ],
)
def test_each_ground_asks_for_what_the_law_asks(cast: Cast, changes: dict[str, Any], fields: set[str]) -> None:
    case = scene.investigated(cast)
    with pytest.raises(Invalid) as refused:
        request(cast, case, form_of(**changes))
    assert set(refused.value.fields) == fields


@pytest.mark.parametrize("ground", ["not_proven", "too_late"])
def test_nobody_is_taught_for_what_is_not_proven_or_too_old(cast: Cast, ground: str) -> None:
    case = scene.investigated(cast)
    Case.objects.filter(pk=case.pk).update(occurred_on=dt.date(2022, 1, 1), discovered_on=dt.date(2025, 8, 4))
    assert request(cast, case, form_of(ground=ground, education="", corrected="")).state == "requested"


@pytest.mark.parametrize(
    ("occurred", "endangers", "allowed"),
    [
        (dt.date(2023, 8, 3), False, True),  # the two years ended on 3 August, found on the fourth
        (dt.date(2023, 8, 4), False, False),  # found on the last day
        (dt.date(2023, 8, 3), True, False),  # five years
        (None, False, False),
    ],
)
def test_too_late_is_what_the_period_says(cast: Cast, occurred: dt.date | None, endangers: bool, allowed: bool) -> None:
    case = scene.investigated(cast)
    Case.objects.filter(pk=case.pk).update(occurred_on=occurred, endangers=endangers)
    form = form_of(ground="too_late", education="", corrected="")
    if allowed:
        assert request(cast, case, form).state == "requested"
    else:
        assert set(blocked(cast, case, form)) == {"no_penalty_ground"}


@pytest.mark.parametrize(
    ("occurred", "allowed"), [(dt.date(2025, 8, 3), True), (dt.date(2025, 8, 4), False), (None, False)]
)
def test_under_fourteen_is_counted_on_the_day_of_the_act(cast: Cast, occurred: dt.date | None, allowed: bool) -> None:
    young = {"party_kind": "natural", "party_name": "童小虚", "identity": BORN, "credit_code": ""}
    case = scene.investigated(cast, **young)
    Case.objects.filter(pk=case.pk).update(occurred_on=occurred)
    form = form_of(ground="under_age", guardian="责令其父管教（虚构）", corrected="")
    if allowed:
        assert request(cast, case, form).state == "requested"
    else:
        assert set(blocked(cast, case, form)) == {"no_penalty_ground"}


@pytest.mark.parametrize("ground", ["under_age", "no_capacity"])
def test_a_company_is_neither_a_child_nor_ill(cast: Cast, ground: str) -> None:
    case = scene.investigated(cast)
    found = blocked(cast, case, form_of(ground=ground, guardian="示例", corrected=""))
    assert "不是自然人" in found["no_penalty_ground"]


def test_who_was_punished_before_is_a_first_offender_only_with_a_reason(cast: Cast) -> None:
    scene.decided(cast)
    case = scene.investigated(cast)
    found = blocked(cast, case, form_of(ground="first"))
    assert "2025-08-18" in found["no_penalty_ground"]
    form = form_of(ground="first", first_answer="前一处罚是另一领域的行为（虚构）")
    assert request(cast, case, form).state == "requested"


def test_it_is_put_forward_and_decided_by_two_people(cast: Cast) -> None:
    case = scene.investigated(cast)
    with scene.on(DAY), pytest.raises(Forbidden):
        perform(case, NO_PENALTY, actor=fresh(cast.head), data=form_of())
    with pytest.raises(Forbidden):
        proposals.request(case, NO_PENALTY, actor=fresh(cast.foreign_officer), data=form_of())


def test_an_open_recusal_waits_for_its_decision(cast: Cast) -> None:
    case = scene.investigated(cast)
    with scene.on(DAY, 9):
        form = people_data.Declare(ground="亲属（虚构）")
        perform(case, people_actions.DECLARE, actor=fresh(cast.officer), data=form)
    assert "recusals_decided" in blocked(cast, case, form_of())


def test_an_investigation_may_end_with_the_proposal_not_to_punish(cast: Cast) -> None:
    case = scene.filed(cast)
    with scene.on(scene.CONCLUDED):
        perform(case, actions.ADD_EVIDENCE, actor=fresh(cast.officer), data=scene.evidence_data())
        mixed = scene.conclude_data(no_penalty=True)
        with pytest.raises(Invalid) as refused:
            perform(case, actions.CONCLUDE, actor=fresh(cast.officer), data=mixed)
        assert set(refused.value.fields) == {"no_penalty"}
        plain = scene.conclude_data(no_penalty=True, kinds=(), content="", fine=None)
        case = perform(case, actions.CONCLUDE, actor=fresh(cast.officer), data=plain).subject
    assert (case.proposed_kinds, case.proposed_content) == ([], "不予行政处罚")
    assert decided(cast, case).state == "no_penalty"


@pytest.mark.parametrize("stage", [scene.investigated, scene.notice_served])
def test_it_ends_the_ninety_days_and_goes_public_within_twenty_working_days(cast: Cast, stage: Any) -> None:
    case = decided(cast, stage(cast))
    duties = {one.rule: one for one in Obligation.objects.filter(matter=case.matter)}
    assert duties["case.decide"].settled_at is not None
    assert duties["decision.disclose"].due_on == dt.date(2025, 9, 9)
    assert duties["decision.serve"].due_on == dt.date(2025, 8, 21)
    assert "decision.pay" not in duties
    decision = Decision.objects.get(act=case.pk)
    assert (decision.fine, decision.kinds, decision.content) == (None, [], "不予行政处罚")
    assert "第三十三条第一款" in decision.basis
    paper = Document.objects.get(kind="enforcement.no_penalty_letter")
    assert paper.number == "示市监不罚〔2025〕1号"
    assert paper.state == "ready"


def test_a_decision_that_imposes_nothing_has_no_fine_in_the_database(cast: Cast) -> None:
    case = decided(cast, scene.investigated(cast))
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(act=case.pk).update(fine=Decimal(100))


def test_it_is_served_on_everybody_and_then_closed_on_its_own_ground(cast: Cast) -> None:
    case = decided(cast, scene.investigated(cast))
    close = data.Close(ground="no_penalty", opinion="已送达（虚构）")
    with scene.on(DAY, 14):
        with pytest.raises(Blocked) as stopped:
            proposals.request(case, actions.CLOSE, actor=fresh(cast.officer), data=close)
        assert {one.gate for one in stopped.value.unmet} == {"decision_reached_all"}
        served = perform(case, actions.SERVE_DECISION, actor=fresh(cast.officer), data=scene.serve_data(case, DAY))
        assert served.subject.state == "no_penalty"
        # Nothing to pay and nothing to enforce; the party may object like to any decision.
        running = set(Obligation.objects.open().filter(matter=case.matter).values_list("rule", flat=True))
        assert running == {"decision.disclose", "decision.reconsideration", "decision.litigation"}
        wrong = data.Close(ground="performed", opinion="示例")
        with pytest.raises(Invalid):
            proposals.request(served.subject, actions.CLOSE, actor=fresh(cast.officer), data=wrong)
        proposal = proposals.request(served.subject, actions.CLOSE, actor=fresh(cast.officer), data=close)
        assert proposals.approve(proposal, actor=fresh(cast.head)).subject.state == "closed"


def test_a_penalty_is_not_closed_as_none(cast: Cast) -> None:
    case = scene.served(cast)
    with scene.on(scene.DECIDED, 16), pytest.raises(Invalid) as refused:
        proposals.request(
            case, actions.CLOSE, actor=fresh(cast.officer), data=data.Close(ground="no_penalty", opinion="示例")
        )
    assert set(refused.value.fields) == {"ground"}


def test_the_public_reads_that_nothing_was_imposed(cast: Cast, settings: Any) -> None:
    case = decided(cast, scene.investigated(cast))
    with scene.on(DAY, 14):
        perform(case, actions.SERVE_DECISION, actor=fresh(cast.officer), data=scene.serve_data(case, DAY))
        scene.published(cast, case)
        row = PublishedDecision.objects.get()
        assert (row.act_kind, row.penalty_kinds, row.allowed_days, row.late) == ("no_penalty", [], 20, False)
        settings.ROOT_URLCONF = settings_public.ROOT_URLCONF
        page = decision_context(RequestFactory().get("/"), row)
    told = {str(pair.term): str(pair.value) for pair in page["pairs"]}
    assert (told["行为种类"], page["outcome"], str(page["outcome_title"])) == (
        "不予行政处罚",
        "不予行政处罚",
        "决定内容",
    )
    assert {"作出机关", "事实", "依据", "理由"} <= set(told)
    assert not {"处罚种类", "处罚机关", "处罚依据", "违法事实", "裁量", "罚款", "没收"} & set(told)
