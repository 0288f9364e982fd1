"""Proposes what to hide in a text before it is published; a person confirms each span."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from . import addresses, contacts, holdings, names, numbers, shields
from .folding import bare, fold
from .numbers import Hit
from .spans import Kind, KnownNames, Span, without_overlap

NOBODY: Final = KnownNames()


def find_spans(text: str, known: KnownNames = NOBODY) -> list[Span]:
    """Everything in the text that looks protected, sorted, without overlap, with exact offsets.

    A proposal only: low confidence means «look closely», not «leave out». Depends on nothing but its arguments
    and, for birth dates in identity numbers, today.
    """
    folded = fold(text)
    kept = shields.find(folded, known)
    hits = chain(
        numbers.find(folded),
        contacts.find(folded),
        holdings.find(folded),
        addresses.find(folded),
        names.find(folded, known),
        _private(folded, known),
    )
    return without_overlap(
        Span(hit.start, hit.end, hit.kind, text[hit.start : hit.end], hit.rule, hit.confidence)
        for hit in hits
        if not any(shield.blocks(hit) for shield in kept)
    )


def _private(folded: str, known: KnownNames) -> Iterator[Hit]:
    """Wordings the case knows to be private, whatever blanks and hyphens stand inside."""
    places = [place for place, character in enumerate(folded) if character not in " \u200b-\r\n"]
    tight = bare(folded)
    for kind, wording in known.private:
        wanted = bare(wording)
        at = tight.find(wanted) if len(wanted) >= 2 else -1
        while at >= 0:
            yield Hit(places[at], places[at + len(wanted) - 1] + 1, kind, f"{kind.value}.known", 0.98)
            at = tight.find(wanted, at + len(wanted))


__all__ = ["Kind", "KnownNames", "Span", "find_spans"]
