"""Replay: a matter's facts and the rule book in, its obligations out. Pure, whatever the order of entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from portal.deadlines.calendars import WorkCalendar, spoken
from portal.deadlines.clock import Clocked, read_clock
from portal.deadlines.periods import SHANGHAI, Moment, Period, Step
from portal.deadlines.rulebook import Rule, Within, matches
from portal.deadlines.statements import StatedFact, compatible, subject_of


@dataclass(frozen=True)
class LocalTerm:
    """A local number (本地): `period` is None when it withdraws an earlier one."""

    rule: str
    department: str  # code, or nothing for all
    period: Period | None
    valid_from: date
    valid_to: date


@dataclass(frozen=True)
class Surroundings:
    """What a replay needs besides rules and facts.

    `context` holds what `when` may ask (department, department_kind, matter_kind); `horizon` is the
    day up to which yearly clocks are begun.
    """

    calendars: Mapping[str, WorkCalendar]
    horizon: date
    context: Mapping[str, Any] = field(default_factory=dict)
    terms: Sequence[LocalTerm] = ()


@dataclass(frozen=True)
class Derived:
    """One obligation as it follows from the facts."""

    rule: Rule
    about: str
    number: int
    opened_at: datetime
    due_at: datetime
    due_on: date
    unit: str
    near_at: datetime | None
    settled_at: datetime | None
    cancelled_at: datetime | None
    closed_in_time: bool
    paused: bool
    doubts: tuple[str, ...]
    steps: tuple[Step, ...]
    calendar_version: str
    bound_department: str = ""

    @property
    def provisional(self) -> bool:
        """Whether the calendar may still move the date."""
        return bool(self.doubts)

    @property
    def identity(self) -> tuple[str, str, int]:
        """What stays the same from one replay to the next."""
        return self.rule.key, self.about, self.number


def derive(rules: Mapping[str, Rule], facts: Iterable[StatedFact], around: Surroundings) -> list[Derived]:
    """The obligations of one matter. `rules` are in the order of the registry, `facts` in any; void ones left out."""
    stated = _once(facts)
    names = {fact.name for fact in stated}
    made: list[Derived] = []
    for rule in rules.values():
        if rule.is_reference:
            continue
        if rule.after:
            made += _chained(rule, stated, made, around)
        elif not names.isdisjoint(rule.opens):
            made += _opened(rule, stated, around)
    return sorted(made, key=lambda one: one.identity)


def _once(facts: Iterable[StatedFact]) -> list[StatedFact]:
    """The facts in order; one entered twice counts once, with the moment we were first told."""
    first: dict[tuple[Any, ...], StatedFact] = {}
    for fact in sorted(facts, key=StatedFact.order):
        first.setdefault(fact.content(), fact)
    return list(first.values())


def _opened(rule: Rule, stated: list[StatedFact], around: Surroundings) -> Iterator[Derived]:
    by_subject: dict[str, list[StatedFact]] = {}
    for fact in stated:
        if fact.name in rule.opens and matches(rule.when, {**around.context, **fact.value}):
            by_subject.setdefault(subject_of(fact.about, rule.per), []).append(fact)
    for subject, openings in by_subject.items():
        relevant = [fact for fact in stated if fact.name in rule.facts and compatible(fact.about, subject)]
        if rule.every:
            yield from _yearly(rule, subject, openings, relevant, around)
        else:
            yield from _episodes(rule, subject, openings, relevant, around)


def _episodes(
    rule: Rule, subject: str, openings: list[StatedFact], relevant: list[StatedFact], around: Surroundings
) -> Iterator[Derived]:
    """One obligation for the first opening, one more for each opening after the last was closed."""
    number = 0
    closing: StatedFact | None = None
    for opening in openings:
        if number and (closing is None or not closing.moment.is_before(opening.moment)):
            continue
        closing = _closing(rule, relevant, opening.moment)
        term = _term(rule, opening.moment.on, {**around.context, **opening.value}, around)
        if term is None and not _given(rule, opening):
            continue
        number += 1
        clocked = read_clock(rule, term, opening, _until(relevant, closing), around.calendars[rule.calendar])
        yield _closed(_derived(rule, subject, number, clocked, opening), rule, closing)


def _closing(rule: Rule, relevant: list[StatedFact], opened: Moment) -> StatedFact | None:
    """The first fact that settles or cancels, not before the opening; of two at one moment the settling one."""
    closing = [
        fact
        for fact in relevant
        if (fact.name in rule.settles or fact.name in rule.cancels) and not fact.moment.is_before(opened)
    ]
    return min(closing, key=lambda fact: (fact.moment.at, fact.name not in rule.settles, fact.order()), default=None)


def _until(relevant: list[StatedFact], closing: StatedFact | None) -> list[StatedFact]:
    return [fact for fact in relevant if closing is None or not closing.moment.is_before(fact.moment)]


def _given(rule: Rule, opening: StatedFact) -> bool:
    return bool(rule.given and opening.value.get(rule.given) and opening.moment.on >= rule.since)


def _term(rule: Rule, day: date, context: Mapping[str, Any], around: Surroundings) -> Within | None:
    """The period in force on the day: the department's own number, the bureau's for all, then the rule's."""
    if day < rule.since:
        return None
    for department in (str(context.get("department", "")), ""):
        for local in reversed(around.terms):
            if (local.rule, local.department) == (rule.key, department) and local.valid_from <= day <= local.valid_to:
                if local.period is None:
                    break
                return Within(local.period)
    if rule.on_date or rule.every:
        return Within(Period(1, "years"))
    return next((one for one in rule.within or rule.before if one.covers(day, context)), None)


