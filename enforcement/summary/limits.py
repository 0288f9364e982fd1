"""The limits of the summary procedure: what may be imposed on the spot, and what may be collected there (yuan)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from enforcement.models import Party, PenaltyKind

SINCE = dt.date(2021, 7, 15)
KINDS = frozenset({PenaltyKind.WARNING.value, PenaltyKind.FINE.value})
CITIZEN, ORGANISATION = Decimal(200), Decimal(3000)
SMALL_FINE = Decimal(100)
LIMITATION_YEARS = 2
NO_PENALTY_AGE, LIGHTER_AGE = 14, 18


def limit_for(party_kind: str) -> Decimal:
    """The highest fine on the spot (CF-23).

    A 个体工商户 is a natural person in business; the law names only citizens and organisations, so the
    stricter figure binds.
    """
    return ORGANISATION if party_kind == Party.Kind.COMPANY else CITIZEN


def age_on(born: dt.date, day: dt.date) -> int:
    """Full years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
