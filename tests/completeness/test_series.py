"""Which numbers are missing: a table by hand, and what holds of any set of numbers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enforcement.completeness.series import contradictions, free, gaps, lines, unreadable
from enforcement.models import Decision
from portal.documents import numbering
from portal.documents.models import Series
from tests.cast import Cast, fresh
from tests.completeness.scenes import HEAD, YEAR, explained, imported, taken_back

pytestmark = pytest.mark.django_db

# numbers on imported decisions → gaps, first, last, how many are missing
TABLE: list[tuple[str, tuple[str, ...], list[tuple[int, int]], int, int, int]] = [
    ("连号", ("1", "2", "3"), [], 1, 3, 0),
    ("只有一个号", ("7",), [], 7, 7, 0),
    ("中间缺一个", ("1", "3"), [(2, 2)], 1, 3, 1),
    ("缺一段和一个", ("1", "5", "6", "8"), [(2, 4), (7, 7)], 1, 8, 4),
    ("年中从 38 号开始", ("38", "40"), [(39, 39)], 38, 40, 1),
    ("一件写几个号", ("1-3", "5、7"), [(4, 4), (6, 6)], 1, 7, 2),
    ("括号和全角数字写法不同", ("示市监罚[2026]１号", "示市监罚〔2026〕3号"), [(2, 2)], 1, 3, 1),
    ("号跳得太远的不算缺号", ("12", "9999999"), [(13, 9999998)], 12, 9999999, 0),
    ("远，但号多，仍是缺号", ("1-150", "400"), [(151, 399)], 1, 400, 249),
]


@pytest.mark.parametrize(("_why", "texts", "wanted", "first", "last", "missing"), TABLE, ids=[row[0] for row in TABLE])
def test_missing_numbers_by_hand(
    cast: Cast, _why: str, texts: tuple[str, ...], wanted: list[Any], first: int, last: int, missing: int
) -> None:
    imported(cast, *texts)
    (line,) = lines(cast.market.pk)
    assert (line.head, line.year) == (HEAD, YEAR)
    assert [(gap.first, gap.last) for gap in gaps(cast.market.pk)] == wanted
    assert (line.first, line.last, line.missing) == (first, last, missing)


def test_the_portals_own_numbers_count_too_and_a_void_one_is_accounted_for(cast: Cast) -> None:
    admin = fresh(cast.dept_admin)
    numbering.start_series_at(cast.market, "罚", 4, actor=admin, reason="前三个号已在纸质登记簿编过", year=YEAR)
    block = numbering.reserve_block(cast.market, "罚", 3, actor=admin, purpose="巡查", year=YEAR)
    numbering.void_number(block[1], actor=admin, reason="写错")
    imported(cast, "1", "3")
    (line,) = lines(cast.market.pk)
    assert (line.first, line.last, line.present, line.void, line.missing) == (1, 6, 4, 1, 1)
    assert [gap.text for gap in gaps(cast.market.pk)] == ["2号"]
    assert line.begun == "前三个号已在纸质登记簿编过"


def test_a_number_that_was_given_but_is_not_in_the_register_is_a_gap(cast: Cast) -> None:
    block = numbering.reserve_block(cast.market, "罚", 3, actor=fresh(cast.dept_admin), purpose="巡查", year=YEAR)
    Series.objects.filter(pk=block[2].series_id).update(next_value=5)
    assert [gap.text for gap in gaps(cast.market.pk)] == ["4号"]


def test_departments_and_years_do_not_mix(cast: Cast) -> None:
    imported(cast, "1", "3")
    imported(cast, "2", year=2025)
    imported(cast, "2", department=cast.city)
    assert [(one.department, one.year, one.missing) for one in lines()] == [
        (cast.market.pk, 2026, 1),
        (cast.market.pk, 2025, 0),
        (cast.city.pk, 2026, 0),
    ]


def test_an_entrusted_bodys_numbers_are_its_delegators(cast: Cast) -> None:
    imported(cast, "1", "3")
    type(cast.street).objects.filter(pk=cast.street.pk).update(kind="entrusted", parent=cast.market)
    imported(cast, "2", department=cast.street)
    assert gaps(cast.market.pk) == []
    assert lines(cast.street.pk) == []


def test_a_number_without_a_year_is_counted_apart(cast: Cast) -> None:
    imported(cast, "1", "2")
    decision = Decision.objects.latest("pk")
    Decision.objects.filter(pk=decision.pk).update(number="综-12号")
    assert unreadable(cast.market.pk) == {cast.market.pk: 1}


def test_importing_the_case_closes_the_gap_and_an_explanation_that_was_wrong_is_told(cast: Cast) -> None:
    imported(cast, "1", "3", "5")
    explained(cast, 2)
    assert [gap.text for gap in gaps(cast.market.pk)] == ["4号"]
    imported(cast, "4")
    assert gaps(cast.market.pk) == []
    imported(cast, "2")
    assert [gap.text for gap in contradictions(cast.market.pk, YEAR, HEAD)] == ["2号"]
    (line,) = lines(cast.market.pk)
    assert (line.present, line.told, line.contradicted) == (5, 0, 1)


def test_what_lies_below_the_first_number_is_asked_about_until_somebody_says_why(cast: Cast) -> None:
    imported(cast, "38", "39")
    assert lines(cast.market.pk)[0].before == 37
    explanation = explained(cast, 1, 37, ground="begun_later")
    assert lines(cast.market.pk)[0].before == 0
    taken_back(cast, explanation)
    assert lines(cast.market.pk)[0].before == 37


def test_what_exists_elsewhere_stays_to_be_collected(cast: Cast) -> None:
    imported(cast, "1", "4")
    explained(cast, 2)
    explained(cast, 3, ground="elsewhere")
    (line,) = lines(cast.market.pk)
    assert (line.missing, line.told, line.elsewhere, line.expected) == (0, 2, 1, 3)


def written(cast: Cast, numbers: set[int]) -> None:
    """The series holds exactly these numbers."""
    decisions = list(Decision.objects.filter(act__department=cast.market).order_by("pk"))
    left = sorted(numbers)
    for decision in decisions:
        decision.number = f"{HEAD}〔{YEAR}〕{left.pop()}号" if left else ""
    Decision.objects.bulk_update(decisions, ["number"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=st.sets(st.integers(1, 60), min_size=1, max_size=40), spoken=st.sets(st.integers(1, 60), max_size=3))
def test_gaps_and_what_is_accounted_for_make_up_the_whole_series_and_never_overlap(
    cast: Cast, numbers: set[int], spoken: set[int]
) -> None:
    if not Decision.objects.filter(act__department=cast.market).exists():
        imported(cast, *map(str, range(1, 41)))
    written(cast, numbers)
    told = {number for number in spoken if min(numbers) < number < max(numbers)} - numbers
    made = [explained(cast, number) for number in sorted(told)]
    missing = [number for gap in gaps(cast.market.pk) for number in range(gap.first, gap.last + 1)]
    (line,) = lines(cast.market.pk)
    assert sorted([*missing, *numbers, *told]) == list(range(min(numbers), max(numbers) + 1))
    assert (line.missing, line.present, line.told) == (len(missing), len(numbers), len(told))
    for explanation in made:
        taken_back(cast, explanation)


def test_only_missing_numbers_of_the_series_are_free_to_explain(cast: Cast) -> None:
    imported(cast, "3", "6")
    asked = {span: free(cast.market.pk, YEAR, HEAD, *span) for span in ((4, 5), (4, 6), (1, 2), (2, 4))}
    assert {span: answer[2] if answer else None for span, answer in asked.items()} == {
        (4, 5): True,
        (4, 6): False,
        (1, 2): True,
        (2, 4): False,
    }
    assert free(cast.market.pk, YEAR, "没有", 1, 1) is None
