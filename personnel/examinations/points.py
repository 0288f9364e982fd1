"""Points, kept in halves: 175 is «87.5»."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _

NUMBER = re.compile(r"\d{1,4}(\.\d{1,2})?", re.ASCII)  # never 1e999999


class PointsProblem(ValueError):
    """What was written is no number of points; says how to write it."""


def read_points(text: str, *, most: int | None = None, least: int = 0) -> int:
    """«87.5» as 175 halves, between `least` and `most` halves. Raises PointsProblem."""
    plain = "".join(text.split()).removesuffix("分")
    halves = Decimal(plain) * 2 if NUMBER.fullmatch(plain) else None
    if halves is None or halves != halves.to_integral_value():
        raise PointsProblem(_("“%(text)s”不是分数。请写整数或者半分，例如 60 或者 2.5。") % {"text": text[:20]})
    if halves < least or (most is not None and halves > most):
        words = _("分数应当在 %(least)s 到 %(most)s 之间。") if most is not None else _("分数不能低于 %(least)s。")
        raise PointsProblem(words % {"least": shown(least), "most": shown(most or 0)})
    return int(halves)


def shown(halves: int) -> str:
    """175 as «87.5», 120 as «60»."""
    whole, rest = divmod(halves, 2)
    return f"{whole}.5" if rest else str(whole)
