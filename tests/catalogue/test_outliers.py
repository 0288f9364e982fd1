"""Which decisions stand apart: outside the tier, or unusual among those of the same tier and period."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from enforcement.catalogue import actions
from enforcement.catalogue.models import AppliedTier, Entry, Tier
from enforcement.catalogue.outliers import fences, picture
from tests import scenes as cases
from tests.cast import Cast
from tests.catalogue import scenes

TODAY = timezone.localdate()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1000] * 7 + [20000], None),  # the middle half is one value: nothing is usual or unusual
        ([1000, 2000, 3000, 4000, 5000, 6000, 7000], None),  # seven are too few
        # Quartiles of 1…8 thousand are 2,750 and 6,250; half as much again on both sides of their spread of 3,500.
        ([1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000], (Decimal(-2500), Decimal(11500))),
        ([100, 110, 120, 130, 140, 150, 160, 900], (Decimal(65), Decimal(205))),
    ],
)
def test_what_is_usual_is_the_middle_half_widened(values: list[int], expected: Any) -> None:
    assert fences(Decimal(value) for value in values) == expected


@pytest.fixture
def entry(cast: Cast) -> Entry:
    """An item with its benchmark: 1,000–4,000, 4,000–10,000, 10,000–20,000."""
    found = scenes.item_entry(cast)
    scenes.done(cast, found, actions.BENCHMARK, scenes.benchmark_data())
    return found


def decided(
    cast: Cast, entry: Entry, place: int, fine: int, *, on: dt.date = TODAY, inside: bool = True
) -> AppliedTier:
    """A decision that took a tier, as the reaction keeps it."""
    case = cases.lead(cast, party_name=f"示例{AppliedTier.objects.count()}店（虚构）")
    return AppliedTier.objects.create(
        act=case,
        tier=Tier.objects.get(benchmark__entry=entry, place=place),
        stage=AppliedTier.Stage.DECIDED,
        fine=Decimal(fine),
        inside=inside,
        reason="" if inside else "当事人确有困难（虚构）",
        on=on,
    )


def year(entry: Entry) -> Any:
    return picture(entry, start=TODAY - dt.timedelta(days=365), end=TODAY)


def test_what_left_its_tier_stands_out_whatever_the_number(cast: Cast, entry: Entry) -> None:
    decided(cast, entry, 1, 2000)
    far = decided(cast, entry, 1, 500, inside=False)
    (group,) = year(entry).groups
    assert [point.matter for point in group.outstanding] == [far.act_id]


def test_an_unusual_decision_within_the_tier_stands_out_among_eight(cast: Cast, entry: Entry) -> None:
    for fine in (1000, 1100, 1200, 1300, 1400, 1500, 1600):
        decided(cast, entry, 1, fine)
    assert year(entry).groups[0].outstanding == []
    far = decided(cast, entry, 1, 4000)
    (group,) = year(entry).groups
    assert [point.matter for point in group.outstanding] == [far.act_id]
    assert group.middle == Decimal(1350)


def test_only_the_same_tier_and_the_period_are_compared(cast: Cast, entry: Entry) -> None:
    decided(cast, entry, 1, 1500)
    decided(cast, entry, 3, 20000)
    decided(cast, entry, 1, 3000, on=TODAY - dt.timedelta(days=800))
    assert [(group.tier, len(group.points)) for group in year(entry).groups] == [("较轻", 1), ("严重", 1)]


def test_the_page_draws_them_and_lists_those_that_stand_out(cast: Cast, entry: Entry, sign_in: Any) -> None:
    decided(cast, entry, 1, 2000)
    out = decided(cast, entry, 1, 500, inside=False)
    browser = sign_in(cast.head)
    address = f"/desk/catalogue/{entry.pk}/outliers/"
    page = browser.get(address).content.decode()
    assert "当事人确有困难" in page
    assert f"/desk/cases/{out.act_id}/" in page
    assert address in browser.get(f"/desk/catalogue/{entry.pk}/").content.decode()
    for wrong in (
        "?from=2026-99-99",
        "?from=9999-12-31",
        "?to=0001-01-01",
        "?from=甲",
        "?from=2027-01-01&to=2026-01-01",
    ):
        assert browser.get(address + wrong).status_code == 200


def test_the_page_asks_as_many_questions_for_one_decision_as_for_many(
    cast: Cast, entry: Entry, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    browser, address = sign_in(cast.head), f"/desk/catalogue/{entry.pk}/outliers/"
    decided(cast, entry, 1, 2000)
    with django_assert_max_num_queries(100) as one:
        browser.get(address)
    for fine in range(2000, 2010):
        decided(cast, entry, 1, fine, inside=False)
    with django_assert_max_num_queries(len(one)):
        browser.get(address)
