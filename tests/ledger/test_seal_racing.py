"""Sealing while others write: an event with a low id that commits late is not jumped over."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from portal.ledger.models import Event, SealedEvent
from portal.ledger.service import append, seal
from portal.ledger.verification import verify
from portal.matters.models import Matter
from tests.cast import Cast, matter
from tests.workflow.racing import race

pytestmark = pytest.mark.concurrency


def test_the_seal_waits_for_a_writer_in_flight(committed_database: str, cast: Cast) -> None:
    slow, quick = matter(cast.market), matter(cast.market)
    written, go_on = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with transaction.atomic():
            append(slow, name="test.slow")
            written.set()
            go_on.wait(timeout=30)
        connection.close()

    writer = threading.Thread(target=write_slowly)
    writer.start()
    assert written.wait(timeout=30)
    with transaction.atomic():
        append(quick, name="test.quick")
    threading.Timer(0.3, go_on.set).start()
    made = seal()
    writer.join(timeout=30)
    assert made is not None
    assert made.events == 2
    assert SealedEvent.objects.count() == Event.objects.count() == 2


def test_many_writers_and_sealers_leave_every_event_sealed_once(committed_database: str, cast: Cast) -> None:
    places = [matter(cast.market) for _number in range(8)]

    def work(place: int) -> None:
        for number in range(10):
            if place >= len(places):
                seal()
                continue
            with transaction.atomic():
                locked = Matter.objects.select_for_update().get(pk=places[place].pk)
                append(locked, name=f"test.{number}")

    answers = race(10, work)
    assert [one for one in answers if one is not None] == []
    seal()
    assert SealedEvent.objects.count() == Event.objects.count() == 80
    assert list(verify()) == []
