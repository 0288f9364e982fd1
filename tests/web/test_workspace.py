"""What a matter's page shows beside its own content: path, next steps, clocks, papers, people, events."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from enforcement.models import Case
from portal.documents.models import Document
from portal.ledger.service import append
from portal.web.events import name_event
from portal.web.workspace import timeline, workspace
from tests import scenes
from tests.cast import Cast, fresh

BUDGET = 56  # what twenty-seven steps of seven rooms ask, each question once


def test_the_path_says_where_the_case_is_and_since_when(cast: Cast) -> None:
    case = scenes.filed(cast)
    steps = workspace(case, case.matter, fresh(cast.officer)).path
    assert [(step.label, step.state) for step in steps][:3] == [
        ("登记", "done"),
        ("立案", "now"),
        ("调查终结", "ahead"),
    ]
    assert steps[0].date
    assert steps[1].date
    assert not steps[2].date


def test_possible_steps_come_first_and_a_blocked_one_says_why_with_its_article(cast: Cast) -> None:
    case = scenes.filed(cast)
    steps = workspace(case, case.matter, fresh(cast.officer)).next_steps
    assert [(step.label, step.primary, bool(step.unmet)) for step in steps.steps] == [
        ("添加证据", True, False),
        ("登记执法记录", False, False),
        ("调查终结", False, True),
    ]
    assert steps.steps[2].unmet[0].sentence == "还没有任何证据"  # type: ignore[union-attr]  # made by us
    assert steps.steps[2].unmet[0].citation == ["处罚法46条", "处罚法54条"]  # type: ignore[union-attr]  # made by us
    assert steps.steps[2].met == 2
    assert "增加当事人" in [step.label for step in steps.others]


def test_somebody_elses_step_names_whose_it_is(cast: Cast) -> None:
    case = scenes.lead(cast)
    steps = workspace(case, case.matter, fresh(cast.head)).next_steps
    assert [(step.label, step.blocked) for step in steps.steps] == [("立案", "这一步由经办人提出。")]


def test_an_onlooker_is_offered_nothing(cast: Cast) -> None:
    case = scenes.lead(cast)
    steps = workspace(case, case.matter, fresh(cast.supervisor)).next_steps
    assert steps.steps == []
    assert steps.others == []


def test_a_step_put_forward_leads_to_the_proposal(cast: Cast) -> None:
    proposal = scenes.requested(cast)
    case = Case.objects.get()
    for person in (cast.officer, cast.head):
        step = workspace(case, case.matter, fresh(person)).next_steps.steps[0]
        assert step.url == f"/desk/proposals/{proposal.pk}/"
        assert "陈示例已提交，待审批" in step.label


def test_clocks_carry_their_light_their_article_and_how_they_were_computed(cast: Cast) -> None:
    case = scenes.filed(cast)
    work = workspace(case, case.matter, fresh(cast.officer))
    clock = next(one for one in work.clocks if "决定" in one.name)
    assert clock.words
    assert clock.article
    assert len(clock.trace) >= 2
    assert work.closed_clocks


def test_events_are_told_in_words_with_their_papers_and_people(cast: Cast) -> None:
    case = scenes.filed(cast)
    work = workspace(case, case.matter, fresh(cast.officer))
    assert [(entry.text.split("：")[0], entry.who) for entry in work.timeline] == [
        ("立案", "赵示例"),
        ("登记线索", "陈示例"),
    ]
    number = Document.objects.get().number
    assert work.timeline[0].text == f"立案：{number}"
    assert work.documents.rows[0][1] == number
    assert [(pair.term, pair.value) for pair in work.people] == [("陈示例", "办理 1 步"), ("赵示例", "办理 1 步")]


def test_an_event_without_an_action_is_called_as_its_room_says(cast: Cast) -> None:
    case = scenes.lead(cast)
    append(case.matter, name="tests.looked", actor=cast.officer)
    assert timeline(case.matter)[0][0].text == "tests.looked"
    name_event("tests.looked", "查看身份号码")
    assert timeline(case.matter)[0][0].text == "查看身份号码"


def test_the_workspace_costs_the_same_after_fifty_more_events(cast: Cast) -> None:
    case = scenes.filed(cast)
    place = case.matter

    def asked() -> int:
        person, page = fresh(cast.officer), Case.objects.get(pk=case.pk)
        with CaptureQueriesContext(connection) as found:
            workspace(page, place, person)
        return len(found)

    few = asked()
    for number in range(50):
        append(case.matter, name=f"tests.step_{number}", actor=cast.officer)
    assert asked() == few <= BUDGET
    entries, more = timeline(case.matter)
    assert (len(entries), more) == (12, 40)


def test_the_case_page_is_drawn_from_it(cast: Cast, sign_in: Any) -> None:
    case = scenes.filed(cast)
    page = sign_in(cast.officer).get(f"/desk/cases/{case.pk}/").content.decode()
    for words in ("为什么不能？", "还没有任何证据", "如何计算？", "行政处罚立案审批表"):
        assert words in page


def test_what_an_action_brought_about_is_called_after_the_action(cast: Cast) -> None:
    case = scenes.filed(cast)
    append(case.matter, name="enforcement.case.decide.consequences", actor=cast.head, subject="event:1")
    assert timeline(case.matter)[0][0].text == "“作出处罚决定”引起的变化"


def test_events_written_outside_the_door_have_names_too(cast: Cast) -> None:
    case = scenes.filed(cast)
    for name in ("documents.void", "enforcement.party.identity_shown"):
        append(case.matter, name=name, actor=cast.officer)
        assert "." not in timeline(case.matter)[0][0].text
