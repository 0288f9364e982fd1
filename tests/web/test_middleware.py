"""Request ids, health, error pages, and what the door's refusals look like from any view."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from portal.web import desk_views
from portal.web.middleware import DomainErrorMiddleware, RequestIdMiddleware
from portal.workflow.errors import Blocked, DoorError, Forbidden, Invalid, Overtaken, Repeated, Unmet
from portal.workflow.proposals import Stale
from tests.cast import Cast


def test_every_answer_carries_an_id_of_its_own() -> None:
    first, second = Client().get("/desk/healthz"), Client().get("/desk/healthz")
    assert len(first["X-Request-ID"]) == 32
    assert first["X-Request-ID"] != second["X-Request-ID"]


@pytest.mark.parametrize("given", ["x", "g" * 32, "0" * 33, "0" * 31 + "\u0661"])
def test_an_id_from_outside_is_taken_over_only_when_it_is_one(given: str) -> None:
    request = RequestFactory().get("/", headers={"X-Request-ID": given})
    RequestIdMiddleware(lambda _request: HttpResponse())(request)
    assert getattr(request, "id") != given  # noqa: B009 - set by the middleware


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (Forbidden("这一步由经办人办理。"), 403, "这一步由经办人办理。"),
        (Overtaken("已立案", "赵示例", "2026-11-24 10:00"), 409, "已由赵示例于 2026-11-24 10:00 办理"),
        (Repeated(7), 409, "没有重复办理"),
        (Stale(), 409, "在别处又保存过"),
        (Blocked([Unmet("gate", "还没有证据", ("CF-01",))]), 422, "处罚法42条1款"),
        (Invalid({"field": "金额不对。"}), 422, "金额不对。"),
    ],
)
@pytest.mark.parametrize("partial", [False, True])
def test_a_refusal_becomes_a_page_that_keeps_what_was_typed(
    cast: Cast, rf: Any, error: DoorError, status: int, words: str, partial: bool
) -> None:
    request: HttpRequest = rf.post(
        "/desk/somewhere/", {"opinion": "写了很久的理由", "csrfmiddlewaretoken": "geheim", "password": "geheim"}
    )
    request.user = cast.officer
    request.htmx = partial  # type: ignore[attr-defined]  # set by django-htmx
    answer = DomainErrorMiddleware(lambda _request: HttpResponse()).process_exception(request, error)
    assert answer is not None
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert "geheim" not in page
    assert ("写了很久的理由" in page) is not partial
    assert page.lstrip().startswith("<!doctype") is not partial


def test_an_error_of_our_own_is_not_dressed_up_as_a_refusal(rf: Any) -> None:
    middleware = DomainErrorMiddleware(lambda _request: HttpResponse())
    assert middleware.process_exception(rf.get("/desk/"), ValueError("x")) is None


def test_the_health_page_tells_a_database_that_is_down(rf: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    assert Client().get("/desk/healthz").json() == {"database": "up"}

    class Down:
        def cursor(self) -> None:
            raise DatabaseError

    monkeypatch.setattr(desk_views, "connection", Down())
    assert desk_views.health(rf.get("/desk/healthz")).status_code == 503


def test_what_does_not_exist_is_told_inside_the_desk_to_people_and_plainly_to_strangers(
    cast: Cast, sign_in: Any
) -> None:
    inside = sign_in(cast.officer).get("/desk/unheard-of/")
    outside = Client().get("/desk/unheard-of/")
    assert inside.status_code == outside.status_code == 404
    assert "陈示例（区市场监管局）" in inside.content.decode()
    assert "没有找到这一页" in outside.content.decode()


def test_the_root_of_the_desks_process_leads_to_the_public_site(settings: Any) -> None:
    assert Client().get("/")["Location"] == f"{settings.PUBLIC_URL}/"


def test_our_own_fault_is_told_without_asking_anything(rf: Any) -> None:
    from portal.web.errors import server_error

    answer = server_error(rf.get("/desk/"))
    assert answer.status_code == 500
    assert "不是您的操作造成的" in answer.content.decode()
