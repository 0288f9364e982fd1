"""How a case goes, told in working days: what happens, how long after the thing before, with which details."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from demo.days import Days, moment
from demo.names import Figure, Inventor, bank_card
from demo.sources import Body, Item, Outcome

LARGE = {"natural": 5_000, "business": 20_000, "company": 50_000}  # from where on the demo offers a hearing, in yuan
LAST_MINUTE = 560  # of the working day, counted from its beginning


@dataclass(frozen=True)
class Step:
    """One thing that somebody does with one case at one moment."""

    at: dt.datetime
    order: int
    case: int
    act: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False)

    def __lt__(self, other: Step) -> bool:
        return (self.at, self.case, self.order) < (other.at, other.case, other.order)


@dataclass(frozen=True)
class Line:
    """A thing that happens, so many working days after the one before."""

    act: str
    gap: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """Who and what a story is about; people by their sign-in names."""

    key: int
    body: Body
    item: Item
    outcome: Outcome
    fine: int | None
    parties: tuple[Figure, ...]
    officers: tuple[str, str]
    head: str
    deputy: str
    masker: str
    scene: str
    source: str
    occurred_before: int

    @property
    def hearing(self) -> bool:
        """Whether the right to a hearing is told."""
        return self.outcome.hearing or bool(self.fine and self.fine >= LARGE[self.parties[0].kind])


class Story:
    """A case and its lines, put together by the fates."""

    def __init__(self, case: Case, rng: random.Random) -> None:
        self.case, self.rng = case, rng
        self.lines: list[Line] = []

    def then(self, act: str, gap: int = 0, **values: Any) -> Story:
        """Something more, so many working days later."""
        self.lines.append(Line(act, gap, values))
        return self

    def some(self, low: int, high: int) -> int:
        """A number of working days in a range."""
        return self.rng.randint(low, high)

    @property
    def length(self) -> int:
        """Working days from the first line to the last."""
        return sum(line.gap for line in self.lines)

    def until(self, act: str) -> int:
        """Working days from the first line to the last one of a kind."""
        last = max(place for place, line in enumerate(self.lines) if line.act == act)
        return sum(line.gap for line in self.lines[: last + 1])

    def begun_at(self, place: int, days: Days) -> list[Step]:
        """The story with its first line on the working day at a place; nothing happens after yesterday."""
        steps: list[Step] = []
        minute, day, last = self.some(5, 150), place, days.before_today(1)
        for order, line in enumerate(self.lines):
            later = line.gap and day < last
            day = min(day + line.gap, last)
            minute = self.some(5, 150) if later else min(minute + self.some(4, 45), LAST_MINUTE)
            steps.append(Step(moment(days.at(day), minute), order, self.case.key, line.act, line.values))
        return steps


def invented_case(key: int, body: Body, rng: random.Random, inventor: Inventor, *, several: bool = False) -> Case:
    """A case of a department: what was found, with whom, and who works on it."""
    item = rng.choice(body.items)
    outcome = rng.choice(item.outcomes)
    kind = rng.choice(item.who)
    figures = tuple(inventor.figure(kind, body.code) for _one in range(2 if several else 1))
    steady = _steady(body)
    first, second = rng.sample(steady, 2)
    code = body.code.lower()
    return Case(
        key=key,
        body=body,
        item=item,
        outcome=outcome,
        fine=_amount(outcome, rng),
        parties=figures,
        officers=(first, second),
        head=f"{code}.head" if rng.random() < 0.7 else f"{code}.deputy",
        deputy=f"{code}.deputy",
        masker=f"{code}.admin" if rng.random() < 0.6 else second,
        scene=_scene(item, figures, rng, inventor),
        source=rng.choices(
            ("inspection", "complaint", "monitoring", "transfer", "superior", "self_report"), (60, 20, 8, 6, 4, 2)
        )[0],
        occurred_before=rng.choice((0, 0, 1, 3, 7, 20)),
    )


def _steady(body: Body) -> list[str]:
    """Officers whose certificates hold for the whole time: all but the last where there are more than three."""
    count = sum(roles[0] == "officer" for roles in body.staff)
    return [f"{body.code.lower()}.officer{place}" for place in range(1, (count if count <= 3 else count - 1) + 1)]


def _amount(outcome: Outcome, rng: random.Random) -> int | None:
    if outcome.fine is None:
        return None
    low, high = outcome.fine
    step = 50 if high <= 1000 else 500 if high <= 20_000 else 1000
    return rng.randrange(low, high + 1, step)


def _scene(item: Item, figures: tuple[Figure, ...], rng: random.Random, inventor: Inventor) -> str:
    scene = item.scene.format(a=rng.randint(2, 40), b=rng.randint(12, 480) * 10, plate=inventor.plate())
    first = figures[0]
    person = first.representative or first.name
    extra = rng.random()
    if extra < 0.3 and first.identity:
        return f"{scene}。{person}在场，公民身份号码{first.identity}，联系电话{first.phone}"
    if extra < 0.45:
        return f"{scene}。{person}到场说明情况，联系电话{first.phone}"
    if extra < 0.52:
        return f"{scene}。当事人提供的收款账号{bank_card(inventor.number())}显示有相应收款"
    return scene
