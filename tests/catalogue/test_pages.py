"""The pages of the catalogues as the people who use them see them."""

from __future__ import annotations

import pytest
from django.test import Client

from enforcement.catalogue import actions, queries
from tests import case_scenes
from tests.cast import Cast
from tests.catalogue import scenes

pytestmark = pytest.mark.django_db


def signed_in(client: Client, person: object) -> Client:
    """The browser of a person."""
    client.force_login(person)  # type: ignore[arg-type]  # a user
    return client


def test_the_list_and_the_entry_show_versions_and_tiers(client: Client, cast: Cast) -> None:
    entry = scenes.item_entry(cast)
    scenes.done(cast, entry, actions.BENCHMARK, scenes.benchmark_data())
    browser = signed_in(client, cast.officer)
    assert "对销售超过保质期食品的处罚" in browser.get("/desk/catalogue/?kind=item&standing=now").content.decode()
    assert "目录里还没有条目" not in browser.get("/desk/catalogue/").content.decode()
    shown = browser.get(f"/desk/catalogue/{entry.pk}/").content.decode()
    assert "第 1 版（施行中）" in shown
    assert "4,000 元以上 10,000 元以下" in shown
    form = browser.get(f"/desk/do/{entry.pk}/enforcement.catalogue.set_benchmark/").content.decode()
    assert "10000" in form or "10,000" in form
    assert browser.get("/desk/new/enforcement.catalogue.add_item/").status_code == 200


def test_the_line_under_the_form_follows_what_is_typed(client: Client, cast: Cast) -> None:
    scenes.done(cast, scenes.item_entry(cast), actions.BENCHMARK, scenes.benchmark_data())
    case = case_scenes.filed(cast)
    tier = queries.tiers_of(case)[0]
    browser = signed_in(client, cast.officer)
    url = f"/desk/catalogue/cases/{case.pk}/standing/"
    assert url in browser.get(f"/desk/do/{case.pk}/enforcement.case.conclude/").content.decode()
    inside = browser.post(url, {"tier": tier.pk, "fine": "3,000", "kinds": ["fine"]}).content.decode()
    outside = browser.post(url, {"tier": tier.pk, "fine": "30,000", "kinds": ["fine"]}).content.decode()
    assert "之内。" in inside
    assert "须写明理由" in outside


def test_a_file_is_read_and_its_faults_are_shown(client: Client, cast: Cast) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.catalogue.test_catalogue import LIST

    browser = signed_in(client, cast.officer)
    sent = {
        "file": SimpleUploadedFile("list.csv", LIST.encode("gb18030")), "effective_from": "2026-01-01",
        "field": "医疗保障", "reviewer": "法规科", "approver": "局长",
    }  # fmt: skip
    answer = browser.post("/desk/catalogue/files/new/", sent, follow=True).content.decode()
    assert "没有法律依据" in answer
    assert "对甲的处罚" in answer
    assert "采用这份文件" in answer


@pytest.mark.parametrize("typed", ["1e999999", "９", "-1", "1" * 40, "五千", ""])
def test_what_is_no_amount_yet_is_answered_not_failed(client: Client, cast: Cast, typed: str) -> None:
    scenes.done(cast, scenes.item_entry(cast), actions.BENCHMARK, scenes.benchmark_data())
    case = case_scenes.filed(cast)
    tier = queries.tiers_of(case)[0]
    answer = signed_in(client, cast.officer).post(
        f"/desk/catalogue/cases/{case.pk}/standing/", {"tier": tier.pk, "fine": typed, "base": typed, "kinds": "fine"}
    )
    assert answer.status_code == 200


def test_an_entry_offers_only_the_steps_of_its_own_catalogue(client: Client, cast: Cast) -> None:
    page = signed_in(client, cast.officer).get(f"/desk/catalogue/{scenes.item_entry(cast).pk}/").content.decode()
    assert "提出事项的新版本" in page
    assert "提出听证标准的新版本" not in page
    assert "提出审核目录条目的新版本" not in page
