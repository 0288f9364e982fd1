"""Pages of personnel: who sees whom, the number behind a recorded click, the register's rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from personnel.models import Officer
from portal.ledger.models import Event
from tests.cast import Cast
from tests.personnel.scenes import certificate, identity_number, officer

NUMBER = identity_number(16)


def _officer(cast: Cast) -> Officer:
    return officer(cast.market, "甲示例", identity=NUMBER, phone="13900000000")


def test_a_department_lists_its_own_officers_and_the_bureau_all(cast: Cast, sign_in: Callable[..., Any]) -> None:
    _officer(cast)
    officer(cast.city, "丙示例")
    page = reverse("personnel:officers")
    own = sign_in(cast.officer).get(page).content.decode()
    assert "甲示例" in own
    assert "丙示例" not in own
    everybody = sign_in(cast.supervisor).get(page).content.decode()
    assert "甲示例" in everybody
    assert "丙示例" in everybody


def test_another_departments_officer_and_certificate_are_not_there(cast: Cast, sign_in: Callable[..., Any]) -> None:
    person = _officer(cast)
    held = certificate(person)
    for stranger in (cast.foreign_officer, cast.foreign_head, cast.policeman, cast.coordinator):
        browser = sign_in(stranger)
        for url in (
            reverse("personnel:officer", args=[person.pk]),
            reverse("personnel:certificate", args=[held.pk]),
        ):
            assert browser.get(url).status_code == 404
    assert sign_in(cast.supervision_head).get(reverse("personnel:certificate", args=[held.pk])).status_code == 200


def test_the_number_is_masked_everywhere_until_a_recorded_click(cast: Cast, sign_in: Callable[..., Any]) -> None:
    person = _officer(cast)
    held = certificate(person)
    browser = sign_in(cast.dept_admin)
    urls = [
        reverse("personnel:officers"),
        reverse("personnel:officer", args=[person.pk]),
        reverse("personnel:officer-edit", args=[person.pk]),
        reverse("personnel:certificates"),
        reverse("personnel:certificate", args=[held.pk]),
    ]
    for url in urls:
        text = browser.get(url).content.decode()
        assert NUMBER not in text
    shown = browser.post(reverse("personnel:officer", args=[person.pk]))
    assert NUMBER in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    event = Event.objects.filter(matter=held.matter).latest("sequence")
    assert (event.name, event.actor) == ("certificate.show_identity", cast.dept_admin)
    assert NUMBER not in event.canonical


def test_who_may_not_see_the_number_is_refused(cast: Cast, sign_in: Callable[..., Any]) -> None:
    person = _officer(cast)
    held = certificate(person)
    assert sign_in(cast.officer).post(reverse("personnel:officer", args=[person.pk])).status_code == 403
    assert sign_in(cast.supervisor).post(reverse("personnel:officer", args=[person.pk])).status_code == 200
    assert Event.objects.filter(matter=held.matter, name__contains="show_identity").count() == 1


def test_the_number_is_encrypted_at_rest(cast: Cast) -> None:
    person = _officer(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity, identity_hash FROM personnel_officer WHERE id = %s", [person.pk])
        stored = cursor.fetchone()
        cursor.execute("SELECT identity FROM personnel_historicalofficer WHERE id = %s", [person.pk])
        history = cursor.fetchone()
    assert all(NUMBER not in str(value) for value in (*stored, *history))
    assert Officer.objects.get(pk=person.pk).identity == NUMBER


def test_an_officer_is_found_by_the_exact_number_only(cast: Cast, sign_in: Callable[..., Any]) -> None:
    person = _officer(cast)
    find = reverse("personnel:find")
    for spelling in (NUMBER, NUMBER.lower(), f" {NUMBER[:6]} {NUMBER[6:]} "):
        assert Officer.objects.with_identity(spelling).get() == person
    assert sign_in(cast.dept_admin).post(find, {"identity": NUMBER}).url == reverse(
        "personnel:officer", args=[person.pk]
    )
    assert sign_in(cast.dept_admin).post(find, {"identity": identity_number(17)}).url == reverse("personnel:officers")
    assert sign_in(cast.foreign_officer).post(find, {"identity": NUMBER}).url == reverse("personnel:officers")
    assert sign_in(cast.dept_admin).get(find).status_code == 405
    assert not Officer.objects.with_identity("").exists()


def test_a_wrong_number_is_explained_and_nothing_typed_is_lost(cast: Cast, sign_in: Callable[..., Any]) -> None:
    wrong = NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")
    answer = sign_in(cast.dept_admin).post(
        reverse("personnel:officer-new"), {"name": "丁示例", "identity": wrong, "phone": "13900000001"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "第 18 位与前 17 位不符" in text
    assert "丁示例" in text
    assert wrong in text


def test_the_platform_administrator_registers_and_corrects(cast: Cast, sign_in: Callable[..., Any]) -> None:
    browser = sign_in(cast.dept_admin)
    answer = browser.post(
        reverse("personnel:officer-new"),
        {"name": "丁示例", "identity": NUMBER, "position": "一级科员", "user": cast.officer.pk},
    )
    person = Officer.objects.get(name="丁示例")
    assert answer.url == reverse("personnel:officer", args=[person.pk])
    assert (person.department, person.user, person.identity) == (cast.market, cast.officer, NUMBER)
    browser.post(
        reverse("personnel:officer-edit", args=[person.pk]),
        {"name": "丁示范", "identity": "", "user": cast.officer.pk, "reason": "姓名更正"},
    )
    person.refresh_from_db()
    assert (person.name, person.identity) == ("丁示范", NUMBER)
    last = person.history.latest()
    assert (last.history_user, last.history_change_reason) == (cast.dept_admin, "姓名更正")


def test_others_may_not_write_the_register(cast: Cast, sign_in: Callable[..., Any]) -> None:
    person = _officer(cast)
    assert sign_in(cast.officer).get(reverse("personnel:officer-new")).status_code == 403
    assert sign_in(cast.supervisor).get(reverse("personnel:officer-edit", args=[person.pk])).status_code == 403
    assert sign_in(cast.bureau_admin).get(reverse("personnel:officer-edit", args=[person.pk])).status_code == 404


def test_one_person_is_on_duty_once(cast: Cast, sign_in: Callable[..., Any]) -> None:
    officer(cast.city, "丙示例", identity=NUMBER)
    answer = sign_in(cast.dept_admin).post(reverse("personnel:officer-new"), {"name": "丁示例", "identity": NUMBER})
    assert answer.status_code == 422
    assert "已经登记为其他部门的在岗执法人员" in answer.content.decode()
    assert "丙示例" not in answer.content.decode()


@pytest.mark.parametrize("page", ["personnel:officers", "personnel:certificates"])
def test_a_list_asks_as_much_for_fifty_as_for_five(cast: Cast, sign_in: Callable[..., Any], page: str) -> None:
    browser = sign_in(cast.supervisor)

    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(reverse(page)).status_code == 200
        return len(asked)

    for number in range(3):
        certificate(officer(cast.market, f"示例{number}"))
    few = questions()
    for number in range(20):
        certificate(officer(cast.market, f"示例更多{number}"))
    assert questions() == few
    assert few <= 12


def test_the_workbench_warns_of_ones_own_certificate(cast: Cast, sign_in: Callable[..., Any]) -> None:
    person = officer(cast.market, "陈示例", user=cast.officer)
    browser = sign_in(cast.officer)
    assert "没有登记执法证" in browser.get("/desk/").content.decode()
    soon = timezone.localdate() + dt.timedelta(days=20)
    held = certificate(person, valid_to=soon)
    text = browser.get("/desk/").content.decode()
    assert "剩 20 日" in text
    assert held.number in text
    overview = sign_in(cast.dept_admin).get("/desk/").content.decode()
    assert "90 日内到期 1 个" in overview
