"""What is taken, what is refused and in which words; what was taken stays as it was."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from portal.attachments import AttachmentRefused, store, storing, vault
from portal.attachments.models import Attachment
from portal.attachments.names import clean_name
from portal.matters.models import Matter
from tests.attachments.files import CONTENT, EXE, JPG, MP4, PDF, PNG, archive, upload
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", CONTENT)
def test_every_accepted_type_is_taken_and_hashed(cast: Cast, matter: Matter, name: str) -> None:
    attachment = store(matter, upload(name), cast.officer)
    assert attachment.sha256 == hashlib.sha256(CONTENT[name]).hexdigest()
    assert attachment.size == len(CONTENT[name])
    assert attachment.path.read_bytes() == CONTENT[name]
    assert attachment.name == name
    assert storing.is_intact(attachment)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("决定书.pdf", EXE),
        ("决定书.pdf", PNG),
        ("现场.jpg", PNG),
        ("现场.png", b"<html><script>alert(1)</script></html>"),
        ("执法记录.mp4", PDF),
        ("报告.docx", archive("[Content_Types].xml", "xl/workbook.xml")),
        ("报告.docx", archive("anything")),
        ("报告.docx", b"PK\3\4 broken"),
        ("清单.xlsx", PDF),
        ("清单.csv", EXE),
        ("说明.txt", JPG),
        ("说明.txt", b"<!DOCTYPE html><html><body>x</body></html>"),
        ("说明.txt", b"\xff\xff\xff not text"),
    ],
)
def test_content_that_is_not_what_the_name_says_is_refused(
    cast: Cast, matter: Matter, name: str, content: bytes
) -> None:
    with pytest.raises(AttachmentRefused, match=f"“{name}”的内容不是"):
        store(matter, upload(name, content), cast.officer)
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    "name", ["程序.exe", "页面.html", "图.svg", "脚本.js", "报告.docm", "无后缀", "决定书.pdf.exe", ".pdf"]
)
def test_a_type_that_is_not_on_the_list_is_refused_with_the_list(cast: Cast, matter: Matter, name: str) -> None:
    with pytest.raises(AttachmentRefused, match=r"只接受.*docx.*pdf"):
        store(matter, upload(name, PDF), cast.officer)


def test_a_room_may_narrow_the_list_but_not_widen_it(cast: Cast, matter: Matter) -> None:
    tables = frozenset({".xlsx", ".csv", ".exe"})
    with pytest.raises(AttachmentRefused, match="只接受csv、xlsx文件"):
        store(matter, upload("决定书.pdf"), cast.officer, allowed=tables)
    with pytest.raises(AttachmentRefused, match="只接受"):
        store(matter, upload("程序.exe", EXE), cast.officer, allowed=tables)
    assert store(matter, upload("清单.csv"), cast.officer, allowed=tables).media_type == "text/csv"


def test_macros_are_refused(cast: Cast, matter: Matter) -> None:
    content = archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")
    with pytest.raises(AttachmentRefused, match="宏"):
        store(matter, upload("报告.docx", content), cast.officer)


def test_an_empty_file_is_refused(cast: Cast, matter: Matter) -> None:
    with pytest.raises(AttachmentRefused, match="空文件"):
        store(matter, upload("决定书.pdf", b""), cast.officer)


def test_a_file_above_the_limit_is_refused_while_it_arrives(cast: Cast, matter: Matter, settings: Any) -> None:
    settings.ATTACHMENT_MAX_BYTES = 1000
    assert store(matter, upload("决定书.pdf", PDF + b" " * (1000 - len(PDF))), cast.officer).size == 1000
    read = []

    class Endless(SimpleUploadedFile):
        def chunks(self, chunk_size: int | None = None) -> Any:
            for _number in range(1000):
                read.append(1)
                yield b"%PDF" * 100

    with pytest.raises(AttachmentRefused, match="超过"):
        store(matter, Endless("决定书.pdf", b""), cast.officer)
    assert len(read) == 3, "reading stopped with the chunk that went over the limit"
    assert not list((vault.folder() / "incoming").iterdir()), "nothing is left behind"


def test_a_matter_holds_a_limited_number_of_files(cast: Cast, matter: Matter, settings: Any) -> None:
    settings.ATTACHMENT_MAX_PER_MATTER = 2
    for number in range(2):
        store(matter, upload(f"说明{number}.txt", b"text"), cast.officer)
    with pytest.raises(AttachmentRefused, match="最多2个"):
        store(matter, upload("说明.txt"), cast.officer)
    assert not list((vault.folder() / "incoming").iterdir())


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("../../etc/决定书.pdf", "决定书.pdf"),
        ("C:\\案卷\\决定书.pdf", "决定书.pdf"),
        ("决定\u202efdp.exe.pdf", "决定fdp.exe.pdf"),
        ("决定\r\nSet-Cookie: x.pdf", "决定Set-Cookie_ x.pdf"),
        ("决定\0书.pdf", "决定书.pdf"),
        ('a"b<c>|d?.pdf', "a_b_c__d_.pdf"),
        ("con.pdf", "_con.pdf"),
        ("  ...隐藏.pdf. ", "隐藏.pdf"),
        ("", "附件"),
        ("e\u0301tat.pdf", "état.pdf"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_hostile_names_become_harmless(given: str, clean: str) -> None:
    assert clean_name(given) == clean


def test_the_vault_is_closed_to_others_and_keeps_the_same_bytes_once(cast: Cast, matter: Matter) -> None:
    one = store(matter, upload("决定书.pdf"), cast.officer)
    other = store(matter, upload("副本.pdf", PDF), cast.second_officer)
    assert one.path == other.path
    assert one.pk != other.pk
    assert stat.S_IMODE(one.path.stat().st_mode) & 0o077 == 0
    assert vault.folder() in one.path.parents


@pytest.mark.parametrize("name", ["../../../etc/passwd", "ab/cd", "ab/../x", "/etc/passwd/x"])
def test_the_vault_knows_only_names_of_its_own(name: str) -> None:
    with pytest.raises(ValueError, match="vault"):
        vault.path_of(name)


def test_a_changed_or_lost_file_is_found_out(cast: Cast, matter: Matter) -> None:
    attachment = store(matter, upload("执法记录.mp4"), cast.officer)
    attachment.path.chmod(0o600)
    attachment.path.write_bytes(MP4[:-1] + b"!")
    assert not storing.is_intact(attachment)
    attachment.path.unlink()
    assert not storing.is_intact(attachment)
    again = store(matter, upload("执法记录.mp4"), cast.officer)
    assert storing.is_intact(again)


def test_the_same_bytes_mend_a_damaged_file(cast: Cast, matter: Matter) -> None:
    attachment = store(matter, upload("现场.png"), cast.officer)
    attachment.path.chmod(0o600)
    attachment.path.write_bytes(b"damaged")
    store(matter, upload("现场.png"), cast.officer)
    assert storing.is_intact(attachment)


def test_a_file_is_voided_with_a_reason_and_never_deleted(cast: Cast, matter: Matter) -> None:
    attachment = store(matter, upload("决定书.pdf"), cast.officer)
    with pytest.raises(AttachmentRefused, match="理由"):
        storing.void(attachment, actor=cast.officer, reason=" ")
    storing.void(attachment, actor=cast.officer, reason="传错了文件")
    with pytest.raises(AttachmentRefused, match="已经作废"):
        storing.void(attachment, actor=cast.officer, reason="再次")
    attachment.refresh_from_db()
    assert attachment.void_reason == "传错了文件"
    assert Path(attachment.path).is_file()


CHANGES: dict[str, Callable[[], Any]] = {
    "deleting": lambda: Attachment.objects.all()._raw_delete("default"),
    "the hash": lambda: Attachment.objects.update(sha256="0" * 64),
    "the name": lambda: Attachment.objects.update(name="别的.pdf"),
    "the uploader's time": lambda: Attachment.objects.update(uploaded_at="2020-01-01T00:00:00Z"),
    "the matter": lambda: Attachment.objects.update(matter=None),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_what_was_uploaded(cast: Cast, matter: Matter, change: str) -> None:
    store(matter, upload("决定书.pdf"), cast.officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        CHANGES[change]()


def test_a_loose_file_is_adopted_by_its_uploaders_matter_only(cast: Cast, matter: Matter) -> None:
    mine = store(None, upload("决定书.pdf"), cast.officer)
    foreign = store(None, upload("决定书.pdf"), cast.second_officer)
    with transaction.atomic():
        adopted = storing.adopt(matter, [mine.pk, foreign.pk, 999_999], cast.officer)
    assert [row.pk for row in adopted] == [mine.pk]
    mine.refresh_from_db()
    foreign.refresh_from_db()
    assert mine.matter == matter
    assert foreign.matter is None
