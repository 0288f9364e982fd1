"""The virus scanner is asked over its own protocol; without a verdict a file is asked about again."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal import outbox
from portal.attachments import scanning, store
from portal.attachments.models import Attachment
from portal.matters.models import Matter
from portal.outbox.models import OutboxRow
from tests.attachments.clamd import FOUND, VIRUS, clamd
from tests.attachments.files import PDF, upload
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Scan = Attachment.Scan


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_without_a_scanner_files_stay_unscanned_and_nobody_is_asked(cast: Cast, matter: Matter, settings: Any) -> None:
    settings.CLAMD = ""
    attachment = store(matter, upload("决定书.pdf"), cast.officer)
    assert attachment.scan_state == Scan.UNSCANNED
    assert not OutboxRow.objects.filter(topic="attachments.scan").exists()
    assert scanning.scan_waiting() == 0


def test_a_clean_file_is_clean_and_was_sent_whole(cast: Cast, matter: Matter, settings: Any) -> None:
    content = PDF + b" " * 700_000
    with clamd() as server:
        settings.CLAMD = server.address
        attachment = store(matter, upload("决定书.pdf", content), cast.officer)
        outbox.drain()
        assert server.seen == [len(content)]
    attachment.refresh_from_db()
    assert attachment.scan_state == Scan.CLEAN
    assert attachment.scanned_at is not None


def test_an_infected_file_is_kept_and_handed_to_nobody(
    cast: Cast, matter: Matter, settings: Any, sign_in: Callable[..., Client]
) -> None:
    with clamd() as server:
        settings.CLAMD = server.address
        attachment = store(matter, upload("决定书.pdf", PDF + VIRUS), cast.officer)
        outbox.drain()
    attachment.refresh_from_db()
    assert attachment.scan_state == Scan.INFECTED
    assert attachment.scan_note == FOUND
    for person in (cast.officer, cast.supervisor):
        answer = sign_in(person).get(reverse("attachments:download", args=[attachment.pk]))
        assert answer.status_code == 403
        assert VIRUS not in answer.content
    page = sign_in(cast.officer).get(reverse("attachments:page", args=[attachment.pk])).content.decode()
    assert FOUND in page
    assert reverse("attachments:download", args=[attachment.pk]) not in page
    assert attachment.path.is_file()


def test_a_scanner_that_is_away_is_asked_again_later(cast: Cast, matter: Matter, settings: Any) -> None:
    settings.CLAMD = f"127.0.0.1:{free_port()}"
    attachment = store(matter, upload("决定书.pdf"), cast.officer)
    outbox.drain()
    attachment.refresh_from_db()
    assert attachment.scan_state == Scan.UNAVAILABLE
    with clamd() as server:
        settings.CLAMD = server.address
        assert scanning.scan_waiting() == 1
        assert scanning.scan_waiting() == 0
    attachment.refresh_from_db()
    assert attachment.scan_state == Scan.CLEAN


def test_a_file_too_large_for_the_scanner_has_no_verdict(cast: Cast, matter: Matter, settings: Any) -> None:
    with clamd(limit=1000) as server:
        settings.CLAMD = server.address
        attachment = store(matter, upload("决定书.pdf", PDF + b" " * 5000), cast.officer)
        outbox.drain()
    attachment.refresh_from_db()
    assert attachment.scan_state == Scan.UNAVAILABLE


def test_files_from_before_the_scanner_are_scanned_too(cast: Cast, matter: Matter, settings: Any) -> None:
    settings.CLAMD = ""
    old = store(matter, upload("决定书.pdf", PDF + VIRUS), cast.officer)
    with clamd() as server:
        settings.CLAMD = server.address
        assert scanning.scan_waiting() == 1
    old.refresh_from_db()
    assert old.scan_state == Scan.INFECTED


def test_once_infected_is_infected(cast: Cast, matter: Matter, settings: Any) -> None:
    attachment = store(matter, upload("决定书.pdf"), cast.officer)
    Attachment.objects.update(scan_state=Scan.INFECTED)
    with clamd() as server:
        settings.CLAMD = server.address
        scanning.scan(attachment.pk)
    attachment.refresh_from_db()
    assert attachment.scan_state == Scan.INFECTED
