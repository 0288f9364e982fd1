"""The assessment of the impact on an enterprise: a table of what was found, whether a decision may follow, by what."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from enforcement.cases import actions
from enforcement.impact.actions import ASSESS, SCHEME
from enforcement.impact.data import Assess
from enforcement.impact.models import Assessment
from enforcement.impact.page import section
from enforcement.models import Case, Party
from portal.documents.models import Document
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid
from tests import case_scenes as scene
from tests.cast import Cast, fresh

pytestmark = pytest.mark.django_db


def form_of(**changes: Any) -> Assess:
    """Little of anything."""
    made = Assess(
        situation="食品零售，从业 6 人，据年报（虚构）",
        production="none",
        money="some",
        people="none",
        chain="none",
        credit="none",
        outcome="small",
        reasons="罚款占上年营业额的百分之一（虚构）",
        money_note="一次缴纳有压力（虚构）",
    )
    return replace(made, **changes)


def assess(cast: Cast, case: Case, actor: Any = None, **changes: Any) -> Assessment:
    """Assessed by Chen."""
    with scene.on(scene.DECIDED, 9):
        perform(Case.objects.get(pk=case.pk), ASSESS, actor=fresh(actor or cast.officer), data=form_of(**changes))
    return Assessment.objects.latest("pk")


SOFTENED = {"outcome": "softened", "measures": "准许分期缴纳（虚构）"}
ADJUST = {"outcome": "adjust", "people": "grave", "people_note": "将停工裁员（虚构）"}
TABLE: list[tuple[str, list[dict[str, Any]], bool]] = [
    ("没有评估：法律没有要求", [], True),
    ("影响较小", [{}], True),
    ("采取措施后可以决定", [SOFTENED], True),
    ("应当先调整处理意见", [ADJUST], False),
    ("调整之后再评估", [ADJUST, SOFTENED], True),
    ("后来才认为应当调整", [{}, ADJUST], False),
]


@pytest.mark.parametrize(("state", "found", "allowed"), TABLE, ids=[row[0] for row in TABLE])
def test_a_decision_waits_for_what_the_assessment_asks(
    cast: Cast, state: str, found: list[dict[str, Any]], allowed: bool
) -> None:
    case = scene.notice_served(cast)
    for changes in found:
        assess(cast, case, **changes)

    def decide() -> Any:
        with scene.on(scene.DECIDED, 10):
            form = scene.decide_data(case)
            return proposals.request(Case.objects.get(pk=case.pk), actions.DECIDE, actor=fresh(cast.officer), data=form)

    if allowed:
        assert decide().state == "requested", state
        return
    with pytest.raises(Blocked) as blocked:
        decide()
    assert [(one.gate, one.citation) for one in blocked.value.unmet] == [("impact_settled", (SCHEME,))]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"production": "?"}, "production"),
        ({"money_note": " "}, "money_note"),
        ({"situation": ""}, "situation"),
        ({"reasons": ""}, "reasons"),
        ({"outcome": ""}, "outcome"),
        ({"outcome": "softened"}, "measures"),
        ({"people": "grave", "people_note": "停工（虚构）"}, "outcome"),
        ({"on": dt.date(1, 1, 1)}, "on"),
        ({"on": dt.date(2099, 1, 1)}, "on"),
    ],
)
def test_an_assessment_is_whole_and_its_conclusion_follows(cast: Cast, changes: dict[str, Any], name: str) -> None:
    case = scene.investigated(cast)
    with pytest.raises(Invalid) as refused:
        assess(cast, case, **changes)
    assert name in refused.value.fields


def test_people_who_do_no_business_are_not_assessed(cast: Cast) -> None:
    case = scene.investigated(cast)
    Party.objects.filter(act=case.pk).update(kind="natural")
    with pytest.raises(Blocked) as blocked:
        assess(cast, case)
    assert [one.gate for one in blocked.value.unmet] == ["against_enterprise"]
    assert section(Case.objects.get(pk=case.pk), fresh(cast.officer)) is None


def test_other_departments_do_not_assess_nor_see_it(cast: Cast) -> None:
    case = scene.investigated(cast)
    with pytest.raises(Forbidden):
        assess(cast, case, actor=cast.supervisor)
    assess(cast, case)
    case = Case.objects.get(pk=case.pk)
    assert section(case, fresh(cast.officer)) is not None
    assert section(case, fresh(cast.foreign_officer)) is None


def test_the_paper_says_who_assessed_what(cast: Cast) -> None:
    case = scene.notice_served(cast)
    row = assess(cast, case, **SOFTENED)
    paper = Document.objects.get(kind="impact.assessment")
    assert row.document == paper
    content = paper.context["content"]
    assert content["proposal"] == "警告\n罚款5,000元"
    assert content["author"] == fresh(cast.officer).name
    assert {"label": "资金", "text": "有一定影响：一次缴纳有压力（虚构）"} in content["answers"]


def test_the_page_asks_for_it_before_the_decision(cast: Cast) -> None:
    shown = section(scene.investigated(cast), fresh(cast.officer))
    assert shown is not None
    assert [pair.term for pair in shown.pairs] == ["还没有评估"]
