"""Two readers, a third when they lie far apart; points put right afterwards; more time for one; the notice of retraining."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from personnel.examinations import after_result, marking, preparing, sheets, sittings
from personnel.examinations.marking import Mark, agreed
from personnel.examinations.models import Correction, Examination, ExaminationSetting, Reading, Script, Sitting
from personnel.examinations.preparing_data import Extra
from personnel.models import Officer
from personnel.results import best_result
from portal.documents.models import Document
from portal.inbox.models import Notice
from portal.ledger.verification import verify
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid
from tests.cast import Cast
from tests.examinations import scenes
from tests.examinations.test_marking import ROWS, written
from tests.personnel import scenes as personnel


@pytest.fixture
def now() -> Any:
    with time_machine.travel(scenes.moment(10), tick=False) as clock:
        yield clock


@pytest.fixture
def officer(now: Any, cast: Cast) -> Officer:
    return personnel.officer(cast.market, "陈示例", user=cast.officer)


def exam(cast: Cast, *, double: bool = False, **more: Any) -> Examination:
    scenes.filled(cast)
    scenes.case_question(cast)
    if double:
        ExaminationSetting.objects.create(
            second_marking=True, threshold_percent=20, ground="示例", made_by=cast.supervision_head
        )
    return scenes.published(cast, **{"rows": ROWS, "points": "9"} | more)


def mark(by: Any, points: str) -> Script:
    done: Script = perform(Script.objects.get(), marking.MARK, actor=by, data=Mark(points)).subject
    return done


@pytest.mark.parametrize(
    ("marks", "state", "points"),
    [
        (["6"], "second", None),
        (["6", "8"], "marked", 14),  # 2 of 10 apart is no more than 20 %
        (["6", "7.5"], "marked", 14),  # 6.75 counts up to 7
        (["6", "8.5"], "third", None),
        (["2", "8", "7"], "marked", 15),
        (["2", "8", "3"], "marked", 5),
        (["2", "8", "5"], "marked", 13),  # equally near: the higher pair
    ],
)
def test_two_read_and_a_third_when_they_lie_far_apart(
    officer: Officer, cast: Cast, marks: list[str], state: str, points: int | None
) -> None:
    made = exam(cast, double=True)
    sitting = written(made, cast.officer)
    readers = [cast.supervisor, cast.second_supervisor, cast.supervision_head]
    for reader, given in zip(readers, marks, strict=False):
        script = mark(reader, given)
    assert (script.state, script.halves, script.readings.count()) == (state, points, len(marks))
    sitting.refresh_from_db()
    assert (sitting.state, sitting.halves) == (("marked", 8 + points) if points else ("ended", None))
    assert list(verify()) == []


def test_nobody_reads_the_same_answer_twice_and_none_sees_what_the_other_gave(
    officer: Officer, cast: Cast, sign_in: Any
) -> None:
    written(exam(cast, double=True), cast.officer)
    script = mark(cast.supervisor, "3.5")
    with pytest.raises(Blocked, match="由另一人评阅"):
        mark(cast.supervisor, "9")
    address = f"/desk/examinations/marking/{script.code}/"
    own = sign_in(cast.supervisor).get(address).content.decode()
    assert "您已评阅" in own
    assert 'name="points"' not in own
    other = sign_in(cast.second_supervisor)
    for page in (address, "/desk/examinations/marking/"):
        assert "3.5" not in other.get(page).content.decode().split("<main", 1)[1]
    assert list(marking.unread_by(cast.supervisor)) == []
    mark(cast.second_supervisor, "4")
    said = sign_in(cast.supervisor).get(address).content.decode()
    assert "第 2 次评阅" in said
    assert Reading.objects.count() == 2


def test_one_reads_where_nothing_was_switched_on() -> None:
    assert ExaminationSetting().second_marking is False
    assert [agreed(one) for one in ([7], [6, 9], [4, 4, 20])] == [7, 8, 4]


def corrected(sitting: Sitting, cast: Cast, points: str, position: int = 3) -> Sitting:
    item = sitting.items.get(position=position)
    data = after_result.Correct(item.pk, points, "复核认定第二点也对")
    fresh = Sitting.objects.get(pk=sitting.pk)
    done = personnel.proposed(fresh, after_result.CORRECT, data, by=cast.supervisor, approved_by=cast.supervision_head)
    return done.subject  # type: ignore[no-any-return]  # an outcome's subject is any model


def test_a_correction_turns_the_result_and_everything_that_rests_on_it(officer: Officer, cast: Cast) -> None:
    sitting = written(exam(cast), cast.officer)
    mark(cast.supervisor, "6")
    before = best_result(officer, timezone.localdate())
    assert before is not None
    assert (before.points, before.passed) == ("10", True)
    perform(Sitting.objects.get(), sheets.ISSUE, actor=cast.officer, data=Nothing())
    with pytest.raises(Forbidden):
        perform(
            Sitting.objects.get(), after_result.CORRECT, actor=cast.supervisor, data=after_result.Correct(1, "1", "x")
        )
    failed = corrected(sitting, cast, "2")
    after = best_result(officer, timezone.localdate())
    assert after is not None
    assert (after.points, after.passed, failed.passed) == ("6", False, False)
    assert scenes.candidate(Examination.objects.get(), cast.officer).outcome == "failed"
    assert Document.objects.get().state == Document.State.VOID
    again = corrected(failed, cast, "10")
    assert (again.halves, again.passed) == (28, True)
    entries = list(Correction.objects.values_list("before", "after", "reason"))
    assert entries == [(12, 4, "复核认定第二点也对"), (4, 20, "复核认定第二点也对")]
    assert Notice.objects.filter(user=cast.officer, text__contains="成绩已更正").count() == 2
    assert list(verify()) == []


@pytest.mark.parametrize("points", ["10.5", "-1", "一", "6"])
def test_a_correction_stays_within_the_question_and_changes_something(
    officer: Officer, cast: Cast, points: str
) -> None:
    sitting = written(exam(cast), cast.officer)
    mark(cast.supervisor, "6")
    with pytest.raises(Invalid) as refused:
        corrected(sitting, cast, points)
    assert set(refused.value.fields) == {"points"}


def test_one_candidate_gets_more_time_also_while_he_sits(officer: Officer, cast: Cast, now: Any) -> None:
    made = exam(cast)
    row = scenes.candidate(made, cast.officer)
    perform(made, preparing.EXTRA, actor=cast.supervisor, data=Extra(row.pk, 30, "视力残疾"))
    sitting = scenes.begun(made, cast.officer)
    assert sitting.ends_at - sitting.begun_at == dt.timedelta(minutes=90)
    fresh = Examination.objects.get(pk=made.pk)
    perform(fresh, preparing.EXTRA, actor=cast.supervisor, data=Extra(row.pk, 50, "停电 20 分钟"))
    sitting.refresh_from_db()
    assert sitting.ends_at - sitting.begun_at == dt.timedelta(minutes=110)
    for data in (Extra(row.pk, 50, "x"), Extra(row.pk, 241, "x"), Extra(0, 60, "x"), Extra(row.pk, 60, " ")):
        with pytest.raises(Invalid):
            perform(fresh, preparing.EXTRA, actor=cast.supervisor, data=data)
    assert list(verify()) == []


def test_more_time_reaches_beyond_the_end_of_the_window(officer: Officer, cast: Cast, now: Any) -> None:
    made = exam(cast)
    row = scenes.candidate(made, cast.officer)
    perform(made, preparing.EXTRA, actor=cast.supervisor, data=Extra(row.pk, 30, "视力残疾"))
    now.move_to(made.closes_at - dt.timedelta(minutes=10))
    assert scenes.begun(made, cast.officer).ends_at == made.closes_at + dt.timedelta(minutes=30)


def test_a_holder_who_failed_the_periodic_assessment_gets_his_notice(officer: Officer, cast: Cast, now: Any) -> None:
    personnel.certificate(officer)
    second = personnel.officer(cast.market, "李示例", user=cast.second_officer)
    personnel.certificate(second)
    scenes.filled(cast)
    made = scenes.published(cast, purpose="periodic")
    scenes.sat(made, cast.officer, right=0)
    scenes.sat(made, cast.second_officer, right=6)
    now.move_to(made.closes_at)
    sittings.sweep(timezone.now())
    perform(Examination.objects.get(pk=made.pk), preparing.CLOSE, actor=cast.supervisor, data=Nothing())
    notice = Document.objects.get(kind=after_result.RETRAINING)
    assert notice.issuer == cast.bureau
    assert notice.matter.department == cast.market
    content = notice.context["content"]
    assert (content["name"], content["points"]) == ("陈示例", "0")
    sitting = Sitting.objects.get(candidate__officer=officer)
    for position in range(1, 5):
        sitting = corrected(sitting, cast, "2", position)
    notice.refresh_from_db()
    assert (sitting.passed, notice.state) == (True, Document.State.VOID)
