"""Base templates, error pages, response headers, and the rules every template of the portal obeys."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from portal.theme.security import SecurityHeadersMiddleware

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("portal", "personnel", "enforcement", "disclosure", "supervision")
# Official documents are drawn by WeasyPrint, e-mail by mail programmes; both need their style inline.
NOT_PAGES = ("documents", "papers", "email")


def templates() -> list[Path]:
    """Every template that becomes a page in a browser."""
    found = [path for room in ROOMS for path in (ROOT / room).rglob("templates/**/*.html")]
    return [path for path in found if not set(path.relative_to(ROOT).parts) & set(NOT_PAGES)]


def test_no_template_needs_inline_style_or_script() -> None:
    inline = re.compile(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)
    guilty = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in templates()
        if (match := inline.search(re.sub(r"\{#.*?#\}", "", path.read_text())))
    ]
    assert len(templates()) > 20
    assert guilty == []


def test_every_template_says_first_what_it_is_for() -> None:
    mute = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "portal" / "theme").rglob("*.html")
        if not path.read_text().startswith("{# ")
    ]
    assert mute == []


def test_the_public_zone_needs_no_user_no_session_and_no_request() -> None:
    page = render_to_string("theme/public.html", {})
    assert "白碱滩区行政执法公示" in page
    assert "csrf" not in page.lower()
    assert "htmx" not in page
    assert 'class="public"' in page


def test_large_type_is_a_class_the_server_sets() -> None:
    assert 'class="public easy"' in render_to_string("theme/public.html", {"easy": True})
    assert 'class="desk easy"' in render_to_string("theme/desk.html", {"easy": True})


def test_the_page_names_the_language_it_is_written_in() -> None:
    assert '<html lang="zh-Hans"' in render_to_string("theme/public.html", {"language_url": "?language=en"})
    with translation.override("en"):
        page = render_to_string("theme/public.html", {"language_url": "?language=zh-hans"})
    assert '<html lang="en"' in page
    assert 'lang="zh-Hans">中文</a>' in page


def test_htmx_carries_the_token_and_adds_no_style_of_its_own(browse: Client) -> None:
    page = browse.get("/").content.decode()
    assert """hx-headers='{"X-CSRFToken": "token-of-the-test"}'""" in page
    assert '"includeIndicatorStyles": false' in page
    assert '"allowEval": false' in page


def test_leaving_the_desk_and_switching_type_are_posts(browse: Client) -> None:
    page = browse.get("/").content.decode()
    for address in ("/logout/", "/easy/", "/language/"):
        assert f'<form method="post" action="{address}">' in page


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("400", "请求无法识别"),
        ("403", "法制审核由没有承办本案的人办理。"),
        ("403_csrf", "已自动保存的草稿不会丢失"),
        ("404", "没有找到这一页"),
        ("429", "请过几分钟再试。"),
        ("500", "系统出错了"),
    ],
)
def test_an_error_page_is_a_clear_sentence(browse: Client, code: str, sentence: str) -> None:
    response = browse.get(f"/error/{code}/")
    assert response.status_code == int(code[:3])
    assert sentence in response.content.decode()
    assert "/static/theme/standalone.css" in response.content.decode()


def test_an_error_inside_the_desk_keeps_the_desk_around_it(browse: Client) -> None:
    page = browse.get("/error/404/?desk").content.decode()
    assert 'class="desk"' in page
    assert "没有找到这一页" in page


def test_the_page_for_our_own_faults_needs_neither_context_nor_manifest(settings: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    settings.STATIC_ROOT = "/nonexistent"
    assert "系统出错了" in render_to_string("500.html")


def test_too_many_requests_says_how_long_to_wait() -> None:
    assert "请等 30 秒再试。" in render_to_string("429.html", {"retry_after": 30})


def test_a_page_may_load_only_what_we_serve(browse: Client) -> None:
    policy = browse.get("/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"X-Frame-Options": "SAMEORIGIN"}, "frame-ancestors 'self'"),
        ({"Content-Security-Policy": "default-src 'none'"}, "default-src 'none'"),
        ({"Content-Type": "application/pdf"}, None),
    ],
)
def test_a_view_may_be_framed_by_us_set_its_own_policy_or_answer_with_a_pdf(
    headers: dict[str, str], expected: str | None
) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        del request
        return HttpResponse(headers=headers)

    response = SecurityHeadersMiddleware(view)(RequestFactory().get("/"))
    policy = response.get("Content-Security-Policy")
    assert policy is None if expected is None else expected in str(policy)


def test_work_in_progress_reloads_by_itself_without_script(browse: Client) -> None:
    assert '<noscript><meta http-equiv="refresh"' in browse.get("/progress/running/").content.decode()
    assert "http-equiv" not in browse.get("/progress/finished/").content.decode()
