"""Finds names of natural persons: those known from the case, and those a cue introduces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .folding import fold
from .lexicon import COMMON, COMPOUND, CUES, FILLER, RARE, TRANSCRIBED, ends_a_firm
from .numbers import Hit
from .spans import Kind, KnownNames

# What follows a name: a sign, a word of grammar, a verb of a witness.
_BOUNDARY: Final = (
    r"(?=$|[,。;、:()!?\"“”\n 《]|等|的|在|于|与|和|及|称|说|签|自(?!己)|从|对|将|因|驾|未|已|到|向|持|系|为|是|男|女|身份|"
    r"电话|联系|供述|反映|提供|出具|表示|述称|指认|作证|证实|拒绝|经营|购买|销售|雇|现|同|之|本人|居住|住|承认|确认|陈述|当场|"
    r"协助|介绍|书面|交代|曾|有|无|不|被|生前|家属|一家|夫妇|父子|母女|二人|两人|三人|即|也|均|又|所|经|以|向|给|把|让|制止|"
    r"发现|知情|投诉|举报|报案|报警|配合|陪同|签收|离开|到场|赶到|在场|负责|担任|操作|使用|要求|主动|随后|立即|当即|受伤|死亡|辩称|"
    r"自述|一同|共同|均|则|便|告知|展示|演示|指挥|组织|安排|擅自|违规|酒后|取得|携带|前往|返回|领取|支付|交付|进行|通过|名下)"
)
_HAN: Final = "[\u4e00-\u9fff]"
# A given name's second character; words that more often follow a name are none.
_GIVEN: Final = "(?:(?![的在于与和及等称说系为是将从对因已未到向持同之不被即也均又所经以给把让])[\u4e00-\u9fff]|[同从将](?=[,。;、()\n]|$))"
_WITH_COLON: Final = re.compile(
    rf"(?:{CUES}|签收|签名|签字)(?:\([^()\n]{{0,8}}\))?(?:姓名)?: {{0,2}}"
    rf"(?P<name>(?:{'|'.join(sorted(COMPOUND))})[ ]?{_HAN}(?:{_GIVEN})?|[{COMMON}{RARE}] {{0,2}}{_HAN}(?:{_GIVEN})?){_BOUNDARY}"
)
_PLAIN: Final = re.compile(
    rf"(?:{CUES})(?:系|为|是|即)?"
    rf"(?P<name>(?:{'|'.join(sorted(COMPOUND))}){_HAN}(?:{_GIVEN})?|[{COMMON}]{_HAN}(?:{_GIVEN})?){_BOUNDARY}"
)
# Nobody but a person is somebody's wife or brother: any surname will do.
_KIN: Final = re.compile(
    rf"(?:妻子|丈夫|儿子|女儿|父亲|母亲|其[妻夫子女父母兄弟姐妹]|岳父|岳母|配偶|哥哥|弟弟|姐姐|妹妹)(?:系|为|是|即|:)?"
    rf"(?P<name>[{COMMON}{RARE}]{_HAN}(?:{_GIVEN})?){_BOUNDARY}"
)
_TRANSCRIBED_NAME: Final = re.compile(
    rf"(?:{CUES})(?:\([^()\n]{{0,8}}\))?(?:系|为|是|即|:)?(?P<name>[{TRANSCRIBED}]{{2,8}}(?:·[{TRANSCRIBED}]{{2,8}})+)"
)
# Both halves in the characters of such names need no cue; behind a colon any characters do.
_TRANSCRIBED_ALONE: Final = re.compile(f"(?P<name>[{TRANSCRIBED}]{{2,8}}(?:·[{TRANSCRIBED}]{{2,8}})+)")
_DOTTED: Final = re.compile(
    rf"(?:{CUES})(?:\([^()\n]{{0,8}}\))?: {{0,2}}(?P<name>{_HAN}{{2,8}}(?:·{_HAN}{{2,8}}?)+){_BOUNDARY}"
)
# «某某，女，1990年生»: who is described by sex is a person, whatever stands before.
_DESCRIBED: Final = re.compile(
    rf"(?<!{_HAN})(?P<name>(?:{'|'.join(sorted(COMPOUND))}){_HAN}{{1,2}}|[{COMMON}{RARE}]{_HAN}{{1,2}}) ?[,;] ?[男女] ?(?=[,;。])"
)
_NEXT: Final = re.compile(
    rf" ?[、和与] ?(?P<name>[{TRANSCRIBED}]{{2,8}}(?:·[{TRANSCRIBED}]{{2,8}})+|"
    rf"(?:{'|'.join(sorted(COMPOUND))}){_HAN}(?:{_GIVEN})?|[{COMMON}{RARE}]{_HAN}(?:{_GIVEN})?){_BOUNDARY}"
)
# A full stop between two Chinese characters stands for the middle dot.
_DOT: Final = re.compile("(?<=[\u4e00-\u9fff])\\.(?=[\u4e00-\u9fff])")
CERTAIN: Final = 0.95


def find(text: str, known: KnownNames) -> Iterator[Hit]:
    """Names known from the case wherever they stand, and other names behind a cue."""
    text = _DOT.sub("·", text)
    if pattern := _pattern_of(known.people):
        for match in pattern.finditer(text):
            if not ends_a_firm(text, match.end()):
                alias = match.lastgroup == "alias"
                yield Hit(
                    match.start(),
                    match.end(),
                    Kind.NAME,
                    "name.alias" if alias else "name.known",
                    0.8 if alias else CERTAIN,
                )
    for pattern, rule, confidence in (
        (_WITH_COLON, "name.labelled", 0.8),
        (_PLAIN, "name.cue", 0.6),
        (_KIN, "name.cue", 0.6),
        (_DESCRIBED, "name.described", 0.8),
        (_TRANSCRIBED_NAME, "name.transcribed", 0.8),
        (_DOTTED, "name.transcribed", 0.8),
        (_TRANSCRIBED_ALONE, "name.transcribed", 0.6),
    ):
        for match in pattern.finditer(text):
            name = match["name"]
            if "某" in name or name in FILLER or name[:2] in FILLER or ends_a_firm(text, match.end()):
                continue
            yield Hit(match.start("name"), match.end("name"), Kind.NAME, rule, confidence)
            yield from _more(text, match.end("name"))


def _more(text: str, at: int) -> Iterator[Hit]:
    """Further names of an enumeration that began with a name: «赵甲乙、钱丙丁»."""
    while match := _NEXT.match(text, at):
        if "某" in match["name"] or match["name"] in FILLER or ends_a_firm(text, match.end()):
            return
        yield Hit(match.start("name"), match.end("name"), Kind.NAME, "name.cue", 0.6)
        at = match.end()


def _pattern_of(people: tuple[str, ...]) -> re.Pattern[str] | None:
    """One pattern for all known names, the longest first; blanks inside and other middle dots are allowed."""
    full: set[str] = set()
    first: set[str] = set()
    for person in people:
        name = plain(person).strip("·")
        if len(name) < 2:
            continue
        full.add(name)
        given = name.split("·")[0]
        if "·" in name and len(given) >= 3:
            first.add(given)
    if not full:
        return None
    alternatives = "|".join(_spelled(name) for name in sorted(full, key=lambda name: (-len(name), name)))
    if not first:
        return re.compile(f"(?P<full>{alternatives})")
    aliases = "|".join(_spelled(name) for name in sorted(first, key=lambda name: (-len(name), name)))
    # A first name alone goes together with the father's name that follows it, whoever's it is.
    return re.compile(f"(?P<full>{alternatives})|(?P<alias>(?:{aliases})(?:·[{TRANSCRIBED}]{{2,8}})*)")


def _spelled(name: str) -> str:
    gap = " {0,2}"
    return gap.join("(?:·)? ?" if character == "·" else re.escape(character) for character in name)


def plain(name: str) -> str:
    """The name without blanks, with one kind of middle dot."""
    return _DOT.sub("·", fold(name)).replace(" ", "").replace("\u200b", "")


def initial(name: str) -> str:
    """What stays of a name: the surname, of a transcribed name its first character, of a foreign one its initial."""
    bare = plain(name)
    if "·" in bare or bare[:1].isascii():
        return bare[:1]
    return bare[:2] if bare[:2] in COMPOUND and len(bare) > 2 else bare[:1]
