"""The writing side of daily roots and proofs: what the desk's seal gives the public."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from .models import PublishedDecision, PublishedProof, PublishedSeal
from .publishing import raise_generation


@dataclass(frozen=True, slots=True)
class SealData:
    """A daily root: hashes in hexadecimal, and how many events and public texts lie under it."""

    number: int
    day: date
    events: int
    root: str
    public_leaves: int
    public_root: str
    previous: str
    chained: str


@dataclass(frozen=True, slots=True)
class ProofData:
    """The text of a decision as it was published, and its way to the public root of a seal."""

    decision: UUID
    text: str
    sha256: str
    sm3: str
    seal: int
    position: int
    path: list[list[str]]


def newest_seal() -> int:
    """The number of the newest daily root the public sees; 0 before the first."""
    return PublishedSeal.objects.order_by("-number").values_list("number", flat=True).first() or 0


@transaction.atomic
def publish_seals(seals: Iterable[SealData]) -> None:
    """Show daily roots; they never change and are never taken off."""
    PublishedSeal.objects.bulk_create(
        [PublishedSeal(**dataclasses.asdict(seal)) for seal in seals], ignore_conflicts=True
    )
    raise_generation()


@transaction.atomic
def publish_proofs(proofs: Iterable[ProofData]) -> None:
    """Show the proofs of texts that are shown: a withdrawn or replaced one gets none, whatever happens meanwhile.

    The shown rows are locked: a withdrawal waits and then takes the proof along, or was first and leaves no row.
    """
    given = list(proofs)
    rows = PublishedDecision.objects.select_for_update().filter(pk__in=[proof.decision for proof in given])
    shown = dict(rows.order_by("pk").values_list("pk", "snapshot_hash"))
    PublishedProof.objects.bulk_create(
        [
            PublishedProof(
                decision=proof.decision,
                text=proof.text,
                sha256=proof.sha256,
                seal=proof.seal,
                position=proof.position,
                path=proof.path,
            )
            for proof in given
            if shown.get(proof.decision) == proof.sm3
        ],
        batch_size=2000,
        ignore_conflicts=True,
    )
    raise_generation()
