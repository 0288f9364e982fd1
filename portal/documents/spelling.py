"""How papers spell dates, amounts, numbers and titles."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def chinese_date(day: dt.date) -> str:
    """成文日期 in Arabic figures, without leading zeros: 2026年1月5日 (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


def number_text(prefix: str, series: str, year: int, value: int) -> str:
    """发文字号: full year in 〔〕 (U+3014, U+3015), no leading zeros, no 第."""
    return f"{prefix}{series}〔{year}〕{value}号"


def yuan(amount: Decimal) -> str:
    """An amount in yuan for running text: 20,000.00元."""
    return f"{amount:,.2f}元"


def yuan_in_words(amount: Decimal) -> str:
    """An amount in yuan in the figures that cannot be altered: 贰万元整, 壹仟零伍元叁角.

    Raises ValueError below zero, from 10 000 万亿 up, and for more than two decimal places.
    """
    fen = amount * 100
    if amount < 0 or fen != fen.to_integral_value() or amount >= Decimal(10) ** 16:
        raise ValueError("an amount in words needs 0 ≤ yuan < 10^16 with at most two decimal places")
    whole, cents = divmod(int(fen), 100)
    jiao, single = divmod(cents, 10)
    words = f"{_whole_in_words(whole)}元" if whole or not cents else ""
    if not cents:
        return words + "整"
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif whole:
        words += "零"
    return words + (f"{_DIGITS[single]}分" if single else "整")


def title_lines(title: str, longest: int = 19) -> list[str]:
    """A title cut into lines of nearly equal length, the upper one longer (回行梯形).

    A line never begins with 的, a closing mark or a separating point. Line breaks in the title are kept as they are.
    """
    if "\n" in title:
        return title.split("\n")
    count = math.ceil(len(title) / longest)
    lines: list[str] = []
    rest = title
    while count > 1:
        at = math.ceil(len(rest) / count)
        while at < len(rest) and rest[at] in "的》〉）」』、，：":
            at += 1
        lines.append(rest[:at])
        rest = rest[at:]
        count -= 1
    return [*lines, rest] if rest else lines


def _whole_in_words(value: int) -> str:
    if value == 0:
        return _DIGITS[0]
    words = ""
    group = 0
    gap = False
    while value:
        value, part = divmod(value, 10_000)
        if part:
            words = _group_in_words(part) + _GROUPS[group] + ("零" if gap and words else "") + words
        gap = part < 1000 if part else bool(words)
        group += 1
    return words


def _group_in_words(part: int) -> str:
    words = ""
    zero = False
    for place in (3, 2, 1, 0):
        digit = part // 10**place % 10
        if digit:
            words += ("零" if zero and words else "") + _DIGITS[digit] + _PLACES[place]
            zero = False
        else:
            zero = True
    return words
