"""Drawing a paper: the same seed and the same bank always give the same paper; nothing here asks the database.

Every choice is an order by SHA-256 of the seed and the question's number, so it does not hang on a random
generator of any language or version and can be checked by hand.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from personnel.examinations.models.bank import Kind


@dataclass(frozen=True)
class Pooled:
    """A question as it can be drawn."""

    version: int
    code: str
    kind: str
    subjects: frozenset[str]
    letters: tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    """A row of the blueprint."""

    kind: str
    subject: str
    count: int
    halves: int

    def takes(self, question: Pooled) -> bool:
        """Whether the question is of the kind and subject."""
        return question.kind == self.kind and (not self.subject or self.subject in question.subjects)


@dataclass(frozen=True)
class Drawn:
    """A question of a paper: options in the order they are shown, and what it counts."""

    version: int
    code: str
    order: tuple[str, ...]
    halves: int


def rank(*parts: object) -> str:
    """The place of a thing in an order nobody can foresee without the seed."""
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()


def in_turn(wanted: Sequence[Wanted]) -> list[int]:
    """The rows in the order in which they are drawn: those of a subject first, so that the others leave them enough."""
    return sorted(range(len(wanted)), key=lambda place: (not wanted[place].subject, place))


def draw(seed: str, wanted: Sequence[Wanted], pool: Iterable[Pooled]) -> list[Drawn]:
    """The paper, its questions in order of the blueprint's rows. Raises ValueError when the pool is too small."""
    rest = {question.code: question for question in pool}
    found: dict[int, list[Drawn]] = {}
    for place in in_turn(wanted):
        row = wanted[place]
        fitting = sorted((one for one in rest.values() if row.takes(one)), key=lambda one: rank(seed, place, one.code))
        if len(fitting) < row.count:
            raise ValueError(f"{len(fitting)} questions for {row}")
        taken = fitting[: row.count]
        for one in taken:
            del rest[one.code]
        found[place] = [Drawn(one.version, one.code, shuffled(seed, one), row.halves) for one in taken]
    return [one for place in range(len(wanted)) for one in found[place]]


def shuffled(seed: str, question: Pooled) -> tuple[str, ...]:
    """Its options in another order; true stays before false as in the bank."""
    if question.kind == Kind.JUDGE:
        return question.letters
    return tuple(sorted(question.letters, key=lambda letter: rank(seed, "option", question.code, letter)))


def shortfalls(wanted: Sequence[Wanted], pool: Sequence[Pooled]) -> list[tuple[Wanted, int]]:
    """Rows that some seed might leave without enough questions, with how many are surely there.

    A row drawn later may find what it wanted taken by an earlier one; it must have enough whatever those took.
    """
    found = []
    turn = in_turn(wanted)
    for number, place in enumerate(turn):
        row = wanted[place]
        fitting = {one.code for one in pool if row.takes(one)}
        before = [wanted[other] for other in turn[:number] if wanted[other].kind == row.kind]
        taken = sum(
            min(other.count, sum(1 for one in pool if one.code in fitting and other.takes(one))) for other in before
        )
        sure = max(0, len(fitting) - taken)
        if sure < row.count:
            found.append((row, sure))
    return found


def digest_of(paper: Sequence[Drawn]) -> str:
    """One figure for a whole paper: numbers, orders and points."""
    plain = [[one.code, one.version, list(one.order), one.halves] for one in paper]
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()
