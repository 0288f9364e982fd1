"""The surcharge of 处罚法72条1款1项 against a table worked out by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.execution.surcharge import Part, Pause, surcharge

LAST = dt.date(2026, 3, 10)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2026-{text}")


def parts(text: str) -> list[Part]:
    """«03-10 5000, 04-10 3000» as parts."""
    return [Part(day(one.split()[0]), Decimal(one.split()[1])) for one in text.split(",") if one.strip()]


@pytest.mark.parametrize(
    ("due", "paid", "pauses", "through", "amount", "days"),
    [
        ("03-10 5000", "", [], "03-10", "0", 0),  # the last day itself is in time
        ("03-10 5000", "", [], "03-11", "150", 1),
        ("03-10 5000", "", [], "03-20", "1500", 10),
        ("03-10 5000", "03-15 5000", [], "12-31", "600", 4),  # the day of paying is not late any more
        ("03-10 5000", "03-15 2000", [], "03-20", "1140", 10),  # 4 × 150 + 6 × 90
        ("03-10 5000", "", [], "04-12", "4950", 33),
        ("03-10 5000", "", [], "04-13", "5000", 34),  # the limit: never more than the fine
        ("03-10 5000", "", [], "12-31", "5000", 34),
        ("03-10 5000", "", [("03-13", "03-17")], "03-20", "750", 5),  # both ends of the suit are left out
        ("03-10 5000", "", [("03-13", None)], "12-31", "300", 2),  # a suit that has not ended
        ("03-10 5000", "", [("03-01", "03-12"), ("03-11", "03-15")], "03-20", "750", 5),  # overlapping counts once
        ("03-10 3000, 04-10 2000", "03-09 3000", [], "04-15", "300", 5),  # only the second part is late
        ("03-10 3000, 04-10 2000", "", [], "04-11", "2940", 32),  # 31 days of 90, one of 150
        ("03-10 333.33", "", [], "03-13", "30.00", 3),  # 29.9997 to the fen
        ("03-10 0.50", "", [], "03-11", "0.02", 1),  # half a fen is rounded up
    ],
)
def test_three_per_cent_a_day_of_what_is_late(
    due: str, paid: str, pauses: list[tuple[str, str | None]], through: str, amount: str, days: int
) -> None:
    owed = parts(due)
    found = surcharge(
        sum((part.amount for part in owed), Decimal()),
        due=owed,
        paid=parts(paid),
        pauses=[Pause(day(first), day(last) if last else None) for first, last in pauses],
        through=day(through),
    )
    assert (found.amount, found.days) == (Decimal(amount), days)


def test_parts_that_are_not_the_fine_are_refused() -> None:
    with pytest.raises(ValueError, match="sum up"):
        surcharge(Decimal(100), due=[Part(LAST, Decimal(99))], paid=[], pauses=[], through=LAST)


money = st.integers(1, 10_000_00).map(lambda fen: Decimal(fen) / 100)
offsets = st.integers(-40, 80)


@given(
    fine=money,
    paid=st.lists(st.tuples(offsets, money), max_size=4),
    suits=st.lists(st.tuples(offsets, st.integers(0, 30)), max_size=3),
    through=offsets,
)
def test_stretches_are_the_same_as_counting_day_by_day(
    fine: Decimal, paid: list[tuple[int, Decimal]], suits: list[tuple[int, int]], through: int
) -> None:
    payments = [Part(LAST + dt.timedelta(offset), amount) for offset, amount in paid]
    pauses = [Pause(LAST + dt.timedelta(first), LAST + dt.timedelta(first + length)) for first, length in suits]
    end = LAST + dt.timedelta(through)
    total, one = Decimal(), LAST + dt.timedelta(1)
    while one <= end:
        late = max(Decimal(), fine - sum((part.amount for part in payments if part.on <= one), Decimal()))
        if not any(pause.covers(one) for pause in pauses):
            total += late * Decimal("0.03")
        one += dt.timedelta(1)
    found = surcharge(fine, due=[Part(LAST, fine)], paid=payments, pauses=pauses, through=end)
    assert found.amount == min(total, fine).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    assert found.amount <= fine
