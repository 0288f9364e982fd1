"""What is asked until the case is investigated: lead, party, filing, evidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options
from enforcement.cases.data.fields import late_reason, not_in_future, on_day
from enforcement.models import Case, Evidence, Party
from portal.accounts.credit_code import credit_code_error
from portal.accounts.identity import birth_date, identity_error
from portal.workflow.data import entry


@dataclass(frozen=True)
class PartyData:
    """A party: kind, name, numbers, address."""

    party_kind: str = entry(_("当事人类别"), "choice", options=options.of(Party.Kind), group=_("当事人"))
    party_name: str = entry(_("名称或者姓名"), group=_("当事人"), help=_("与营业执照或者身份证件一致"))
    credit_code: str = entry(
        _("统一社会信用代码"), default="", group=_("当事人"), help=_("单位和个体工商户填写，18 位")
    )
    identity: str = entry(
        _("公民身份号码"), default="", group=_("当事人"), help=_("自然人、经营者填写；加密保存，显示时隐去")
    )
    representative: str = entry(_("法定代表人、负责人或者经营者"), default="", group=_("当事人"))
    address: str = entry(_("住所、住址或者经营场所"), default="", group=_("当事人"))
    phone: str = entry(_("联系电话"), default="", group=_("当事人"), help=_("加密保存"))

    def party_problems(self) -> dict[str, Any]:
        """What is wrong with the party."""
        found: dict[str, Any] = {}
        if not self.party_name.strip():
            found["party_name"] = _t("“名称或者姓名”必须填写。")
        if self.credit_code and (error := credit_code_error(self.credit_code)):
            found["credit_code"] = error
        if self.identity and (error := identity_error(self.identity)):
            found["identity"] = error
        if self.party_kind == Party.Kind.NATURAL and self.credit_code:
            found["credit_code"] = _t("自然人没有统一社会信用代码。个体工商户请改选“个体工商户”。")
        return found

    def party_fields(self) -> dict[str, Any]:
        """The values for a Party row."""
        identity = self.identity.strip().upper()
        return {
            "kind": self.party_kind,
            "name": self.party_name.strip(),
            "credit_code": self.credit_code.strip().upper(),
            "identity": identity,
            "representative": self.representative.strip(),
            "address": self.address.strip(),
            "phone": self.phone.strip(),
            "born_on": birth_date(identity) if identity else None,
        }


@dataclass(frozen=True)
class Register:
    """A lead comes in."""

    source: str = entry(_("案件来源"), "choice", options=options.of(Case.Source), group=_("来源"))
    item: int = entry(_("执法事项"), "record", options=options.items_in_force, group=_("来源"), law=("处罚法38条",))
    party_kind: str = entry(_("当事人类别"), "choice", options=options.of(Party.Kind), group=_("当事人"))
    party_name: str = entry(_("名称或者姓名"), group=_("当事人"), help=_("与营业执照或者身份证件一致"))
    facts: str = entry(_("涉嫌违法事实"), "long", group=_("事实"), help=_("时间、地点、行为、后果"))
    credit_code: str = entry(
        _("统一社会信用代码"), default="", group=_("当事人"), help=_("单位和个体工商户填写，18 位")
    )
    identity: str = entry(
        _("公民身份号码"), default="", group=_("当事人"), help=_("自然人、经营者填写；加密保存，显示时隐去")
    )
    representative: str = entry(_("法定代表人、负责人或者经营者"), default="", group=_("当事人"))
    address: str = entry(_("住所、住址或者经营场所"), default="", group=_("当事人"))
    phone: str = entry(_("联系电话"), default="", group=_("当事人"), help=_("加密保存"))
    place: str = entry(_("违法行为发生地"), default="", group=_("事实"), law=("处罚法22条",))
    occurred_on: dt.date | None = entry(_("违法行为发生日"), "date", default=None, group=_("事实"))
    ended_on: dt.date | None = entry(
        _("违法行为终了日"), "date", default=None, group=_("事实"), help=_("连续或者继续的行为填写"), law=("CF-22",)
    )
    on: dt.date | None = entry(
        _("发现日期"), "date", default=None, group=_("事实"), help=_("不填即为今天；追责期限算到这一天"), law=("CF-22",)
    )
    endangers: bool = entry(
        _("涉及公民生命健康安全、金融安全且有危害后果"), "flag", default=False, group=_("事实"), law=("CF-22",)
    )
    late_reason: str = late_reason()

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """Field by field what is wrong."""
        found = not_in_future(on=self.on, occurred_on=self.occurred_on, ended_on=self.ended_on)
        found |= self.party().party_problems()
        if not self.facts.strip():
            found["facts"] = _t("“涉嫌违法事实”必须填写。")
        discovered = self.on or timezone.localdate()
        if self.occurred_on and self.occurred_on > discovered:
            found["occurred_on"] = _t("发生日不能晚于发现日期。")
        if self.occurred_on and self.ended_on and self.ended_on < self.occurred_on:
            found["ended_on"] = _t("终了日不能早于发生日。")
        return found

    def party(self) -> PartyData:
        """The party among the fields."""
        return PartyData(
            self.party_kind,
            self.party_name,
            self.credit_code,
            self.identity,
            self.representative,
            self.address,
            self.phone,
        )


@dataclass(frozen=True)
class AddParty(PartyData):
    """One more party on the same act."""

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """What is wrong with the party."""
        return self.party_problems()


@dataclass(frozen=True)
class Amend:
    """Completing or correcting what was registered, while the investigation runs."""

    facts: str = entry(_("涉嫌违法事实"), "long")
    place: str = entry(_("违法行为发生地"), default="")
    occurred_on: dt.date | None = entry(_("违法行为发生日"), "date", default=None)
    ended_on: dt.date | None = entry(_("违法行为终了日"), "date", default=None)

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Days must be possible."""
        found = not_in_future(occurred_on=self.occurred_on, ended_on=self.ended_on)
        discovered = attempt.subject.discovered_on
        if self.occurred_on and discovered and self.occurred_on > discovered:
            found["occurred_on"] = _t("发生日不能晚于发现日期。")
        if self.occurred_on and self.ended_on and self.ended_on < self.occurred_on:
            found["ended_on"] = _t("终了日不能早于发生日。")
        return found


