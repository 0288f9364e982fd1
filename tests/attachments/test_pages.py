"""A file on the desk: who sees the matter gets it, as a download under its own name, whole or in part."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.grants import grant_matter
from portal.attachments import store
from portal.attachments.models import Attachment
from portal.matters.models import Matter
from portal.matters.registry import MatterKind, register_kind
from tests.attachments.files import MP4, PDF, upload
from tests.cast import Cast

pytestmark = pytest.mark.django_db
RESERVED = MatterKind("tests.reserved", "监督案件", Matter, url=lambda matter: f"/desk/{matter.pk}/", reserved=True)
register_kind(RESERVED)


@pytest.fixture
def film(cast: Cast, matter: Matter) -> Attachment:
    """A film of the case."""
    return store(matter, upload("执法记录.mp4"), cast.officer)


def body(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a streaming response of the test client


@pytest.mark.parametrize("name", ["page", "download"])
@pytest.mark.parametrize(
    ("person", "status"),
    [("officer", 200), ("head", 200), ("supervisor", 200), ("foreign_officer", 404), ("judge", 404)],
)
def test_who_sees_the_matter_sees_its_files_and_others_get_404(
    film: Attachment, cast: Cast, sign_in: Callable[..., Client], name: str, person: str, status: int
) -> None:
    answer = sign_in(getattr(cast, person)).get(reverse(f"attachments:{name}", args=[film.pk]))
    assert answer.status_code == status


def test_a_guest_of_a_reserved_matter_sees_only_what_his_department_uploaded(
    cast: Cast, sign_in: Callable[..., Client]
) -> None:
    reserved = Matter.objects.create(kind=RESERVED.key, department=cast.bureau, title="示例监督案件")
    grant_matter(reserved, to=cast.market, ground="被监督")
    theirs = store(reserved, upload("决定书.pdf"), cast.supervisor)
    ours = store(reserved, upload("说明.txt"), cast.officer)
    browser = sign_in(cast.head)
    assert browser.get(reverse("attachments:page", args=[ours.pk])).status_code == 200
    assert browser.get(reverse("attachments:page", args=[theirs.pk])).status_code == 404
    assert browser.get(reverse("attachments:download", args=[theirs.pk])).status_code == 404


def test_a_loose_file_is_its_uploaders_alone(cast: Cast, sign_in: Callable[..., Client]) -> None:
    loose = store(None, upload("决定书.pdf"), cast.officer)
    address = reverse("attachments:download", args=[loose.pk])
    assert sign_in(cast.officer).get(address).status_code == 200
    for person in (cast.second_officer, cast.supervisor, cast.foreign_officer):
        assert sign_in(person).get(address).status_code == 404


def test_a_stranger_is_sent_to_sign_in(film: Attachment, client: Client) -> None:
    answer = client.get(reverse("attachments:download", args=[film.pk]))
    assert answer.status_code == 302


def test_a_download_is_never_shown_as_a_page(film: Attachment, cast: Cast, sign_in: Callable[..., Client]) -> None:
    answer = sign_in(cast.officer).get(reverse("attachments:download", args=[film.pk]))
    assert body(answer) == MP4
    assert answer.headers["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('执法记录.mp4')}"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "video/mp4"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=100-199", 100, 199),
        ("bytes=100-", 100, len(MP4) - 1),
        ("bytes=-50", len(MP4) - 50, len(MP4) - 1),
        ("bytes=5-999999999", 5, len(MP4) - 1),
        ("bytes=-999999999", 0, len(MP4) - 1),
    ],
)
def test_a_film_is_handed_out_in_parts(
    film: Attachment, cast: Cast, sign_in: Callable[..., Client], asked: str, first: int, last: int
) -> None:
    address = reverse("attachments:download", args=[film.pk])
    answer = sign_in(cast.officer).get(address, headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(MP4)}"
    assert body(answer) == MP4[first : last + 1]
    assert answer.headers["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("asked", [f"bytes={len(MP4)}-", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(
    film: Attachment, cast: Cast, sign_in: Callable[..., Client], asked: str
) -> None:
    answer = sign_in(cast.officer).get(reverse("attachments:download", args=[film.pk]), headers={"Range": asked})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(MP4)}"


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "items=0-1", "bytes=a-b", "bytes=-"])
def test_a_range_we_do_not_understand_gives_the_whole_file(
    film: Attachment, cast: Cast, sign_in: Callable[..., Client], asked: str
) -> None:
    answer = sign_in(cast.officer).get(reverse("attachments:download", args=[film.pk]), headers={"Range": asked})
    assert answer.status_code == 200
    assert body(answer) == MP4


def test_a_range_of_another_version_gives_the_whole_file(
    film: Attachment, cast: Cast, sign_in: Callable[..., Client]
) -> None:
    answer = sign_in(cast.officer).get(
        reverse("attachments:download", args=[film.pk]), headers={"Range": "bytes=0-1", "If-Range": '"other"'}
    )
    assert answer.status_code == 200


def test_the_page_checks_the_bytes_when_asked(film: Attachment, cast: Cast, sign_in: Callable[..., Client]) -> None:
    address = reverse("attachments:page", args=[film.pk])
    browser = sign_in(cast.officer)
    assert "核验" in browser.get(address).content.decode()
    assert "核验一致" in browser.get(address + "?check=1").content.decode()
    film.path.chmod(0o600)
    film.path.write_bytes(b"changed")
    assert "核验不一致" in browser.get(address + "?check=1").content.decode()


@pytest.mark.parametrize(("person", "status"), [("officer", 302), ("supervisor", 403), ("foreign_officer", 404)])
def test_the_department_voids_its_own_files_with_a_reason(
    film: Attachment, cast: Cast, sign_in: Callable[..., Client], person: str, status: int
) -> None:
    browser = sign_in(getattr(cast, person))
    answer = browser.post(reverse("attachments:void", args=[film.pk]), {"reason": "拍错了地点"})
    assert answer.status_code == status
    film.refresh_from_db()
    assert (film.voided_at is not None) == (status == 302)
    if status == 302:
        assert "拍错了地点" in browser.get(reverse("attachments:page", args=[film.pk])).content.decode()


def test_voiding_without_a_reason_says_what_is_missing(
    film: Attachment, cast: Cast, sign_in: Callable[..., Client]
) -> None:
    answer = sign_in(cast.officer).post(reverse("attachments:void", args=[film.pk]), {"reason": " "}, follow=True)
    assert "请写明作废的理由" in answer.content.decode()
    film.refresh_from_db()
    assert film.voided_at is None


def test_a_name_that_would_break_a_header_does_not(cast: Cast, matter: Matter, sign_in: Callable[..., Client]) -> None:
    attachment = store(matter, upload('a"; filename=evil.html; x="\r\nSet-Cookie: a=b.pdf', PDF), cast.officer)
    answer = sign_in(cast.officer).get(reverse("attachments:download", args=[attachment.pk]))
    assert "Set-Cookie: a" not in str(answer.headers)
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="a_; filename=evil.html')
    assert answer.headers["Content-Disposition"].count('"') == 2
