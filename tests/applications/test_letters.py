"""Several officers in one letter: from the department to the bureau, from the bureau to the issuer."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from personnel.applications import actions, data, letters
from personnel.applications.models import Application, Letter
from personnel.models import Officer
from personnel.postings import leave
from portal.documents.models import Document
from portal.ledger.verification import verify
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid
from portal.workflow.proposals import approve, request
from tests.applications import scenes
from tests.case_scenes import render_all
from tests.cast import Cast, fresh
from tests.workflow.racing import race


def several(cast: Cast, count: int = 3) -> list[Application]:
    return [
        scenes.drawn_up(cast, scenes.applicant(cast, f"{name}示例", 50 + place))
        for place, name in enumerate("甲乙丙丁戊"[:count])
    ]


def keys(*applications: Application) -> tuple[str, ...]:
    return tuple(str(one.pk) for one in applications)


def sent(cast: Cast, *applications: Application) -> Letter:
    given = letters.Send(keys(*applications), "材料属实，同意申领。")
    proposal = request(None, letters.SEND, actor=fresh(cast.dept_admin), data=given)
    made: Letter = approve(proposal, actor=fresh(cast.head)).subject
    return made


def test_a_department_sends_several_with_one_letter_and_each_has_its_form(cast: Cast) -> None:
    letter = sent(cast, *several(cast))
    assert "证申" in letter.matter.number
    assert (letter.kind, letter.count, letter.issuer) == ("sending", 3, cast.bureau.name)
    assert set(Application.objects.values_list("state", flat=True)) == {"submitted"}
    assert Document.objects.filter(kind="applications.form").count() == 3
    listed = Document.objects.get(kind="applications.sending").context["content"]["lines"]
    assert len(listed) == 3
    assert all("*" in line["identity"] for line in listed)
    assert list(verify()) == []


def test_one_who_lacks_something_keeps_the_whole_letter_back_and_is_named(cast: Cast) -> None:
    ready, lacking = several(cast, 2)
    lacking.officer.pictures.all().delete()
    with pytest.raises(Blocked) as refused:
        sent(cast, ready, lacking)
    assert lacking.officer.name in str(refused.value)
    assert ready.officer.name not in str(refused.value)
    assert set(Application.objects.values_list("state", flat=True)) == {"draft"}
    assert not Letter.objects.exists()


def test_a_foreign_head_does_not_send_another_departments_officers(cast: Cast) -> None:
    given = letters.Send(keys(*several(cast, 1)), "同意")
    proposal = request(None, letters.SEND, actor=cast.dept_admin, data=given)
    with pytest.raises(Forbidden):
        approve(proposal, actor=fresh(cast.foreign_head))
    assert set(Application.objects.values_list("state", flat=True)) == {"draft"}


@pytest.mark.parametrize("typed", [(), ("",), ("999999999",), ("-1",), ("9" * 40,), ("１",), ("x",)])
def test_a_letter_lists_only_what_is_there(cast: Cast, typed: tuple[str, ...]) -> None:
    for action, given, actor in (
        (letters.SEND, letters.Send(typed, "同意"), cast.dept_admin),
        (letters.FORWARD, letters.Forward(typed, "region", "示例自治区司法厅"), cast.supervisor),
    ):
        with pytest.raises(Invalid) as refused:
            request(None, action, actor=actor, data=given)
        assert set(refused.value.fields) == {"applications"}


def test_the_bureau_forwards_a_list_as_one_document_with_whole_numbers(cast: Cast) -> None:
    first, second = several(cast, 2)
    passed = [scenes.passed(cast, scenes.examined(cast, scenes.submitted(cast, one))) for one in (first, second)]
    letter = scenes.forwarded(cast, *passed)
    assert "证报" in letter.matter.number
    assert {scenes.again(one).state for one in passed} == {"forwarded"}
    lines = Document.objects.get(kind="applications.forwarding").context["content"]["lines"]
    assert {line["identity"] for line in lines} == {one.officer.identity for one in passed}
    render_all()
    assert set(Document.objects.values_list("state", flat=True)) == {"ready"}
    assert list(verify()) == []


def test_whoever_left_before_the_approval_keeps_the_letter_back(cast: Cast) -> None:
    passed = [scenes.passed(cast, scenes.examined(cast, scenes.submitted(cast, one))) for one in several(cast, 2)]
    given = letters.Forward(keys(*passed), "city", "示例市司法局")
    proposal = request(None, letters.FORWARD, actor=cast.supervisor, data=given)
    leave(passed[0].officer, on=timezone.localdate(), ending="retired", ground="退休", actor=cast.dept_admin)
    with pytest.raises(Blocked) as refused:
        approve(proposal, actor=fresh(cast.supervision_head))
    assert passed[0].officer.name in str(refused.value)
    assert not Letter.objects.exists()


def test_pages_ask_the_same_number_of_questions_for_one_and_for_many(cast: Cast, sign_in: Any) -> None:
    def asked(browser: Client, path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path).status_code == 200
        return len(queries)

    bureau = sign_in(cast.supervisor)
    letter = sent(cast, *several(cast, 1))
    paths = ("/desk/applications/", "/desk/applications/queue/", "/desk/applications/letters/")
    for path in paths:
        bureau.get(path)
    few = [asked(bureau, path) for path in paths]
    for place in range(4):
        made = scenes.drawn_up(cast, scenes.applicant(cast, f"己{place}示例", 70 + place))
        scenes.submitted(cast, made)
    assert [asked(bureau, path) for path in paths] == few
    page = bureau.get(f"/desk/applications/letters/{letter.pk}/").content.decode()
    assert "甲示例" in page


def test_the_officer_sees_where_his_application_is_and_what_is_missing(cast: Cast, sign_in: Any) -> None:
    officer = scenes.applicant(cast, user=cast.officer)
    made = scenes.drawn_up(cast, officer, staffing_file="")
    browser = sign_in(cast.officer)
    page = browser.get("/desk/personnel/me/").content.decode()
    assert "还没有在编证明" in page
    assert f"/desk/applications/{made.pk}/" in page
    assert "还没有在编证明" in browser.get(f"/desk/applications/{made.pk}/").content.decode()
    assert sign_in(cast.foreign_officer).get(f"/desk/applications/{made.pk}/").status_code == 404


def test_the_form_keeps_what_was_typed_when_it_refuses(cast: Cast, sign_in: Any) -> None:
    officer = scenes.applicant(cast)
    typed = {
        "officer": officer.pk, "staffing": "contract", "post": "协管岗位", "fields": ["市场监管"], "area": "示例区",
        "staffing_file": "", "education": "", "note": "说明文字", "form_token": "t1", "draft_version": "0",
    }  # fmt: skip
    answer = sign_in(cast.dept_admin).post("/desk/new/application.draw/", typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "没有在编证明，不得申领" in page
    assert "协管岗位" in page
    assert "说明文字" in page


@pytest.mark.concurrency
def test_ten_administrators_at_once_draw_one_application(committed_database: str, cast: Cast) -> None:
    officer = scenes.applicant(cast)
    given = scenes.draw_data(officer, cast.dept_admin, proof=None, staffing_file="")
    admins = [fresh(cast.dept_admin) for _place in range(10)]
    answers = race(10, lambda place: perform(None, actions.DRAW, actor=admins[place], data=given))
    assert sum(isinstance(answer, Invalid) for answer in answers) == 9
    assert Application.objects.count() == 1


@pytest.mark.concurrency
def test_leaving_and_issuing_at_once_never_leaves_a_certificate_in_the_hands_of_who_is_gone(
    committed_database: str, cast: Cast
) -> None:
    made = scenes.passed(cast)
    scenes.forwarded(cast, made)
    admin, supervisor, officer = fresh(cast.dept_admin), fresh(cast.supervisor), Officer.objects.get(pk=made.officer_id)
    found = scenes.again(made)
    steps = (
        lambda: leave(officer, on=timezone.localdate(), ending="away", ground="调令", actor=admin),
        lambda: perform(found, actions.ISSUE, actor=supervisor, data=scenes.printed()),
    )
    race(2, lambda place: steps[place]())
    gone = not Officer.objects.get(pk=officer.pk).active
    held = officer.certificates.filter(state="issued").exists()
    assert not (gone and held)
    assert gone or held
    assert list(verify()) == []
    assert data.applicants(None, admin).filter(pk=officer.pk).exists() is (not gone)
