"""Signing in, closing, correcting: once each, at the right time, by the right people."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from personnel.models import Officer
from personnel.training import sessions, statements
from personnel.training.codes import STEP_SECONDS, code_of, is_current, step_of
from personnel.training.hours import HoursProblem, read_day, read_days, read_tenths, shown
from personnel.training.models import Attendance, Session, TrainingHours
from personnel.training.session_data import Arrange, SignCode, credit_choices
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Invalid, Overtaken
from tests.cast import Cast
from tests.personnel import scenes as personnel
from tests.training import scenes

DAY = dt.date(2026, 11, 24)
NOON = scenes.moment(DAY, 10)


@pytest.fixture
def now() -> Any:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def officer(cast: Cast) -> Officer:
    return personnel.officer(cast.market, "陈示例", user=cast.officer)


def today(cast: Cast, **more: Any) -> Session:
    return scenes.session(cast.dept_admin, {DAY: "4"}, **more)


def test_hours_are_read_in_tenths_and_nothing_finer() -> None:
    assert (read_day("4.5"), read_day(" 4 学时"), shown(45), shown(-40)) == (45, 40, "4.5", "−4")
    for wrong in ("4.55", "很多", "0", "-1", "12.1", "NaN"):
        with pytest.raises(HoursProblem):
            read_day(wrong)
    assert read_days("2026-12-31 4\n2027年1月4日 6") == {dt.date(2026, 12, 31): 40, dt.date(2027, 1, 4): 60}


@pytest.mark.usefixtures("now")
@pytest.mark.parametrize("text", ["1e999999", "NaN", "Infinity", "９", "4.5.1", "", "1" * 30])
def test_what_is_no_number_of_hours_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(HoursProblem):
        read_tenths(text)


def test_a_session_over_several_days_needs_its_hours_day_by_day(cast: Cast) -> None:
    for text, field in (("", "days"), (f"{DAY.isoformat()} 4\n2026-12-01 4", "days")):
        given = Arrange(
            "central", "示例", "钱示例", "示例会议室", NOON, NOON + dt.timedelta(days=1), hours="8", days=text
        )
        with pytest.raises(Invalid) as refused:
            perform(None, sessions.ARRANGE, actor=cast.dept_admin, data=given)
        assert set(refused.value.fields) == {field}


def test_a_code_is_good_in_its_step_and_the_next_and_never_before() -> None:
    code = code_of(7, step_of(NOON))
    step = dt.timedelta(seconds=STEP_SECONDS)
    assert is_current(7, code, NOON)
    assert is_current(7, code, NOON + step)
    assert not is_current(7, code, NOON + 2 * step)
    assert not is_current(7, code, NOON - step)
    assert not is_current(8, code, NOON)
    assert not is_current(7, code[:-1], NOON)
    assert not is_current(7, "²-x", NOON)


def test_the_phone_signs_in_once_and_an_old_code_not_at_all(
    cast: Cast, now: Any, officer: Officer, sign_in: Any
) -> None:
    made = today(cast)
    browser = sign_in(cast.officer)
    old = f"/desk/training/sign/{made.pk}/{code_of(made.pk, step_of(NOON))}/"
    assert browser.get(old).status_code == 200
    assert not Attendance.objects.exists()
    now.shift(2 * STEP_SECONDS)
    answer = browser.post(old)
    assert (answer.status_code, Attendance.objects.count()) == (422, 0)
    assert "已经过期" in answer.content.decode()
    fresh = f"/desk/training/sign/{made.pk}/{code_of(made.pk, step_of(timezone.now()))}/"
    for _again in range(2):
        assert browser.post(fresh).status_code == 302
    row = Attendance.objects.get()
    assert (row.officer, row.on, row.way, row.by) == (officer, DAY, "code", cast.officer)


@pytest.mark.usefixtures("officer")
def test_the_phone_does_not_sign_in_before_or_after_the_session(cast: Cast, now: Any, sign_in: Any) -> None:
    made = today(cast)
    browser = sign_in(cast.officer)
    for hour in (8, 12):
        now.move_to(scenes.moment(DAY, hour))
        address = f"/desk/training/sign/{made.pk}/{code_of(made.pk, step_of(timezone.now()))}/"
        assert browser.post(address).status_code == 422
    assert not Attendance.objects.exists()


@pytest.mark.usefixtures("now")
def test_a_session_is_for_the_departments_it_is_open_to(cast: Cast, sign_in: Any) -> None:
    foreigner = personnel.officer(cast.city, "孙示例", user=cast.foreign_officer)
    closed, opened = today(cast), today(cast, open_to=(cast.city.pk,))
    code = step_of(timezone.now())
    browser = sign_in(cast.foreign_officer)
    assert browser.post(f"/desk/training/sign/{closed.pk}/{code_of(closed.pk, code)}/").status_code == 404
    assert browser.post(f"/desk/training/sign/{opened.pk}/{code_of(opened.pk, code)}/").status_code == 302
    assert Attendance.objects.get().officer == foreigner


@pytest.mark.usefixtures("now")
def test_a_file_takes_the_good_rows_and_explains_the_others(cast: Cast, sign_in: Any) -> None:
    made = today(cast)
    first, second, _third = (personnel.officer(cast.market, name) for name in ("甲示例", "乙示例", "乙示例"))
    number = personnel.certificate(second).number
    personnel.officer(cast.city, "丙示例")
    rows = f"签到表\n姓名,执法证号,日期\n甲示例,,2026-11-24\n乙示例,{number},\n乙示例,,\n丙示例,,\n甲示例,,2026-11-25\n甲示例,,昨天\n,X1,\n"
    file = SimpleUploadedFile("签到.csv", rows.encode("gb18030"))
    answer = sign_in(cast.dept_admin).post(f"/desk/training/sessions/{made.pk}/import/", {"file": file})
    said = answer.content.decode()
    assert set(Attendance.objects.values_list("officer", flat=True)) == {first.pk, second.pk}
    for sentence in (
        "有 2 名“乙示例”",
        "没有在岗的“丙示例”",
        "不是这次培训已经到了的一天",
        "不是能认的日期",
        "姓名是空的",
    ):
        assert sentence in said, sentence


def test_hours_are_credited_after_the_end_and_only_where_somebody_was(cast: Cast, now: Any, officer: Officer) -> None:
    made = today(cast)
    with pytest.raises(Blocked) as refused:
        perform(made, sessions.CLOSE, actor=cast.dept_admin, data=Nothing())
    assert {one.gate for one in refused.value.unmet} == {"session_is_over", "somebody_signed_in"}
    scenes.signed(made, cast.dept_admin, DAY, officer)
    now.move_to(scenes.moment(DAY, 18))
    perform(made, sessions.CLOSE, actor=cast.dept_admin, data=Nothing())
    with pytest.raises(Overtaken):
        perform(made, sessions.CLOSE, actor=cast.dept_admin, data=Nothing())
    assert TrainingHours.objects.total() == 40


def test_an_entry_is_corrected_by_a_counter_entry_and_never_touched(cast: Cast, officer: Officer) -> None:
    made = scenes.held(cast.dept_admin, {DAY - dt.timedelta(days=1): "4"}, officer)
    record = TrainingHours.objects.get()
    scenes.corrected(made, cast.dept_admin, record.pk, "1.5")
    counter = TrainingHours.objects.get(corrects=record)
    assert (counter.tenths, counter.made_by, TrainingHours.objects.total()) == (-25, cast.dept_admin, 15)
    scenes.corrected(made, cast.dept_admin, record.pk, "4")
    assert TrainingHours.objects.total() == 40
    for wrong in ("4", "5"):
        with pytest.raises(Invalid):
            scenes.corrected(made, cast.dept_admin, record.pk, wrong)
    for statement in ("UPDATE training_traininghours SET tenths = 600", "DELETE FROM training_traininghours"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_two_sign_ins_at_once_are_one_credit(committed_database: str, cast: Cast) -> None:
    officer = personnel.officer(cast.market, "陈示例", user=cast.officer)
    now = timezone.now()
    day = timezone.localdate(now)
    made = scenes.session(
        cast.dept_admin, {day: "4"}, begins_at=now - dt.timedelta(seconds=30), ends_at=now + dt.timedelta(seconds=1)
    )
    data = SignCode(officer.pk, cast.officer.pk, code_of(made.pk, step_of(timezone.now())))
    start, troubles = threading.Barrier(2), list[BaseException]()

    def sign() -> None:
        try:
            start.wait()
            perform(made, sessions.SIGN_CODE, actor=None, data=data)
        except BaseException as trouble:  # noqa: BLE001 - told by the assertion below
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=sign) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert Attendance.objects.count() == 1
    with time_machine.travel(now + dt.timedelta(minutes=1), tick=True):
        perform(made, sessions.CLOSE, actor=cast.dept_admin, data=Nothing())
    assert TrainingHours.objects.filter(officer=officer).total() == 40


@pytest.mark.parametrize("year", [0, 1999, 99_999, -1])
def test_a_statement_of_an_impossible_year_is_refused_with_a_sentence(cast: Cast, officer: Officer, year: int) -> None:
    with pytest.raises(Invalid) as refused:
        perform(None, statements.ISSUE, actor=cast.dept_admin, data=statements.Ask(officer.pk, year))
    assert "year" in refused.value.fields


def test_the_choice_of_entries_to_correct_costs_the_same_for_many(
    cast: Cast, officer: Officer, django_assert_num_queries: Any
) -> None:
    day = timezone.localdate() - dt.timedelta(days=1)
    one = scenes.session(cast.dept_admin, {day: "4"})
    people = [officer, *(personnel.officer(cast.market, f"示例{number}") for number in "甲乙丙")]
    scenes.signed(one, cast.dept_admin, day, *people)
    perform(one, sessions.CLOSE, actor=cast.dept_admin, data=Nothing())
    with django_assert_num_queries(1):
        assert len(credit_choices(one, cast.dept_admin)) == len(people)
