"""The day of the hearing and after it: what its record holds, when it may be held anew, what the decision rests on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from enforcement.cases.hearings import last_hearing_day
from enforcement.cases.no_penalty import NO_PENALTY
from enforcement.hearing import actions, data
from enforcement.hearing.models import Answer, Hearing
from enforcement.models import Case
from portal.documents.models import Document
from portal.workflow import proposals
from portal.workflow.availability import available
from portal.workflow.errors import Invalid
from tests import case_scenes as scene
from tests import hearing_scenes as hearing
from tests.cast import Cast, fresh
from tests.enforcement.cases.test_no_penalty import form_of as unpunished
from tests.enforcement.hearing.test_hearing import asked_for, decide, done, unmet
from tests.enforcement.review import scenes as review

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"presented": " "}, "presented"),
        ({"defence": ""}, "defence"),
        ({"signed": "refused", "refusal": ""}, "refusal"),
        ({"signed": "signed", "file": None}, "file"),
        ({"signed": "nonsense"}, "signed"),
        ({"ended_at": hearing.at(hearing.HELD, 9)}, "ended_at"),
        ({"ended_at": hearing.at(hearing.HELD, 23)}, "ended_at"),
        ({"agents": "甲\n乙\n丙"}, "agents"),
    ],
)
def test_what_a_record_must_hold(cast: Cast, changes: dict[str, Any], field: str) -> None:
    case = hearing.told(cast)
    form = replace(hearing.hold_data(cast, case), **changes)
    with pytest.raises(Invalid) as refused:
        done(cast.legal, case, actions.HOLD, form, hearing.HELD)()
    assert set(refused.value.fields) == {field}


def test_a_refused_signature_is_noted_and_the_record_stands(cast: Cast) -> None:
    case = hearing.held(cast, signed="refused", refusal="王小虚认为笔录不全，拒绝签字（虚构）", file=None)
    assert Hearing.objects.get(act_id=case.pk).record is not None


def test_a_party_who_leaves_gives_up_the_hearing_and_the_record_is_kept(cast: Cast) -> None:
    case = hearing.told(cast)
    form = hearing.hold_data(cast, case, left=(case.parties.get().pk,), absence="11:10 离场（虚构）")
    done(cast.legal, case, actions.HOLD, form, hearing.HELD)()
    assert Hearing.objects.get(act_id=case.pk).outcome == "left"
    assert Answer.objects.get().outcome == "left"
    # Part of it was heard: the review must come after it.
    assert last_hearing_day(case) == hearing.HELD


@pytest.mark.parametrize("place", [hearing.HELD - dt.timedelta(days=3), hearing.HELD + dt.timedelta(days=1)])
def test_a_hearing_takes_place_on_the_day_that_was_told(cast: Cast, place: dt.date) -> None:
    case = hearing.told(cast)
    found = unmet(done(cast.legal, case, actions.HOLD, hearing.hold_data(cast, case, place), place))
    assert "on_the_day_told" in found


def test_a_postponed_hearing_is_told_anew(cast: Cast) -> None:
    case = hearing.told(cast)
    form = data.Postpone(held_at=hearing.at(dt.date(2025, 9, 3)), place="示例路 2 号", reason="当事人住院（虚构）")
    with scene.on(dt.date(2025, 8, 20)):
        hearing.by_head(cast, case, actions.POSTPONE, form)
    day = dt.date(2025, 9, 3)
    held = hearing.hold_data(cast, case, day)
    assert "summons_served" in unmet(done(cast.legal, case, actions.HOLD, held, day))
    first, second = hearing.ahead(case).summonses.order_by("pk")
    assert (first.reason, second.reason) == ("", "当事人住院（虚构）")
    case = hearing.told(cast, case, dt.date(2025, 8, 21))
    done(cast.legal, case, actions.HOLD, held, day)()
    assert last_hearing_day(case) == day


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"public": False}, "closed_ground"),
        ({"public": False, "closed_ground": "privacy"}, "closed_note"),
        ({"public": True, "closed_ground": "privacy"}, "closed_ground"),
        ({"place": " "}, "place"),
        ({"held_at": hearing.at(hearing.SCHEDULED)}, "held_at"),
        ({"held_at": hearing.at(dt.date(2999, 1, 1))}, "held_at"),
    ],
)
def test_a_hearing_is_public_unless_one_of_three_grounds_closes_it(
    cast: Cast, changes: dict[str, Any], field: str
) -> None:
    case = hearing.asked(cast)
    with pytest.raises(Invalid) as refused:
        asked_for(cast, case, actions.SCHEDULE, hearing.schedule_data(cast, **changes), hearing.SCHEDULED)()
    assert field in refused.value.fields


# ── the decision (63, 65) ────────────────────────────────────────────────────────────────────────────────────────────


def test_no_decision_while_a_hearing_is_owed(cast: Cast) -> None:
    day = dt.date(2025, 8, 18)
    case = hearing.asked(cast)
    assert "要求听证" in unmet(decide(cast, case, day))["hearing_held"]
    case = hearing.scheduled(cast, case)
    assert "2025-08-25 10:30" in unmet(decide(cast, case, day))["hearing_held"]
    case = hearing.told(cast, case)
    assert "hearing_held" in unmet(decide(cast, case, hearing.HELD))


def test_a_decision_after_a_hearing_rests_on_its_record_and_needs_review(cast: Cast) -> None:
    case = hearing.held(cast)
    day = hearing.HELD + dt.timedelta(days=2)
    assert set(unmet(decide(cast, case, day))) == {"rests_on_hearing_record", "review_passed"}
    found = unmet(decide(cast, case, day, hearing_opinion="采纳当事人关于下架时间的意见（虚构）"))
    assert set(found) == {"review_passed"}
    before = decide(cast, case, hearing.HELD - dt.timedelta(days=3), hearing_opinion="示例")
    assert "hearing_held" in unmet(before)


def test_reviewed_after_the_hearing_it_is_decided_and_the_letter_tells_of_it(cast: Cast) -> None:
    case = hearing.reported(cast)
    day = hearing.REPORTED + dt.timedelta(days=1)
    review.passed(cast, case, day)
    proposal = decide(cast, case, day, hearing_opinion="当天已经下架属实，裁量时已经考虑（虚构）")()
    with scene.on(day, 16):
        case = proposals.approve(proposal, actor=fresh(cast.head)).subject
    assert case.state == "decided"
    letter = Document.objects.get(kind="enforcement.decision_letter")
    assert "根据听证笔录：当天已经下架属实" in letter.context["content"]["defence"]


def test_not_punishing_after_a_hearing_rests_on_its_record_too(cast: Cast) -> None:
    case = hearing.reported(cast)
    day = hearing.REPORTED + dt.timedelta(days=1)
    found = unmet(lambda: not_punished(cast, case, day))
    assert "采纳与否" in found["rests_on_hearing_record"]
    not_punished(cast, case, day, hearing_opinion="采纳：当天已经下架属实（虚构）")
    letter = Document.objects.get(kind="enforcement.no_penalty_letter")
    assert "根据听证笔录：采纳：当天已经下架属实" in letter.context["content"]["told"]


def not_punished(cast: Cast, case: Any, day: dt.date, **changes: Any) -> None:
    """Zhao decides not to punish."""
    with scene.on(day, 16):
        proposal = proposals.request(
            hearing.again(case), NO_PENALTY, actor=fresh(cast.officer), data=unpunished(**changes)
        )
        proposals.approve(proposal, actor=fresh(cast.head))


def test_after_absence_without_reason_the_decision_needs_no_hearing(cast: Cast) -> None:
    case = hearing.told(cast)
    done(cast.dept_admin, case, actions.END, data.End(reason="等候一小时未到（虚构）"), hearing.HELD)()
    assert decide(cast, case, hearing.HELD)().state == "requested"


# ── what the page offers ─────────────────────────────────────────────────────────────────────────────────────────────


def test_each_stage_offers_its_own_step(cast: Cast) -> None:
    def possible(case: Case, who: Any, day: dt.date) -> set[str]:
        with scene.on(day, 15):
            found = available(hearing.again(case), fresh(who))
        return {one.action.key for one in found if one.possible and one.action.key.startswith("hearing.")}

    case = hearing.asked(cast)
    assert possible(case, cast.officer, hearing.SCHEDULED) == {"hearing.schedule", "hearing.refuse", "hearing.withdraw"}
    case = hearing.scheduled(cast, case)
    assert "hearing.serve" in possible(case, cast.officer, hearing.TOLD)
    assert possible(case, cast.legal, hearing.TOLD) == set()
    case = hearing.told(cast, case)
    assert possible(case, cast.legal, hearing.HELD) == {"hearing.hold", "hearing.end"}
    case = hearing.held(cast, case)
    assert possible(case, cast.legal, hearing.REPORTED) == {"hearing.report"}
    assert possible(hearing.reported(cast, case), cast.legal, hearing.REPORTED) == set()
