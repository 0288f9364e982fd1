"""The pages of a sitting: what the browser gets and what it never gets, with script and without."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from personnel.examinations import preparing, sittings
from personnel.examinations.models import Answer, Examination, Sitting
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from tests.cast import Cast
from tests.examinations import scenes
from tests.personnel import scenes as personnel

HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def now() -> Any:
    with time_machine.travel(scenes.moment(10), tick=False) as clock:
        yield clock


@pytest.fixture
def exam(now: Any, cast: Cast) -> Examination:
    personnel.officer(cast.market, "陈示例", user=cast.officer)
    scenes.filled(cast)
    return scenes.published(cast)


def begun(exam: Examination, browser: Any) -> tuple[Sitting, str]:
    answer = browser.post(f"/desk/examinations/{exam.pk}/begin/")
    sitting = Sitting.objects.get()
    assert answer["Location"] == f"/desk/examinations/sittings/{sitting.pk}/"
    return sitting, answer["Location"]


def test_the_right_answers_are_not_even_read_before_the_end(exam: Examination, cast: Cast, sign_in: Any) -> None:
    browser = sign_in(cast.officer)
    _sitting, address = begun(exam, browser)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        paper = browser.get(address)
        saved = browser.post(f"{address}answers/1/", {"q-1": "A", "page": "w"}, **HTMX)
        clock = browser.get(f"{address}clock/", **HTMX)
        check = browser.get(f"{address}hand-in/")
    for answer in (paper, saved, clock, check):
        assert answer.status_code == 200
        assert "正确答案" not in answer.content.decode()
    read = [one["sql"] for one in asked.captured_queries if '"examinations_questionversion"."answer"' in one["sql"]]
    assert read == []
    assert paper["Cache-Control"] == "no-store"


def test_right_answers_are_shown_to_the_person_when_the_whole_examination_is_over(
    exam: Examination, cast: Cast, sign_in: Any, now: Any
) -> None:
    browser = sign_in(cast.officer)
    sitting = scenes.sat(exam, cast.officer, right=6)
    address = f"/desk/examinations/sittings/{sitting.pk}/"
    first = browser.get(address).content.decode()
    assert "10 分（满分 10 分" in first
    assert "示例单选题" not in first
    now.move_to(exam.closes_at)
    perform(exam, preparing.CLOSE, actor=cast.supervisor, data=Nothing())
    assert "示例单选题" in sign_in(cast.officer).get(address).content.decode()
    chief = sign_in(cast.dept_admin).get(address).content.decode()
    assert "10 分（满分 10 分" in chief
    assert "示例单选题" not in chief


def test_every_change_is_saved_and_shown_again_in_another_browser(exam: Examination, cast: Cast, sign_in: Any) -> None:
    desktop, phone = sign_in(cast.officer), sign_in(cast.officer)
    sitting, address = begun(exam, desktop)
    said = desktop.post(f"{address}answers/1/", {"q-1": "B", "seen-1": "0", "page": "d"}, **HTMX).content.decode()
    assert "已保存 10:00:00" in said
    assert 'name="seen-1" value="1"' in said
    assert 'value="B" checked' in phone.get(address).content.decode()
    other = phone.post(f"{address}answers/1/", {"q-1": "C", "seen-1": "0", "page": "p"}, **HTMX).content.decode()
    assert "那边选的是 B，这里选的是 C" in other
    assert Answer.objects.get().chosen == [sitting.items.get(position=1).order[1]]
    again = phone.post(f"{address}answers/1/", {"q-1": "C", "seen-1": "1", "page": "p"}, **HTMX).content.decode()
    assert "已保存" in again


def test_without_script_the_whole_form_is_saved_and_nothing_of_another_page_overwritten(
    exam: Examination, cast: Cast, sign_in: Any
) -> None:
    browser = sign_in(cast.officer)
    _sitting, address = begun(exam, browser)
    form = {"page": "one", "q-1": "A", "seen-1": "0", "q-2": "B", "seen-2": "0", "save": "1"}
    assert browser.post(address, form)["Location"] == address
    assert Answer.objects.count() == 2
    stale = {"page": "two", "q-1": "D", "seen-1": "0", "q-2": "B", "seen-2": "0", "q-3": "C", "hand_in": "1"}
    answer = browser.post(address, stale)
    assert answer.status_code == 409
    assert "那边选的是 A，这里选的是 D" in answer.content.decode()
    assert Answer.objects.count() == 3
    form = {"page": "two", "q-1": "D", "seen-1": "1", "q-2": "B", "q-3": "C", "hand_in": "1"}
    assert browser.post(address, form)["Location"] == f"{address}hand-in/"
    check = browser.get(f"{address}hand-in/").content.decode()
    assert "还有 3 题没有答" in check
    assert browser.post(f"{address}hand-in/")["Location"] == address
    assert "没有重复交卷" in browser.post(f"{address}hand-in/", follow=True).content.decode()


def test_after_the_end_a_change_is_refused_with_a_sentence_and_the_browser_led_to_the_result(
    exam: Examination, cast: Cast, sign_in: Any, now: Any
) -> None:
    browser = sign_in(cast.officer)
    sitting, address = begun(exam, browser)
    browser.post(f"{address}answers/1/", {"q-1": "B", "page": "d"}, **HTMX)
    now.shift(dt.timedelta(hours=1))
    said = browser.post(f"{address}answers/1/", {"q-1": "C", "seen-1": "1", "page": "d"}, **HTMX).content.decode()
    assert "这一处改动没有收；之前保存的答案都在" in said
    late = browser.post(address, {"page": "d", "q-2": "C", "save": "1"}, follow=True).content.decode()
    assert "之前保存的答案都在" in late
    assert browser.get(f"{address}clock/", **HTMX)["HX-Redirect"] == address
    sitting.refresh_from_db()
    assert (sitting.state, sitting.ended_how, Answer.objects.count()) == ("marked", "time", 1)


def test_whose_sitting_it_is_decides_who_may_open_it(exam: Examination, cast: Cast, sign_in: Any) -> None:
    sitting, address = begun(exam, sign_in(cast.officer))
    cases = (
        (cast.second_officer, 403), (cast.liaison, 403), (cast.foreign_officer, 404), (cast.foreign_head, 404),
        (cast.counsel, 404), (cast.head, 200), (cast.dept_admin, 200), (cast.supervisor, 200),
    )  # fmt: skip
    for person, status in cases:
        browser = sign_in(person)
        answer = browser.get(address)
        assert answer.status_code == status, person
        assert "示例单选题" not in answer.content.decode()
        for method, part in (
            ("get", "clock/"),
            ("get", "hand-in/"),
            ("post", "hand-in/"),
            ("post", "answers/1/"),
            ("post", ""),
        ):
            assert getattr(browser, method)(f"{address}{part}", {"q-1": "A"}).status_code in {403, 404}
    sitting.refresh_from_db()
    assert (sitting.state, Answer.objects.count()) == ("running", 0)


@pytest.mark.parametrize(
    "data", [{}, {"q-1": ""}, {"q-1": "ZZ"}, {"q-1": "A", "seen-1": "9" * 40}, {"q-1": "A", "page": "x" * 5000}, {"q-1": "\0"}]
)  # fmt: skip
def test_nonsense_in_an_answer_breaks_nothing(
    exam: Examination, cast: Cast, sign_in: Any, data: dict[str, str]
) -> None:
    browser = sign_in(cast.officer)
    _sitting, address = begun(exam, browser)
    assert browser.post(f"{address}answers/1/", data, **HTMX).status_code == 200
    assert browser.post(f"{address}answers/999/", data, **HTMX).status_code == 404
    assert browser.post(address, data).status_code in {302, 409}


def test_a_paper_costs_the_same_for_many_questions(
    now: Any, cast: Cast, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    personnel.officer(cast.market, "陈示例", user=cast.officer)
    scenes.filled(cast)
    made = scenes.published(cast, rows=(("single", 12, "1"), ("judge", 8, "1"), ("multiple", 6, "1")))
    browser = sign_in(cast.officer)
    _sitting, address = begun(made, browser)
    with django_assert_max_num_queries(14):
        browser.get(address)


def test_the_proof_of_a_paper_ends_well_and_is_refused_for_one_that_does_not_exist(
    exam: Examination, cast: Cast
) -> None:
    sitting = scenes.begun(exam, cast.officer)
    out = StringIO()
    call_command("prove_paper", str(sitting.pk), stdout=out)
    assert out.getvalue().splitlines()[-1] == "两卷相同。"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE examinations_item SET halves = halves + 1 WHERE position = 1")
    for wrong in (str(sitting.pk), "0"):
        with pytest.raises(CommandError):
            call_command("prove_paper", wrong, stdout=StringIO())


def test_the_workbench_tells_what_is_still_to_be_sat(exam: Examination, cast: Cast, sign_in: Any) -> None:
    browser = sign_in(cast.officer)
    assert f"/desk/examinations/{exam.pk}/" in browser.get("/desk/").content.decode()
    sittings.hand_in(scenes.begun(exam, cast.officer), user=cast.officer)
    for address, status in (("", 200), (f"{exam.pk}/", 200), (f"{exam.pk}/candidates/", 403)):
        assert browser.get(f"/desk/examinations/{address}").status_code == status
        assert sign_in(cast.supervisor).get(f"/desk/examinations/{address}").status_code == 200
