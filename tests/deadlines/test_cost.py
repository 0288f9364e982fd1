"""What the clock costs: a number of queries that does not grow."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.deadlines.bulk import FirstFact, state_first_facts
from portal.deadlines.models import Obligation
from portal.deadlines.periods import SHANGHAI
from portal.deadlines.services import replay, state_fact
from portal.matters.models import Matter
from tests.cast import Cast, matter

JUNE_5 = datetime(2025, 6, 5, 10, tzinfo=SHANGHAI)
DERIVED = (
    "rule",
    "law",
    "about",
    "number",
    "kind",
    "bound",
    "unit",
    "opened_at",
    "due_at",
    "near_at",
    "trace",
    "calendar_version",
)


def queries(work: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        work()
    return len(captured)


@time_machine.travel(JUNE_5, tick=False)
def test_a_replay_costs_the_same_for_one_decision_and_for_twenty(case: Matter, cast: Cast) -> None:
    many = matter(cast.market)
    state_fact(case, "decided", at=date(2025, 6, 5), about="decision:1")
    for number in range(20):
        state_fact(many, "decided", at=date(2025, 6, 5), about=f"decision:{number}")
    replay(case)
    one = queries(lambda: replay(case))
    first = queries(lambda: replay(many))
    again = queries(lambda: replay(many))

    assert again == one
    assert first <= one + 1  # the insert
    assert one <= 9


@time_machine.travel(JUNE_5, tick=False)
def test_the_lights_of_a_list_need_no_query(case: Matter) -> None:
    for number in range(20):
        state_fact(case, "decided", at=date(2025, 6, 5), about=f"decision:{number}")
    rows = replay(case)
    rows[0].light()

    assert queries(lambda: [row.light() for row in rows]) == 0


@time_machine.travel(JUNE_5, tick=False)
def test_first_facts_in_bulk_give_the_same_rows_as_one_by_one(case: Matter, cast: Cast) -> None:
    facts = [
        ("decided", date(2025, 6, 5), "decision:1"),
        ("published", date(2025, 6, 5), "decision:1"),
        ("filed", date(2025, 6, 5), ""),
    ]
    for name, at, about in facts:
        state_fact(case, name, at=at, about=about)
    replay(case)
    twin = matter(cast.market)

    state_first_facts([FirstFact(twin, name, at, None, about=about) for name, at, about in facts])  # type: ignore[arg-type]  # no event here

    one_by_one, in_bulk = (
        list(Obligation.objects.filter(matter=one).order_by("rule").values(*DERIVED)) for one in (case, twin)
    )
    assert in_bulk == one_by_one
    assert queries(lambda: replay(twin)) == queries(lambda: replay(case))
