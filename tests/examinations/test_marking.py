"""Case questions: read blind, by somebody who is no candidate; the last mark brings the result, the sheet and the figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from personnel.examinations import answering, marking, preparing, sheets, sittings, statistics
from personnel.examinations.answering import Given
from personnel.examinations.marking import Mark
from personnel.examinations.models import (
    Examination,
    ExaminationSetting,
    ItemStatistic,
    Question,
    QuestionVersion,
    Script,
    Sitting,
)
from personnel.examinations.preparing_data import Invite
from personnel.models import Officer
from portal.documents.models import Document
from portal.ledger.models import Event
from portal.ledger.verification import verify
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid, Overtaken
from tests.cast import Cast
from tests.examinations import scenes
from tests.examinations.files import bank_lines
from tests.personnel import scenes as personnel

WRITTEN = "一、没有告知；二、只有一名执法人员。\n应当撤销。"
ROWS = (("single", 2, "2"), ("case", 1, "10"))


@pytest.fixture
def now() -> Any:
    with time_machine.travel(scenes.moment(10), tick=False) as clock:
        yield clock


@pytest.fixture
def officer(now: Any, cast: Cast) -> Officer:
    return personnel.officer(cast.market, "陈示例", user=cast.officer)


@pytest.fixture
def exam(cast: Cast, officer: Officer) -> Examination:
    scenes.filled(cast)
    scenes.case_question(cast)
    return scenes.published(cast, rows=ROWS, points="9")


def written(exam: Examination, user: Any, text: str = WRITTEN) -> Sitting:
    """A sitting with both choices right and something written, handed in."""
    made = scenes.begun(exam, user)
    for item in made.items.select_related("version__question"):
        right = [answering_letter(item, letter) for letter in item.version.answer]
        given = Given(right, text, writer="w")
        answering.save(item, item.version.question.kind, given, now=timezone.now())
    return sittings.hand_in(made, user=user)


def answering_letter(item: Any, letter: str) -> str:
    return "ABCDEFGHIJ"[item.order.index(letter)]


def mark(cast: Cast, points: str, **more: Any) -> Any:
    script = Script.objects.get(state="waiting")
    return perform(script, marking.MARK, actor=more.get("by", cast.supervisor), data=Mark(points, "要点齐全"))


def test_a_case_question_waits_for_a_reader_and_the_last_mark_brings_the_result(exam: Examination, cast: Cast) -> None:
    made = written(exam, cast.officer)
    assert (made.state, made.halves, scenes.candidate(exam, cast.officer).outcome) == ("ended", None, "marking")
    with pytest.raises(Blocked):  # nobody sits again before there is a result
        scenes.begun(exam, cast.officer)
    mark(cast, "6.5")
    made.refresh_from_db()
    assert (made.state, made.halves, made.passed) == ("marked", 21, True)
    with pytest.raises(Overtaken):
        perform(Script.objects.get(), marking.MARK, actor=cast.second_supervisor, data=Mark("1"))
    assert list(verify()) == []


def test_where_nothing_was_written_nobody_has_to_read(exam: Examination, cast: Cast) -> None:
    made = written(exam, cast.officer, " \n ")
    assert (made.state, made.halves, made.passed, Script.objects.count()) == ("marked", 8, False, 0)


@pytest.mark.parametrize("points", ["", "-1", "10.5", "1e9", "3.3", "十"])
def test_points_are_between_nothing_and_what_the_question_counts(exam: Examination, cast: Cast, points: str) -> None:
    written(exam, cast.officer)
    with pytest.raises(Invalid) as refused:
        mark(cast, points)
    assert set(refused.value.fields) == {"points"}


def test_the_reader_sees_no_name_no_department_and_no_hour_anywhere(
    exam: Examination, cast: Cast, sign_in: Any
) -> None:
    made = written(exam, cast.officer)
    browser = sign_in(cast.supervisor)
    script = Script.objects.get()
    for address in ("/desk/examinations/marking/", f"/desk/examinations/marking/{script.code}/"):
        said = browser.get(address).content.decode()
        for word in ("陈示例", "区市场监管局", "示例区市场监督管理局", str(made.pk), "2026-11-24"):
            assert word not in said.split("<main", 1)[1], (address, word)
    assert WRITTEN.splitlines()[0] in browser.get(f"/desk/examinations/marking/{script.code}/").content.decode()
    # the sitting's own page, which the same person may open, tells neither number nor answer
    own = browser.get(f"/desk/examinations/sittings/{made.pk}/").content.decode()
    assert script.code not in own
    assert "没有告知" not in own
    event = perform(script, marking.MARK, actor=cast.supervisor, data=Mark("5")).event
    assert event.matter_id == exam.pk
    assert "陈示例" not in event.canonical
    assert script.code not in "".join(Event.objects.filter(matter=made.matter).values_list("canonical", flat=True))


def test_who_is_a_candidate_himself_or_no_supervisor_does_not_mark(exam: Examination, cast: Cast) -> None:
    written(exam, cast.officer)
    for person in (cast.head, cast.legal, cast.bureau_admin, cast.counsel):
        with pytest.raises(Forbidden):
            mark(cast, "5", by=person)
    Officer.objects.filter(user=cast.officer).update(user=None)
    Officer.objects.filter(pk=exam.candidates.get().officer_id).update(user=cast.supervisor)
    with pytest.raises(Blocked) as refused:
        mark(cast, "5")
    assert [one.gate for one in refused.value.unmet] == ["marker_is_no_candidate"]
    mark(cast, "5", by=cast.second_supervisor)


def test_marking_in_the_browser_leads_from_one_script_to_the_next(exam: Examination, cast: Cast, sign_in: Any) -> None:
    personnel.officer(cast.market, "李示例", user=cast.second_officer)
    perform(exam, preparing.MORE, actor=cast.supervisor, data=Invite())
    for person in (cast.officer, cast.second_officer):
        written(exam, person)
    browser = sign_in(cast.supervisor)
    first, second = Script.objects.order_by("code")
    assert browser.get(f"/desk/do/{exam.pk}/examinations.script.mark/{first.pk}/")["Location"].endswith(
        f"{first.code}/"
    )
    wrong = browser.post(f"/desk/examinations/marking/{first.code}/", {"points": "99", "remark": "很好"})
    assert (wrong.status_code, "很好" in wrong.content.decode()) == (422, True)
    answer = browser.post(f"/desk/examinations/marking/{first.code}/", {"points": "8"})
    assert answer["Location"] == f"/desk/examinations/marking/{second.code}/"
    assert browser.post(answer["Location"], {"points": "0"})["Location"] == "/desk/examinations/marking/"
    assert set(Sitting.objects.values_list("halves", flat=True)) == {8, 24}


def test_an_examination_is_not_closed_while_somebody_is_still_to_be_read(
    exam: Examination, cast: Cast, now: Any
) -> None:
    written(exam, cast.officer)
    now.move_to(exam.closes_at)
    with pytest.raises(Blocked) as refused:
        perform(exam, preparing.CLOSE, actor=cast.supervisor, data=Nothing())
    assert [one.gate for one in refused.value.unmet] == ["all_marked"]


def test_the_sheet_is_the_bureaus_and_is_given_to_the_person_or_his_administrator(
    exam: Examination, cast: Cast
) -> None:
    made = written(exam, cast.officer)
    mark(cast, "6.5")
    for person in (cast.second_officer, cast.head):
        with pytest.raises(Blocked):
            perform(made, sheets.ISSUE, actor=person, data=Nothing())
    with pytest.raises(Forbidden):
        perform(made, sheets.ISSUE, actor=cast.foreign_officer, data=Nothing())
    for person in (cast.officer, cast.dept_admin):
        perform(made, sheets.ISSUE, actor=person, data=Nothing())
    paper = Document.objects.order_by("pk").first()
    assert paper is not None
    assert paper.number.startswith("示司考绩〔2026〕")
    content = paper.context.get("content", paper.context)
    assert "10.5" in str(content)


def test_difficulty_and_discrimination_are_those_of_the_answers(now: Any, cast: Cast) -> None:
    scenes.adopted(cast, *bank_lines(3, 0, 0))
    users = [cast.officer, cast.second_officer, cast.newcomer, cast.legal]
    for number, user in enumerate(users):
        personnel.officer(cast.market, f"示例{number}", user=user)
    exam = scenes.published(cast, rows=(("single", 3, "1"),), points="1", same_paper=True)
    for user, right in zip(users, (3, 2, 1, 0), strict=True):
        scenes.sat(exam, user, right=right)
    assert statistics.count(timezone.now()) == statistics.count(timezone.now()) == 3
    order = list(Sitting.objects.first().items.order_by("position").values_list("version", flat=True))  # type: ignore[union-attr]
    found = [ItemStatistic.objects.get(version=pk) for pk in order]
    assert [(one.sittings, str(one.difficulty)) for one in found] == [(4, "0.750"), (4, "0.500"), (4, "0.250")]
    # right answers of the first: 1 1 1 0, the rest of the same papers: 2 1 0 0 of 2
    assert str(found[0].discrimination) == "0.522"


def test_a_question_is_judged_only_after_enough_sittings(cast: Cast, sign_in: Any) -> None:
    questions = scenes.filled(cast)
    versions = QuestionVersion.objects.in_bulk()
    rows = [(30, "0.2", "0.4"), (29, "0.2", "0.4"), (31, "0.95", None), (40, "0.5", "0.1")]
    for pk, (count, difficulty, discrimination) in zip(versions, rows, strict=False):
        ItemStatistic.objects.create(
            version_id=pk,
            sittings=count,
            difficulty=difficulty,
            discrimination=discrimination,
            counted_at=timezone.now(),
        )
    browser = sign_in(cast.supervisor)
    said = browser.get("/desk/examinations/statistics/").content.decode()
    assert [word in said for word in ("太难", "太易", "区分不开", "另有 1 题人次不够")] == [True] * 4
    codes = [versions[pk].question.code for pk in list(versions)[:4]]
    assert [code in said for code in codes] == [True, False, True, True]
    weak = browser.get("/desk/examinations/statistics/?remark=weak").content.decode()
    assert [code in weak for code in codes] == [False, False, False, True]
    assert len(questions) == Question.objects.count()


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 302), ({"pass_percent": "0"}, 422), ({"pass_percent": "101"}, 422), ({"attempts": "99"}, 422),
        ({"wait_days": "1e9"}, 422), ({"least_sittings": "1"}, 422), ({"ground": ""}, 422),
        ({"attempts": "99999999999999999999"}, 422), ({"threshold_percent": "101"}, 422),
    ],
)  # fmt: skip
def test_the_local_numbers_are_the_heads_and_a_new_examination_begins_with_them(
    cast: Cast, sign_in: Any, given: dict[str, str], status: int
) -> None:
    numbers = {"pass_percent": "80", "attempts": "3", "wait_days": "10", "least_sittings": "50", "ground": "会议纪要"}
    numbers |= {"second_marking": "on", "threshold_percent": "25"}
    answer = sign_in(cast.supervision_head).post("/desk/examinations/settings/", numbers | given)
    assert (answer.status_code, ExaminationSetting.objects.count()) == (status, int(status == 302))
    if status == 302:
        form = sign_in(cast.supervisor).get("/desk/new/examinations.prepare/").content.decode()
        assert 'value="80"' in form
        assert sign_in(cast.supervisor).post("/desk/examinations/settings/", numbers).status_code == 403


def test_ones_own_page_shows_ones_examinations(exam: Examination, cast: Cast, sign_in: Any) -> None:
    written(exam, cast.officer)
    said = sign_in(cast.officer).get("/desk/personnel/me/").content.decode()
    assert "示例资格考试（虚构）" in said
    assert "待阅卷" in said
    assert exam.closes_at - timezone.now() == dt.timedelta(days=7)
