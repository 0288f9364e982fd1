"""Pages and card of certificates: what is offered to whom, the sheet of the annual check, the printed card."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from personnel.actions import SUSPEND
from personnel.fields import FIELDS
from personnel.gallery import keep_picture
from personnel.keeping import CHECK, Check
from personnel.losing import LOSE, REISSUE, Lose, Reissue
from personnel.models import AnnualCheck, Certificate, CheckSetting, Officer
from personnel.printing import card_html, card_problem
from portal.documents.rendering import to_pdf
from portal.workflow.door import perform
from tests.case_scenes import on as clock
from tests.cast import Cast, fresh
from tests.personnel.pictures import drawn
from tests.personnel.scenes import certificate, officer, on, proposed

TODAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with clock(TODAY):
        yield


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def pictured(cast: Cast, name: str = "陈示例", **more: Any) -> Certificate:
    """A certificate of somebody with a photograph."""
    person = officer(cast.market, name, user=more.pop("user", None))
    keep_picture(person, "photo", drawn(), actor=cast.dept_admin)
    return certificate(person, **more)


def yearly(cast: Cast, **more: Any) -> None:
    CheckSetting.objects.create(
        **{"from_year": 2026, "required": True, "ground": "示例年审办法", "made_by": cast.supervision_head} | more
    )


def page(person: Any, address: str, status: int = 200) -> str:
    answer = signed_in(person).get(address)
    assert answer.status_code == status, answer.content.decode()[:500]
    return str(answer.content.decode())


def test_a_failed_check_is_shown_with_what_may_follow(cast: Cast) -> None:
    yearly(cast)
    held = pictured(cast)
    perform(held, CHECK, actor=cast.supervisor, data=Check(2026, "failed", "年度考核不合格"))
    address = f"/desk/personnel/certificates/{held.pk}/"
    shown = page(cast.supervisor, address)
    assert "2026 年年审不通过" in shown
    assert f"/desk/do/{held.pk}/certificate.suspend/" in shown
    form = page(cast.supervisor, f"/desk/do/{held.pk}/certificate.suspend/")
    assert "2026 年年审不通过：年度考核不合格" in form


def test_old_and_new_certificate_point_to_each_other(cast: Cast) -> None:
    held = pictured(cast)
    perform(held, LOSE, actor=cast.dept_admin, data=Lose("遗失"))
    lost = Certificate.objects.get(pk=held.pk)
    perform(lost, REISSUE, actor=cast.supervisor, data=Reissue("示例新证", TODAY, dt.date(2028, 12, 31)))
    new = Certificate.objects.get(number="示例新证")
    assert f"/desk/personnel/certificates/{new.pk}/" in page(
        cast.dept_admin, f"/desk/personnel/certificates/{held.pk}/"
    )
    assert f"/desk/personnel/certificates/{held.pk}/" in page(
        cast.dept_admin, f"/desk/personnel/certificates/{new.pk}/"
    )


def test_near_and_expired_ones_are_listed_the_nearest_first(cast: Cast) -> None:
    for name, day in (("甲", 20), ("乙", 5), ("丙", -3), ("丁", 200)):
        certificate(officer(cast.market, f"{name}示例"), valid_to=TODAY + dt.timedelta(days=day))
    shown = page(cast.dept_admin, "/desk/personnel/certificates/expiring/")
    places = [shown.find(f"{name}示例") for name in "丙乙甲"]
    assert places == sorted(places)
    assert min(places) > 0
    assert "丁示例" not in shown
    week = page(cast.dept_admin, "/desk/personnel/certificates/expiring/?within=7")
    assert "乙示例" in week
    assert "甲示例" not in week
    assert "甲示例" not in page(cast.foreign_head, "/desk/personnel/certificates/expiring/")
    assert "甲示例" in page(cast.supervisor, "/desk/personnel/certificates/expiring/")


@pytest.mark.parametrize("address", ["certificates/expiring/", "checks/"])
def test_a_list_costs_the_same_for_five_rows_and_for_thirty(
    cast: Cast, address: str, django_assert_max_num_queries: Any
) -> None:
    yearly(cast)
    for number in range(5):
        certificate(officer(cast.market, f"甲{number}"), valid_to=TODAY + dt.timedelta(days=10))
    client = signed_in(cast.dept_admin)
    client.get(f"/desk/personnel/{address}")
    with django_assert_max_num_queries(40) as few:
        client.get(f"/desk/personnel/{address}")
    for number in range(25):
        certificate(officer(cast.market, f"乙{number}"), valid_to=TODAY + dt.timedelta(days=10))
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(f"/desk/personnel/{address}")


def test_the_sheet_takes_what_was_answered_and_keeps_what_was_refused(cast: Cast) -> None:
    yearly(cast)
    held = [certificate(officer(cast.market, f"{name}示例")) for name in "甲乙丙"]
    client = signed_in(cast.supervisor)
    address = f"/desk/personnel/checks/sheet/?year=2026&department={cast.market.code}"
    assert "甲示例" in client.get(address).content.decode()
    answer = client.post(
        address, {f"outcome-{held[0].pk}": "passed", f"outcome-{held[1].pk}": "failed", f"ground-{held[1].pk}": " "}
    )
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "不通过的，请写明理由" in shown
    assert "甲示例" not in shown
    assert list(AnnualCheck.objects.values_list("certificate", "outcome")) == [(held[0].pk, "passed")]
    again = client.post(address, {f"outcome-{held[1].pk}": "failed", f"ground-{held[1].pk}": "考核不合格"})
    assert again.status_code == 302
    assert AnnualCheck.objects.count() == 2


def test_those_not_answered_one_by_one_pass_together_when_that_is_chosen(cast: Cast) -> None:
    yearly(cast)
    held = [certificate(officer(cast.market, f"{name}示例")) for name in "甲乙丙"]
    address = f"/desk/personnel/checks/sheet/?year=2026&department={cast.market.code}"
    posted = {f"outcome-{held[1].pk}": "failed", f"ground-{held[1].pk}": "考核不合格", "others": "passed"}
    assert signed_in(cast.supervisor).post(address, posted).status_code == 302
    found = dict(AnnualCheck.objects.values_list("certificate", "outcome"))
    assert found == {held[0].pk: "passed", held[1].pk: "failed", held[2].pk: "passed"}


@pytest.mark.parametrize(
    ("query", "posted"),
    [
        ("", {}),
        ("?year=99999&department=XX", {"outcome-1": "passed"}),
        ("?year=2026&department=SCJGJ", {}),
        ("?year=2026&department=SCJGJ", {"outcome-999999999999999999999": "passed", "outcome-x": "failed"}),
        ("?year=字&department=%00", {"outcome-": "passed"}),
    ],
)
def test_an_odd_sheet_is_answered_with_a_sentence(cast: Cast, query: str, posted: dict[str, str]) -> None:
    yearly(cast)
    certificate(officer(cast.market))
    answer = signed_in(cast.supervisor).post(f"/desk/personnel/checks/sheet/{query}", posted)
    assert answer.status_code == 422
    assert not AnnualCheck.objects.exists()


def test_a_year_without_the_setting_says_so_and_after_its_day_the_unchecked_are_late(cast: Cast) -> None:
    certificate(officer(cast.market))
    assert "2026 年没有年审" in page(cast.dept_admin, "/desk/personnel/checks/")
    yearly(cast)
    assert "逾期未审" in page(cast.dept_admin, "/desk/personnel/checks/")
    yearly(cast, until_month=12, until_day=31)
    assert "逾期未审" not in page(cast.dept_admin, "/desk/personnel/checks/")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"from_year": "1"}, "只能从去年、今年或者明年起设定"),
        ({"from_year": "99999999"}, ""),
        ({"until_month": "2", "until_day": "30"}, "没有 2 月 30 日这一天"),
        ({"until_month": "13"}, "没有 13 月"),
        ({"until_month": "2", "until_day": "29"}, "没有 2 月 29 日"),
        ({"ground": ""}, ""),
    ],
)
def test_a_setting_that_cannot_be_is_refused(cast: Cast, changes: dict[str, str], words: str) -> None:
    data = {
        "from_year": "2026",
        "required": "on",
        "until_month": "3",
        "until_day": "31",
        "ground": "示例办法",
    } | changes
    answer = signed_in(cast.supervision_head).post("/desk/personnel/checks/settings/", data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not CheckSetting.objects.exists()


def test_a_setting_is_one_more_row(cast: Cast) -> None:
    data = {"from_year": "2026", "required": "on", "until_month": "3", "until_day": "31", "ground": "示例办法"}
    client = signed_in(cast.supervision_head)
    assert client.post("/desk/personnel/checks/settings/", data).status_code == 302
    assert CheckSetting.of(2026).required
    assert not CheckSetting.of(2025).required


def test_the_card_has_two_sides_with_photograph_and_code(cast: Cast) -> None:
    held = pictured(cast, user=fresh(cast.officer))
    answer = signed_in(cast.officer).get(f"/desk/personnel/certificates/{held.pk}/card.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"%PDF")
    html = card_html(held)
    for shown in (held.number, "陈示例", cast.market.name, held.issuer, "data:image/jpeg;base64,", "<svg"):
        assert shown in html


def test_the_card_stays_two_pages_and_shows_its_picture_however_much_is_printed(cast: Cast) -> None:
    full = pictured(cast, "欧阳虚构示例", fields=tuple(FIELDS), number="示" * 40)
    Officer.objects.filter(pk=full.officer_id).update(name="欧" * 40)
    made = to_pdf(card_html(Certificate.objects.get(pk=full.pk)), pictures=True)
    assert made.pages == 2
    assert made.pdf.count(b"/Subtype /Image") == 1
    assert f"等{len(FIELDS)}个领域" in card_html(full)


def test_a_colleague_does_not_print_somebody_elses_card(cast: Cast) -> None:
    held = pictured(cast)
    page(cast.officer, f"/desk/personnel/certificates/{held.pk}/card.pdf", 403)
    assert "打印证卡" not in page(cast.officer, f"/desk/personnel/certificates/{held.pk}/")


def test_no_card_is_printed_of_what_is_not_good_today(cast: Cast) -> None:
    taken = pictured(cast)
    proposed(taken, SUSPEND, on(dt.date(2026, 11, 20)), by=cast.supervisor, approved_by=cast.supervision_head)
    bare = certificate(officer(cast.market, "李示例"))
    cases = {
        "暂扣中": Certificate.objects.get(pk=taken.pk),
        "还没有照片": bare,
        "国务院部门核发": pictured(cast, "乙示例", source="ministry"),
        "已过期": pictured(cast, "丙示例", valid_to=dt.date(2026, 11, 23)),
    }
    for words, one in cases.items():
        assert words in card_problem(one, TODAY)
        address = f"/desk/personnel/certificates/{one.pk}/card.pdf"
        answer = signed_in(cast.dept_admin).get(address)
        assert answer.status_code in {409, 422}
        assert words in answer.content.decode()
