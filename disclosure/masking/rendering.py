"""Writes the public wording of a text from its confirmed spans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from disclosure.public.wording import HIDDEN

from .names import initial, plain
from .spans import Kind, Span


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text: as it was, and as the public reads it; number is the span's place from 1, or 0."""

    text: str
    shown: str
    number: int = 0
    span: Span | None = None


def pseudonyms(names: Iterable[str]) -> dict[str, str]:
    """What each name becomes, in the order given: «张某», and «张某1», «张某2» when several would be the same.

    本地: after 法释〔2016〕19号 第九条, which binds courts and serves here as a pattern: a surname (also of two
    characters) stays, of a transcribed name its first character; different people are told apart by figures.
    """
    distinct = list(dict.fromkeys(plain(name) for name in names))
    people = [name for name in distinct if not any(_is_part(name, other) for other in distinct)]
    groups: dict[str, list[str]] = {}
    for name in people:
        groups.setdefault(f"{initial(name)}某", []).append(name)
    called = {
        name: short if len(group) == 1 else f"{short}{place}"
        for short, group in groups.items()
        for place, name in enumerate(group, start=1)
    }
    return {
        name: called.get(name) or next(called[other] for other in people if _is_part(name, other)) for name in distinct
    }


def _is_part(name: str, other: str) -> bool:
    """Whether the name is the first part of the other (艾合买提 of 艾合买提·吐尔逊)."""
    return other.startswith(f"{name}·")


def segments(text: str, spans: Sequence[Span], names: Mapping[str, str] | None = None) -> list[Segment]:
    """The text cut at its spans; joining `text` gives the original, joining `shown` the public wording.

    names: the pseudonyms of the whole decision, when it has several texts; else they come from this one.
    Raises ValueError when spans overlap or do not fit the text.
    """
    called = dict(names or {})
    called |= {
        name: short
        for name, short in pseudonyms([*called, *(span.text for span in spans if span.kind is Kind.NAME)]).items()
        if name not in called
    }
    pieces: list[Segment] = []
    at = 0
    for number, span in enumerate(sorted(spans, key=lambda span: span.start), start=1):
        if span.start < at or text[span.start : span.end] != span.text or span.end <= span.start:
            raise ValueError(f"span {span.start}–{span.end} does not fit the text")
        if span.start > at:
            pieces.append(Segment(text[at : span.start], text[at : span.start]))
        shown = called[plain(span.text)] if span.kind is Kind.NAME else HIDDEN
        pieces.append(Segment(span.text, shown, number, span))
        at = span.end
    if at < len(text):
        pieces.append(Segment(text[at:], text[at:]))
    return pieces


def masked(text: str, spans: Sequence[Span], names: Mapping[str, str] | None = None) -> str:
    """The public wording: names as «姓+某», everything else as «已隐去» (see `segments`)."""
    return "".join(segment.shown for segment in segments(text, spans, names))
