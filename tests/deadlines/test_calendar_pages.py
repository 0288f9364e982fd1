"""Calendar pages: read by everybody who is signed in, entered by the bureau; errors are sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal.deadlines.calendar_store import calendar, install_calendars, published_years
from portal.deadlines.models import CalendarVersion
from tests.cast import Cast

SignIn = Callable[..., Client]
GOOD = "2027-01-01 休 元旦\n\n2027-01-30 班 春节\n2027-02-05 休 春节"


def year_url(key: str = "national", year: int = 2027) -> str:
    return reverse("deadlines:calendar-year", args=[key, year])


@pytest.fixture(autouse=True)
def calendars_installed(cast: Cast) -> None:
    install_calendars()


def test_everybody_sees_which_years_are_entered(cast: Cast, sign_in: SignIn) -> None:
    with time_machine.travel("2026-11-24T10:00+08:00"):
        page = sign_in(cast.officer).get(reverse("deadlines:calendars")).content.decode()

    assert "尚未录入" in page
    assert "2027" in page
    assert reverse("deadlines:import-year", args=["national"]) not in page


def test_an_officer_reads_a_year_and_cannot_enter_it(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.officer)

    assert "2025-01-28" in browser.get(year_url(year=2025)).content.decode()
    assert browser.post(year_url(), {"days": GOOD, "source": "示例通知"}).status_code == 403
    assert browser.get(reverse("deadlines:import-year", args=["national"])).status_code == 403
    assert 2027 not in published_years("national")


@pytest.mark.parametrize("part", ["supervisor", "supervision_head", "bureau_admin"])
def test_the_bureau_enters_a_year_as_a_new_version_in_its_own_name(part: str, cast: Cast, sign_in: SignIn) -> None:
    person = getattr(cast, part)

    answer = sign_in(person).post(year_url(), {"days": GOOD, "source": "国办发明电〔2026〕0号（示例）"})

    assert answer.status_code == 302
    version = CalendarVersion.objects.get(calendar="national", years__year=2027)
    assert (version.made_by, version.source) == (person, "国办发明电〔2026〕0号（示例）")
    assert calendar("national").is_workday(date(2027, 1, 30))
    assert not calendar("national").is_workday(date(2027, 2, 5))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"days": "2027-13-01 休", "source": "示例"}, "第 1 行：“2027-13-01”不是日期"),
        ({"days": "2027-01-01 元旦", "source": "示例"}, "第 1 行：“2027-01-01 元旦”应写成"),
        ({"days": "2027-01-01 休 元旦\n2027-01-02", "source": "示例"}, "第 2 行"),
        ({"days": "2025-01-01 休 元旦", "source": "示例"}, "不属于2027年"),
        ({"days": "", "source": "示例"}, "还没有任何日期"),
        ({"days": GOOD, "source": "示例", "none_at_all": "on"}, "已经写了日期"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    data: dict[str, str], sentence: str, cast: Cast, sign_in: SignIn
) -> None:
    answer = sign_in(cast.supervisor).post(year_url(), data)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert data["days"].strip() in page
    assert 2027 not in published_years("national")


def test_a_year_of_xinjiang_without_own_days_is_confirmed_by_saying_so(cast: Cast, sign_in: SignIn) -> None:
    data = {"days": "", "source": "自治区2026年通知（示例）", "none_at_all": "on"}

    assert sign_in(cast.supervisor).post(year_url("xinjiang", 2026), data).status_code == 302
    assert calendar("xinjiang").doubt(date(2026, 3, 20)) == ""


def test_a_file_is_imported_and_a_bad_one_answered(cast: Cast, sign_in: SignIn) -> None:
    url = reverse("deadlines:import-year", args=["national"])
    browser = sign_in(cast.supervisor)
    good = b'{"year": 2027, "papers": ["x"], "days": [{"name": "\xe5\x85\x83\xe6\x97\xa6", "date": "2027-01-01", "isOffDay": true}]}'

    bad = browser.post(url, {"year": 2027, "file": SimpleUploadedFile("2027.json", b"{}")})
    assert bad.status_code == 422
    assert "不是节假日文件" in bad.content.decode()

    assert browser.post(url, {"year": 2027, "file": SimpleUploadedFile("2027.json", good)}).status_code == 302
    assert published_years("national")[2027].off == {date(2027, 1, 1): "元旦"}


def test_unknown_calendars_and_years_are_not_found(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.supervisor)

    assert browser.get(year_url("tibet")).status_code == 404
    assert browser.get(year_url(year=1200)).status_code == 404


def test_the_calculator_shows_every_step_or_a_sentence(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.officer)
    url = reverse("deadlines:calculator")

    good = browser.get(url, {"rule": "SX-02", "start": "2025-06-05", "calendar": "xinjiang"}).content.decode()
    assert "2025-06-19" in good
    assert "古尔邦节" in good
    bad = browser.get(url, {"rule": "CF-08", "start": "2025-06-05", "calendar": "xinjiang"}).content.decode()
    assert "不是可以计算日期的期限" in bad


def test_nobody_reads_the_calendars_without_signing_in(client: Client) -> None:
    assert client.get(reverse("deadlines:calendars")).status_code == 302
