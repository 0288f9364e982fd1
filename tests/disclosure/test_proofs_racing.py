"""The nightly seal and the day's work at the same moment: neither waits for the other for ever, no proof stays behind."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from disclosure.public.models import PublishedProof, PublishedSeal
from disclosure.public.publishing import publish, raise_generation, withdraw
from disclosure.public.sealing import ProofData, SealData, publish_proofs, publish_seals
from portal.ledger.models import Seal
from portal.ledger.service import append, seal
from tests.cast import Cast, matter
from tests.disclosure.public.invented import decision_data

pytestmark = pytest.mark.concurrency


def meanwhile(first: Callable[[], object], then: Callable[[], object]) -> tuple[threading.Thread, list[DatabaseError]]:
    """Another transaction has done the first thing, does the next half a second later, and then commits."""
    begun, failed = threading.Event(), list[DatabaseError]()

    def work() -> None:
        try:
            with transaction.atomic():
                first()
                begun.set()
                threading.Event().wait(0.5)
                then()
        except DatabaseError as error:
            failed.append(error)
        finally:
            begun.set()
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    assert begun.wait(timeout=30)
    return thread, failed


def test_publishing_and_the_seal_never_block_each_other(committed_database: str, cast: Cast) -> None:
    place, other = matter(cast.market), matter(cast.market)
    with transaction.atomic():
        append(place, name="test.before")
    thread, failed = meanwhile(raise_generation, lambda: append(other, name="test.published"))
    seal()
    thread.join(timeout=30)
    assert failed == []
    assert PublishedSeal.objects.count() == Seal.objects.count() > 0


def test_a_decision_withdrawn_while_its_proof_is_made_has_none(committed_database: str) -> None:
    row = decision_data(snapshot_hash="5" * 64)
    publish(row)
    zero = "0" * 64
    publish_seals([SealData(1, dt.date(2026, 11, 24), 1, zero, 1, zero, zero, zero)])
    proof = ProofData(row.key, "正文（虚构）", zero, "5" * 64, 1, 0, [])
    thread, failed = meanwhile(lambda: withdraw(row.key, "撤销（虚构）", dt.date(2026, 11, 24)), lambda: None)
    publish_proofs([proof])
    thread.join(timeout=30)
    assert failed == []
    assert not PublishedProof.objects.exists()


def test_a_text_that_was_replaced_meanwhile_gets_no_proof(committed_database: str) -> None:
    row = decision_data(snapshot_hash="5" * 64)
    publish(row)
    zero = "0" * 64
    publish_proofs([ProofData(row.key, "更正前（虚构）", zero, "4" * 64, 1, 0, [])])
    assert not PublishedProof.objects.exists()
    publish_proofs([ProofData(row.key, "正文（虚构）", zero, "5" * 64, 1, 0, [])])
    assert PublishedProof.objects.get().text == "正文（虚构）"
