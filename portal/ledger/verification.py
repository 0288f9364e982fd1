"""Checking the ledger: names what was changed, removed, inserted, reordered or cut off."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from portal.ledger.canonical import hashes, plain, row_digest
from portal.ledger.models import Event, SaltedHistory, Seal, SealedEvent
from portal.ledger.service import GENESIS, chained_root, merkle_root, public_leaves


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was written."""

    kind: str  # changed · removed · inserted · reordered · cut_off · history_changed · history_removed · history_inserted · seal · published
    where: str
    sentence: str


def verify() -> Iterator[Finding]:
    """Walk every chain, every history row and every seal; yields what is wrong, nothing when all is well."""
    yield from _verify_chains()
    yield from _verify_history()
    yield from _verify_seals()


def _verify_chains() -> Iterator[Finding]:
    matter, expected, previous = None, 1, GENESIS
    for event in Event.objects.order_by("matter_id", "sequence").iterator(chunk_size=2000):
        if event.matter_id != matter:
            matter, expected, previous = event.matter_id, 1, GENESIS
        where = f"matter {event.matter_id} event {event.sequence}"
        if event.sequence != expected:
            yield Finding("removed", where, f"事项 {event.matter_id} 缺少第 {expected} 至 {event.sequence - 1} 条事件")
        yield from _verify_event(event, where, previous if event.sequence == expected else None)
        expected, previous = event.sequence + 1, event.sha256


def _verify_event(event: Event, where: str, previous: str | None) -> Iterator[Finding]:
    content = json.loads(event.canonical)
    if hashes(event.canonical) != (event.sha256, event.sm3):
        yield Finding("changed", where, f"{where}：原文与哈希不符")
    columns = {
        "matter": event.matter_id,
        "sequence": event.sequence,
        "name": event.name,
        "request": event.request_id,
        "happened_at": plain(event.happened_at),
        "recorded_at": plain(event.recorded_at),
    }
    for key, value in columns.items():
        if content.get(key) != value:
            kind = "reordered" if key == "sequence" else "changed"
            yield Finding(kind, where, f"{where}：{key} 与原文不符（原文 {content.get(key)}，现为 {value}）")
    if previous is not None and content.get("previous") != previous:
        yield Finding("inserted", where, f"{where}：不接在前一条之后，前面被插入、替换或调换过")


def _verify_history() -> Iterator[Finding]:
    bound: dict[str, dict[Any, str]] = {}
    for canonical in Event.objects.values_list("canonical", flat=True).iterator(chunk_size=2000):
        for digest in json.loads(canonical).get("digests", []):
            bound.setdefault(digest["table"], {})[str(digest["row"])] = digest["digest"]
    for model in history_models():
        table = model._meta.db_table
        expected = bound.pop(table, {})
        for row in model._default_manager.iterator(chunk_size=2000):
            digest = expected.pop(str(row.pk), None)
            where = f"{table} {row.pk}"
            if digest is None:
                yield Finding("history_inserted", where, f"{where}：这一行历史不是任何事件写下的")
            elif row_digest(row) != digest:
                yield Finding("history_changed", where, f"{where}：这一行历史被改过")
        for pk in expected:
            yield Finding("history_removed", f"{table} {pk}", f"{table} {pk}：这一行历史不见了")


def history_models() -> Iterable[type[models.Model]]:
    """Every history model that carries a salt."""
    return [model for model in apps.get_models() if issubclass(model, SaltedHistory)]


def _verify_seals() -> Iterator[Finding]:
    previous = GENESIS
    number = 0
    for seal in Seal.objects.order_by("number").iterator():
        number += 1
        where = f"seal {seal.number}"
        if seal.number != number:
            yield Finding("removed", where, f"缺少第 {number} 号封存")
            number = seal.number
        leaves = list(seal.leaves.order_by("position").values_list("sha256", flat=True))
        if merkle_root(leaves) != seal.root or len(leaves) != seal.events:
            yield Finding("seal", where, f"{where}：默克尔根与叶子不符")
        if (
            seal.previous != previous
            or chained_root(
                seal.previous, seal.root, seal.day.isoformat(), seal.events, (seal.public_leaves, seal.public_root)
            )
            != seal.chained
        ):
            yield Finding("seal", where, f"{where}：不接在前一次封存之后")
        yield from _verify_public(seal, where)
        previous = seal.chained
    yield from _verify_leaves()


def _verify_public(seal: Seal, where: str) -> Iterator[Finding]:
    others = public_leaves()
    if others is None or not seal.public_leaves:
        return
    shown = others.under(seal)
    if len(shown) != seal.public_leaves or merkle_root(shown) != seal.public_root:
        yield Finding("published", where, f"{where}：公示过的内容与封存时不同")


def _verify_leaves() -> Iterator[Finding]:
    now = {pk: sha for pk, sha in Event.objects.values_list("pk", "sha256").iterator(chunk_size=5000)}  # noqa: C416
    last = dict(Event.objects.order_by("matter_id").values_list("matter_id").annotate(models.Max("sequence")))
    for leaf in SealedEvent.objects.order_by("pk").iterator(chunk_size=5000):
        where = f"matter {leaf.matter_id} event {leaf.sequence}"
        if leaf.event_id not in now:
            kind = "cut_off" if leaf.sequence > last.get(leaf.matter_id, 0) else "removed"
            yield Finding(kind, where, f"{where}：已封存的事件不见了")
        elif now[leaf.event_id] != leaf.sha256:
            yield Finding("changed", where, f"{where}：与封存时不同")
