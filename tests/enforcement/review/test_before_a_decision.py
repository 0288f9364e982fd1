"""What must come before a decision: a table of what happened, what is decided, which gate answers, which article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from enforcement.cases import actions as steps
from enforcement.cases import hearings
from enforcement.models import Case
from enforcement.review import actions, data
from enforcement.review.models import Suspicion
from portal.workflow import proposals
from portal.workflow.door import perform
from tests import case_scenes as scene
from tests.cast import Cast, fresh
from tests.enforcement.review import scenes as review
from tests.enforcement.review.scenes import decide, unmet

pytestmark = pytest.mark.django_db
DAY = review.REVIEWED
NEXT = DAY + dt.timedelta(days=1)
LATER = DAY + dt.timedelta(days=2)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.date | None], None]:
    """Say on which day a hearing was held, as the app of hearings does."""

    def say(day: dt.date | None) -> None:
        monkeypatch.setattr(hearings, "_last", [lambda _act: day])

    say(None)
    return say


@dataclass(frozen=True)
class Row:
    """One line a lawyer can read: what happened before, what is to be decided, which gate answers, which article."""

    state: str
    blocked: frozenset[str]
    words: str = ""
    changes: dict[str, Any] | None = None


def nothing(_cast: Cast, _case: Case, _heard: Any) -> None:
    """Nobody reviewed anything."""


def sent(cast: Cast, case: Case, _heard: Any) -> None:
    review.submit(cast, case)


def back(cast: Cast, case: Case, _heard: Any) -> None:
    review.returned(cast, case)


def taken_back(cast: Cast, case: Case, _heard: Any) -> None:
    review.submit(cast, case)
    with scene.on(DAY, 11):
        perform(case, actions.WITHDRAW, actor=fresh(cast.officer), data=data.Withdraw(reason="材料不全（虚构）"))


def fine(cast: Cast, case: Case, _heard: Any) -> None:
    review.passed(cast, case)


def mended(cast: Cast, case: Case, _heard: Any) -> None:
    review.returned(cast, case)
    review.submit(cast, case, NEXT, mended="已补充进货凭证（虚构）")
    review.take(cast, case, NEXT)
    review.opine(cast, case, NEXT)


def chaired(cast: Cast, case: Case, _heard: Any) -> None:
    review.returned(cast, case)
    form = data.Chair(attended="承办机构、审核机构（虚构）", note="同意承办机构意见（虚构）")
    with scene.on(DAY, 15):
        perform(case, actions.CHAIR, actor=fresh(cast.head), data=form)


def more_evidence(cast: Cast, case: Case, _heard: Any) -> None:
    review.passed(cast, case)
    with scene.on(NEXT):
        form = scene.evidence_data(name="补充的照片", obtained_on=NEXT)
        perform(case, steps.ADD_EVIDENCE, actor=fresh(cast.officer), data=form)


def hearing_afterwards(cast: Cast, case: Case, heard: Any) -> None:
    review.passed(cast, case)
    heard(NEXT)


def hearing_unreviewed(_cast: Cast, _case: Case, heard: Any) -> None:
    heard(DAY)


def hearing_reviewed(cast: Cast, case: Case, heard: Any) -> None:
    heard(DAY)
    review.passed(cast, case)


def suspected(cast: Cast, case: Case, _heard: Any) -> None:
    review.suspect(cast, case)


def cleared(cast: Cast, case: Case, _heard: Any) -> None:
    review.suspect(cast, case)
    clear(cast, case)


def discussed(cast: Cast, case: Case, _heard: Any) -> None:
    review.deliberate(cast, case)


def discussed_otherwise(cast: Cast, case: Case, _heard: Any) -> None:
    review.deliberate(cast, case, fine=Decimal(4000), content="警告\n罚款4,000元")


def discussed_then_reviewed(cast: Cast, case: Case, _heard: Any) -> None:
    review.deliberate(cast, case)
    review.passed(cast, case, NEXT)


def reviewed_then_discussed(cast: Cast, case: Case, _heard: Any) -> None:
    review.passed(cast, case)
    review.deliberate(cast, case)


def discussed_before_hearing(cast: Cast, case: Case, heard: Any) -> None:
    reviewed_then_discussed(cast, case, heard)
    heard(NEXT)


def clear(cast: Cast, case: Case) -> Suspicion:
    """Chen asks, Zhou decides that it is no crime."""
    with scene.on(DAY, 16):
        form = data.Clear(ground=Suspicion.Ground.NOT_CRIME, reason="数额没有达到立案追诉标准（虚构）")
        proposals.approve(
            proposals.request(case, actions.CLEAR, actor=fresh(cast.officer), data=form), actor=fresh(cast.deputy)
        )
    return Suspicion.objects.get(act=case.pk)


R, D, S = "review_passed", "deliberated", "no_open_suspicion"
OPEN_ROAD: frozenset[str] = frozenset()
LIGHTER = {"fine": Decimal(4000), "lighter_reason": "采纳申辩（虚构）"}
TABLE: list[tuple[Callable[..., None], Row]] = [
    # what happened, then: state in words, gates that block (none: allowed), words of the sentence, what is decided
    (nothing, Row("没有审核，情形都答“否”", OPEN_ROAD)),
    (nothing, Row("没有审核，涉及重大公共利益：58条1款1项", frozenset({R}), "重大公共利益", {"public_interest": True})),
    (nothing, Row("没有审核，经过听证：58条1款2项", frozenset({R}), "听证", {"after_hearing": True})),
    (nothing, Row("没有审核，疑难复杂：58条1款3项", frozenset({R}), "疑难复杂", {"complicated": True})),
    (nothing, Row("没有审核，目录规定：58条1款4项、118号（十二）", frozenset({R}), "目录", {"by_law": True})),
    (
        nothing,
        Row("没有审核，可能引发社会风险：118号（十二）", frozenset({R}), "社会风险", {"social_impact": True}),
    ),
    (sent, Row("正在审核：58条1款", frozenset({R}), "还没有结论")),
    (back, Row("审核退回：58条1款", frozenset({R}), "存在问题")),
    (taken_back, Row("撤回送审，又都答“否”：58条1款", frozenset({R}), "已撤回")),
    (chaired, Row("退回后负责人主持研究，没有再次通过：118号（十四）", frozenset({R}), "存在问题")),
    (fine, Row("审核通过，决定与送审相同", OPEN_ROAD, "", {"complicated": True})),
    (fine, Row("社会风险，审核通过：118号（十二）", OPEN_ROAD, "", {"social_impact": True})),
    (mended, Row("整改后再次送审通过：118号（十三）", OPEN_ROAD, "", {"complicated": True})),
    (fine, Row("审核通过，决定的罚款不同", frozenset({R}), "罚款（5,000 元 → 4,000 元）", LIGHTER)),
    (fine, Row("审核通过，决定的处罚内容不同", frozenset({R}), "处罚内容", {"content": "警告并罚款5,000元，限期缴纳"})),
    (more_evidence, Row("审核之后又取得证据", frozenset({R}), "补充的照片")),
    (hearing_unreviewed, Row("听证之后没有审核：58条1款2项", frozenset({R}), "经过听证程序")),
    (hearing_reviewed, Row("听证之后审核通过", OPEN_ROAD)),
    (hearing_afterwards, Row("审核之后又举行听证：58条1款2项", frozenset({R}), "听证")),
    (suspected, Row("涉嫌犯罪没有排除：57条1款4项、移送规定11条", frozenset({S}), "以行政处罚代替移送")),
    (cleared, Row("涉嫌犯罪已经排除", OPEN_ROAD)),
    (nothing, Row("重大，没有集体讨论：57条2款", frozenset({D}), "集体讨论", {"major": True})),
    (discussed, Row("重大，集体讨论的就是这一决定", OPEN_ROAD, "", {"major": True})),
    (
        discussed_otherwise,
        Row("重大，讨论结论是另一数额：57条2款", frozenset({D}), "4,000 元 → 5,000 元", {"major": True}),
    ),
    (discussed_otherwise, Row("讨论过而答“不重大”：57条2款", frozenset({D}), "4,000 元 → 5,000 元")),
    (discussed_then_reviewed, Row("先讨论、后审核", frozenset({D}), "再次集体讨论", {"major": True})),
    (reviewed_then_discussed, Row("先审核、后讨论", OPEN_ROAD, "", {"major": True, "complicated": True})),
    (discussed_before_hearing, Row("讨论之后又听证", frozenset({R, D}), "听证", {"major": True})),
]


@pytest.mark.parametrize(("before", "row"), TABLE, ids=[row.state for _before, row in TABLE])
def test_what_must_come_before_a_decision(cast: Cast, heard: Any, before: Callable[..., None], row: Row) -> None:
    case = scene.notice_served(cast)
    before(cast, case, heard)
    attempt = decide(cast, case, **(row.changes or {}))
    if not row.blocked:
        assert attempt().state == "requested"
        return
    found = unmet(attempt)
    assert set(found) == row.blocked
    assert row.words in "".join(found.values())


def test_only_what_differs_by_blanks_is_the_same_outcome(cast: Cast) -> None:
    case = scene.notice_served(cast)
    review.passed(cast, case)
    assert decide(cast, case, content="  警告\r\n\n罚款5,000元  ", complicated=True)().state == "requested"


def test_a_new_notice_on_other_facts_needs_a_new_review(cast: Cast) -> None:
    case = scene.notice_served(cast)
    review.passed(cast, case)
    with scene.on(NEXT):
        form = scene.notify_data(case, facts="另一组事实（虚构）")
        proposal = proposals.request(case, steps.RENOTIFY, actor=fresh(cast.officer), data=form)
        proposals.approve(proposal, actor=fresh(cast.head))
    assert "违法事实" in unmet(decide(cast, case))["review_passed"]
