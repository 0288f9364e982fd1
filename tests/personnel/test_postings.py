"""Postings: how they begin and end, what follows at once, and that one person stays one record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from personnel import postings
from personnel.actions import SUSPEND
from personnel.models import Officer, Posting
from personnel.postings import StaffProblem, change_position, leave, left_duty, return_to_duty
from personnel.staff import save_officer
from tests.cast import Cast
from tests.personnel.scenes import certificate, identity_number, on, proposed

NUMBER = identity_number(16)
E = Posting.Ending


@pytest.fixture
def hooks(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The registry with nobody in it but whom the test registers."""
    empty: list[Any] = []
    monkeypatch.setattr(postings, "_when_left", empty)
    return empty


def days_ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def serving(cast: Cast, *, since: int = 300, **more: Any) -> Officer:
    values = {"name": "甲示例", "identity": NUMBER, "position": "一级科员"} | more
    return save_officer(
        Officer(**values), department=cast.market, actor=cast.dept_admin, entered_on=days_ago(since), reason="录用"
    )


def test_whoever_is_registered_has_an_open_posting(cast: Cast) -> None:
    person = serving(cast)
    one = person.postings.get()
    assert (one.department, one.position, one.begun_on, one.ended_on, one.ground) == (
        cast.market, "一级科员", days_ago(300), None, "录用",
    )  # fmt: skip
    assert one.history.latest().history_user == cast.dept_admin


@pytest.mark.parametrize("ending", [one for one in E.values if one != E.CHANGE])
def test_leaving_ends_the_posting_and_is_told_at_once(cast: Cast, hooks: list[Any], ending: str) -> None:
    told: list[tuple[Any, ...]] = []
    left_duty(lambda *said: told.append(said))
    person = serving(cast)
    leave(person, on=days_ago(3), ending=ending, ground="任免文件一号", actor=cast.dept_admin)
    posting = person.postings.get()
    assert (person.active, posting.ended_on, posting.ending, posting.end_ground) == (
        False, days_ago(3), ending, "任免文件一号",
    )  # fmt: skip
    label = E(ending).label
    assert told == [(person, days_ago(3), f"{label}：任免文件一号", cast.dept_admin)]
    last = person.history.latest()
    assert (last.active, last.history_user, last.history_change_reason) == (False, cast.dept_admin, label)
    assert len(hooks) == 1


def test_a_hook_is_registered_once_and_its_refusal_undoes_the_leaving(cast: Cast, hooks: list[Any]) -> None:
    def refuses(*_said: Any) -> None:
        raise StaffProblem("ending", "不行")

    left_duty(refuses)
    left_duty(refuses)
    assert hooks == [refuses]
    person = serving(cast)
    with pytest.raises(StaffProblem):
        leave(person, on=days_ago(0), ending=E.RETIRED, ground="退休", actor=cast.dept_admin)
    person.refresh_from_db()
    assert person.active
    assert person.postings.get().ended_on is None


@pytest.mark.usefixtures("hooks")
def test_nobody_leaves_with_a_certificate_in_hand(cast: Cast) -> None:
    person = serving(cast)
    held = certificate(person)
    with pytest.raises(StaffProblem, match="仍持有执法证"):
        leave(person, on=days_ago(0), ending=E.TRANSFER, ground="调令", actor=cast.dept_admin)
    assert person.postings.get().ended_on is None
    proposed(
        held, SUSPEND, on(timezone.localdate(), "调离执法岗位"), by=cast.supervisor, approved_by=cast.supervision_head
    )
    leave(person, on=days_ago(0), ending=E.TRANSFER, ground="调令", actor=cast.dept_admin)
    assert not person.active


@pytest.mark.usefixtures("hooks")
@pytest.mark.parametrize(("since", "left", "words"), [(10, 11, "早于到岗日期"), (10, -1, "在将来")])
def test_a_posting_ends_neither_before_it_began_nor_tomorrow(cast: Cast, since: int, left: int, words: str) -> None:
    person = serving(cast, since=since)
    with pytest.raises(StaffProblem, match=words):
        leave(person, on=days_ago(left), ending=E.AWAY, ground="调令", actor=cast.dept_admin)


