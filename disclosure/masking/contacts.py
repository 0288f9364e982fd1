"""Finds plates, e-mail addresses, accounts of messengers and travel documents in folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .folding import GLUE
from .numbers import Hit
from .spans import Kind

_PROVINCES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
# No I and no O on a plate (GA 36); six characters on new-energy plates, D or F first or last.
_CHARACTER: Final = "[A-HJ-NP-Z0-9]"
_BODY: Final = rf"(?:[A-HJ-K]{_CHARACTER}[0-9]{{4}}|[0-9]{{5}}[A-HJ-K]|{_CHARACTER}{{4}}[A-HJ-NP-Z0-9挂学警港澳领试超])"
_PLATE: Final = re.compile(
    rf"(?:[{_PROVINCES}使领][A-HJ-NP-Z] ?[·\-]? ?{_BODY}|WJ ?[{_PROVINCES}] ?[0-9]{{4}}[0-9A-Z])(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_PLATE_CUE: Final = re.compile(
    r"(?:车牌号?码?|号牌号?码?|牌照号?码?|电动车号牌|车号)"
    + GLUE
    + r"([\u4e00-\u9fff]{0,4}[A-Z]?[ ·-]{0,2}[A-Z0-9]{5,8})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_EMAIL: Final = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}[.·])+[A-Za-z]{2,24}(?![A-Za-z0-9])"
)
_ACCOUNT_CUE: Final = re.compile(
    r"(?:微信|weixin|wechat|qq|抖音|快手|支付宝|微博|小红书|钉钉|陌陌|闲鱼)(?:群|账户|帐户)?"
    r"(?:号码?|账号|帐号|id|昵称|用户名)?(?:\([^()\n]{0,8}\))?[:为是]? ?[\"“「]?([A-Za-z0-9][A-Za-z0-9_@.-]{4,30}[A-Za-z0-9])"
    r"(?![A-Za-z0-9])(?! ?(?:万|元|年|月|次))",
    re.IGNORECASE,
)
_TRAVEL_CUE: Final = re.compile(
    r"(?:护照|通行证|回乡证|台胞证|海员证|旅行证|居留证|居留身份证|居住证|军官证|士兵证|警官证)(?:件?号码?|编号)?"
    + GLUE
    + r"((?:[\u4e00-\u9fff]字第 ?)?(?=[A-Z0-9-]*[0-9]{5})[A-Z0-9](?:[ -]?[A-Z0-9]){5,11}号?)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
# A residence permit's number is as long as an identity number.
_PERMIT_CUE: Final = re.compile(r"(?:居住证|暂住证)(?:件?号码?|编号)?" + GLUE + r"([0-9]{12,18})(?![A-Za-z0-9])")
_PASSPORT_BEFORE: Final = re.compile(
    r"(?<![A-Za-z0-9])[A-Z][A-Z0-9]?[0-9]{7,8}(?=号?(?:的|中国|普通|因私|因公|公务|外国){0,3}护照)"
)


def find(text: str) -> Iterator[Hit]:
    """Every candidate; they may overlap."""
    for match in _PLATE.finditer(text):
        yield Hit(match.start(), match.end(), Kind.PLATE, "plate.pattern", 0.95)
    for match in _PLATE_CUE.finditer(text):
        yield Hit(match.start(1), match.end(1), Kind.PLATE, "plate.cue", 0.75)
    for match in _EMAIL.finditer(text):
        yield Hit(match.start(), match.end(), Kind.EMAIL, "email.pattern", 0.95)
    for match in _ACCOUNT_CUE.finditer(text):
        yield Hit(match.start(1), match.end(1), Kind.ACCOUNT, "account.cue", 0.8)
    for match in _PASSPORT_BEFORE.finditer(text):
        yield Hit(match.start(), match.end(), Kind.TRAVEL, "travel.cue", 0.9)
    for match in _PERMIT_CUE.finditer(text):
        yield Hit(match.start(1), match.end(1), Kind.TRAVEL, "travel.cue", 0.9)
    for match in _TRAVEL_CUE.finditer(text):
        yield Hit(match.start(1), match.end(1), Kind.TRAVEL, "travel.cue", 0.9)
