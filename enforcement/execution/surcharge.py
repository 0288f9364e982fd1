"""The surcharge on a fine paid late (处罚法72条1款1项、73条3款), to the fen.

Reading of the law, said on screen and in docs/explanation/execution.md: three per cent a day of what was
overdue and unpaid at the end of that day, from the day after the last day to pay; days within a
reconsideration or a suit do not count, the first and the last of them included; never more than the fine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

RATE = Decimal("0.03")
FEN = Decimal("0.01")
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Part:
    """A sum of money (yuan) and its day: an instalment with its last day, or a payment with the day it was made."""

    on: dt.date
    amount: Decimal


@dataclass(frozen=True)
class Pause:
    """Days that do not count; without an end it lasts."""

    first: dt.date
    last: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Stretch:
    """Days in a row on which the same sum was overdue."""

    first: dt.date
    last: dt.date
    overdue: Decimal
    paused: bool

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Surcharged:
    """The surcharge up to a day, in yuan, with the stretches it was made of."""

    amount: Decimal
    days: int
    paused_days: int
    capped: bool
    stretches: tuple[Stretch, ...]


def surcharge(
    fine: Decimal, *, due: Sequence[Part], paid: Sequence[Part], pauses: Sequence[Pause], through: dt.date
) -> Surcharged:
    """The surcharge on a fine of so many yuan, counted up to and including `through`.

    `due` are the parts of the fine with their last days; `paid` what was paid on the fine. Payments count
    for the earliest part, from the day they were made. Raises ValueError when the parts are not the fine.
    """
    if sum((part.amount for part in due), Decimal()) != fine:
        raise ValueError("the parts must sum up to the fine")
    total, stretches = Decimal(), list[Stretch]()
    day = min((part.on for part in due), default=through) + DAY
    while day <= through and total < fine:
        late = _overdue(day, due, paid)
        paused = any(pause.covers(day) for pause in pauses)
        last = min(through, _unchanged(day, due, paid, pauses))
        if late > 0:
            if not paused:
                last = min(last, day + DAY * (_days_to(fine - total, late) - 1))
                total += RATE * late * ((last - day).days + 1)
            stretches.append(Stretch(day, last, late, paused))
        day = last + DAY
    return Surcharged(
        amount=min(total, fine).quantize(FEN, ROUND_HALF_UP),
        days=sum(one.days for one in stretches if not one.paused),
        paused_days=sum(one.days for one in stretches if one.paused),
        capped=bool(fine) and total >= fine,
        stretches=tuple(stretches),
    )


def _overdue(day: dt.date, due: Sequence[Part], paid: Sequence[Part]) -> Decimal:
    owed = sum((part.amount for part in due if part.on < day), Decimal())
    return max(Decimal(), owed - sum((part.amount for part in paid if part.on <= day), Decimal()))


def _unchanged(day: dt.date, due: Sequence[Part], paid: Sequence[Part], pauses: Sequence[Pause]) -> dt.date:
    """The last day of a row that is like this one."""
    changes = [part.on + DAY for part in due] + [part.on for part in paid]
    for pause in pauses:
        changes += [pause.first, *([pause.last + DAY] if pause.last else [])]
    return min((change - DAY for change in changes if change > day), default=dt.date.max)


def _days_to(left: Decimal, late: Decimal) -> int:
    """In how many days the rest up to the limit is reached."""
    return max(1, ceil(left / (RATE * late)))
