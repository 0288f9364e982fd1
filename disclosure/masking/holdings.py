"""Finds numbers of property certificates and statements of what somebody owns or earns (SX-15)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .folding import GLUE
from .numbers import Hit
from .spans import Kind

_PLACE: Final = (
    r"(?:[\u4e00-\u9fff]{1,4}[市县区]|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼克独乌昌石]{1,2})?"
)
_CERTIFICATES: Final = (
    # 新(2019)克拉玛依市不动产权第0001234号, and its 证明
    re.compile(
        rf"{_PLACE}[\[(] ?[0-9]{{4}} ?[\])] ?[\u4e00-\u9fff]{{0,12}}不动产(?:权|证明)(?:证书?)?(?:字)?第? ?[0-9]{{4,12}} ?号"
    ),
    # 克房权证白字第00012345号
    re.compile(rf"{_PLACE}房(?:屋)?(?:权|产)证?[\u4e00-\u9fff]{{0,6}}字第? ?[0-9A-Z-]{{3,20}} ?号"),
    # 克国用(2008)第0001234号
    re.compile(rf"{_PLACE}[国集]用[\[(] ?[0-9]{{4}} ?[\])](?:字)?第? ?[0-9-]{{2,20}} ?号"),
    # 不动产单元号 650204 001001 GB00001 F00010001
    re.compile(r"(?<![0-9])[0-9]{6} ?[0-9]{6} ?G[A-Z][0-9]{5} ?[FW][0-9]{8}(?![0-9])"),
)
_CUE: Final = re.compile(
    r"(?:不动产权?证书?|不动产登记证明|房产证|房屋所有权证|房权证|(?:土地|用地)使用权?证|宅基地使用权?证|林权证|草原证|"
    r"土地承包经营权证|机动车登记证书?|行驶证|车架号|车辆识别代[号码]|发动机号|股权证)"
    r"(?:书)?" + GLUE + r"((?:[\u4e00-\u9fff]{0,6}第 ?)?(?=[A-Z0-9-]*[0-9]{4})[A-Z0-9][A-Z0-9-]{4,24} ?号?)"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_SUM: Final = r"(?:人民币)? ?(?:约|近|超过|不足|合计|共|共计|共有|达|为|仅有?|只有)?(?:人民币)? ?[0-9零〇一二三四五六七八九十百千][0-9,.零〇一二三四五六七八九十百千]*(?:余|多|几)? ?万?亿?余?[元块]"
_WEALTH: Final = (
    re.compile(rf"(?:月|年|家庭|人均|个人|工资|平均)+(?:工资|收入|薪资|薪酬|纯收入|总收入|工资收入)(?:[为是])?{_SUM}"),
    re.compile(rf"(?:月薪|年薪|工资|退休金|养老金|低保金?)(?:每月)?(?:[为是])?{_SUM}"),
    re.compile(rf"(?:银行|个人|家庭|账户|名下)?存款(?:余额)?(?:仅|只|尚)?(?:[为是有])?{_SUM}"),
    re.compile(rf"(?:个人|家庭|对外|尚有|共有|欠有|银行|名下)(?:负债|债务|外债|欠款|贷款(?:余额)?)(?:[为是])?{_SUM}"),
    re.compile(rf"(?:资产总额|资产总计|净资产|总资产|负债总额|家庭资产|家庭财产)(?:[为是])?{_SUM}"),
    re.compile(
        r"名下(?:登记)?(?:的|有|拥有|共有|另有|仅有)+[^，。；;\n]{0,10}?(?:房产|住房|房屋|商铺|车辆|轿车|汽车|土地|股权|存款|车位)"
        r"(?:[0-9一二三四五六七八九十两]+[套处间辆台亩份个])?"
    ),
)


def find(text: str) -> Iterator[Hit]:
    """Every candidate; they may overlap."""
    for pattern in _CERTIFICATES:
        for match in pattern.finditer(text):
            yield Hit(match.start(), match.end(), Kind.PROPERTY, "property.certificate", 0.95)
    for match in _CUE.finditer(text):
        yield Hit(match.start(1), match.end(1), Kind.PROPERTY, "property.cue", 0.8)
    for pattern in _WEALTH:
        for match in pattern.finditer(text):
            yield Hit(match.start(), match.end(), Kind.WEALTH, "wealth.statement", 0.7)
