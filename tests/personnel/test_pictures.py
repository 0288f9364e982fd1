"""Pictures of officers: judged by content, drawn anew, encrypted, shown to those who may see the officer."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from PIL import Image, ImageFile

from personnel.gallery import current_picture, keep_picture, photo_data_uri
from personnel.models import OfficerPicture
from personnel.pictures import PHOTO, PictureRefusedError, redraw
from tests.cast import Cast
from tests.personnel.pictures import drawn
from tests.personnel.scenes import officer


def test_a_picture_keeps_no_metadata() -> None:
    exif = Image.Exif()
    exif[0x010E] = "某人家中"
    exif[0x0132] = "2026:01:01 00:00:00"
    sent = drawn(exif=exif, comment=b"secret")
    assert b"Exif" in sent
    kept = redraw(sent, PHOTO)
    assert b"Exif" not in kept.content
    assert b"secret" not in kept.content
    with Image.open(io.BytesIO(kept.content)) as opened:
        assert opened.format == "JPEG"
        assert not opened.getexif()


def test_what_follows_the_picture_in_the_file_is_dropped() -> None:
    kept = redraw(drawn() + b"<script>alert(1)</script>", PHOTO)
    assert b"script" not in kept.content


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "LA"), ("PNG", "P")]
)
def test_every_kind_of_jpeg_and_png_is_taken(kind: str, mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (1200, 1680)).save(out, kind)
    kept = redraw(out.getvalue(), PHOTO)
    assert kept.width <= PHOTO[0]
    assert kept.height <= PHOTO[1]
    assert len(kept.content) < 200_000


def test_a_picture_lying_on_its_side_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    kept = redraw(drawn(size=(840, 600), exif=exif), PHOTO)
    assert kept.height > kept.width


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_half_a_picture_is_refused_also_when_another_library_would_bear_it(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    whole = drawn(kind)
    with pytest.raises(PictureRefusedError, match="不完整或者已损坏"):
        redraw(whole[: len(whole) * 3 // 4], PHOTO)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "不是 JPEG 或者 PNG"),
        (b"%PDF-1.7 ...", "不是 JPEG 或者 PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不是 JPEG 或者 PNG"),
        (drawn("GIF", mode="P"), "不是 JPEG 或者 PNG"),
        (drawn()[:2000], "不完整或者已损坏"),
        (drawn(size=(40, 40)), "看不清"),
        (drawn("PNG", size=(9000, 9000), mode="1"), "太大了"),
        (b"\xff\xd8\xff" + bytes(6 * 1024 * 1024), "超过 5 MB"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(PictureRefusedError, match=words):
        redraw(content, PHOTO)


def test_a_picture_is_encrypted_at_rest_and_a_newer_one_takes_its_place(cast: Cast) -> None:
    person = officer(cast.market)
    assert photo_data_uri(person) == ""
    first = keep_picture(person, "photo", drawn(), actor=cast.dept_admin)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM personnel_officerpicture WHERE id = %s", [first.pk])
        stored = bytes(cursor.fetchone()[0])
    assert b"JFIF" not in stored
    assert stored.startswith(b"gAAAA")
    second = keep_picture(person, "photo", drawn(size=(300, 420)), actor=cast.dept_admin)
    assert current_picture(person) == second
    assert photo_data_uri(person).startswith("data:image/jpeg;base64,/9j/")
    assert OfficerPicture.objects.filter(officer=person).count() == 2


def test_the_administrator_uploads_and_the_page_shows_it(cast: Cast, sign_in: Callable[..., Any]) -> None:
    person = officer(cast.market)
    browser, form = sign_in(cast.dept_admin), reverse("personnel:photo-new", args=[person.pk])
    photo = reverse("personnel:photo", args=[person.pk])
    assert browser.get(photo).status_code == 404
    refused = browser.post(form, {"file": SimpleUploadedFile("photo.jpg", b"MZ not a picture")})
    assert refused.status_code == 422
    assert "不是 JPEG 或者 PNG" in refused.content.decode()
    assert browser.post(form, {"file": SimpleUploadedFile("p.exe", drawn())}).status_code == 302
    answer = browser.get(photo)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "private" in answer["Cache-Control"]
    assert photo in browser.get(reverse("personnel:officer", args=[person.pk])).content.decode()
    assert sign_in(cast.foreign_officer).get(photo).status_code == 404
    assert sign_in(cast.officer).get(photo).status_code == 200
    assert sign_in(cast.supervisor).get(photo).status_code == 200


def test_the_proof_is_for_those_who_rely_on_it(cast: Cast, sign_in: Callable[..., Any]) -> None:
    person = officer(cast.market)
    keep_picture(person, "legal_proof", drawn(size=(1600, 1100)), actor=cast.dept_admin)
    proof = reverse("personnel:legal-proof", args=[person.pk])
    assert sign_in(cast.dept_admin).get(proof).status_code == 200
    assert sign_in(cast.supervisor).get(proof).status_code == 200
    assert sign_in(cast.officer).get(proof).status_code == 403
    assert sign_in(cast.foreign_officer).get(proof).status_code == 404
