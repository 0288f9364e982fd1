"""Finds identity numbers, telephones, bank cards and accounts in folded text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from portal.accounts.identity import identity_error

from .folding import GLUE, SEPARATOR, bare
from .spans import Kind

# Digits may be broken over a line in text copied from a PDF; a checksum makes up for the risk.
_GAP: Final = f"(?:{SEPARATOR}|{SEPARATOR}\\r?\\n)"
_LEFT: Final = r"(?<![0-9A-Za-z])"
_RIGHT: Final = r"(?![0-9A-Za-z])(?!\.[0-9])(?!,[0-9]{3}(?![0-9]))"
_UNITS: Final = r"(?!\s?(?:万?亿?[元圆]|万|亿|千克|公斤|吨|克|平方米|立方米|米|千瓦|度电|股|人次|毫升|升))"

_IDENTITY: Final = re.compile(f"(?=({_LEFT}[1-9](?:{_GAP}[0-9]){{16}}{_GAP}[0-9Xx]{_RIGHT}))")
_IDENTITY_OLD: Final = re.compile(f"(?=({_LEFT}[1-8](?:{SEPARATOR}[0-9]){{14}}{_RIGHT}))")
_IDENTITY_CUE: Final = re.compile(
    rf"(?:身份证件?|公民身份|身份|居民证|证件)(?:号码?|证号码?)?(?:误?写作|误写为|填写为|登记为|载明|由)?{GLUE}"
    rf"([0-9](?:{SEPARATOR}[0-9]){{13,18}}{SEPARATOR}[0-9Xx]){_RIGHT}"
)
_MOBILE: Final = re.compile(
    rf"(?<![0-9])(?<![0-9]\.)(?:(?:\+|00)86{SEPARATOR}|\(\+?86\) ?|86-|0)?"
    r"1[3-9][0-9](?:[0-9]{8}|[ \u200b-]{1,2}[0-9]{4}[ \u200b-]{0,2}[0-9]{4}|[0-9][ \u200b-]{1,2}[0-9]{3}[ \u200b-]{1,2}[0-9]{4}"
    r"|[0-9]{4}[ \u200b-]{1,2}[0-9]{4}|[0-9]{2}[ \u200b-]{1,2}[0-9]{6}|[0-9]{3}[ \u200b-]{1,2}[0-9]{5}|[ \u200b-]{1,2}[0-9]{8})"
    + _RIGHT
    + _UNITS
)
_AREA: Final = r"(?:\(0(?:10|2[0-9]|[3-9][0-9]{2})\)|0(?:10|2[0-9]|[3-9][0-9]{2}))"
_PHONE: Final = re.compile(
    rf"(?<![0-9A-Za-z.,-])(?:\+?86{SEPARATOR})?{_AREA}[ \u200b-]{{0,3}}[2-9][0-9]{{2,3}}[ \u200b-]?[0-9]{{4}}"
    r"(?:(?: ?转 ?| ?ext\.? ?|-)[0-9]{1,6})?" + _RIGHT
)
_PHONE_CUE: Final = re.compile(
    r"(?:电话|座机|固话|传真|联系方式|致电|拨打)号?码?(?:\([^()\n]{0,8}\))?[:为是]? {0,2}"
    r"([2-9][0-9]{2,3}[ \u200b-]?[0-9]{4})" + _RIGHT
)
_MOBILE_BROKEN_CUE: Final = re.compile(
    rf"(?:手机号?码?|电话号?码?|联系方式|联系电话|微信){GLUE}(1{SEPARATOR}[3-9](?:{SEPARATOR}[0-9]){{9}})" + _RIGHT
)
# A second telephone behind the first: 13900000000、6900000
_PHONE_MORE: Final = re.compile(r" ?[/、;,或和] ?([2-9][0-9]{2,3}[ \u200b-]?[0-9]{4})" + _RIGHT)
_CARDS: Final = tuple(
    re.compile(f"(?=({_LEFT}[2-9](?:{SEPARATOR}[0-9]){{{length - 1}}}{_RIGHT}{_UNITS}))") for length in (19, 18, 17, 16)
)
_ISSUERS: Final = ("62", "60", "4", "51", "52", "53", "54", "55", "35", "36", "34", "37", "30", "65", "81", "9")
_ACCOUNT_CUE: Final = re.compile(
    r"(?:账号|帐号|账户|帐户|卡号|银行卡号?|存折|户头|借记卡|信用卡|储蓄卡|工资卡)"
    r"(?:号码?)?[^0-9。；;\n]{0,16}?(?<![0-9.,])([0-9](?:[ \u200b-]{0,2}[0-9]){7,31})" + _RIGHT + _UNITS
)
_TAIL_CUE: Final = re.compile(
    r"(?:尾号|末四位|后四位|末尾四位)(?:数字?)?[:为是]? {0,2}([0-9]{4})(?![0-9])(?! ?[年月日元])"
)
_OF_A_TELEPHONE: Final = re.compile(r"手机|电话|来电")


@dataclass(frozen=True, slots=True)
class Hit:
    """A candidate in folded text, before shields and overlaps."""

    start: int
    end: int
    kind: Kind
    rule: str
    confidence: float


def luhn(digits: str) -> bool:
    """Whether a string of digits passes the check of ISO/IEC 7812-1."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def find(text: str) -> Iterator[Hit]:
    """Every candidate number; they may overlap."""
    yield from _identity(text)
    yield from _telephone(text)
    yield from _bank(text)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        return 1880 < dt.date(year, month, day).year < 2100
    except ValueError:
        return False


