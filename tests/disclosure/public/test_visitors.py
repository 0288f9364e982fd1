"""Whatever a visitor sends, the site answers; it remembers two wishes and leads nobody astray."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure.public.publishing import publish_document
from disclosure.public.verification import MAX_BYTES
from tests.disclosure.public.invented import decision_data

PARAMETERS = (
    "q", "department", "kind", "penalty", "party", "item", "decided_from", "decided_to", "fine_from", "fine_to", "sort",
    "page", "after", "code", "easy", "language", "next", "junk",
)  # fmt: skip
ODD_ONES = [
            "\x00", "%", "%00", "\\", "'", '"', "１９９９-１-１", "0000-00-00", "9999-12-31", "1-1-1", "-1", "1e400", "NaN",
            "Infinity", "1e15", "9" * 5000, "2026-02-30", "字" * 5000, "WyJwdWJsaXNoZWQiLDEsIngiLCJ5IiwxXQ", "[]", "null",
            "\ufffe", "\ud7ff", "a b c d e f g h i j", "//evil.example", "javascript:alert(1)", "zh-hant",
]  # fmt: skip
ODD = st.one_of(st.text(max_size=30), st.sampled_from(ODD_ONES))
calm = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)


def addresses() -> list[str]:
    """Every address of the public zone that takes no argument."""
    ways: Any = get_resolver("disclosure.public.urls").reverse_dict
    plain = [name for name in ways if isinstance(name, str) and not ways[name][0][0][1]]
    return [reverse(f"public:{name}") for name in plain]


@calm
@given(data=st.data())
def test_no_parameter_breaks_a_page(visitor: Client, published: Callable[..., Any], data: st.DataObject) -> None:
    published(key=decision_data().key)
    address = data.draw(st.sampled_from(addresses()))
    given = data.draw(st.dictionaries(st.sampled_from(PARAMETERS), st.lists(ODD, min_size=1, max_size=3), max_size=5))
    cache.clear()  # as many visitors as examples: none of them has asked too often
    answer = visitor.get(address, given)
    answer.getvalue()  # a download keeps its place until it is read
    assert answer.status_code in {200, 303}, (address, given)


def test_no_odd_value_breaks_the_list_whatever_it_stands_for(visitor: Client, published: Callable[..., Any]) -> None:
    published()
    for name in PARAMETERS:
        for value in ODD_ONES:
            assert visitor.get("/decisions/", {name: value}).status_code == 200, (name, value)


@calm
@given(
    cookies=st.dictionaries(
        st.sampled_from(["desk_session", "desk_csrf", "language", "easy", "x"]),
        st.text("abc%=;\"'\\,0é1 ", max_size=20),
    )
)
def test_no_cookie_breaks_a_page(visitor: Client, published: Callable[..., Any], cookies: dict[str, str]) -> None:
    header = "; ".join(f"{name}={value}" for name, value in cookies.items())
    assert visitor.get("/decisions/", headers={"cookie": header}).status_code == 200


def test_an_officers_cookie_is_neither_read_nor_harmful(
    cast: Any, sign_in: Callable[..., Client], public_zone: None
) -> None:
    officer = sign_in(cast.officer)
    answer = officer.get("/")
    assert answer.status_code == 200
    assert not answer.cookies


@pytest.mark.parametrize(
    ("wished", "place"),
    [
        ("/decisions/?q=食品", "/decisions/?q=%E9%A3%9F%E5%93%81"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
        ("decisions/", "/"),
        ("/a\r\nSet-Cookie: x=1", "/a%0D%0ASet-Cookie:%20x=1"),
    ],
)
def test_a_switch_leads_back_to_a_page_of_this_site_only(visitor: Client, wished: str, place: str) -> None:
    for method in (visitor.get, visitor.post):
        answer = method("/preferences/", {"easy": "1", "next": wished})
        assert (answer.status_code, answer["Location"]) == (303, place)
        cookie = answer.cookies["easy"]
        assert cookie.value == "1"
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_large_type_and_english_last_until_switched_back(visitor: Client, published: Callable[..., Any]) -> None:
    published()
    assert 'class="public"' in visitor.get("/").content.decode()
    visitor.get("/preferences/", {"easy": "1", "next": "/"})
    page = visitor.get("/").content.decode()
    assert 'class="public easy"' in page
    assert "恢复标准显示" in page
    visitor.get("/preferences/", {"easy": "0", "next": "/"})
    assert 'class="public"' in visitor.get("/").content.decode()
    visitor.get("/preferences/", {"language": "en", "next": "/"})
    english = visitor.get("/")
    assert '<html lang="en"' in english.content.decode()
    assert english["Content-Language"] == "en"
    visitor.get("/preferences/", {"language": "xx", "next": "/"})
    assert visitor.get("/")["Content-Language"] == "en"
    visitor.get("/preferences/", {"language": "zh-hans", "next": "/"})
    assert visitor.get("/")["Content-Language"] == "zh-Hans"


def test_the_browsers_own_language_does_not_change_a_shared_address(visitor: Client, db: None) -> None:
    assert visitor.get("/", headers={"accept-language": "en"})["Content-Language"] == "zh-Hans"


def test_a_file_is_recognised_by_its_hash_and_not_kept(visitor: Client, db: None) -> None:
    original = b"%PDF-1.7 " + b"x" * 3_000_000
    publish_document(
        code="7K4M92QDXR5T", kind="行政处罚决定书", number="白市监处罚〔2026〕121号", department_name="某局",
        issued_on=decision_data().decided_on, sha256=hashlib.sha256(original).hexdigest(),
    )  # fmt: skip
    answer = visitor.post("/verify/", {"file": SimpleUploadedFile("决定书.pdf", original)})
    assert "与原件一致" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    changed = visitor.post("/verify/", {"file": SimpleUploadedFile("决定书.pdf", original + b" ")})
    assert "没有与这个文件一致的文书" in changed.content.decode()


def test_a_file_that_is_too_large_or_missing_is_explained(visitor: Client, db: None) -> None:
    huge = io.BytesIO(b"0" * (MAX_BYTES + 200_000))
    huge.name = "big.pdf"
    answer = visitor.post("/verify/", {"file": huge})
    assert answer.status_code == 413
    assert "文件超过 10 MB" in answer.content.decode()
    for body in ({}, {"file": "no file"}, {"file": SimpleUploadedFile("空.pdf", b"")}):
        empty = visitor.post("/verify/", body)
        assert empty.status_code == 400
        assert "没有收到文件" in empty.content.decode()


def test_a_body_longer_than_its_header_says_is_cut_off(visitor: Client, db: None) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + b"0" * 200_000 + b"\r\n--x--\r\n"
    )
    answer = visitor.post(
        "/verify/", data=body, content_type="multipart/form-data; boundary=x", headers={"content-length": "10"}
    )
    assert answer.status_code in {200, 400}


def test_every_page_keeps_to_its_own_scripts_styles_and_frames(visitor: Client, published: Callable[..., Any]) -> None:
    row = published()
    for address in ("/", "/decisions/", f"/decisions/{row.key}/", "/verify/", "/nowhere/"):
        answer = visitor.get(address)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-inline" not in policy
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
