"""The press makes every PDF once; reprints are identical; a failure is kept, told and tried again."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import override_settings
from django.utils import timezone

from portal import outbox
from portal.documents import hooks, press
from portal.documents.issuing import void_document
from portal.documents.models import Document, DocumentFile
from tests.cast import Cast
from tests.database import triggers_off
from tests.documents.conftest import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Iterator[list[str]]:
    """What a higher room heard of documents, in order."""
    heard: list[str] = []

    def ready(document: Document) -> None:
        heard.append(f"ready {document.number} {document.sha256}")

    def void(document: Document) -> None:
        heard.append(f"void {document.number}")

    hooks.on_ready(ready)
    hooks.on_void(void)
    yield heard
    hooks._ready.remove(ready)
    hooks._void.remove(void)


@contextmanager
def template(name: str, source: str) -> Iterator[None]:
    """Put a template into the house for the length of the block, before the one that may be there."""
    engine = settings.TEMPLATES[0]
    loaders = [
        ("django.template.loaders.locmem.Loader", {name: source}),
        "django.template.loaders.app_directories.Loader",
    ]
    options = {**engine["OPTIONS"], "loaders": loaders}
    with override_settings(TEMPLATES=[{**engine, "APP_DIRS": False, "OPTIONS": options}]):
        yield


def test_the_outbox_brings_a_document_to_the_press(letter: Callable[..., Document], told: list[str]) -> None:
    document = letter()
    outbox.drain()
    document.refresh_from_db()
    pdf = press.stored_pdf(document)
    assert document.state == Document.State.READY
    assert document.sha256 == hashlib.sha256(pdf).hexdigest()
    assert document.sm3 == hashlib.new("sm3", pdf).hexdigest()
    assert document.pages >= 2
    assert document.faces
    assert told == [f"ready {document.number} {document.sha256}"]
    text = text_of(pdf)
    assert document.number in text
    assert document.issuer.name in text
    assert document.context["paper"]["date"] in text


def test_a_document_is_printed_once_however_often_it_is_asked_for(
    letter: Callable[..., Document], told: list[str]
) -> None:
    document = letter()
    assert [press.render(document.pk) for _time in range(3)] == [True, False, False]
    assert outbox.drain() >= 1
    assert press.render_pending() == 0
    assert DocumentFile.objects.count() == 1
    assert len(told) == 1


def test_the_same_frozen_context_gives_the_same_bytes(letter: Callable[..., Document]) -> None:
    document = letter()
    press.render(document.pk)
    document.refresh_from_db()
    assert press.render_again(document).pdf == press.stored_pdf(document)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_gives_the_same_bytes_on_another_day(letter: Callable[..., Document], seed: str) -> None:
    document = letter()
    press.render(document.pk)
    document.refresh_from_db()
    script = (
        "import django, hashlib, json, sys; django.setup()\n"
        "from portal.documents.rendering import to_html, to_pdf\n"
        "given = json.load(sys.stdin)\n"
        "html = to_html(given['template'], given['paper'], given['content'])\n"
        "print(hashlib.sha256(to_pdf(html).pdf).hexdigest())\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps({"template": document.template, **document.context}),
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "America/New_York", "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]},
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )  # fmt: skip
    assert answer.stdout.strip() == document.sha256


def test_after_the_template_has_changed_the_stored_paper_is_served(letter: Callable[..., Document]) -> None:
    document = letter()
    press.render(document.pk)
    document.refresh_from_db()
    before = press.stored_pdf(document)
    with template(document.template, "<p>另一种版式</p>"):
        assert press.render_again(document).pdf != before
        assert press.stored_pdf(document) == before


CHANGES: dict[str, Callable[[], Any]] = {
    "the bytes": lambda: DocumentFile.objects.update(pdf=b"%PDF-other"),
    "deleting the bytes": lambda: DocumentFile.objects.all()._raw_delete("default"),
    "the hash": lambda: Document.objects.update(sha256="0" * 64),
    "printing again": lambda: Document.objects.update(state=Document.State.PENDING),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_stored_pdf_cannot_be_changed_or_deleted(letter: Callable[..., Document], change: str) -> None:
    press.render(letter().pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        CHANGES[change]()


def test_a_pdf_that_was_tampered_with_is_not_handed_out(letter: Callable[..., Document]) -> None:
    document = letter()
    press.render(document.pk)
    connection.check_constraints()
    with triggers_off("documents_documentfile"):
        DocumentFile.objects.update(pdf=b"%PDF-forged")
        connection.check_constraints()
    document = Document.objects.get(pk=document.pk)
    with pytest.raises(press.DamagedFile):
        press.stored_pdf(document)


@pytest.fixture
def unprintable(letter: Callable[..., Document]) -> Document:
    """A document whose template has gone since it was issued."""
    with template("tests/not_there_yet.html", "<p>{{ paper.number }}</p>"):
        return letter("tests.broken")


def test_a_failure_is_kept_waits_longer_each_time_and_ends_as_failed(unprintable: Document) -> None:
    document, now = unprintable, timezone.now()
    waits = []
    for attempt in range(1, press.MOST_ATTEMPTS + 1):
        with time_machine.travel(now, tick=False):
            assert press.render_pending() == 0
        document.refresh_from_db()
        assert document.attempts == attempt
        assert "TemplateDoesNotExist" in document.error
        waits.append((document.due_at - now).total_seconds())
        with time_machine.travel(document.due_at - timedelta(seconds=1), tick=False):
            press.render_pending()
            document.refresh_from_db()
            assert document.attempts == attempt, "not before its time"
            assert press.progress(document).stage == ("failed" if attempt == press.MOST_ATTEMPTS else "again")
        now = document.due_at
    assert waits == sorted(set(waits))
    assert document.state == Document.State.FAILED


def test_a_failed_document_is_printed_when_somebody_has_mended_the_cause(unprintable: Document) -> None:
    Document.objects.update(state=Document.State.FAILED, attempts=press.MOST_ATTEMPTS)
    outbox.drain()
    unprintable.refresh_from_db()
    assert unprintable.state == Document.State.FAILED
    press.try_again(unprintable)
    with template("tests/not_there_yet.html", "<p>{{ paper.number }}</p>"):
        outbox.drain()
    unprintable.refresh_from_db()
    assert unprintable.state == Document.State.READY
    assert unprintable.number in text_of(press.stored_pdf(unprintable))


def test_a_higher_room_that_fails_keeps_the_document_from_being_ready(letter: Callable[..., Document]) -> None:
    document = letter()

    def fail(_document: Document) -> None:
        raise RuntimeError("the public row cannot be written")

    hooks.on_ready(fail)
    try:
        assert not press.render(document.pk)
    finally:
        hooks._ready.remove(fail)
    document.refresh_from_db()
    assert document.state == Document.State.PENDING
    assert "public row" in document.error
    assert not DocumentFile.objects.exists()
    assert press.render(document.pk)


def test_a_document_voided_before_it_was_printed_is_not_printed(
    letter: Callable[..., Document], cast: Cast, told: list[str]
) -> None:
    document = letter()
    void_document(document, actor=cast.head, reason="写错")
    assert not press.render(document.pk)
    assert not DocumentFile.objects.exists()
    assert told == [f"void {document.number}"]


def test_a_voided_document_keeps_the_pdf_it_had(letter: Callable[..., Document], cast: Cast) -> None:
    document = letter()
    press.render(document.pk)
    void_document(document, actor=cast.head, reason="写错")
    document.refresh_from_db()
    assert document.state == Document.State.VOID
    assert document.number in text_of(press.stored_pdf(document))


def test_progress_tells_how_many_stand_before(letter: Callable[..., Document]) -> None:
    documents = [letter() for _time in range(3)]
    assert [press.progress(document).ahead for document in documents] == [0, 1, 2]
    assert {press.progress(document).stage for document in documents} == {"queued"}
