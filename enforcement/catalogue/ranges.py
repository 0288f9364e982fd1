"""Ranges of fines as benchmarks write them: «处二千元以上二万元以下罚款», «货值金额一倍以上三倍以下», «不予处罚»."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from enforcement.imports.amounts import SUM, chinese_number, parse_amount
from enforcement.models import PenaltyKind
from portal.tabular.cleaning import packed
from portal.tabular.faults import RefusedError

TIMES: Final = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)"
BASE: Final = r"(?:货值金额|货值|违法所得|合同价款|工程价款|销售金额|经营额|损失金额|骗取金额|应缴[^，。；]{0,12}?)"
MULTIPLE = re.compile(rf"(?P<low>{TIMES})倍以上(?:不足|至)?(?P<high>{TIMES})倍(?:以下)?")
SPAN = re.compile(rf"(?P<low>{SUM})(?:以上|至)(?:不足)?(?P<high>{SUM})(?:以下)?")
UP_TO = re.compile(rf"(?P<high>{SUM})以下")
ONE = re.compile(rf"(?P<one>{SUM})(?:的)?罚款|罚款(?P<two>{SUM})")
SHORT: Final = {PenaltyKind.SUSPEND_LICENCE: "暂扣", PenaltyKind.REVOKE_LICENCE: "吊销"}
NOT_BY_WORD: Final = {PenaltyKind.FINE, PenaltyKind.OTHER}


@dataclass(frozen=True)
class Said:
    """What a text allows: `measure` yuan, times or none; the least and the most; the other kinds of penalty."""

    measure: str
    lowest: Decimal | None = None
    highest: Decimal | None = None
    base: str = ""
    kinds: tuple[str, ...] = field(default_factory=tuple)


def read_range(text: str) -> Said | None:
    """The range a text names; None when it names neither an amount, a multiple, a kind, nor «不予处罚»."""
    plain = packed(text)
    kinds = _kinds(plain)
    if match := MULTIPLE.search(plain):
        low, high = _number(match["low"]), _number(match["high"])
        bases = re.findall(BASE, plain[: match.start()])
        return None if low is None or high is None else Said("times", low, high, bases[-1] if bases else "", kinds)
    for pattern in (SPAN, UP_TO, ONE):
        if (match := pattern.search(plain)) and (span := _span(match.groupdict())) is not None:
            return Said("yuan", *span, kinds=kinds)
    if kinds or "不予处罚" in plain or "不予行政处罚" in plain:
        return Said("none", kinds=kinds)
    return None


def _span(found: dict[str, str | None]) -> tuple[Decimal, Decimal] | None:
    try:
        if exact := found.get("one") or found.get("two"):
            amount = parse_amount(exact, Decimal(1))
            return None if amount is None else (amount, amount)
        high = parse_amount(found.get("high") or "", Decimal(1))
        low = parse_amount(found["low"], Decimal(1)) if found.get("low") else Decimal(0)
    except RefusedError:
        return None
    return None if low is None or high is None else (low, high)


def _number(words: str) -> Decimal | None:
    if re.fullmatch(r"\d+(\.\d+)?", words, re.ASCII):
        return Decimal(words)
    value = chinese_number(words)
    return None if value is None else Decimal(value)


def _kinds(plain: str) -> tuple[str, ...]:
    named = {kind: SHORT.get(kind, str(kind.label)) for kind in PenaltyKind if kind not in NOT_BY_WORD}
    return tuple(kind.value for kind, word in named.items() if word in plain)
