"""The place between two pages of a list: readable by us alone, harmless when somebody makes one up."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from .searching import Sort

MAX_LENGTH: Final = 300
MAX_PAGE: Final = 1_000_000
MAX_FINE: Final = Decimal(10) ** 16


@dataclass(frozen=True, slots=True)
class Cursor:
    """Go on after (or, backwards, before) the row with this value of the sorted column and this key.

    page is the number the page should carry; it decides nothing.
    """

    sort: Sort
    forward: bool
    value: datetime | date | Decimal
    key: UUID
    page: int = 1

    def encode(self) -> str:
        """As it stands in an address."""
        value = self.value.isoformat() if isinstance(self.value, date) else f"{self.value:f}"
        packed = json.dumps([self.sort, int(self.forward), value, self.key.hex, self.page], separators=(",", ":"))
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def decode(text: str, sort: Sort) -> Cursor | None:
    """The cursor, when it is one of ours for this order; nothing for everything else."""
    if not text or len(text) > MAX_LENGTH:
        return None
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        name, forward, value, key, page = json.loads(packed)
        if name != sort or forward not in {0, 1} or not isinstance(page, int) or not 1 <= page <= MAX_PAGE:
            return None
        return Cursor(sort, bool(forward), _value(value, sort), UUID(hex=key), page)
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError, InvalidOperation, binascii.Error):
        return None


def _value(value: Any, sort: Sort) -> datetime | date | Decimal:
    """Raises when the value does not fit the column."""
    if sort.column == "published_at":
        moment = datetime.fromisoformat(value)
        moment.astimezone(timezone.get_default_timezone())  # far ends of the calendar cannot be shifted
        if timezone.is_naive(moment):
            raise ValueError("a moment needs its zone")
        return moment
    if sort.column == "decided_on":
        return date.fromisoformat(value)
    amount = Decimal(value)
    if not amount.is_finite() or abs(amount) > MAX_FINE:
        raise ValueError("not an amount")
    return amount
