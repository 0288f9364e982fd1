"""Sittings: begun by the person himself, timed by the server, saved at once, ended once, marked without asking anybody."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from personnel.examinations import answering, bank, preparing, sittings
from personnel.examinations.answering import Given
from personnel.examinations.content import Why
from personnel.examinations.drawing import digest_of
from personnel.examinations.models import Answer, Change, Examination, Question, Sitting
from personnel.examinations.pools import paper_of, stored_paper
from personnel.examinations.preparing_data import Invite, Prolong
from personnel.models import Officer
from personnel.results import best_result
from portal.inbox.models import Notice
from portal.ledger.models import Event
from portal.ledger.verification import verify
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid, Overtaken
from tests.cast import Cast
from tests.examinations import scenes
from tests.personnel import scenes as personnel

NOON = scenes.moment(10)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def now() -> Any:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def officer(cast: Cast) -> Officer:
    return personnel.officer(cast.market, "陈示例", user=cast.officer)


@pytest.fixture
def exam(now: Any, cast: Cast, officer: Officer) -> Examination:
    scenes.filled(cast)
    return scenes.published(cast)


def refused(call: Callable[[], Any]) -> str:
    with pytest.raises(Blocked) as found:
        call()
    return "".join(one.sentence for one in found.value.unmet)


def test_an_examination_is_announced_only_with_a_blueprint_the_bank_can_fill(
    now: Any, cast: Cast, officer: Officer
) -> None:
    scenes.filled(cast)
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"rows": ()}, "has_rows"),
        ({"rows": (("single", 13, "1"),)}, "enough_questions"),
        ({"rows": (("case", 1, "20"),)}, "enough_questions"),
        ({"points": "10.5"}, "pass_mark_fits"),
        ({"purpose": "periodic"}, "somebody_eligible"),
    )
    for given, gate in cases:
        made = scenes.draft(cast, **given)
        with pytest.raises(Blocked) as found:
            perform(made, preparing.PUBLISH, actor=cast.supervisor, data=Invite())
        assert [one.gate for one in found.value.unmet] == [gate]
    late = scenes.draft(cast)
    now.shift(dt.timedelta(days=8))
    assert "截止时间已经过了" in refused(lambda: perform(late, preparing.PUBLISH, actor=cast.supervisor, data=Invite()))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"minutes": 0}, "minutes"), ({"minutes": 10**9}, "minutes"), ({"attempts": 0}, "attempts"),
        ({"wait_days": 999_999}, "wait_days"), ({"points": "1e999999"}, "points"), ({"points": "60.3"}, "points"),
        ({"points": ""}, "points"), ({"title": " "}, "title"), ({"purpose": "x"}, "purpose"), ({"after": 1}, "after"),
        ({"purpose": "retraining"}, "after"), ({"closes_at": NOON - MINUTE}, "closes_at"),
        ({"closes_at": dt.datetime(9999, 12, 31, tzinfo=dt.UTC)}, "closes_at"),
        ({"opens_at": dt.datetime(1, 1, 2, tzinfo=dt.UTC)}, "closes_at"),
    ],
)  # fmt: skip
def test_impossible_arrangements_are_told_at_their_field(
    now: Any, cast: Cast, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as found:
        scenes.draft(cast, **given)
    assert set(found.value.fields) == {field}


def test_who_is_asked_follows_the_purpose_and_nobody_who_reads_the_bank_is(
    now: Any, cast: Cast, officer: Officer
) -> None:
    scenes.filled(cast)
    holder = personnel.officer(cast.market, "李示例", user=cast.second_officer)
    personnel.certificate(holder)
    personnel.officer(cast.bureau, "陆示例", user=cast.supervisor)
    personnel.officer(cast.market, "离岗者", active=False)
    for purpose, asked in (("qualification", {officer}), ("periodic", {holder})):
        made = scenes.published(cast, purpose=purpose)
        assert {one.officer for one in made.candidates.all()} == asked
        assert Notice.objects.filter(user=asked.copy().pop().user, kind="examinations").count() == 1
    newcomer = personnel.officer(cast.city, "新示例")
    first = Examination.objects.get(purpose="qualification")
    perform(first, preparing.MORE, actor=cast.supervisor, data=Invite())
    assert first.candidates.filter(officer=newcomer).count() == 1
    assert "没有符合条件" in refused(lambda: perform(first, preparing.MORE, actor=cast.supervisor, data=Invite()))


def test_the_paper_can_be_drawn_again_from_what_was_recorded_whatever_has_become_of_the_bank(
    exam: Examination, cast: Cast
) -> None:
    before = scenes.begun(exam, cast.officer)
    for question in Question.objects.all()[:20]:
        perform(question, bank.WITHDRAW, actor=cast.supervisor, data=Why("不用了"))
        change = Change.objects.get(question=question, state="proposed")
        perform(change, bank.ACCEPT, actor=cast.second_supervisor, data=Nothing())
    assert paper_of(before) == stored_paper(before)
    event = Event.objects.get(matter=before.matter, name="examinations.sitting.begin")
    assert json.loads(event.canonical)["data"]["paper"] == digest_of(paper_of(before))


def test_everybody_has_a_paper_of_his_own_unless_all_have_the_same(now: Any, cast: Cast, officer: Officer) -> None:
    scenes.filled(cast)
    personnel.officer(cast.market, "李示例", user=cast.second_officer)
    for same in (False, True):
        made = scenes.published(cast, same_paper=same)
        papers = {digest_of(stored_paper(scenes.begun(made, person))) for person in (cast.officer, cast.second_officer)}
        assert len(papers) == (1 if same else 2)


def test_a_sitting_survives_a_closed_browser_and_its_time_runs_on(exam: Examination, cast: Cast, now: Any) -> None:
    first = scenes.begun(exam, cast.officer)
    paper = stored_paper(first)
    now.shift(20 * MINUTE)
    again = scenes.begun(exam, cast.officer)
    assert (again.pk, stored_paper(again), again.seconds_left(timezone.now())) == (first.pk, paper, 40 * 60)


def test_one_begins_only_in_the_window_and_who_begins_late_has_less_time(
    exam: Examination, cast: Cast, now: Any
) -> None:
    now.move_to(NOON - MINUTE)
    assert "还没有开放" in refused(lambda: scenes.begun(exam, cast.officer))
    now.move_to(exam.closes_at)
    assert "截止" in refused(lambda: scenes.begun(exam, cast.officer))
    now.move_to(exam.closes_at - 10 * MINUTE)
    assert scenes.begun(exam, cast.officer).seconds_left(timezone.now()) == 600


def test_nobody_sits_for_somebody_else(exam: Examination, cast: Cast) -> None:
    mine = scenes.candidate(exam, cast.officer)
    assert "本人" in refused(lambda: sittings.begin(mine, user=cast.second_officer))
    made = scenes.begun(exam, cast.officer)
    assert "本人" in refused(lambda: sittings.hand_in(made, user=cast.second_officer))


def test_marks_follow_from_the_answers_and_half_a_multiple_choice_is_nothing(
    now: Any, cast: Cast, officer: Officer
) -> None:
    scenes.filled(cast)
    exam = scenes.published(cast, rows=(("single", 4, "2"), ("multiple", 2, "1.5"), ("judge", 2, "1")), points="9.5")
    made = scenes.begun(exam, cast.officer)
    scenes.answer(made, right=8)
    half = made.items.filter(version__question__kind="multiple").first()
    assert half is not None
    answering.save(half, "multiple", Given(letters=["A"], writer="test"), now=timezone.now())
    ended = sittings.hand_in(made, user=cast.officer)
    assert (ended.state, ended.halves, ended.full_halves, ended.passed) == ("marked", 23, 26, True)
    row = scenes.candidate(exam, cast.officer)
    assert (row.outcome, row.halves) == ("passed", 23)
    told = Notice.objects.filter(user=cast.officer, text__contains="11.5 分，合格")
    assert told.count() == 1
    found = best_result(officer, timezone.localdate())
    assert found is not None
    assert (found.points, found.full, found.passed, found.sitting) == ("11.5", "13", True, ended.pk)
    assert best_result(officer, timezone.localdate() - dt.timedelta(days=1)) is None
    assert list(verify()) == []


def test_only_a_qualification_examination_opens_the_way_to_a_certificate(
    now: Any, cast: Cast, officer: Officer
) -> None:
    scenes.filled(cast)
    personnel.certificate(officer)
    scenes.sat(scenes.published(cast, purpose="periodic"), cast.officer, right=6)
    assert best_result(officer, timezone.localdate()) is None


def test_one_tries_again_only_after_failing_after_the_wait_and_not_too_often(
    exam: Examination, cast: Cast, now: Any
) -> None:
    first = scenes.sat(exam, cast.officer, right=1)
    assert (first.passed, scenes.candidate(exam, cast.officer).outcome) == (False, "failed")
    assert "2026-11-28 起" in refused(lambda: scenes.begun(exam, cast.officer))
    now.shift(dt.timedelta(days=3))
    assert "2026-11-28 起" in refused(lambda: scenes.begun(exam, cast.officer))
    now.shift(dt.timedelta(days=1))
    second = scenes.begun(exam, cast.officer)
    assert (second.attempt, digest_of(stored_paper(second)) == digest_of(stored_paper(first))) == (2, False)
    scenes.answer(second, right=2)
    sittings.hand_in(second, user=cast.officer)
    assert "最多考 2 次" in refused(lambda: scenes.begun(exam, cast.officer))


def test_who_has_passed_does_not_sit_again(exam: Examination, cast: Cast, now: Any) -> None:
    scenes.sat(exam, cast.officer, right=6)
    now.shift(dt.timedelta(days=5))
    assert "已经合格" in refused(lambda: scenes.begun(exam, cast.officer))


def test_an_answer_after_the_end_is_refused_and_what_was_saved_stays(exam: Examination, cast: Cast, now: Any) -> None:
    made = scenes.begun(exam, cast.officer)
    item = made.items.select_related("version__question").first()
    assert item is not None
    now.shift(60 * MINUTE - dt.timedelta(milliseconds=1))
    assert answering.save(item, "single", Given(letters=["B"], writer="a"), now=timezone.now()).how == "saved"
    now.shift(dt.timedelta(milliseconds=1))
    assert answering.save(item, "single", Given(letters=["C"], seen=1, writer="a"), now=timezone.now()).how == "over"
    assert Answer.objects.get().chosen == [item.order[1]]
    ended = sittings.expire(made)
    assert (ended.state, ended.ended_how, ended.ended_at) == ("marked", "time", made.ends_at)
    assert answering.save(item, "single", Given(letters=["C"], seen=1, writer="a"), now=NOON).how == "over"


def test_the_sweep_ends_what_is_over_once_however_late_and_often(exam: Examination, cast: Cast, now: Any) -> None:
    made = scenes.begun(exam, cast.officer)
    scenes.answer(made, right=6)
    now.shift(59 * MINUTE)
    assert sittings.sweep(timezone.now()) == 0
    now.shift(dt.timedelta(days=6))
    assert [sittings.sweep(timezone.now()) for _time in range(2)] == [1, 0]
    made.refresh_from_db()
    assert (made.state, made.passed, made.ended_at) == ("marked", True, made.ends_at)
    with pytest.raises(Overtaken):
        sittings.hand_in(made, user=cast.officer)


def test_two_browsers_do_not_overwrite_each_other_unseen(exam: Examination, cast: Cast) -> None:
    made = scenes.begun(exam, cast.officer)
    item = made.items.select_related("version__question").first()
    assert item is not None

    def save(letter: str, page: str, seen: int) -> tuple[str, int]:
        found = answering.save(item, "single", Given([letter], seen=seen, writer=page), now=timezone.now())
        return found.how, found.revision

    assert save("A", "desktop", 0) == ("saved", 1)
    assert save("B", "desktop", 0) == ("saved", 2)  # quick clicks in one page, answered out of turn
    assert save("C", "phone", 0) == ("other", 2)
    assert save("B", "phone", 0) == ("saved", 2)  # the same answer is no quarrel
    assert save("C", "phone", 2) == ("saved", 3)
    assert save("A", "desktop", 2) == ("other", 3)
    assert Answer.objects.get().chosen == [item.order[2]]


@pytest.mark.parametrize(
    ("kind", "letters", "kept"),
    [("single", ["A", "B"], 1), ("judge", ["A", "B"], 1), ("single", ["J", "Z"], 0), ("multiple", ["A", "A", "C"], 2)],
)
def test_only_letters_that_were_shown_are_kept(
    now: Any, cast: Cast, officer: Officer, kind: str, letters: list[str], kept: int
) -> None:
    scenes.filled(cast)
    exam = scenes.published(cast, rows=((kind, 3, "2"),), points="1")
    made = scenes.begun(exam, cast.officer)
    item = made.items.first()
    assert item is not None
    answering.save(item, kind, Given(letters=letters, text="<b>", writer="x" * 99), now=timezone.now())
    found = Answer.objects.get()
    assert (len(found.chosen), found.text, len(found.writer)) == (kept, "", 32)


def test_when_it_is_over_the_absent_are_named_and_the_failed_hear_of_retraining(
    exam: Examination, cast: Cast, now: Any
) -> None:
    away = personnel.officer(cast.market, "李示例", user=cast.second_officer)
    perform(exam, preparing.MORE, actor=cast.supervisor, data=Invite())
    scenes.sat(exam, cast.officer, right=0)
    assert "还没有到截止时间" in refused(lambda: perform(exam, preparing.CLOSE, actor=cast.supervisor, data=Nothing()))
    now.move_to(exam.closes_at)
    perform(exam, preparing.CLOSE, actor=cast.supervisor, data=Nothing())
    assert dict(exam.candidates.values_list("officer__user__username", "outcome")) == {"chen": "failed", "li": "absent"}
    assert Notice.objects.filter(text__contains="须参加补训后再考").count() == 2
    assert Notice.objects.filter(user=cast.dept_admin, text__contains="2 人没有合格").count() == 1
    again = scenes.published(cast, purpose="retraining", after=exam.pk)
    assert {one.officer for one in again.candidates.all()} == {away, Officer.objects.get(user=cast.officer)}


def test_an_examination_somebody_has_begun_is_not_cancelled_but_can_be_prolonged(
    exam: Examination, cast: Cast, now: Any
) -> None:
    later = exam.closes_at + dt.timedelta(days=1)
    scenes.begun(exam, cast.officer)
    assert "不能取消" in refused(lambda: perform(exam, preparing.CANCEL, actor=cast.supervisor, data=Why("停电")))
    made = perform(exam, preparing.PROLONG, actor=cast.supervisor, data=Prolong(later, "停电")).subject
    assert made.closes_at == later
    with pytest.raises(Invalid):
        perform(made, preparing.PROLONG, actor=cast.supervisor, data=Prolong(later, "停电"))
    with pytest.raises(Forbidden):
        perform(made, preparing.PROLONG, actor=cast.dept_admin, data=Prolong(later + MINUTE, "停电"))


@pytest.mark.concurrency
def test_handing_in_and_the_sweep_at_the_same_moment_end_it_once(committed_database: str, cast: Cast) -> None:
    made = ready(cast)
    outcomes = at_once(
        lambda: sittings.hand_in(made, user=cast.officer).ended_how, lambda: sittings.expire(made).ended_how
    )
    made.refresh_from_db()
    assert made.state == "marked"
    assert (
        Event.objects.filter(
            matter=made.matter, name__in=["examinations.sitting.hand_in", "examinations.sitting.expire"]
        ).count()
        == 1
    )
    assert Event.objects.filter(matter=made.matter, name="examinations.sitting.finish").count() == 1
    assert all(isinstance(one, str | Overtaken) for one in outcomes)
    assert list(verify()) == []


@pytest.mark.concurrency
def test_two_browsers_that_begin_at_once_sit_one_sitting(committed_database: str, cast: Cast) -> None:
    exam = opened(cast)
    pks = at_once(*(lambda: scenes.begun(exam, cast.officer).pk for _browser in range(2)))
    assert pks[0] == pks[1]
    assert Sitting.objects.count() == 1


@pytest.mark.concurrency
def test_an_answer_racing_the_hand_in_is_counted_or_refused_never_kept_uncounted(
    committed_database: str, cast: Cast
) -> None:
    exam = opened(cast)
    made = scenes.begun(exam, cast.officer)
    items = list(made.items.select_related("version__question"))

    def all_right() -> int:
        return sum(
            answering.save(
                one, "single",
                Given(["ABCD"[one.order.index(one.version.answer[0])]], writer="w"), now=timezone.now(),
            ).how == "saved"
            for one in items
        )  # fmt: skip

    saved, _ended = at_once(all_right, lambda: sittings.hand_in(made, user=cast.officer))
    made.refresh_from_db()
    assert Answer.objects.count() == saved
    assert made.halves == sum(one.halves for one in made.items.filter(answer__isnull=False))


def opened(cast: Cast) -> Examination:
    personnel.officer(cast.market, "陈示例", user=cast.officer)
    scenes.filled(cast)
    return scenes.published(cast)


def ready(cast: Cast) -> Sitting:
    """A sitting whose time is just over."""
    exam = opened(cast)
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=1), tick=True):
        made = scenes.begun(exam, cast.officer)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE examinations_sitting SET begun_at = now() - interval '1 hour', ends_at = now()")
    made.refresh_from_db()
    return made


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each answers, or raises, when all are called at the same moment over connections of their own."""
    start, found = threading.Barrier(len(calls)), list[Any]([None] * len(calls))

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            start.wait()
            found[place] = call()
        except BaseException as trouble:  # noqa: BLE001 - the caller looks at it
            found[place] = trouble
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
