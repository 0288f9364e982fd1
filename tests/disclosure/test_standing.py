"""The proof of completeness: every decision in exactly one part, sums that add up, numbers that lead to their cases."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from disclosure import figures, standing
from disclosure.models import Disclosure
from disclosure.texts import originals
from enforcement.models import Decision
from portal.deadlines.models import Obligation
from tests import case_scenes as scene
from tests.cast import Cast
from tests.scenes import foreign_lead, lead

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 9, 1, 4, tzinfo=dt.UTC)
BEFORE, AFTER = NOW - dt.timedelta(days=3), NOW + dt.timedelta(days=3)
DUTIES: dict[str, dict[str, Any]] = {
    "on_time": {"settled_at": BEFORE, "closed_in_time": True, "due_at": BEFORE},
    "late": {"settled_at": NOW, "due_at": BEFORE},
    "overdue": {"due_at": BEFORE},
    "waiting": {"due_at": AFTER},
    "exempt": {"cancelled_at": BEFORE, "due_at": BEFORE},
}


def decided(case: Any, month: int, part: str, *, ground: str = "", unpunished: bool = False) -> Disclosure:
    """A decision that stands so, as rows."""
    day = dt.date(2025, month, 3)
    decision = Decision.objects.create(act=case, decided_on=day, facts="（虚构）", ground="minor" if unpunished else "")
    disclosure = Disclosure.objects.create(
        matter=case.matter, act=case, decision=decision, department=case.department, source=originals(decision),
        exempt_ground=ground,
    )  # fmt: skip
    if part in DUTIES:
        values = {
            "matter": case.matter, "rule": "decision.disclose", "law": "SX-02", "about": decision.about, "kind": "duty",
            "bound": "department", "department": case.department, "unit": "workdays", "opened_at": BEFORE,
            "due_on": day, "calendar_version": "x",
        }  # fmt: skip
        Obligation.objects.create(**values | DUTIES[part])
    return disclosure


def many(cast: Cast) -> list[tuple[Disclosure, str]]:
    """Sixty decisions of two departments, anyhow."""
    chance = random.Random(7)
    with scene.on(dt.date(2025, 1, 2)):
        cases = [lead(cast), foreign_lead(cast)]
    made = []
    for _number in range(60):
        part = chance.choice([*DUTIES, "undated"])
        ground = chance.choice(["secret", "minor"]) if part == "exempt" else ""
        row = decided(chance.choice(cases), chance.randint(1, 8), part, ground=ground, unpunished=chance.random() < 0.3)
        made.append((row, part))
    return made


def test_every_decision_counts_once_and_the_sums_add_up(cast: Cast) -> None:
    made = many(cast)
    rows = standing.counts(year=2025, now=NOW)
    whole = standing.line("", "", rows)
    assert whole.parts == Counter(part for _row, part in made)
    assert whole.taken == len(made) == whole.due + whole.parts["exempt"] + whole.parts["undated"]
    assert sum(whole.grounds.values()) == whole.parts["exempt"]
    for cut in ("month", "department", "kind"):
        keys = {getattr(row, cut) for row in rows}
        lines = [standing.line("", "", [row for row in rows if getattr(row, cut) == key]) for key in keys]
        assert sum((one.parts for one in lines), Counter()) == whole.parts
        assert sum(one.due for one in lines) == whole.due


def test_a_number_leads_to_exactly_its_cases(cast: Cast) -> None:
    made = dict(many(cast))
    for row in standing.counts(year=2025, now=NOW):
        choice = standing.Choice(row.year, row.month, row.department, row.kind, (row.part,), row.ground)
        found = Disclosure.objects.filter(pk__in=standing.chosen(choice, NOW))
        assert found.count() == row.number
        assert {made[one] for one in found} == {row.part}


def test_the_public_rate_is_made_of_the_same_rows(cast: Cast) -> None:
    many(cast)
    whole = standing.line("", "", standing.counts(year=2025, now=NOW))
    public = figures.counts(NOW)[2025, figures.DISTRICT]
    assert (public.due, public.published, public.on_time, public.overdue, public.exempt) == (
        whole.due, whole.published, whole.parts["on_time"], whole.parts["overdue"], whole.parts["exempt"],
    )  # fmt: skip


@pytest.mark.parametrize(("part", "whole", "words"), [(0, 0, "—"), (999, 1000, "99.9 %"), (9999, 10000, "99.9 %")])
def test_a_hundred_per_cent_is_only_said_when_nothing_is_missing(part: int, whole: int, words: str) -> None:
    assert standing.rate(part, whole) == words


def test_a_decision_held_for_service_is_overdue_with_its_cause(cast: Cast) -> None:
    with scene.on(dt.date(2025, 1, 2)):
        row = decided(lead(cast), 3, "overdue")
    Disclosure.objects.filter(pk=row.pk).update(held_reason="等回执（虚构）")
    assert [one.part for one in standing.counts(now=NOW)] == ["overdue"]


def test_the_page_its_cases_and_its_workbook_say_the_same(cast: Cast, sign_in: Callable[..., Client]) -> None:
    made = many(cast)
    browser = sign_in(cast.supervisor)
    with scene.on(dt.date(2025, 9, 1), 12):
        text = browser.get("/desk/disclosure/proof/?year=2025").content.decode()
        exempt = sum(part == "exempt" for _row, part in made)
        assert f'part=exempt">{exempt}<' in text.replace("&amp;", "&")
        cases: Any = browser.get("/desk/disclosure/proof/cases/?year=2025&part=exempt&format=csv")
        lines = b"".join(cases.streaming_content).decode().strip().splitlines()
        assert len(lines) == exempt + 1
        book = load_workbook(BytesIO(browser.get("/desk/disclosure/proof/?year=2025&format=xlsx").content))
    last: list[Any] = [cell.value for cell in list(book.worksheets[0].rows)[-1]]
    assert last[3] == len(made)
    assert last[3] == last[4] + last[-2] + last[-1]


def test_a_department_sees_its_own_numbers_whatever_it_asks_for(cast: Cast, sign_in: Callable[..., Client]) -> None:
    with scene.on(dt.date(2025, 1, 2)):
        decided(foreign_lead(cast), 3, "overdue")
    browser = sign_in(cast.head)
    asked = f"year=2025&department={cast.city.code}"
    assert "2025 年还没有决定" in browser.get(f"/desk/disclosure/proof/?{asked}").content.decode()
    assert "没有这样的决定" in browser.get(f"/desk/disclosure/proof/cases/?{asked}").content.decode()


@pytest.mark.parametrize("query", ["year=0000", "year=99999", "year=x", "kind=x&department=%00", "month=99&ground=%27"])
def test_nonsense_in_the_address_is_an_empty_page(cast: Cast, sign_in: Callable[..., Client], query: str) -> None:
    browser = sign_in(cast.supervisor)
    assert browser.get(f"/desk/disclosure/proof/?{query}").status_code == 200
    assert browser.get(f"/desk/disclosure/proof/cases/?{query}").status_code == 200