def _derived(rule: Rule, subject: str, number: int, clocked: Clocked, opening: StatedFact) -> Derived:
    return Derived(
        rule=rule,
        about=subject,
        number=number,
        opened_at=clocked.opened_at,
        due_at=clocked.due_at,
        due_on=clocked.due_on,
        unit=clocked.unit,
        near_at=clocked.near_at,
        settled_at=None,
        cancelled_at=None,
        closed_in_time=False,
        paused=clocked.paused,
        doubts=clocked.doubts,
        steps=clocked.steps,
        calendar_version=clocked.calendar_version,
        bound_department=str(opening.value.get(rule.bound_by, "")) if rule.bound_by else "",
    )


def _closed(made: Derived, rule: Rule, closing: StatedFact | None) -> Derived:
    """The obligation closed by a fact. Only the first closing counts: settled late stays late."""
    if closing is None:
        return made
    at = closing.moment.at
    by_clock = made.unit == "hours" and closing.moment.exact
    in_time = at <= made.due_at if by_clock else closing.moment.on <= made.due_on
    settled = closing.name in rule.settles
    return replace(
        made,
        settled_at=at if settled else None,
        cancelled_at=None if settled else at,
        closed_in_time=in_time,
        near_at=None if made.near_at is not None and at < made.near_at else made.near_at,
        paused=False,
    )


def _yearly(
    rule: Rule, subject: str, openings: list[StatedFact], relevant: list[StatedFact], around: Surroundings
) -> Iterator[Derived]:
    """One obligation a year from the opening until it is cancelled; the subject gains «year:2026», the due year."""
    opening = openings[0]
    ended = min(
        (fact for fact in relevant if fact.name in rule.cancels and not fact.moment.is_before(opening.moment)),
        key=StatedFact.order,
        default=None,
    )
    settling = [fact for fact in relevant if fact.name in rule.settles and not fact.moment.is_before(opening.moment)]
    unnamed = [fact for fact in settling if "year" not in fact.about]
    begins = opening.moment.on
    for due in _occurrences(rule, begins):
        if begins > around.horizon or (ended and ended.moment.on <= begins and begins != opening.moment.on):
            return
        named = [fact for fact in settling if fact.about.get("year") == str(due.year)]
        settled = named[0] if named else next((fact for fact in unnamed if fact.moment.on > begins), None)
        if settled in unnamed:
            unnamed.remove(settled)
        closing = settled or ended
        year = replace(opening, value={**opening.value, "due": due.isoformat()})
        clocked = read_clock(replace(rule, given="due"), None, year, [], around.calendars[rule.calendar])
        clocked = replace(clocked, opened_at=max(clocked.opened_at, datetime.combine(begins, time.min, SHANGHAI)))
        about = f"{subject} year:{due.year}".strip()
        yield _closed(_derived(rule, about, 1, clocked, opening), rule, closing)
        begins = due


def _occurrences(rule: Rule, after: date) -> Iterator[date]:
    month, day = rule.every or (12, 31)
    year = after.year if (after.month, after.day) < (month, day) else after.year + 1
    while True:
        yield date(year, month, day)
        year += 1


def _chained(rule: Rule, stated: list[StatedFact], made: list[Derived], around: Surroundings) -> Iterator[Derived]:
    """A clock that starts where others end: at the latest of them, when none of them was used or cancelled."""
    by_subject: dict[str, list[Derived]] = {}
    for base in made:
        if base.rule.key in rule.after:
            by_subject.setdefault(subject_of(_tokens(base.about), rule.per), []).append(base)
    for subject, bases in by_subject.items():
        last = {base.rule.key: base for base in sorted(bases, key=lambda one: one.number)}
        live = [base for base in last.values() if base.cancelled_at is None]
        if not live or any(base.settled_at for base in live):
            continue
        yield from _after(rule, subject, max(live, key=lambda one: one.due_at), live, stated, around)


def _after(
    rule: Rule, subject: str, latest: Derived, bases: list[Derived], stated: list[StatedFact], around: Surroundings
) -> Iterator[Derived]:
    start = Moment(latest.due_at, exact=latest.unit == "hours")
    opening = StatedFact(rule.key, start, start, _tokens(subject), {})
    term = _term(rule, start.on, around.context, around)
    if term is None or not matches(rule.when, around.context):
        return
    relevant = [fact for fact in stated if fact.name in rule.facts and compatible(fact.about, subject)]
    first = min(base.opened_at for base in bases)
    closing = _closing(rule, relevant, Moment(first, exact=False))
    clocked = read_clock(rule, term, opening, _until(relevant, closing), around.calendars[rule.calendar])
    chain = Step(f"自“{latest.rule.title}”届满之日{spoken(latest.due_on)}接着计算。", rule.article, latest.due_on)
    doubts = tuple(dict.fromkeys([*(doubt for base in bases for doubt in base.doubts), *clocked.doubts]))
    clocked = replace(
        clocked,
        steps=(chain, *clocked.steps),
        doubts=doubts,
        opened_at=latest.due_at,
        paused=clocked.paused or any(base.paused for base in bases),
    )
    yield _closed(_derived(rule, subject, 1, clocked, opening), rule, closing)


def _tokens(about: str) -> dict[str, str]:
    return dict(token.split(":", 1) for token in about.split())
