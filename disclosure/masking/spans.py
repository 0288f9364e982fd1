"""What the detector speaks of: kinds of protected information, spans of a text, and what is known of the case."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    """What a span would give away."""

    IDENTITY = "identity"
    MOBILE = "mobile"
    PHONE = "phone"
    BANK = "bank"
    PLATE = "plate"
    ADDRESS = "address"
    EMAIL = "email"
    ACCOUNT = "account"
    TRAVEL = "travel"
    PROPERTY = "property"
    WEALTH = "wealth"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch [start, end) of a text that a person should look at; confidence from 0 to 1."""

    start: int
    end: int
    kind: Kind
    text: str
    rule: str
    confidence: float

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What the case already tells the detector.

    people: natural persons (party, legal representative, witness, informant…), to be shown as «姓+某»;
    organisations: names that stay although they contain a person's name;
    kept: any wording that stays (officers' names, a registered address, the agency's own telephone);
    private: wordings known to be private, each with its kind (a party's telephone or home address).
    """

    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    private: tuple[tuple[Kind, str], ...] = ()


STRONG = 0.9
MEDIUM = 0.7


def _tier(span: Span) -> int:
    return 2 if span.confidence >= STRONG else 1 if span.confidence >= MEDIUM else 0


def without_overlap(candidates: Iterable[Span]) -> list[Span]:
    """Sorted spans that do not overlap.

    The surer one wins, then the longer one, but a span that wraps a surer one stays whole (a name inside an
    address goes with the address); what sticks out of a winner is kept when at least two characters remain.
    """
    ordered = sorted(candidates, key=lambda span: (-_tier(span), -len(span), span.start))
    kept: list[Span] = []  # sorted, without overlap
    for candidate in ordered:
        first = bisect_right(kept, candidate.start, key=lambda span: span.end)
        last = bisect_left(kept, candidate.end, key=lambda span: span.start)
        clashing = kept[first:last]
        wraps = all(candidate.start <= span.start and span.end <= candidate.end for span in clashing)
        if wraps and all(len(candidate) > len(span) for span in clashing):
            kept[first:last] = [candidate]
        else:
            kept[first:last] = sorted([*clashing, *_remainders(candidate, clashing)], key=lambda span: span.start)
    return kept


def _remainders(candidate: Span, winners: list[Span]) -> list[Span]:
    """The parts of the candidate outside the winners."""
    parts: list[Span] = []
    at = candidate.start
    for start, end in [*sorted((span.start, span.end) for span in winners), (candidate.end, candidate.end)]:
        if start - at >= 2:
            text = candidate.text[at - candidate.start : start - candidate.start]
            parts.append(replace(candidate, start=at, end=start, text=text))
        at = max(at, end)
    return parts
