"""Class hours as people write them, kept in tenths; and the list of days of a session."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from django.utils.translation import gettext as _

MOST_A_DAY = 120
NUMBER = re.compile(r"[-+]?\d{1,6}(\.\d{1,6})?", re.ASCII)  # never 1e999999
DAY_LINE = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s+(\S+)$")


class HoursProblem(ValueError):
    """What was written is no number of class hours; says how to write it."""


def read_tenths(text: str) -> int:
    """«4.5» or «4.5学时» as 45. Raises HoursProblem for what is no positive number with one decimal."""
    plain = "".join(text.split()).removesuffix("学时").removesuffix("个")
    if not NUMBER.fullmatch(plain):
        raise HoursProblem(_("“%(text)s”不是学时数。请写数字，例如 4 或者 4.5。") % {"text": text[:20]})
    tenths = Decimal(plain) * 10
    if tenths != tenths.to_integral_value():
        raise HoursProblem(_("“%(text)s”：学时最多到一位小数，例如 4.5。") % {"text": text[:20]})
    if tenths < 0:
        raise HoursProblem(_("学时不能是负数。"))
    return int(tenths)


def shown(tenths: int) -> str:
    """45 as «4.5», 40 as «4», -40 as «−4»."""
    sign = "−" if tenths < 0 else ""
    whole, rest = divmod(abs(tenths), 10)
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


def read_day(text: str) -> int:
    """The class hours of one day, in tenths: more than none, twelve at most. Raises HoursProblem."""
    tenths = read_tenths(text)
    if not 0 < tenths <= MOST_A_DAY:
        raise HoursProblem(_("一天的学时应当多于 0、不超过 %(most)s。") % {"most": shown(MOST_A_DAY)})
    return tenths


def read_days(text: str) -> dict[dt.date, int]:
    """Lines «2026-12-31 4» as day and tenths, in order of days. Raises HoursProblem naming the line."""
    found: dict[dt.date, int] = {}
    for line in filter(None, (one.strip() for one in text.splitlines())):
        match = DAY_LINE.match(line)
        try:
            day = dt.date(*(int(match[part]) for part in (1, 2, 3))) if match else None
        except ValueError:
            day = None
        if match is None or day is None:
            raise HoursProblem(
                _("“%(line)s”没有读懂。每行写一天：日期、空格、学时，例如 2026-12-31 4。") % {"line": line[:40]}
            )
        if day in found:
            raise HoursProblem(_("%(day)s 写了两次。") % {"day": day.isoformat()})
        found[day] = read_day(match[4])
    return dict(sorted(found.items()))


def days_text(days: dict[dt.date, int]) -> str:
    """The lines again, as `read_days` takes them."""
    return "\n".join(f"{day.isoformat()} {shown(tenths)}" for day, tenths in sorted(days.items()))