def test_another_position_is_another_posting_and_nobody_is_told(cast: Cast, hooks: list[Any]) -> None:
    left_duty(lambda *_said: pytest.fail("a change within the department is no leaving"))
    person = serving(cast)
    held = certificate(person)
    change_position(person, on=days_ago(5), position="四级主任科员", ground="晋升文件", actor=cast.dept_admin)
    new, old = person.postings.all()
    assert (old.position, old.ended_on, old.ending) == ("一级科员", days_ago(5), E.CHANGE)
    assert (new.position, new.begun_on, new.ended_on) == ("四级主任科员", days_ago(5), None)
    held.refresh_from_db()
    assert (person.active, person.position, held.state, len(hooks)) == (True, "四级主任科员", "issued", 1)


@pytest.mark.usefixtures("hooks")
def test_whoever_comes_back_begins_a_new_posting_not_before_the_old_one_ended(cast: Cast) -> None:
    person = serving(cast)
    leave(person, on=days_ago(30), ending=E.LONG_LEAVE, ground="病假", actor=cast.dept_admin)
    with pytest.raises(StaffProblem, match="早于上一段任职结束"):
        return_to_duty(person, on=days_ago(31), position="", ground="返岗", actor=cast.dept_admin)
    return_to_duty(person, on=days_ago(2), position="", ground="返岗", actor=cast.dept_admin)
    assert person.active
    assert [one.ended_on for one in person.postings.all()] == [None, days_ago(30)]


@pytest.mark.usefixtures("hooks")
def test_a_transferred_officer_is_the_same_record_in_the_new_department(cast: Cast) -> None:
    person = serving(cast, user=cast.officer)
    leave(person, on=days_ago(30), ending=E.TRANSFER, ground="调令", actor=cast.dept_admin)
    with pytest.raises(StaffProblem, match="姓名与所填的不同"):
        save_officer(Officer(name="乙示例", identity=NUMBER), department=cast.city, actor=cast.bureau_admin)
    again = save_officer(Officer(name="甲示例", identity=NUMBER), department=cast.city, actor=cast.bureau_admin)
    assert (again.pk, again.department, again.active, again.user) == (person.pk, cast.city, True, None)
    assert [(one.department, one.ended_on is None) for one in again.postings.all()] == [
        (cast.city, True), (cast.market, False),
    ]  # fmt: skip


@pytest.mark.usefixtures("hooks")
def test_the_page_registers_what_became_of_a_post(cast: Cast, sign_in: Callable[..., Any]) -> None:
    person = serving(cast)
    page, browser = reverse("personnel:posting", args=[person.pk]), sign_in(cast.dept_admin)
    given = {"ending": E.RETIRED, "on": days_ago(1).isoformat(), "ground": "退休审批表", "position": ""}
    refused = browser.post(page, given | {"on": days_ago(900).isoformat()})
    assert refused.status_code == 422
    assert "早于到岗日期" in refused.content.decode()
    assert browser.post(page, given).status_code == 302
    text = browser.get(reverse("personnel:officer", args=[person.pk])).content.decode()
    assert "退休审批表" in text
    assert "在岗：是 → 否" in text
    assert browser.post(page, {"on": days_ago(0).isoformat(), "ground": "返聘"}).status_code == 302
    person.refresh_from_db()
    assert person.active
    assert sign_in(cast.supervisor).get(page).status_code == 403
    assert sign_in(cast.foreign_officer).get(page).status_code == 403
    assert sign_in(cast.bureau_admin).get(page).status_code == 404


def test_a_corrected_position_is_corrected_in_the_open_posting(cast: Cast, sign_in: Callable[..., Any]) -> None:
    person = serving(cast)
    sign_in(cast.dept_admin).post(
        reverse("personnel:officer-edit", args=[person.pk]),
        {"name": "甲示例", "identity": "", "position": "二级科员", "reason": "误录"},
    )
    assert [one.position for one in person.postings.all()] == ["二级科员"]


def test_a_legal_qualification_has_its_proof(cast: Cast, sign_in: Callable[..., Any]) -> None:
    person = serving(cast)
    browser, page = sign_in(cast.dept_admin), reverse("personnel:officer-edit", args=[person.pk])
    given = {"name": "甲示例", "identity": "", "legal_qualified": "on"}
    refused = browser.post(page, given)
    assert refused.status_code == 422
    assert "请填法律职业资格证书编号" in refused.content.decode()
    assert browser.post(page, given | {"legal_number": "A示例0001"}).status_code == 302
    person.refresh_from_db()
    assert (person.legal_qualified, person.legal_number) == (True, "A示例0001")
