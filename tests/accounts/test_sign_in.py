"""Signing in and out: lock-out, safe redirects, the demo's accounts, one's own account page."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from axes.utils import reset
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.demo import DOMAIN, demo_people
from portal.accounts.models import User
from tests.cast import PASSWORD, Cast, fresh

SIGN_IN = "/desk/sign-in/"


@pytest.fixture(autouse=True)
def nobody_locked_out(db: None) -> Iterator[None]:
    reset()
    yield
    reset()


def send(browser: Client, password: str = PASSWORD, **more: str) -> Any:
    return browser.post(SIGN_IN, {"username": "chen", "password": password, **more})


def test_the_right_password_opens_the_workbench(cast: Cast) -> None:
    browser = Client()
    assert send(browser)["Location"] == "/desk/"
    page = browser.get("/desk/").content.decode()
    assert "陈示例（区市场监管局）" in page
    assert cast.officer.is_active


def test_the_page_asked_for_is_opened_after_signing_in(cast: Cast) -> None:
    browser = Client()
    asked = browser.get("/desk/proposals/?which=own")
    assert asked["Location"] == f"{SIGN_IN}?next=/desk/proposals/%3Fwhich%3Down"
    assert send(browser, next="/desk/proposals/?which=own")["Location"] == "/desk/proposals/?which=own"
    assert cast.officer.is_active


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(cast: Cast, target: str) -> None:
    assert send(Client(), next=target)["Location"] == "/desk/"
    switched = Client().post("/desk/easy/", {"easy": "1", "next": target})
    assert switched["Location"] == "/desk/"
    assert cast.officer.is_active


def test_a_wrong_password_says_what_to_check_and_not_which_part_was_wrong(cast: Cast) -> None:
    known = send(Client(), "falsch").content.decode()
    unknown = Client().post(SIGN_IN, {"username": "niemand", "password": "falsch"}).content.decode()
    sentence = "用户名或者密码不对。请检查大小写；连续输错多次会暂时锁定。"
    assert sentence in known
    assert sentence in unknown
    assert cast.officer.is_active


def test_somebody_who_has_left_cannot_sign_in(cast: Cast) -> None:
    User.objects.filter(pk=cast.officer.pk).update(is_active=False)
    assert send(Client()).status_code == 200


def test_too_many_wrong_passwords_lock_this_name_at_this_place_and_say_for_how_long(cast: Cast) -> None:
    browser = Client()
    for _time in range(8):
        last = send(browser, "falsch")
    assert last.status_code == 429
    assert "暂停登录 15 分钟" in last.content.decode()
    assert send(browser).status_code == 429
    other = Client().post(SIGN_IN, {"username": "li", "password": PASSWORD})
    assert other["Location"] == "/desk/"
    elsewhere = Client(REMOTE_ADDR="10.0.0.9").post(SIGN_IN, {"username": "chen", "password": PASSWORD})
    assert elsewhere["Location"] == "/desk/"
    assert cast.officer.is_active


def test_signing_out_takes_a_form_of_our_own(cast: Cast, sign_in: Any) -> None:
    browser = sign_in(cast.officer)
    assert browser.get("/desk/sign-out/").status_code == 405
    assert browser.get("/desk/").status_code == 200
    assert browser.post("/desk/sign-out/")["Location"] == SIGN_IN
    assert browser.get("/desk/").status_code == 302


def test_the_sign_in_page_asks_the_database_nothing_outside_the_demo(cast: Cast, settings: Any) -> None:
    settings.DEMO = False
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(SIGN_IN).status_code == 200
    assert len(asked) == 0
    assert cast.officer.is_active


def test_demo_accounts_are_listed_in_the_demo_only(cast: Cast, settings: Any) -> None:
    User.objects.filter(pk=cast.officer.pk).update(email=f"chen@{DOMAIN}")
    settings.DEMO = True
    assert [person.username for person in demo_people()] == ["chen"]
    assert "演示账号" in Client().get(SIGN_IN).content.decode()
    out = StringIO()
    call_command("demo_signins", stdout=out)
    assert "chen" in out.getvalue()
    settings.DEMO = False
    assert demo_people() == []
    assert "演示账号" not in Client().get(SIGN_IN).content.decode()
    with pytest.raises(CommandError, match="不是演示环境"):
        call_command("demo_signins")


def test_a_new_password_replaces_the_old_one_and_ends_other_sessions(cast: Cast, sign_in: Any) -> None:
    here, elsewhere = sign_in(cast.officer), sign_in(cast.officer)
    weak = here.post(
        "/desk/account/password/",
        {"old_password": PASSWORD, "new_password1": "12345678901", "new_password2": "12345678901"},
    )
    assert weak.status_code == 200
    answer = here.post(
        "/desk/account/password/",
        {"old_password": PASSWORD, "new_password1": "另一个-足够长-口令", "new_password2": "另一个-足够长-口令"},
        follow=True,
    )
    assert "密码已修改" in answer.content.decode()
    assert here.get("/desk/").status_code == 200
    assert elsewhere.get("/desk/").status_code == 302
    assert fresh(cast.officer).check_password("另一个-足够长-口令")


def test_the_account_page_says_what_each_role_may_do(cast: Cast, sign_in: Any) -> None:
    page = sign_in(cast.street_head).get("/desk/account/").content.decode()
    assert "示例区中心街道办事处" in page
    assert "审批本部门人员提出的事项" in page
    assert "进行法制审核" in page
    assert "本部门的事项" in page
    assert "全区各部门的事项" in sign_in(cast.supervisor).get("/desk/account/").content.decode()
    assert "您还没有角色" in sign_in(cast.newcomer).get("/desk/account/").content.decode()


def test_large_type_and_language_are_kept_in_cookies(cast: Cast) -> None:
    browser = Client()
    browser.post("/desk/easy/", {"easy": "1", "next": SIGN_IN})
    browser.post("/desk/language/", {"language": "en", "next": SIGN_IN})
    page = browser.get(SIGN_IN).content.decode()
    assert '<html lang="en" class="desk easy">' in page
    browser.post("/desk/easy/", {"easy": "0", "next": SIGN_IN})
    browser.post("/desk/language/", {"language": "klingon", "next": SIGN_IN})
    assert '<html lang="en" class="desk">' in browser.get(SIGN_IN).content.decode()
    assert cast.officer.is_active
