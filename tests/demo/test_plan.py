"""The plan of the demo: the same for the same day, in the past, with nothing presented as law that is not."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest

from demo.fates import FATES
from demo.planning import Plan, planned
from demo.sources import DATA, INVENTED, bodies
from portal.accounts.credit_code import credit_code_error
from portal.accounts.identity import identity_error
from portal.accounts.roles import Role
from portal.deadlines.calendar_store import built_in

DAYS = (dt.date(2026, 11, 24), dt.date(2026, 10, 3), dt.date(2025, 12, 31), dt.date(2027, 3, 1))


def plan(day: dt.date, *, small: bool = False) -> Plan:
    return planned(day, built_in("xinjiang"), small=small)


def told(made: Plan) -> list[tuple[dt.datetime, int, str, dict[str, object]]]:
    return [(step.at, step.case, step.act, dict(step.values)) for step in made.steps]


@pytest.mark.parametrize("day", DAYS)
def test_the_same_day_gives_the_same_plan_and_nothing_happens_after_yesterday(day: dt.date) -> None:
    first, second = plan(day), plan(day)
    assert told(first) == told(second)
    assert first.cases == second.cases
    assert first.imported == second.imported
    assert max(step.at.date() for step in first.steps) < day
    assert min(step.at.date() for step in first.steps) > first.opening


@pytest.mark.parametrize("day", DAYS)
def test_each_case_is_told_in_the_order_of_time(day: dt.date) -> None:
    at: dict[int, dt.datetime] = {}
    for step in plan(day).steps:
        assert at.get(step.case, step.at) <= step.at
        at[step.case] = step.at


def test_about_four_hundred_cases_a_third_of_them_gathered() -> None:
    made = plan(DAYS[0])
    assert 360 <= len(made.cases) + len(made.imported) <= 440
    assert 100 <= len(made.imported) <= 160
    assert len(made.cases) == sum(fate.count for fate in FATES)


def test_no_two_parties_share_a_number_and_every_number_passes_its_check() -> None:
    made = plan(DAYS[0])
    figures = [figure for case in made.cases.values() for figure in case.parties]
    figures += [row.figure for row in made.imported.values()]
    codes = [figure.credit_code for figure in figures if figure.credit_code]
    numbers = [figure.identity for figure in figures if figure.identity]
    assert len(set(codes)) == len(codes)
    assert len(set(numbers)) == len(numbers)
    assert [code for code in codes if credit_code_error(code)] == []
    assert [number for number in numbers if identity_error(number)] == []


def test_every_enforcing_department_has_items_officers_an_administrator_and_two_who_decide() -> None:
    for body in bodies():
        held = [role for roles in body.staff for role in roles]
        assert held.count(Role.DEPT_ADMIN) == 1, body.code
        if body.cases:
            assert held.count(Role.OFFICER) >= 3, body.code
            assert (held.count(Role.HEAD), held.count(Role.DEPUTY), held.count(Role.LEGAL)) == (1, 1, 1), body.code
            assert len(body.items) >= 3, body.code


def test_a_basis_that_was_invented_says_so() -> None:
    rows = [
        item
        for file in sorted((DATA / "items").glob("*.toml"))
        for item in tomllib.loads(file.read_text(encoding="utf-8"))["item"]
    ]
    assert len(rows) == sum(len(body.items) for body in bodies())
    for row in rows:
        assert ("violated" in row) == ("basis" in row), row["did"]
        assert ("violated" not in row) == row["did"].startswith("示例"), row["did"]
    for body in bodies():
        for item in body.items:
            assert item.basis.startswith("《") or INVENTED in item.basis
            assert item.violated.startswith("《") or INVENTED in item.violated
