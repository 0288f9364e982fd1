"""Finds home addresses in folded text, and where a company's address stands that stays public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .numbers import Hit
from .spans import Kind

_HOME: Final = re.compile(
    r"(?:(?:家庭|现|常住|户籍|身份证|居住|暂住|实际)(?:住址|地址|居住地址?|住地址?|所在地)|户口所在地|经常居住地|住址|居住地|暂住地|户籍地|"
    r"现居住?(?:于|在)|现居|现住(?:于|在)?|暂住(?!证|人口|登记|期)(?:于|在)?|居住(?:于|在)|家住|家在|租住(?:于|在)?|住(?:于|在)|收货地址|"
    r"(?:(?<=[,。;、\n( ])|^)住(?![址所房宿宅建院户店家]))(?:\([^()\n]{0,8}\))?[:为是系]? {0,2}",
    re.MULTILINE,
)
_UNCERTAIN: Final = re.compile(
    r"(?<![\u4e00-\u9fff])(?:住所地?|地址|通讯地址|通信地址|联系地址|送达地址|邮寄地址)(?:\([^()\n]{0,8}\))?[:为是系] {0,2}"
)
_BUSINESS: Final = re.compile(
    r"(?:注册地址?|登记住所|登记地址|(?:生产)?经营场所|经营地址|经营地点|营业场所|营业地址|生产地址|生产场所|办公地址|办公地点|"
    r"单位地址|公司地址|企业地址|厂址|店址|仓库地址|(?:案发|检查|违法|施工|抽样|勘验|项目|工程)(?:地点|地址))"
    r"(?:\([^()\n]{0,8}\))?[:为是系在于]{0,2} {0,2}"
)
_COMPANY: Final = re.compile(
    r"统一社会信用代码|营业执照|注册号|公司|商行|经营部|超市|合作社|企业|个体工商户|商店|餐厅|饭店|[店厂馆行社](?=[,。;:\n()])|单位名称|执法机关|本局|本机关"
)
_PERSON: Final = re.compile(
    r"身份证|公民身份|身份号码|证件号码|性别|民族|出生|年龄|[,;\n ][男女][,;。\n ]|[汉回]族|维吾尔族|哈萨克族|蒙古族|文化程度|先生|女士"
)
_END: Final = re.compile(
    r"(?:[0-9一二三四五六七八九十A-Z]+ ?(?:号楼|号院|号|室|户|栋|幢|座|单元|楼|层|组|队|团|连|排|#|弄|片区|区|门|巷)"
    r"|小区|社区|街道|花园|公寓|家园|新村|佳苑|家属院|宿舍|[省市县区州镇乡村路街巷院楼])"
    r"(?:附[0-9]+号|[0-9A-Z]+(?:-[0-9A-Z]+)+|之[一二三四五六0-9]|(?<=[号栋幢座楼元]) ?[0-9]{3,4}(?: ?[室号户])?(?![0-9年月]))?"
)
_PRECISE: Final = re.compile(r"[0-9]|[村路街巷组队室号栋幢]|小区|社区|花园|公寓|家园|家属院|宿舍")
_STOP: Final = re.compile(
    r"[,。;、\n()!?\"“”:]|的|期间|时候|之后|以后|以来|从事|经营|并|因|被|已|未(?!来)|与其|之间|附近"
)
_RESIDENCE: Final = re.compile(
    r"(?P<before>[\u4e00-\u9fff0-9]{2,24}?)(?:小区|社区|花园|公寓|家园|新村|佳苑|嘉园|雅居|名苑|家属院|家属楼|宿舍|新城|苑|庭|府|里)"
    r"[东西南北中]?[一二三四]?[区期]? ?[0-9A-Z]{1,4} ?(?:栋|幢|号楼|座|#|-) ?"
    r"(?:[0-9一二三四五六] ?(?:单元|门|-) ?)?[0-9]{1,4}(?: ?(?:室|号|户))?(?![0-9])"
)
_PREPOSITIONS: Final = "在于到往从住至向租位入送是抵赴的为,"


def find(text: str) -> Iterator[Hit]:
    """Home addresses: after a cue of living, after an uncertain cue near a person, or by their shape alone."""
    for match in _HOME.finditer(text):
        yield from _after(text, match.end(), "address.cue", 0.9)
    for match in _UNCERTAIN.finditer(text):
        if speaks_of_a_person(text, match.start()):
            yield from _after(text, match.end(), "address.person", 0.75)
    for match in _RESIDENCE.finditer(text):
        before = match["before"]
        cut = max(before.rfind(word) for word in _PREPOSITIONS) + 1
        start = match.start() + min(cut, max(0, len(before) - 1))
        yield Hit(start, match.end(), Kind.ADDRESS, "address.residence", 0.7)


def business_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Stretches after a cue of business, or after an uncertain cue near a company: they stay public."""
    for match in _BUSINESS.finditer(text):
        yield match.start(), _clause_end(text, match.end())
    for match in _UNCERTAIN.finditer(text):
        if not speaks_of_a_person(text, match.start()) and _nearest(_COMPANY, text, match.start()) >= 0:
            yield match.start(), _clause_end(text, match.end())


def speaks_of_a_person(text: str, position: int) -> bool:
    """Whether the words before the position describe a natural person rather than a company."""
    return _nearest(_PERSON, text, position) > _nearest(_COMPANY, text, position)


def _nearest(pattern: re.Pattern[str], text: str, position: int) -> int:
    """Where the pattern stands last within 120 characters before the position; -1 when nowhere."""
    found = -1
    for match in pattern.finditer(text, max(0, position - 120), position):
        found = match.start()
    return found


def _clause_end(text: str, start: int) -> int:
    match = re.compile(r"[,。;\n]").search(text, start)
    return match.start() if match else len(text)


def _after(text: str, start: int, rule: str, confidence: float) -> Iterator[Hit]:
    """The address that begins at start, up to its last part that can end one; nothing above street level."""
    stop = _STOP.search(text, start, start + 80)
    limit = stop.start() if stop else min(len(text), start + 80)
    last = 0
    for match in _END.finditer(text, start, limit):
        last = match.end()
    if last and _PRECISE.search(text, start, last):
        yield Hit(start, last, Kind.ADDRESS, rule, confidence)