def _identity(text: str) -> Iterator[Hit]:
    for match in _IDENTITY.finditer(text):
        number = bare(match[1])
        if identity_error(number) is None:
            yield Hit(match.start(1), match.end(1), Kind.IDENTITY, "identity.checksum", 0.99)
        elif _is_date(int(number[6:10]), int(number[10:12]), int(number[12:14])) and "\n" not in match[1]:
            yield Hit(match.start(1), match.end(1), Kind.IDENTITY, "identity.wrong_checksum", 0.75)
    for match in _IDENTITY_OLD.finditer(text):
        number = bare(match[1])
        if _is_date(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12])):
            yield Hit(match.start(1), match.end(1), Kind.IDENTITY, "identity.fifteen", 0.75)
    for match in _IDENTITY_CUE.finditer(text):
        yield Hit(match.start(1), match.end(1), Kind.IDENTITY, "identity.cue", 0.7)


def _telephone(text: str) -> Iterator[Hit]:
    for hit in _telephones(text):
        yield hit
        at = hit.end
        while more := _PHONE_MORE.match(text, at):
            yield Hit(more.start(1), more.end(1), Kind.PHONE, "phone.cue", 0.75)
            at = more.end()


def _telephones(text: str) -> Iterator[Hit]:
    for match in _MOBILE.finditer(text):
        before = text[max(0, match.start() - 5) : match.start()]
        if before[-1:].isascii() and before[-1:].isalpha() and not before.lower().endswith(("tel", "phone", "mobile")):
            continue
        yield Hit(match.start(), match.end(), Kind.MOBILE, "mobile.number", 0.95)
    for match in _MOBILE_BROKEN_CUE.finditer(text):
        yield Hit(match.start(1), match.end(1), Kind.MOBILE, "mobile.broken", 0.9)
    for match in _TAIL_CUE.finditer(text):
        if _OF_A_TELEPHONE.search(text, max(0, match.start() - 8), match.start()):
            yield Hit(match.start(1), match.end(1), Kind.MOBILE, "mobile.tail", 0.75)
    for match in _PHONE.finditer(text):
        yield Hit(match.start(), match.end(), Kind.PHONE, "phone.area", 0.9)
    for match in _PHONE_CUE.finditer(text):
        yield Hit(match.start(1), match.end(1), Kind.PHONE, "phone.cue", 0.8)


def _bank(text: str) -> Iterator[Hit]:
    for pattern in _CARDS:
        for match in pattern.finditer(text):
            digits = bare(match[1])
            if digits.startswith(_ISSUERS) and luhn(digits):
                yield Hit(match.start(1), match.end(1), Kind.BANK, "bank.checksum", 0.95)
    for match in _ACCOUNT_CUE.finditer(text):
        yield Hit(match.start(1), match.end(1), Kind.BANK, "bank.cue", 0.8)
    for match in _TAIL_CUE.finditer(text):
        if not _OF_A_TELEPHONE.search(text, max(0, match.start() - 8), match.start()):
            yield Hit(match.start(1), match.end(1), Kind.BANK, "bank.tail", 0.75)
