"""Dates as offices write them: five spellings, Chinese figures, dates with a time, serial numbers of Excel."""

from __future__ import annotations

import datetime as dt
import re

from django.utils.translation import gettext as _

from portal.tabular.cleaning import as_text, folded
from portal.tabular.faults import Fault, RefusedError
from portal.tabular.tables import Cell

EARLIEST = dt.date(1949, 10, 1)
LONG_TERM = dt.date(2099, 12, 31)
TIME_OF_DAY = re.compile(
    r"(?:t\s*|\s+)(?:\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?\s*(?:z|[+-]\d{2}:?\d{2})?|\d{1,2}时(?:\d{1,2}分)?(?:\d{1,2}秒)?)$"
)
SPELLINGS = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"),
    re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})"),
    re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?"),
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
SERIAL = re.compile(r"\d{5}(\.\d+)?")
FIRST_SERIAL, LAST_SERIAL = 18_172, 73_050
DAY_ZERO = dt.date(1899, 12, 30)
DAY_ZERO_1904 = dt.date(1904, 1, 1)
CHINESE = re.compile(r"([〇零○0一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
FIGURES = {figure: value for value, figure in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "0": 0}


def parse_date(cell: Cell, *, date1904: bool = False) -> dt.date | None:
    """The date in a cell; nothing for an empty cell or a sign for nothing.

    A time of day is dropped. Serial numbers count from 1900, or from 1904 in a workbook that says so.
    Raises RefusedError for what is no date, or a date that cannot be.
    """
    if isinstance(cell, dt.datetime):
        return _checked(cell.year, cell.month, cell.day, cell)
    if isinstance(cell, dt.date):
        return _checked(cell.year, cell.month, cell.day, cell)
    text = as_text(cell)
    if not text:
        return None
    # The time goes before the blanks do: «2000-1-4 15:26» must not become the 41st.
    plain = "".join(TIME_OF_DAY.sub("", folded(text)).split())
    for spelling in SPELLINGS:
        if match := spelling.fullmatch(plain):
            return _checked(int(match[1]), int(match[2]), int(match[3]), cell)
    if match := COMPACT.fullmatch(plain):
        return _checked(int(match[1]), int(match[2]), int(match[3]), cell)
    if SERIAL.fullmatch(plain) and FIRST_SERIAL <= float(plain) <= LAST_SERIAL:
        day = (DAY_ZERO_1904 if date1904 else DAY_ZERO) + dt.timedelta(days=int(float(plain)))
        return _checked(day.year, day.month, day.day, cell)
    if match := CHINESE.fullmatch(plain):
        year = int("".join(str(FIGURES[figure]) for figure in match[1]))
        return _checked(year, _chinese(match[2]), _chinese(match[3]), cell)
    raise RefusedError(
        Fault.DATE,
        _("“%(value)s”不是能认的日期。请写成 2024-12-11、2024/12/11、2024.12.11、2024年12月11日或者 20241211。")
        % {"value": text[:40]},
    )


def _chinese(figures: str) -> int:
    """一 to 三十一."""
    tens, _ten, ones = figures.rpartition("十")
    if "十" not in figures:
        return FIGURES[figures] if len(figures) == 1 else 99
    return (FIGURES.get(tens, 99) if tens else 1) * 10 + (FIGURES.get(ones, 99) if ones else 0)


def _checked(year: int, month: int, day: int, cell: Cell) -> dt.date:
    try:
        date = dt.date(year, month, day)
    except ValueError:
        raise RefusedError(
            Fault.DATE,
            _("“%(value)s”不是存在的日期：%(year)d 年没有 %(month)d 月 %(day)d 日。")
            % {"value": as_text(cell)[:40], "year": year, "month": month, "day": day},
        ) from None
    if not EARLIEST <= date <= LONG_TERM:
        raise RefusedError(
            Fault.DATE, _("“%(value)s”不是可能的日期（应在 1949 年至 2099 年之间）。") % {"value": as_text(cell)[:40]}
        )
    return date
