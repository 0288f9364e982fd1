"""Assigning several cases in one step: each by itself through the door, CF-01 judged case by case."""

from __future__ import annotations

from typing import Any

import pytest

from enforcement.cases import actions as case_actions
from enforcement.models import ActOfficer, Case
from enforcement.people.assigning import ASSIGN, Assign, assign
from personnel.models import Officer
from portal.ledger.models import Event
from portal.ledger.verification import verify
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid
from tests import scenes
from tests.cast import Cast, fresh
from tests.personnel.scenes import certificate, identity_number, officer

pytestmark = pytest.mark.django_db
PAGE = "/desk/people/assign/"


def third(cast: Cast, fields: tuple[str, ...] = (scenes.FIELD,)) -> Officer:
    made = officer(cast.market, "丙示例", identity=identity_number(71))
    certificate(made, fields=fields)
    return made


def on_case(case: Case) -> list[tuple[str, str]]:
    rows = ActOfficer.objects.filter(act_id=case.pk, until=None).select_related("officer").order_by("-role", "pk")
    return [(row.officer.name, row.role) for row in rows]


def data(*officers: Officer, **more: Any) -> Assign:
    return Assign(officers=tuple(one.pk for one in officers), reason="按辖区分工（虚构）", **more)


def test_a_lead_is_assigned_and_filed_by_those_it_was_assigned_to(cast: Cast) -> None:
    case = scenes.lead(cast)
    first, second = scenes.certified(cast)
    perform(case, ASSIGN, actor=fresh(cast.head), data=data(second, first))
    assert on_case(case) == [("李示例", "lead"), ("陈示例", "assistant")]
    assert case_actions.FILE.initial is not None
    assert case_actions.FILE.initial(case, cast.officer) == {"officers": [second.pk, first.pk]}
    proposal = proposals.request(case, case_actions.FILE, actor=fresh(cast.officer), data=scenes.file_data(cast))
    proposals.approve(proposal, actor=fresh(cast.head))
    assert on_case(case) == [("陈示例", "lead"), ("李示例", "assistant")]
    assert ActOfficer.objects.filter(act_id=case.pk).count() == 2
    assert not list(verify())


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("one", "办案人员不得少于两人"),
        ("uncertified", "没有登记行政执法证"),
        ("other field", "不含"),
        ("foreign", "不是本部门执法人员"),
    ],
)
def test_an_assignment_that_the_law_does_not_allow_changes_nothing(cast: Cast, who: str, words: str) -> None:
    case = scenes.filed(cast)
    first, _second = scenes.certified(cast)
    other = {
        "one": lambda: first,
        "uncertified": lambda: officer(cast.market, "无证示例", identity=identity_number(72)),
        "other field": lambda: third(cast, ("城市管理",)),
        "foreign": lambda: officer(cast.city, "外人示例", identity=identity_number(73)),
    }[who]()
    before, events = on_case(case), Event.objects.count()
    chosen = data(first) if who == "one" else data(first, other)
    with pytest.raises(Blocked) as blocked:
        perform(case, ASSIGN, actor=fresh(cast.head), data=chosen)
    assert words in blocked.value.sentence
    assert all(one.citation for one in blocked.value.unmet)
    assert (on_case(case), Event.objects.count()) == (before, events)


def test_the_same_officers_again_is_no_assignment(cast: Cast) -> None:
    case = scenes.filed(cast)
    with pytest.raises(Invalid, match="没有变化"):
        perform(case, ASSIGN, actor=fresh(cast.head), data=data(*scenes.certified(cast)))


def test_only_the_departments_heads_assign(cast: Cast) -> None:
    case = scenes.filed(cast)
    for person in (cast.officer, cast.legal, cast.foreign_head, cast.supervision_head):
        with pytest.raises(Forbidden):
            perform(case, ASSIGN, actor=fresh(person), data=data(*reversed(scenes.certified(cast))))


def test_each_case_of_several_is_done_or_told_why_not_by_itself(cast: Cast, sign_in: Any) -> None:
    first, second = scenes.certified(cast)
    new = third(cast)
    good, same = scenes.filed(cast), scenes.filed(cast, scenes.lead(cast, party_name="示例乙店（虚构）"))
    perform(same, ASSIGN, actor=fresh(cast.head), data=data(new, first))
    foreign = scenes.foreign_lead(cast)
    head = sign_in(cast.head)
    listed = head.get("/desk/cases/?view=all").content.decode()
    assert f'name="pick" value="{good.pk}"' in listed
    assert f'value="{same.pk},{good.pk}"' in listed
    page = head.get(PAGE, {"page": f"{good.pk},{same.pk}", "pick": [good.pk, foreign.pk]}).content.decode()
    assert "2 件案件" in page
    assert "有 1 件不在您能看到的范围内" in page
    assert "示例工地" not in page
    sent = {"pick": [good.pk, same.pk, foreign.pk], "lead": new.pk, "officer": [first.pk], "reason": "按辖区（虚构）"}
    before = Event.objects.filter(name=ASSIGN.key).count()
    answer = head.post(PAGE, sent).content.decode()
    assert "1 件已分派" in answer
    assert "1 件没有分派" in answer
    assert "没有变化" in answer
    assert on_case(good) == [("丙示例", "lead"), ("陈示例", "assistant")]
    assert [row.officer for row in ActOfficer.objects.filter(act_id=good.pk).exclude(until=None)] == [second]
    assert Event.objects.filter(name=ASSIGN.key).count() == before + 1
    assert not Event.objects.filter(matter_id=foreign.pk, name=ASSIGN.key).exists()


def test_what_is_missing_is_said_and_what_was_chosen_stays(cast: Cast, sign_in: Any) -> None:
    first, _second = scenes.certified(cast)
    case = scenes.filed(cast)
    head = sign_in(cast.head)
    answer = head.post(PAGE, {"pick": case.pk, "lead": first.pk, "reason": "按辖区（虚构）"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "办案人员不得少于两人" in text
    assert f'<option value="{first.pk}" selected>' in text
    assert "按辖区（虚构）</textarea>" in text
    for nonsense in ({}, {"pick": "x"}, {"page": "9" * 40}, {"page": ",,", "lead": "-1", "officer": "½"}):
        assert head.post(PAGE, nonsense).status_code == 422
        assert head.get(PAGE, nonsense).status_code == 200


def test_an_imported_decision_is_assigned_to_nobody_and_offers_no_box(cast: Cast, sign_in: Any) -> None:
    case = scenes.lead(cast)
    Case.objects.filter(pk=case.pk).update(origin="imported")
    [done] = assign(
        [Case.objects.get(pk=case.pk)],
        [one.pk for one in scenes.certified(cast)],
        reason="按辖区（虚构）",
        actor=fresh(cast.head),
    )
    assert "归集的决定" in done.refusal
    assert 'name="pick"' not in sign_in(cast.head).get("/desk/cases/?view=all").content.decode()


def test_an_officer_is_offered_no_boxes(cast: Cast, sign_in: Any) -> None:
    scenes.filed(cast)
    assert 'name="pick"' not in sign_in(cast.officer).get("/desk/cases/?view=all").content.decode()
