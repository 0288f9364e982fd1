"""The page of tokens: given for a year at most, shown once, told to the people named, withdrawn at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from portal.api.exposure import exposed
from portal.api.models import Consent, Token
from portal.api.openapi import description
from portal.inbox.models import Notice
from tests.api.callers import Caller, secret_of
from tests.cast import Cast


def filled(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {
        "name": "示例办案系统（虚构）",
        "people": [cast.officer.pk, cast.head.pk],
        "scopes": ["read", "work"],
        "expires_on": (timezone.localdate() + dt.timedelta(days=90)).isoformat(),
    } | changes


def test_the_secret_is_shown_once_and_kept_nowhere(cast: Cast, sign_in: Any) -> None:
    browser = sign_in(cast.dept_admin)
    page = browser.post("/desk/api/", filled(cast))
    secret = page.context["secret"]
    assert secret in page.content.decode()
    sign_in(cast.officer).post(
        "/desk/api/consents/", {"consent": Consent.objects.get(person=cast.officer).pk, "answer": "agree"}
    )
    assert Caller(secret, cast.officer).get("/me").json()["person"] == "chen"
    assert secret not in browser.get("/desk/api/").content.decode()
    token = Token.objects.get()
    assert secret not in str([token.digest, *token.history.values_list("digest", flat=True)])


def test_the_people_named_are_asked(cast: Cast, sign_in: Any) -> None:
    sign_in(cast.dept_admin).post("/desk/api/", filled(cast))
    assert set(Notice.objects.values_list("user__username", "url")) == {
        ("chen", "/desk/api/consents/"),
        ("zhao", "/desk/api/consents/"),
    }
    assert "等待您同意" in sign_in(cast.officer).get("/desk/api/consents/").content.decode()
    assert "等待同意" in sign_in(cast.dept_admin).get("/desk/api/").content.decode()


def test_whoever_names_himself_has_agreed(cast: Cast, sign_in: Any) -> None:
    page = sign_in(cast.dept_admin).post("/desk/api/", filled(cast, people=[cast.dept_admin.pk]))
    assert Caller(page.context["secret"], cast.dept_admin).get("/me").status_code == 200


def test_nobody_of_another_department_and_no_longer_than_a_year(cast: Cast, sign_in: Any) -> None:
    browser, today = sign_in(cast.dept_admin), timezone.localdate()
    attempts: tuple[dict[str, Any], ...] = (
        {"people": [cast.foreign_officer.pk]},
        {"people": []},
        {"scopes": ["everything"]},
        {"expires_on": (today + dt.timedelta(days=400)).isoformat()},
        {"expires_on": (today - dt.timedelta(days=1)).isoformat()},
        {"expires_on": "9999-99-99"},
        {"name": ""},
    )
    for wrong in attempts:
        assert browser.post("/desk/api/", filled(cast, **wrong)).status_code == 422, wrong
    assert not Token.objects.exists()


def test_the_department_sees_its_own_and_the_bureau_all(cast: Cast, sign_in: Any) -> None:
    secret_of(cast, [cast.officer])
    assert "示例办案系统" in sign_in(cast.dept_admin).get("/desk/api/").content.decode()
    assert "示例办案系统" in sign_in(cast.supervisor).get("/desk/api/").content.decode()
    assert "示例办案系统" not in sign_in(cast.bureau_admin).get("/desk/api/").content.decode()


def test_withdrawing_ends_it_at_once_and_keeps_who_did_it(cast: Cast, sign_in: Any) -> None:
    system = Caller(secret_of(cast, [cast.officer]), cast.officer)
    token = Token.objects.get()
    sign_in(cast.dept_admin).post(f"/desk/api/{token.pk}/withdraw/")
    assert system.get("/me").status_code == 401
    token.refresh_from_db()
    kept = token.history.order_by("history_date").values_list("revoked_by", flat=True)
    assert (token.revoked_by, kept.first(), kept.last()) == (cast.dept_admin, None, cast.dept_admin.pk)


def test_every_exposed_step_is_described_and_on_the_page(cast: Cast, sign_in: Any) -> None:
    keys = {action.key for action in exposed()}
    described = {call["post"]["operationId"] for path, call in description()["paths"].items() if "/actions/" in path}
    assert keys == described
    page = sign_in(cast.officer).get("/desk/api/docs/").content.decode()
    assert all(key in page for key in keys)
