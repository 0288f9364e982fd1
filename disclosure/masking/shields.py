"""Stretches that stay public although they look private: codes, document numbers, firms, amounts, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portal.accounts.credit_code import credit_code_error

from . import addresses
from .folding import fold
from .numbers import Hit
from .spans import Kind, KnownNames


class Ground(StrEnum):
    """Why a stretch stays."""

    KEPT = "kept"
    CODE = "code"
    ORGANISATION = "organisation"
    BUSINESS = "business"


@dataclass(frozen=True, slots=True)
class Shield:
    """A stretch [start, end) that stays, and why."""

    start: int
    end: int
    ground: Ground

    def blocks(self, hit: Hit) -> bool:
        """Whether the candidate is to be dropped because of this stretch."""
        if hit.end <= self.start or self.end <= hit.start:
            return False
        inside = self.start <= hit.start and hit.end <= self.end
        if self.ground is Ground.KEPT:
            return inside
        if self.ground is Ground.ORGANISATION:
            return inside and hit.kind is Kind.NAME
        if self.ground is Ground.BUSINESS:
            return hit.kind is Kind.ADDRESS
        return hit.kind not in {Kind.NAME, Kind.ADDRESS, Kind.WEALTH} and hit.rule not in {
            "identity.checksum",
            "property.certificate",
            "email.pattern",
        }


_CREDIT_CODE: Final = re.compile(
    r"(?<![0-9A-Za-z])[159ANY][0-9A-HJ-NPQRTUWXY][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])"
)
_CODES: Final = (
    # 白市监处罚〔2026〕121号 and ranges of numbers
    re.compile(
        r"[\u4e00-\u9fff]{1,16}(?<![国集]用)[\[(] ?(?:19|20)[0-9]{2} ?[\])] ?第? ?[0-9]{1,6}(?: ?[-至、,] ?[0-9]{1,6})? ?号"
    ),
    # codes that their label makes public or harmless
    re.compile(
        r"(?:统一社会信用代码|信用代码|组织机构代码|纳税人识别号|税务登记号|注册号|营业执照(?:编号|号码?)?|执法证件?(?:编号|号码?|号)?|(?<![\u4e00-\u9fff])证号|"
        r"许可证(?:编号|证号|号码?|号)?|备案(?:编号|凭证号?|号)|批准文号|国药准字|文号|案号|立案号|票据号码?|发票号码?|发票代码|订单(?:编号|号码?|号)|"
        r"快递单号|运单号|流水号|条形码|商品条码|条码|追溯码|批号|批次号?|生产批号|货号|型号|规格|(?:样品|采样|抽样|合同|协议|检验|文书|封条|物品|清单|档案|案件|设备|产品|工程)编号为?|产品标准(?:代)?号|执行标准|标准号|"
        r"资格证(?:书)?(?:编号|证号|号)|合格证(?:编号|号)|报告(?:编号|号)|核验码|缴款码|缴款识别码|项目代码)"
        r"(?:\([^()\n]{0,10}\))?[:为是]? {0,2}[\"“]?[A-Za-z0-9][A-Za-z0-9 /.-]{3,40}"
    ),
    # a piece of special equipment is registered under letters that read like a plate
    re.compile(r"使用登记证(?:编号|证号|号)?[:为是]? {0,2}[^,。;、\n]{3,24}"),
    re.compile(
        r"(?:GB|DB|QB|SB|NY|HJ|AQ|JGJ|CJJ|GA|YY|Q)(?:[0-9]{2})?(?:/[A-Z]{1,4})? ?[A-Z]{0,3} ?[0-9]{2,6}(?:\.[0-9]+)?-(?:19|20)?[0-9]{2}"
    ),
    re.compile(
        r"(?:19|20)[0-9]{2} ?年 ?[0-9]{1,2} ?月(?: ?[0-9]{1,2} ?日)?|(?<![0-9])(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?![0-9])"
    ),
    re.compile(r"(?<![0-9,.])[0-9][0-9,.]{0,24} ?(?:元|万元|亿元|吨|千克|公斤|平方米|立方米|千瓦时)"),
)


def find(text: str, known: KnownNames) -> list[Shield]:
    """Every stretch of the folded text that stays public."""
    return [
        *_wordings(text, known),
        *_codes(text),
        *(Shield(*place, Ground.BUSINESS) for place in addresses.business_addresses(text)),
    ]


def _wordings(text: str, known: KnownNames) -> Iterator[Shield]:
    for wordings, ground in ((known.kept, Ground.KEPT), (known.organisations, Ground.ORGANISATION)):
        for wording in filter(None, (fold(wording).strip() for wording in wordings)):
            at = text.find(wording)
            while at >= 0:
                yield Shield(at, at + len(wording), ground)
                at = text.find(wording, at + 1)


def _codes(text: str) -> Iterator[Shield]:
    for match in _CREDIT_CODE.finditer(text):
        # With letters it is a company's even when its check fails; digits alone may be a person's.
        if not match[0][:17].isdigit() or credit_code_error(match[0]) is None:
            yield Shield(match.start(), match.end(), Ground.CODE)
    for pattern in _CODES:
        for match in pattern.finditer(text):
            yield Shield(match.start(), match.end(), Ground.CODE)
