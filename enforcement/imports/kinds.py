"""Kinds of penalty: from the words of files to the list of 行政处罚法第九条."""

from __future__ import annotations

import re

from portal.tabular.cleaning import packed

# Order as in the article. 责令改正 is no penalty (28条) and is not in the list.
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("warning", re.compile(r"警告")),
    ("criticism", re.compile(r"通报批评")),
    ("fine", re.compile(r"罚款|罚金额|罚没|处罚(?:人民币)?\d")),
    ("confiscate_gains", re.compile(r"没收(?:全部)?违法所得|没收非法所得|罚没|没收.{0,12}所得")),
    ("confiscate_goods", re.compile(r"没收(?!(?:全部)?(?:违法|非法)所得(?:和|、|及)?$)[^,。;、]{0,20}(?:财物|物品|工具|产品|设备|商品|药品|食品)|没收违法所得(?:和|、|及)非法财物")),
    ("suspend_licence", re.compile(r"(?:暂扣|暂停|中止)[^,。;]{0,20}(?:许可|执照|证)")),
    ("lower_grade", re.compile(r"降低[^,。;]{0,10}(?:资质|等级)")),
    ("revoke_licence", re.compile(r"(?:吊销|撤销)[^,。;]{0,40}(?:许可|执照|登记证|证书|资格证|证)")),
    ("restrict_business", re.compile(r"限制(?:开展)?(?:生产|经营|业务)|限制[^,。;]{0,10}(?:生产经营|开展业务|业务范围)|停止接受新业务|暂停[^,。;]{0,10}业务")),
    ("suspend_business", re.compile(r"停产|停业")),
    ("close_business", re.compile(r"责令关闭|责令[^,。;]{0,10}关闭")),
    ("restrict_employment", re.compile(r"(?:限制|禁止)[^,。;]{0,12}从业|禁业|禁止从事|禁止进入[^,。;]{0,10}业|终身不得从事|市场禁入")),
    ("detention", re.compile(r"拘留")),
)  # fmt: skip
OTHER = "other"
NO_PENALTY = re.compile(r"^(?:决定)?(?:对[^,。;]{0,40})?(?:不予|免予|免于|不再给予|不给予)(?:行政)?处罚")
CORRECTION = re.compile(r"责令[^,。;]{0,10}(?:改正|整改|更正)|责令限期")


def kinds_in(text: str) -> tuple[str, ...]:
    """The kinds a text names, in the order of the article; empty when it names none."""
    plain = packed(text)
    if not plain:
        return ()
    return tuple(code for code, pattern in PATTERNS if pattern.search(plain))


def penalty_kinds(stated: str, content: str) -> tuple[str, ...]:
    """The kinds of a row: what its column states; where that is empty or «其他», what its content says.

    «其他» with a content that names no kind stays `other`; empty when nothing is known.
    """
    kinds = kinds_in(stated)
    if kinds:
        return kinds
    from_content = kinds_in(content)
    if from_content:
        return from_content
    return (OTHER,) if stated and not CORRECTION.search(stated) else ()


def says_no_penalty(stated: str, content: str) -> bool:
    """A decision not to punish (处罚法 33、57条): another act, not a penalty."""
    return bool(NO_PENALTY.match(packed(stated)) or NO_PENALTY.match(packed(content)))
