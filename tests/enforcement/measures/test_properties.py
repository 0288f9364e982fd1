"""What holds whatever happens: stopped time counts once and never twice; of no thing there is ever more or less."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enforcement.measures import custody
from enforcement.measures.models import Disposal, Measure
from enforcement.models import Case
from portal.deadlines.engine import derive
from portal.deadlines.periods import moment
from portal.deadlines.registry import rules
from portal.deadlines.statements import StatedFact
from tests.case_scenes import filed
from tests.cast import Cast
from tests.deadlines.books import around
from tests.enforcement.measures.scenes import moment as hour

FIRST = date(2024, 1, 1)
days = st.integers(0, 700).map(lambda number: FIRST + timedelta(days=number))
# Stretches as they may be entered: overlapping, inside each other, touching, before the start, without an end.
stretches = st.lists(st.tuples(st.integers(-60, 200), st.one_of(st.none(), st.integers(0, 60))), max_size=6)


def stated(name: str, day: date, about: dict[str, str], **value: Any) -> StatedFact:
    return StatedFact(name, moment(day), moment(FIRST), about, value)


def counted_by_hand(start: date, length: int, taken_out: list[tuple[date, date]]) -> date:
    """Day after day: one that lies in no stretch counts; the day of stopping counts, that of resuming does not."""
    day, left = start, length
    while left:
        day += timedelta(days=1)
        left -= not any(begun < day <= end for begun, end in taken_out)
    return day


def clock(key: str, facts: list[StatedFact]) -> Any:
    """The clock of one rule as the engine reads it, its last day not moved."""
    rule = replace(rules()[key], roll="none")
    (found,) = derive({key: rule}, facts, around())
    return found


@settings(max_examples=150, deadline=None)
@given(days, stretches, st.integers(0, 2), st.randoms(use_true_random=False))
def test_the_ninety_days_are_ninety_days_that_no_stretch_takes_out(
    start: date, marks: list[tuple[int, int | None]], extended: int, chance: random.Random
) -> None:
    facts = [stated("case.filed", start, {})]
    taken_out: list[tuple[date, date]] = []
    for number, (offset, length) in enumerate(marks):
        begun, about = start + timedelta(days=offset), {"suspension": str(number)}
        facts.append(stated("case.suspended", begun, about))
        if length is not None:
            facts.append(stated("case.resumed", begun + timedelta(days=length), about))
            taken_out.append((begun, begun + timedelta(days=length)))
    facts += [
        stated("case.extended", start + timedelta(days=10 + number), {}, by=f"{30 + number} days")
        for number in range(extended)
    ]
    chance.shuffle(facts)
    found = clock("case.decide", facts)
    length = 90 + sum(30 + number for number in range(extended))
    open_ended = [start + timedelta(days=offset) for offset, end in marks if end is None]
    if not open_ended:
        assert found.due_on == counted_by_hand(start, length, taken_out)
        assert not found.paused
    assert found.due_on >= start + timedelta(days=length)
    assert found.due_on <= start + timedelta(days=length) + sum((end - begun for begun, end in taken_out), timedelta())


@settings(max_examples=80, deadline=None)
@given(days, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40)), max_size=5), st.booleans())
def test_a_seizure_is_thirty_days_without_its_appraisals(
    start: date, marks: list[tuple[int, int]], extended: bool
) -> None:
    facts = [stated("seizure.begun", start, {"measure": "1"})]
    taken_out = []
    for number, (offset, length) in enumerate(marks):
        begun = start + timedelta(days=offset)
        about = {"measure": "1", "appraisal": str(number)}
        facts += [
            stated("appraisal.begun", begun, about),
            stated("appraisal.ended", begun + timedelta(days=length), about),
            stated("appraisal.ended", begun, {"measure": "2", "appraisal": "9"}),  # another measure's
        ]
        taken_out.append((begun, begun + timedelta(days=length)))
    if extended:
        facts.append(stated("seizure.extended", start + timedelta(days=29), {"measure": "1"}, by="30 days"))
    assert clock("measure.seizure", facts).due_on == counted_by_hand(start, 60 if extended else 30, taken_out)


steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["hold", "seize", "returned", "confiscated", "destroyed", "transferred", "appraised", "consumed"]
        ),
        st.integers(0, 9),
        st.integers(1, 1000),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps)
def test_no_thing_is_ever_lost_or_made(case_and_party: Case, steps: list[tuple[str, int, int, bool]]) -> None:
    with transaction.atomic():
        for kind, pick, amount, whole in steps:
            _step(case_and_party, kind, pick, Decimal(amount) / 100, whole=whole)
            assert custody.balance_problem(case_and_party) == ""
            assert all(row.left >= 0 for row in custody.book(case_and_party))
        transaction.set_rollback(True)


@pytest.fixture
def case_and_party(cast: Cast) -> Case:
    return filed(cast)


def _measure(case: Case, kind: str) -> Measure:
    return Measure.objects.create(
        case=case, party=case.parties.get(), kind=kind, reason="（虚构）", place="仓库", keeper="仓库",
        ordered_on=FIRST, begun_at=hour(FIRST),
    )  # fmt: skip


def _step(case: Case, kind: str, pick: int, amount: Decimal, *, whole: bool) -> None:
    """One thing more in custody, or one of those there gets a fate: all of it, or a part."""
    if kind in {"hold", "seize"} and whole:
        custody.write_list(_measure(case, "hold"), [custody.Line("货物", "", amount, "千克")])
        return
    rows = custody.held(case)
    if not rows:
        return
    row = rows[pick % len(rows)]
    fate = {"hold": "returned", "seize": "seized"}.get(kind, kind)
    disposal = Disposal.objects.create(measure=row.thing.measure, kind=fate, on=FIRST)
    fates = custody.give_fate(disposal, [row], None if whole else min(amount, row.left))
    if fate in Disposal.MOVES:
        custody.move(fates, _measure(case, "appraisal"))
