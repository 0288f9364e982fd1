"""A document on the desk: who sees the matter sees it, others get 404; progress, PDF, trying again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.grants import grant_matter
from portal.documents import press
from portal.documents.issuing import issue, void_document
from portal.documents.models import Document
from portal.matters.models import Matter
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ADDRESSES = ("page", "progress", "file")


def address(name: str, document: Document) -> str:
    return reverse(f"documents:{name}", args=[document.pk])


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("officer", 200),
        ("head", 200),
        ("supervisor", 200),
        ("foreign_officer", 404),
        ("policeman", 404),
        ("newcomer", 200),
    ],
)
def test_who_sees_the_matter_sees_its_documents_and_others_get_404(
    letter: Callable[..., Document], cast: Cast, sign_in: Callable[..., Client], name: str, person: str, status: int
) -> None:
    document = letter()
    press.render(document.pk)
    answer = sign_in(getattr(cast, person)).get(address(name, document))
    expected = 204 if name == "progress" and status == 200 else status
    assert answer.status_code == expected


def test_a_guest_of_the_matter_sees_its_papers_but_not_the_internal_ones(
    letter: Callable[..., Document], cast: Cast, matter: Matter, sign_in: Callable[..., Client]
) -> None:
    internal = issue("tests.internal", matter=matter, subject=None, actor=cast.head)
    outgoing = letter()
    grant_matter(matter, to=cast.city, ground="移送")
    guest = sign_in(cast.foreign_officer)
    assert guest.get(address("page", outgoing)).status_code == 200
    assert guest.get(address("page", internal)).status_code == 404
    assert sign_in(cast.officer).get(address("page", internal)).status_code == 200
    assert sign_in(cast.supervisor).get(address("page", internal)).status_code == 200


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_stranger_is_sent_to_sign_in(letter: Callable[..., Document], client: Client, name: str) -> None:
    answer = client.get(address(name, letter()))
    assert answer.status_code == 302
    assert reverse("accounts:sign-in") in answer.headers["Location"]


def test_while_it_is_made_the_page_asks_again_and_then_loads_itself_anew(
    letter: Callable[..., Document], cast: Cast, sign_in: Callable[..., Client]
) -> None:
    document = letter()
    browser = sign_in(cast.officer)
    page = browser.get(address("page", document))
    assert address("progress", document) in page.content.decode()
    assert "等待制作" in page.content.decode()
    assert browser.get(address("file", document)).status_code == 404
    waiting = browser.get(address("progress", document))
    assert waiting.status_code == 200
    assert "hx-get" in waiting.content.decode()
    press.render(document.pk)
    assert browser.get(address("progress", document)).headers["HX-Refresh"] == "true"
    done = browser.get(address("page", document)).content.decode()
    assert address("file", document) in done
    assert "hx-get" not in done.partition("document-progress")[2].partition("</p>")[0]


def test_every_reprint_is_the_same_file(
    letter: Callable[..., Document], cast: Cast, sign_in: Callable[..., Client]
) -> None:
    document = letter()
    press.render(document.pk)
    first = sign_in(cast.officer).get(address("file", document))
    second = sign_in(cast.supervisor).get(address("file", document) + "?download=1")
    assert first.content == second.content
    assert first.content.startswith(b"%PDF-")
    assert first.headers["Content-Type"] == "application/pdf"
    assert first.headers["Content-Disposition"].startswith("inline")
    assert second.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert first.headers["X-Content-Type-Options"] == "nosniff"
    assert first.headers["X-Frame-Options"] == "SAMEORIGIN"
    again = sign_in(cast.officer).get(address("file", document), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_voided_document_says_so_and_why(
    letter: Callable[..., Document], cast: Cast, sign_in: Callable[..., Client]
) -> None:
    document = letter()
    press.render(document.pk)
    void_document(document, actor=cast.head, reason="当事人名称写错")
    page = sign_in(cast.officer).get(address("page", document)).content.decode()
    assert "已经作废" in page
    assert "当事人名称写错" in page


@pytest.mark.parametrize(("person", "status"), [("officer", 302), ("supervisor", 403), ("foreign_officer", 404)])
def test_only_the_issuing_department_has_a_failed_document_made_again(
    letter: Callable[..., Document], cast: Cast, sign_in: Callable[..., Client], person: str, status: int
) -> None:
    document = letter()
    Document.objects.filter(pk=document.pk).update(state=Document.State.FAILED)
    browser = sign_in(getattr(cast, person))
    assert browser.get(address("again", document)).status_code == 405
    assert browser.post(address("again", document)).status_code == status
    document.refresh_from_db()
    assert document.state == (Document.State.PENDING if status == 302 else Document.State.FAILED)


def test_the_page_asks_the_database_a_fixed_number_of_questions(
    letter: Callable[..., Document],
    cast: Cast,
    sign_in: Callable[..., Client],
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    document = letter()
    press.render(document.pk)
    browser = sign_in(cast.officer)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]  # a context manager of pytest-django
        browser.get(address("page", document))
