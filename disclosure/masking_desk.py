"""The masking desk: what is judged, what waits, kept in the person's draft until it is handed in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _t

from disclosure.actions import MASK
from disclosure.data import Mask, Verdict, read_verdict
from disclosure.masking import Kind, Segment, pseudonyms, segments
from disclosure.models import Disclosure
from disclosure.public.wording import HIDDEN
from disclosure.texts import ALWAYS_HIDDEN, FIELDS, KIND_LABELS, Found, as_span, known_names, labels_of, proposals
from portal.workflow.errors import Invalid
from portal.workflow.proposals import draft_of, save_draft

AROUND = 6


@dataclass(frozen=True)
class Item:
    """One stretch as the page shows it."""

    number: int
    found: Found
    verdict: Verdict | None
    label: Any
    shown: str
    before: str
    after: str
    must_hide: bool
    same: int

    @property
    def blanked(self) -> bool:
        """Whether the public reads «已隐去» in its place rather than a pseudonym."""
        return self.shown == HIDDEN

    @property
    def key(self) -> str:
        """How a button names the stretch."""
        return "{}:{}:{}".format(*self.found.key)

    @property
    def css(self) -> str:
        """Class of the mark: hidden is solid, kept is plain, open is dashed."""
        if self.verdict is None:
            return ""
        return "ok" if self.verdict.hidden else "kept"


@dataclass(frozen=True)
class Text:
    """One field as two columns of pieces."""

    name: str
    label: Any
    pieces: list[tuple[Segment, Item | None]]


@dataclass(frozen=True)
class Desk:
    """Everything the page draws."""

    items: list[Item]
    texts: list[Text]
    version: int

    @property
    def open(self) -> list[Item]:
        """What still waits for a verdict."""
        return [item for item in self.items if item.verdict is None]

    @property
    def judged(self) -> list[Item]:
        """What has one."""
        return [item for item in self.items if item.verdict is not None]


def kept_verdicts(disclosure: Disclosure, actor: Any) -> tuple[dict[tuple[str, int, int], Verdict], int]:
    """The verdicts in the person's draft, by stretch, and the draft's version."""
    draft = draft_of(disclosure, MASK, actor)
    if draft is None:
        return {}, 0
    found = [read_verdict(text) for text in draft.data.get("verdicts", [])]
    fitting = [verdict for verdict in found if _fits(verdict, disclosure.source)]
    return {(verdict.field, verdict.start, verdict.end): verdict for verdict in fitting}, draft.version


def _fits(verdict: Verdict, source: dict[str, str]) -> bool:
    return verdict.field in source and 0 <= verdict.start < verdict.end <= len(source[verdict.field])


def all_found(disclosure: Disclosure, verdicts: dict[tuple[str, int, int], Verdict]) -> list[Found]:
    """The detector's stretches and those people added, in the order of the text."""
    machine = proposals(disclosure.source, known_names(disclosure.act))
    keys = {one.key for one in machine}
    added = [verdict.found(disclosure.source) for key, verdict in verdicts.items() if verdict.added and key not in keys]
    order = list(FIELDS)
    return sorted([*machine, *added], key=lambda one: (order.index(one.field), one.span.start))


def desk(disclosure: Disclosure, actor: Any) -> Desk:
    """The page's content for one person."""
    verdicts, version = kept_verdicts(disclosure, actor)
    found = all_found(disclosure, verdicts)
    called = pseudonyms(one.span.text for one in found if one.span.kind is Kind.NAME)
    items: list[Item] = []
    pieces: dict[str, list[tuple[Segment, Item | None]]] = {}
    for field, text in disclosure.source.items():
        here = [one for one in found if one.field == field]
        pieces[field] = []
        for segment in segments(text, [one.span for one in here], called):
            item = None
            if segment.span is not None:
                item = _item(len(items) + 1, Found(field, segment.span), segment.shown, text, verdicts, found)
                items.append(item)
            pieces[field].append((segment, item))
    labels = labels_of(disclosure.act)
    texts = [Text(field, labels[field], pieces[field]) for field in FIELDS if disclosure.source.get(field)]
    return Desk(items, texts, version)


def _item(
    number: int,
    one: Found,
    shown: str,
    text: str,
    verdicts: dict[tuple[str, int, int], Verdict],
    found: list[Found],
) -> Item:
    span = one.span
    return Item(
        number=number,
        found=one,
        verdict=verdicts.get(one.key),
        label=KIND_LABELS[span.kind],
        shown=shown,
        before=text[max(0, span.start - AROUND) : span.start],
        after=text[span.end : span.end + AROUND],
        must_hide=span.kind in ALWAYS_HIDDEN,
        same=sum(other.span.text == span.text and other.span.kind == span.kind for other in found),
    )


