"""Writing to the ledger: append an event, seal a day."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction
from django.utils import timezone

from portal.ledger.canonical import canonical_text, hashes
from portal.ledger.models import Event, Seal, SealedEvent

GENESIS = "0" * 64


def append(
    matter: Any,
    *,
    name: str,
    actor: Any = None,
    happened_at: datetime | None = None,
    subject: str = "",
    data: dict[str, Any] | None = None,
    facts: list[dict[str, Any]] | None = None,
    digests: list[dict[str, Any]] | None = None,
    request_id: str = "",
) -> Event:
    """Append one event to the matter's chain; the caller holds the matter's row lock.

    `data` must hold labels, not people's free text: that stays in its row and is bound by digest.
    """
    previous = Event.objects.filter(matter_id=matter.pk).order_by("-sequence").values_list("sequence", "sha256").first()
    sequence, last = previous or (0, GENESIS)
    event = _composed(
        Entry(matter.pk, name, actor, happened_at, subject, data or {}, facts or [], digests or [], request_id),
        sequence + 1,
        last,
    )
    event.save(force_insert=True)
    return event


@dataclass(frozen=True)
class Entry:
    """What an event says, before it has its place in a chain."""

    matter_id: int
    name: str
    actor: Any = None
    happened_at: datetime | None = None
    subject: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    facts: list[dict[str, Any]] = field(default_factory=list)
    digests: list[dict[str, Any]] = field(default_factory=list)
    request_id: str = ""


def append_many(entries: Sequence[Entry], *, after: Mapping[int, Event] | None = None) -> list[Event]:
    """One event on each of many matters, in one statement; answers in the order of `entries`.

    `after` names the last event of each matter's chain, by matter. A matter without one is new in this
    very transaction: nobody else can have written to it, and the unique constraint on matter and
    sequence refuses one that has a chain. The caller holds the locks of all others.
    """
    last = after or {}
    events = []
    for entry in entries:
        before = last.get(entry.matter_id)
        events.append(_composed(entry, before.sequence + 1 if before else 1, before.sha256 if before else GENESIS))
    return Event.objects.bulk_create(events)


def _composed(entry: Entry, sequence: int, previous: str) -> Event:
    recorded_at = timezone.now()
    happened_at = entry.happened_at or recorded_at
    canonical = canonical_text(
        {
            "matter": entry.matter_id,
            "sequence": sequence,
            "previous": previous,
            "name": entry.name,
            "actor": entry.actor.username if entry.actor else "",
            "subject": entry.subject,
            "happened_at": happened_at,
            "recorded_at": recorded_at,
            "request": entry.request_id,
            "data": entry.data,
            "facts": entry.facts,
            "digests": entry.digests,
        }
    )
    sha256, sm3 = hashes(canonical)
    return Event(
        matter_id=entry.matter_id,
        sequence=sequence,
        name=entry.name,
        actor=entry.actor,
        happened_at=happened_at,
        recorded_at=recorded_at,
        request_id=entry.request_id,
        canonical=canonical,
        sha256=sha256,
        sm3=sm3,
    )


class PublicLeaves(Protocol):
    """What lies under the daily root beside the events: things the public reads and can check by itself."""

    def fresh(self) -> list[str]:
        """Hashes (hexadecimal SHA-256) that lie under no seal yet, in the order of the leaves."""

    def bind(self, seal: Seal) -> None:
        """Remember that the hashes `fresh` has just named lie under this seal, in that order; touch nothing else.

        Writers of events wait for the seal meanwhile: a lock that one of them holds would never be given.
        """

    def show(self) -> None:
        """Give the public what has been sealed and not shown; idempotent, in a transaction of its own."""

    def under(self, seal: Seal) -> list[str]:
        """The hashes under this seal as the things themselves give them today, in the order of the leaves."""


_public: list[PublicLeaves] = []


def register_public(leaves: PublicLeaves) -> None:
    """The one room that has something for the public tree; in ready(), twice counts once."""
    _public[:] = [leaves]


def public_leaves() -> PublicLeaves | None:
    """That room, when it is installed."""
    return _public[0] if _public else None


def merkle_levels(leaves: list[str]) -> list[list[bytes]]:
    """Every level of the tree over hexadecimal leaves, the leaves first; none for no leaves.

    Leaves and nodes are hashed apart (0x00 / 0x01 prefix); an odd node rises unchanged.
    """
    level = [hashlib.sha256(b"\x00" + bytes.fromhex(leaf)).digest() for leaf in leaves]
    levels = [level] if level else []
    while len(level) > 1:
        pairs = [level[i : i + 2] for i in range(0, len(level), 2)]
        level = [hashlib.sha256(b"\x01" + b"".join(pair)).digest() if len(pair) == 2 else pair[0] for pair in pairs]
        levels.append(level)
    return levels


def merkle_root(leaves: list[str]) -> str:
    """The root in hexadecimal; that of nothing is the hash of nothing."""
    levels = merkle_levels(leaves)
    return levels[-1][0].hex() if levels else hashlib.sha256(b"").hexdigest()


def merkle_path(levels: list[list[bytes]], position: int) -> list[list[str]]:
    """What a leaf needs to reach the root: ["left" or "right", hash in hexadecimal] of each neighbour on the way."""
    path = []
    for level in levels[:-1]:
        neighbour = position ^ 1
        if neighbour < len(level):
            path.append(["left" if neighbour < position else "right", level[neighbour].hex()])
        position //= 2
    return path


def chained_root(previous: str, root: str, day: str, events: int, public: tuple[int, str] = (0, "")) -> str:
    """How a seal binds the one before it; `public` is the number and root of the public leaves, when there are any."""
    parts = [previous, root, day, str(events)]
    if public[0]:
        parts += [str(public[0]), public[1]]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def seal() -> Seal | None:
    """Seal what is fresh, then show the public what lies under seals; returns nothing when nothing was fresh."""
    made = _sealed()
    if others := public_leaves():
        others.show()
    return made


def _sealed() -> Seal | None:
    """Seal every committed event not sealed yet; returns nothing when there is none.

    The share lock waits for writers in flight, so that an event with a low id that commits late
    is never jumped over.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT portal_lock_for_seal()")
        fresh = list(
            Event.objects.raw(
                "SELECT e.id, e.matter_id, e.sequence, e.sha256 FROM ledger_event e "
                "LEFT JOIN ledger_sealedevent s ON s.event_id = e.id WHERE s.id IS NULL ORDER BY e.id"
            )
        )
        if not fresh:
            return None
        last = Seal.objects.order_by("-number").first()
        day = timezone.localdate()
        root = merkle_root([event.sha256 for event in fresh])
        previous = last.chained if last else GENESIS
        others = public_leaves()
        shown = others.fresh() if others else []
        public = (len(shown), merkle_root(shown)) if shown else (0, "")
        made = Seal.objects.create(
            number=(last.number if last else 0) + 1,
            day=day,
            events=len(fresh),
            root=root,
            previous=previous,
            chained=chained_root(previous, root, day.isoformat(), len(fresh), public),
            public_leaves=public[0],
            public_root=public[1],
        )
        SealedEvent.objects.bulk_create(
            [
                SealedEvent(
                    seal=made,
                    position=position,
                    event_id=event.pk,
                    matter_id=event.matter_id,
                    sequence=event.sequence,
                    sha256=event.sha256,
                )
                for position, event in enumerate(fresh)
            ],
            batch_size=5000,
        )
        if others:
            others.bind(made)
        return made
