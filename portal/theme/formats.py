"""How amounts, dates, numbers and personal data are written. Pure functions; the filters of `zf` call them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

_FEN: Final = Decimal("0.01")
_IDENTITY_LENGTH: Final = 18
_MOBILE_LENGTH: Final = 11
_BRACKETED_YEAR: Final = re.compile(r"[\[(（【〔]\s*((?:19|20)\d{2})\s*[\])）】〕]")


# A cell that begins so is a formula to a spreadsheet, the full-width signs too.
_FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")


def not_a_formula(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would take for a formula, also behind blanks."""
    first = text[:1]
    if first in _FORMULA or (first.isspace() and text.lstrip()[:1] in _FORMULA):
        return f"'{text}"
    return text


def yuan(value: object) -> str:
    """Write an amount in yuan with thousands separators: «32,000», «1,280.50».

    Whole amounts carry no decimals, others show fen; digits beyond fen are kept, never rounded away.
    What is no number is returned as text, nothing gives an empty text.
    """
    if value is None or value == "":
        return ""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not amount.is_finite():
        return str(value)
    if amount == amount.to_integral_value():
        return f"{amount:,.0f}"
    if amount == amount.quantize(_FEN):
        return f"{amount:,.2f}"
    return f"{amount.normalize():,f}"


def as_date(value: object) -> date | None:
    """Read a date, a moment (taken in local time) or an ISO text; None when it is none of them."""
    if isinstance(value, datetime):
        return timezone.localdate(value) if timezone.is_aware(value) else value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            return None
    return None


def cn_date(value: object) -> str:
    """Write a date as in running text: 2026年11月24日."""
    day = as_date(value)
    if day is None:
        return ""
    return _("%(year)s年%(month)s月%(day)s日") % {"year": day.year, "month": day.month, "day": day.day}


def cn_weekday(value: object) -> str:
    """Name the weekday of a date: 星期二."""
    day = as_date(value)
    if day is None:
        return ""
    names = (_("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日"))
    return names[day.weekday()]


def iso(value: object) -> str:
    """Write a date as in tables and files, 2026-11-24, a moment as 2026-11-24 10:20 in local time."""
    if isinstance(value, datetime):
        moment = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{moment:%Y-%m-%d %H:%M}"
    day = as_date(value)
    return day.isoformat() if day else ""


def docnumber(value: object) -> str:
    """Write a document number with the six-cornered brackets of GB/T 9704: 白市监罚告〔2026〕96号."""
    return "" if value is None else _BRACKETED_YEAR.sub(r"〔\1〕", str(value).strip())


def masked(value: object) -> str:
    """Hide the middle of a personal number: 6502**********0016, 139****0000; other text keeps its first sign."""
    text = "" if value is None else str(value).strip()
    if len(text) == _MOBILE_LENGTH and text.isdigit():
        start, end = 3, 4
    elif len(text) >= _IDENTITY_LENGTH:
        start, end = 4, 4
    else:
        start, end = 1, 0
    hidden = len(text) - start - end
    return text if hidden <= 0 else text[:start] + "*" * hidden + text[len(text) - end :]


def hits(text: str, query: str) -> Iterator[tuple[str, bool]]:
    """Cut a text into pieces and say which of them the words of the query hit, regardless of case."""
    words = sorted({word for word in query.split() if word}, key=len, reverse=True)
    if not words:
        yield text, False
        return
    pattern = re.compile("(" + "|".join(re.escape(word) for word in words) + ")", re.IGNORECASE)
    for number, piece in enumerate(pattern.split(text)):
        if piece:
            yield piece, number % 2 == 1