def judge(disclosure: Disclosure, actor: Any, *, key: str, hidden: bool, reason: str, version: int | None) -> None:
    """Hide or keep one stretch, and every other with the same wording; raises Invalid or Stale."""
    verdicts, _version = kept_verdicts(disclosure, actor)
    found = all_found(disclosure, verdicts)
    chosen = next((one for one in found if "{}:{}:{}".format(*one.key) == key), None)
    if chosen is None:
        raise Invalid({"key": _t("这一处已不在原文里，请刷新页面。")})
    if not hidden and chosen.span.kind in ALWAYS_HIDDEN:
        raise Invalid({"reason": _t("%(kind)s一律隐去，不能保留。") % {"kind": KIND_LABELS[chosen.span.kind]}})
    if not hidden and not reason.strip():
        raise Invalid({"reason": _t("保留“%(text)s”须写明理由。") % {"text": chosen.span.text}})
    for one in found:
        if one.span.text == chosen.span.text and one.span.kind == chosen.span.kind:
            before = verdicts.get(one.key)
            verdicts[one.key] = Verdict(
                *one.key, one.span.kind.value, hidden, "" if hidden else reason.strip(), bool(before and before.added)
            )
    _save(disclosure, actor, verdicts, version)


def reopen(disclosure: Disclosure, actor: Any, *, key: str, version: int | None) -> None:
    """Take a verdict back; a stretch that a person had added disappears."""
    verdicts, _version = kept_verdicts(disclosure, actor)
    verdicts = {place: verdict for place, verdict in verdicts.items() if "{}:{}:{}".format(*place) != key}
    _save(disclosure, actor, verdicts, version)


def add(
    disclosure: Disclosure, actor: Any, *, field: str, text: str, kind: str, start: int | None, version: int | None
) -> int:
    """Add a stretch the detector missed: at `start`, or wherever the wording stands in the field.

    Returns how many were added. Raises Invalid when the wording is not there, or lies in another stretch.
    """
    source = disclosure.source.get(field, "")
    wanted = text.strip()
    if not wanted or wanted not in source:
        raise Invalid(
            {
                "text": _t("“%(field)s”里没有“%(text)s”。")
                % {"field": labels_of(disclosure.act).get(field, field), "text": wanted}
            }
        )
    if kind not in {one.value for one in Kind}:
        raise Invalid({"kind": _t("请选择种类。")})
    verdicts, _version = kept_verdicts(disclosure, actor)
    taken = [one.span for one in all_found(disclosure, verdicts) if one.field == field]
    places = [start] if start is not None and source[start : start + len(wanted)] == wanted else _places(source, wanted)
    added = 0
    for place in places:
        end = place + len(wanted)
        if any(span.start < end and place < span.end for span in taken):
            continue
        as_span(source, place, end, kind)
        verdicts[(field, place, end)] = Verdict(field, place, end, kind, hidden=True, added=True)
        added += 1
    if not added:
        raise Invalid({"text": _t("“%(text)s”已经在别的一处里，请在那一处确认。") % {"text": wanted}})
    _save(disclosure, actor, verdicts, version)
    return added


def _places(source: str, wanted: str) -> list[int]:
    places, at = [], source.find(wanted)
    while at >= 0:
        places.append(at)
        at = source.find(wanted, at + len(wanted))
    return places


def _save(
    disclosure: Disclosure, actor: Any, verdicts: dict[tuple[str, int, int], Verdict], version: int | None
) -> None:
    save_draft(
        disclosure,
        MASK,
        actor=actor,
        values={"verdicts": [_as_text(verdict) for verdict in verdicts.values()]},
        version=version,
    )


def _as_text(verdict: Verdict) -> str:
    content = {
        "field": verdict.field,
        "start": verdict.start,
        "end": verdict.end,
        "kind": verdict.kind,
        "hidden": verdict.hidden,
        "reason": verdict.reason,
        "added": verdict.added,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def handed_in(disclosure: Disclosure, actor: Any) -> Mask:
    """The draft as the action's data."""
    verdicts, _version = kept_verdicts(disclosure, actor)
    return Mask(tuple(_as_text(verdict) for verdict in verdicts.values()))
