"""Amounts of money: yuan to the fen, from figures in yuan or 万元 and from words."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from enforcement.imports.reasons import Reason
from portal.tabular.cleaning import as_text, packed
from portal.tabular.faults import RefusedError
from portal.tabular.tables import Cell

FEN = Decimal("0.01")
MOST = Decimal(10) ** 11
NOISE = Decimal("0.000001")
NEAR = Decimal("0.000000001")
CURRENCY = re.compile(r"^(?:人民币|rmb|cny|[¥￥])+|(?:人民币)$")
UNITS = {
    "": None, "元": Decimal(1), "圆": Decimal(1), "元整": Decimal(1), "圆整": Decimal(1), "千元": Decimal(1000), "万": Decimal(10_000),
    "万元": Decimal(10_000), "万元整": Decimal(10_000), "百万元": Decimal(1_000_000), "亿": Decimal(100_000_000),
    "亿元": Decimal(100_000_000),
}  # fmt: skip
FIGURES = re.compile(
    r"(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?|-?\.\d+)(元整|圆整|千元|百万元|万元整|万元|亿元|元|圆|万|亿)?"
)
CHINESE_DIGITS = {digit: value for value, digits in enumerate(
    ("零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")) for digit in digits}  # fmt: skip
CHINESE_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
CHINESE_AMOUNT = re.compile(r"([零〇一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万亿]+)(?:元|圆)整?")
SUM = r"(?:\d[\d,]*(?:\.\d+)?(?:万元|千元|亿元|元|万)|[零〇一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万亿]+元)"
IN_WORDS = re.compile(
    rf"罚款(?:人民币)?(?:合计|共计|总计|各)?(?:人民币)?({SUM})|({SUM})(?:人民币)?(?:的)?(?:行政)?罚款"
)


def parse_amount(cell: Cell, unit: Decimal) -> Decimal | None:
    """The amount in yuan, to the fen; nothing for an empty cell or a sign for nothing.

    `unit` is the worth in yuan of a bare figure; a unit written in the cell goes before it. Raises
    RefusedError for what is no amount, is negative, or is finer than a fen.
    """
    if isinstance(cell, bool):
        raise _no_amount(as_text(cell))
    if isinstance(cell, float):
        return _to_fen(_without_noise(cell), unit, repr(cell))
    if isinstance(cell, int):
        return _to_fen(Decimal(cell), unit, str(cell))
    text = as_text(cell)
    if not text:
        return None
    plain = CURRENCY.sub("", packed(text))
    if match := FIGURES.fullmatch(plain):
        written = UNITS[match[2] or ""]
        return _to_fen(Decimal(match[1].replace(",", "")), written or unit, text)
    if match := CHINESE_AMOUNT.fullmatch(plain):
        value = chinese_number(match[1])
        if value is not None:
            return _to_fen(Decimal(value), Decimal(1), text)
    if re.fullmatch(r"-?\d+(\.\d+)?e[+-]?\d+", plain):
        raise RefusedError(
            Reason.AMOUNT,
            _("“%(value)s”是科学计数法，末尾数字可能已丢失。请把该列设为文本或者数值格式再导出。")
            % {"value": text[:40]},
        )
    raise _no_amount(text)


def _without_noise(cell: float) -> Decimal:
    """The figure a sheet meant: 575.2652310000001 is binary noise, 33.333333333 is not."""
    number = Decimal(repr(cell))
    if not number.is_finite() or abs(number) > MOST:
        return number
    rounded = number.quantize(NOISE)
    return rounded if abs(rounded - number) <= NEAR else number


def _no_amount(text: str) -> RefusedError:
    return RefusedError(
        Reason.AMOUNT, _("“%(value)s”不是能认的金额。请只写数字，或者数字加“元”“万元”。") % {"value": text[:40]}
    )


def _to_fen(number: Decimal, unit: Decimal, text: str) -> Decimal:
    if not number.is_finite():
        raise _no_amount(text)
    yuan = number * unit
    if yuan < 0:
        raise RefusedError(Reason.AMOUNT, _("金额“%(value)s”是负数。") % {"value": text[:40]})
    if yuan > MOST:
        raise RefusedError(Reason.AMOUNT, _("金额“%(value)s”大得不可能，请核对单位。") % {"value": text[:40]})
    exact = yuan.quantize(FEN)
    if exact != yuan:
        raise RefusedError(Reason.AMOUNT, _("金额“%(value)s”不到分就有零头，请核对。") % {"value": text[:40]})
    return exact


def chinese_number(words: str) -> int | None:
    """The whole number that Chinese figures name (十一万五千, 贰拾万); nothing when they name none."""
    total = section = digit = 0
    seen = False
    for character in words:
        if character in CHINESE_DIGITS:
            digit = CHINESE_DIGITS[character]
            seen = True
        elif character in CHINESE_TENS:
            section += (digit if digit or seen else 1) * CHINESE_TENS[character]
            digit, seen = 0, False
        elif character in "万亿":
            section += digit
            digit, seen = 0, False
            if character == "亿":
                total = (total + section) * 100_000_000
            else:
                total += section * 10_000
            section = 0
        else:
            return None
    value = total + section + digit
    return value or None


def fines_in_words(content: str) -> list[Decimal]:
    """Every «罚款…元» in the text of a penalty, in yuan, in order."""
    found: list[Decimal] = []
    for match in IN_WORDS.finditer(packed(content)):
        try:
            amount = parse_amount(match[1] or match[2], Decimal(1))
        except RefusedError:
            continue
        if amount is not None:
            found.append(amount)
    return found
