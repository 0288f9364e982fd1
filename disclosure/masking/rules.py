"""What each kind and rule of the detector is called, and on what ground it hides something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .spans import Kind


@dataclass(frozen=True, slots=True)
class Rule:
    """Why a span is proposed: a sentence, the code in rules.csv («» when none), and its tag (参照, 本地 or «»)."""

    sentence: str | Promise
    law: str = "SX-15"
    tag: str | Promise = ""


LABELS: Final[dict[Kind, str | Promise]] = {
    Kind.IDENTITY: _("身份证号"),
    Kind.MOBILE: _("手机号"),
    Kind.PHONE: _("固定电话"),
    Kind.BANK: _("银行账号"),
    Kind.PLATE: _("车牌"),
    Kind.ADDRESS: _("住址"),
    Kind.EMAIL: _("电子邮箱"),
    Kind.ACCOUNT: _("网络账号"),
    Kind.TRAVEL: _("护照、通行证号"),
    Kind.PROPERTY: _("权属证书编号"),
    Kind.WEALTH: _("财产状况"),
    Kind.NAME: _("自然人姓名"),
}

REFERENCE: Final = _("参照")
LOCAL: Final = _("本地")

RULES: Final[dict[str, Rule]] = {
    "identity.checksum": Rule(_("18 位，校验码相符。"), tag=REFERENCE),
    "identity.wrong_checksum": Rule(_("含出生日期的 18 位号码，校验码不符，可能有笔误。"), tag=REFERENCE),
    "identity.fifteen": Rule(_("含出生日期的 15 位号码。"), tag=REFERENCE),
    "identity.cue": Rule(_("写在“身份证号”之后，位数或者校验码不符。"), tag=REFERENCE),
    "mobile.number": Rule(_("11 位手机号码。"), tag=REFERENCE),
    "mobile.broken": Rule(_("写在“电话”之后，中间有间隔的手机号码。"), tag=REFERENCE),
    "mobile.tail": Rule(_("手机号码的后四位。"), tag=REFERENCE),
    "phone.area": Rule(_("带区号的固定电话。机关对外公布的电话可以保留。"), tag=REFERENCE),
    "phone.cue": Rule(_("写在“电话”之后的 7 至 8 位号码。"), tag=REFERENCE),
    "bank.checksum": Rule(_("16 至 19 位，校验位相符。"), tag=REFERENCE),
    "bank.cue": Rule(_("写在“账号”之后的号码。"), tag=REFERENCE),
    "bank.tail": Rule(_("写在“尾号”之后的四位数字。"), tag=REFERENCE),
    "plate.pattern": Rule(_("机动车号牌，含新能源号牌。"), law="GS-11", tag=LOCAL),
    "plate.cue": Rule(_("写在“车牌”之后的号码。"), law="GS-11", tag=LOCAL),
    "address.cue": Rule(_("写在“现住”“住址”之后。登记住所可以保留。"), tag=REFERENCE),
    "address.person": Rule(_("自然人信息中的“住所”“地址”。"), tag=REFERENCE),
    "address.residence": Rule(_("具体到栋、单元、室的住宅地址。"), tag=REFERENCE),
    "email.pattern": Rule(_("电子邮箱地址。"), tag=REFERENCE),
    "account.cue": Rule(_("写在“微信”“QQ”等之后的账号。"), tag=REFERENCE),
    "travel.cue": Rule(_("写在“护照”“通行证”等之后的号码。"), law="GS-11", tag=LOCAL),
    "property.certificate": Rule(_("不动产权属证书或者不动产单元的编号。"), tag=REFERENCE),
    "property.cue": Rule(_("写在权属证书名称之后的编号。"), tag=REFERENCE),
    "wealth.statement": Rule(_("收入、存款、负债、名下财产等财产状况。"), tag=REFERENCE),
    "name.known": Rule(_("本案登记的自然人，姓名改为“姓+某”。"), law="", tag=LOCAL),
    "name.alias": Rule(_("本案登记的自然人的名，可能指同一人。"), law="", tag=LOCAL),
    "name.labelled": Rule(_("写在“姓名”“证人”等之后，未登记在本案。"), law="", tag=LOCAL),
    "name.cue": Rule(_("紧跟“证人”“员工”等之后，可能是姓名。"), law="", tag=LOCAL),
    "name.described": Rule(_("后面写着性别，可能是姓名。"), law="", tag=LOCAL),
    "name.transcribed": Rule(_("带间隔号的音译姓名，保留第一个字。"), law="", tag=LOCAL),
}
_KNOWN: Final = Rule(_("本案登记过的同一信息。"), tag=REFERENCE)


def rule_of(key: str) -> Rule:
    """The rule with this key; «<kind>.known» for wordings the case knows to be private."""
    return RULES.get(key, _KNOWN)