@dataclass(frozen=True)
class File:
    """Filing the case: who handles it, and the questions the law puts first."""

    officers: tuple[int, ...] = entry(
        _("办案人员"), "records", options=options.officers, help=_("至少两名；第一名为主办"), law=("CF-01",)
    )
    opinion: str = entry(_("立案理由"), "long", help=_("符合立案标准的事实和依据"))
    recusal_declared: bool = entry(_("办案人员已声明没有应当回避的情形"), "flag", default=False, law=("CF-33",))
    limitation_answer: str = entry(
        _("追责期限的说明"), "long", default="", help=_("发生日不明或者可能超过期限时必须说明"), law=("CF-22",)
    )
    duplicate_answer: str = entry(
        _("同一当事人同一事项另案的说明"), "long", default="", help=_("系统查到另案时必须说明"), law=("CF-34",)
    )
    on: dt.date | None = on_day(_("立案日期"), law=("CF-04",))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """The filing day lies between discovery and today."""
        found = not_in_future(on=self.on)
        discovered = attempt.subject.discovered_on
        if self.on and discovered and self.on < discovered:
            found["on"] = _t("立案日期不能早于发现日期。")
        if len(set(self.officers)) != len(self.officers):
            found["officers"] = _t("同一名办案人员选了两次。")
        return found


@dataclass(frozen=True)
class Decline:
    """Not filing, with the reason."""

    reason: str = entry(_("不予立案的理由"), "long", law=("处罚法54条2款",))
    on: dt.date | None = on_day(_("日期"))
    late_reason: str = late_reason()

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """A reason must be given."""
        found = not_in_future(on=self.on)
        if not self.reason.strip():
            found["reason"] = _t("不予立案必须写明理由。")
        return found


@dataclass(frozen=True)
class AddEvidence:
    """A piece of evidence."""

    kind: str = entry(_("种类"), "choice", options=options.of(Evidence.Kind), law=("处罚法46条",))
    name: str = entry(_("名称"))
    proves: str = entry(_("证明的事实"), "long")
    obtained_on: dt.date = entry(_("取得日期"), "date")
    collectors: str = entry(_("取证人"), help=_("两名以上执法人员"), law=("CF-01",))
    place: str = entry(_("取得地点"), default="")
    certificate_shown: bool = entry(_("已出示执法证件，告知事由、依据和权利"), "flag", default=False, law=("CF-02",))
    file: int | None = entry(_("文件"), "file", default=None)

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """Evidence cannot come from the future."""
        return not_in_future(obtained_on=self.obtained_on)
