"""What is asked on the street: the decision in one form, then its handing over, filing, and the cash."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options, standards
from enforcement.cases.data.fields import late_reason, not_in_future, on_day, penalty_problems
from enforcement.cases.data.intake import PartyData
from enforcement.models import Circumstance, Party, PenaltyKind
from enforcement.summary.limits import KINDS, SINCE
from enforcement.summary.models import Collection, OnSpot
from enforcement.summary.tiers import reduced_problems
from portal.accounts.identity import birth_date
from portal.workflow.data import entry

WHO, WHAT, PENALTY, REDUCED = _("当事人"), _("违法事实"), _("处罚"), _("减轻处罚（没有的不填）")
HEARD, OFFICERS = _("告知和申辩"), _("执法人员")


@dataclass(frozen=True, kw_only=True)
class Decide:
    """The whole of the summary procedure up to the decision, in the order of what happens on the street."""

    officers: tuple[int, ...] = entry(
        _("现场执法人员"),
        "records",
        options=options.officers,
        group=OFFICERS,
        help=_("至少两名，第一名为主办；填表人应当是其中之一"),
        law=("CF-01",),
    )
    item: int = entry(_("执法事项"), "record", options=options.items_in_force, group=WHAT, law=("处罚法38条",))
    happened_at: dt.datetime = entry(_("违法行为发生时间"), "moment", group=WHAT, law=("处罚法52条2款",))
    place: str = entry(_("违法行为发生地点"), group=WHAT, law=("处罚法52条2款",))
    facts: str = entry(_("违法事实"), "long", group=WHAT, help=_("时间、地点、行为；只写已经查实的"))
    evidence: str = entry(
        _("现场证据"), "long", group=WHAT, help=_("例如现场照片 2 张、执法记录仪录像；文件在决定之后上传"), longest=2000
    )
    party_kind: str = entry(_("当事人类别"), "choice", options=options.of(Party.Kind), group=WHO)
    party_name: str = entry(_("名称或者姓名"), group=WHO, help=_("与营业执照或者身份证件一致"))
    address: str = entry(_("住址、住所或者经营场所"), group=WHO, law=("CF-42",))
    kinds: tuple[str, ...] = entry(
        _("处罚种类"),
        "choices",
        options=options.of(PenaltyKind, without=tuple(set(PenaltyKind.values) - KINDS)),
        group=PENALTY,
        help=_("简易程序只能给予警告或者罚款：公民、个体工商户二百元以下，法人或者其他组织三千元以下"),
        law=("CF-23",),
    )
    violated: str = entry(_("违反的规定"), "long", group=PENALTY, help=_("写到条、款、项"), law=("处罚法38条",))
    basis: str = entry(_("处罚依据"), "long", group=PENALTY, help=_("写到条、款、项"), law=("处罚法38条",))
    correction: str = entry(
        _("责令改正"), group=PENALTY, help=_("例如“当场改正”；无须改正的写明原因"), law=("处罚法28条",)
    )
    reduced_ground: str = entry(
        _("减轻处罚的情节"),
        "choice",
        default="",
        options=options.of(Circumstance.Ground),
        group=REDUCED,
        help=_("没有减轻情节的，这一部分都不填；从轻的事实写在裁量理由里"),
        law=("处罚法30条", "处罚法31条", "处罚法32条"),
    )
    reduced_facts: str = entry(_("减轻情节的事实和证据"), "long", default="", group=REDUCED)
    reduced_reasons: str = entry(_("减轻处罚的理由"), "long", default="", group=REDUCED)
    reduced_entry: int | None = entry(
        _("清单条目"),
        "record",
        default=None,
        options=standards.reductions,
        group=REDUCED,
        help=_("情节选“本部门减免责清单的条目”时填写；须在决定那天施行（本地）"),
    )
    reduced_provision: str = entry(
        _("其他情形的条款"),
        default="",
        group=REDUCED,
        help=_("情节选“其他情形”时填写：法律、法规、规章的名称和条款"),
        law=("处罚法32条",),
        longest=200,
    )
    statement_made: bool = entry(_("当事人提出了陈述、申辩"), "flag", group=HEARD, law=("处罚法45条",))
    identity: str = entry(_("公民身份号码"), default="", group=WHO, help=_("自然人、经营者填写；加密保存，显示时隐去"))
    born_on: dt.date | None = entry(
        _("出生日期"),
        "date",
        default=None,
        group=WHO,
        help=_("没有身份号码的自然人填写，用来核对年龄"),
        law=("处罚法30条",),
    )
    credit_code: str = entry(_("统一社会信用代码"), default="", group=WHO, help=_("单位和个体工商户填写，18 位"))
    representative: str = entry(_("法定代表人、负责人或者经营者"), default="", group=WHO)
    phone: str = entry(_("联系电话"), default="", group=WHO, help=_("加密保存"))
    fine: Decimal | None = entry(_("罚款（元）"), "money", default=None, group=PENALTY)
    tier: int | None = entry(
        _("裁量阶次"),
        "record",
        default=None,
        options=standards.tier_pairs,
        group=PENALTY,
        help=_("本事项有裁量基准的必须选；选了执法事项，只列它在决定那天施行的阶次"),
        law=("处罚法34条", "CL-01"),
    )
    base: Decimal | None = entry(
        _("倍数的基数（元）"), "money", default=None, group=PENALTY, help=_("按倍数计算罚款的填写，例如货值金额")
    )
    tier_reason: str = entry(
        _("超出裁量阶次的理由"),
        "long",
        default="",
        group=PENALTY,
        help=_("高于所选阶次的必须写明事实和依据；低于下限的，须认定减轻处罚的情节"),
    )
    discretion: str = entry(
        _("裁量理由"),
        "long",
        default="",
        group=PENALTY,
        help=_("为什么选这一阶次，从轻的事实；未满十八周岁的必须写明"),
        law=("处罚法30至34条",),
    )
    paid_by: str = entry(
        _("罚款如何缴纳"),
        "choice",
        default=OnSpot.PaidBy.BANK.value,
        options=options.of(OnSpot.PaidBy),
        group=PENALTY,
        help=_("除所列三种情形外，执法人员不得自行收缴"),
        law=("CF-25",),
    )
    paid_ground: str = entry(
        _("当场收缴的具体理由"),
        default="",
        group=PENALTY,
        help=_("选“事后难以执行”或者“边远、水上、交通不便”的，写明具体情况和当事人的请求"),
    )
    certificates_shown: bool = entry(
        _("已向当事人出示执法证件"), "flag", default=False, group=HEARD, law=("处罚法52条1款",)
    )
    told: bool = entry(
        _("已当场口头告知拟处罚的内容、事实、理由、依据和陈述、申辩的权利"),
        "flag",
        default=False,
        group=HEARD,
        law=("处罚法44条",),
    )
    statement: str = entry(_("当事人说了什么"), "long", default="", group=HEARD, help=_("没有提出的不填"))
    answer: str = entry(
        _("复核意见"), "long", default="", group=HEARD, help=_("是否采纳及理由；不得因申辩而加重"), law=("处罚法45条",)
    )
    facts_clear: bool = entry(
        _("违法事实确凿，不需要进一步调查"), "flag", default=False, group=HEARD, law=("处罚法51条",)
    )
    punishable: bool = entry(
        _("不属于不予处罚的情形：未满十四周岁、不能辨认或者控制自己行为、轻微并及时改正没有后果、没有主观过错"),
        "flag",
        default=False,
        group=HEARD,
        law=("处罚法30条", "处罚法31条", "CF-30"),
    )
    recusal_declared: bool = entry(_("执法人员没有应当回避的情形"), "flag", default=False, group=HEARD, law=("CF-33",))
    duplicate_answer: str = entry(
        _("同一当事人同一事项另案的说明"),
        "long",
        default="",
        group=HEARD,
        help=_("系统查到另案时必须说明为什么不是同一违法行为"),
        law=("CF-34",),
    )
    on: dt.date | None = on_day(_("决定日期"), law=("SX-02",))
    late_reason: str = late_reason()

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """Field by field what is wrong."""
        found = not_in_future(on=self.on, born_on=self.born_on)
        found |= self.party().party_problems() | penalty_problems(self.kinds, self.fine)
        found |= self._missing() | reduced_problems(self)
        decided = self.on or timezone.localdate()
        if decided < SINCE:
            found["on"] = _t("2021年7月15日以前的当场处罚适用当时的限额，不能在这里登记。")
        if self.happened_at > timezone.now() or timezone.localdate(self.happened_at) > decided:
            found["happened_at"] = _t("发生时间不能晚于决定。")
        if self.party_kind == Party.Kind.NATURAL and not self.identity.strip() and self.born_on is None:
            found["identity"] = _t("自然人须填身份号码；确实没有的，填核实过的出生日期。")
        if self.statement_made and not self.statement.strip():
            found["statement"] = _t("请写明当事人说了什么。")
        if self.statement_made and not self.answer.strip():
            found["answer"] = _t("对陈述、申辩必须复核并写明意见。")
        if not self.statement_made and self.statement.strip():
            found["statement_made"] = _t("写了当事人的意见，请选“是”。")
        if len(set(self.officers)) != len(self.officers):
            found["officers"] = _t("同一名执法人员选了两次。")
        if self.paid_by in {OnSpot.PaidBy.HARD, OnSpot.PaidBy.REMOTE} and not self.paid_ground.strip():
            found["paid_ground"] = _t("请写明当场收缴的具体理由。")
        if self.paid_by not in OnSpot.PaidBy.values:
            found["paid_by"] = _t("请选择罚款如何缴纳。")
        if self.paid_by != OnSpot.PaidBy.BANK and not self.fine:
            found["paid_by"] = _t("没有罚款，不存在当场收缴。")
        return found

    def _missing(self) -> dict[str, Any]:
        asked = {
            "place": _t("发生地点"),
            "facts": _t("违法事实"),
            "evidence": _t("现场证据"),
            "address": _t("住址、住所或者经营场所"),
            "violated": _t("违反的规定"),
            "basis": _t("处罚依据"),
            "correction": _t("责令改正"),
        }
        return {
            name: _t("“%(label)s”必须填写。") % {"label": label}
            for name, label in asked.items()
            if not getattr(self, name).strip()
        }

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

    def born(self) -> dt.date | None:
        """The day of birth, from the number or as checked; nothing for a company."""
        number = self.identity.strip().upper()
        if self.party_kind == Party.Kind.COMPANY:
            return None
        return birth_date(number) if number else self.born_on


@dataclass(frozen=True)
class HandOver:
    """The numbered form is handed over: signed, or the refusal is noted on it."""

    signed: str = entry(_("签收情况"), "choice", options=options.of(OnSpot.Signed), law=("处罚法52条1款",))
    receiver: str = entry(_("签收人"), default="", help=_("当事人本人，或者其单位在场人员的姓名"))
    refusal: str = entry(
        _("拒绝签收的情况"),
        "long",
        default="",
        help=_("拒签的情形、在场见证人；同样写在决定书上"),
        law=("处罚法52条1款",),
    )
    file: int | None = entry(_("签收后的决定书"), "file", default=None, help=_("拍照即可；最迟在报备案时上传"))
    late_handing: str = entry(_("没有当场交付的原因"), "long", default="", help=_("不是决定当日交付的必须写明"))
    on: dt.date | None = on_day(_("交付日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Who signed, or how it was refused; on the day of the decision, or why not."""
        found = not_in_future(on=self.on)
        decided = attempt.subject.decided_on
        if self.signed == OnSpot.Signed.SIGNED and not self.receiver.strip():
            found["receiver"] = _t("请写明签收人。")
        if self.signed == OnSpot.Signed.REFUSED and not self.refusal.strip():
            found["refusal"] = _t("拒绝签收的，应当在决定书上注明；请写明注明的内容。")
        if self.signed not in OnSpot.Signed.values:
            found["signed"] = _t("请选择签收情况。")
        if decided and attempt.on < decided:
            found["on"] = _t("交付不能早于决定日期 %(day)s。") % {"day": decided.isoformat()}
        elif decided and attempt.on > decided and not self.late_handing.strip():
            found["late_handing"] = _t("决定书应当当场交付。不是当日交付的，请写明原因。")
        return found


@dataclass(frozen=True)
class FileWithAgency:
    """The decision is reported to the officers' own agency."""

    note: str = entry(_("备案说明"), "long", default="", help=_("没有需要说明的不填"))
    file: int | None = entry(_("签收后的决定书"), "file", default=None, help=_("交付时已经上传的不必再传"))
    on: dt.date | None = on_day(_("报备案日期"), law=("CF-24",))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Not before the decision; with the signed form."""
        found = not_in_future(on=self.on)
        decided = attempt.subject.decided_on
        if decided and attempt.on < decided:
            found["on"] = _t("报备案不能早于决定日期 %(day)s。") % {"day": decided.isoformat()}
        if self.file is None and attempt.subject.on_spot.form_id is None:
            found["file"] = _t("报备案须附签收后（或者注明拒收）的决定书，请拍照上传。")
        return found


@dataclass(frozen=True)
class Collect:
    """The officers take the fine on the spot, against the fiscal receipt."""

    receipt: str = entry(
        _("财政专用票据号"), help=_("财政部门统一制发；不出具的，当事人有权拒绝缴纳"), law=("处罚法70条",), longest=60
    )
    ashore_on: dt.date | None = entry(
        _("抵岸日期"), "date", default=None, help=_("只在水上收缴时填写：两日从抵岸之日起算"), law=("CF-26",)
    )
    on: dt.date | None = on_day(_("收缴日期"), law=("CF-26",))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """A receipt, once; days that can be."""
        found = not_in_future(on=self.on, ashore_on=self.ashore_on)
        if not self.receipt.strip():
            found["receipt"] = _t("当场收缴必须出具财政部门统一制发的专用票据，请填票据号。")
        decided = attempt.subject.decided_on
        if decided and attempt.on < decided:
            found["on"] = _t("收缴不能早于决定日期 %(day)s。") % {"day": decided.isoformat()}
        if self.ashore_on and self.ashore_on < attempt.on:
            found["ashore_on"] = _t("抵岸日期不能早于收缴日期。")
        if self.ashore_on and attempt.subject.on_spot.paid_by != OnSpot.PaidBy.REMOTE:
            found["ashore_on"] = _t("抵岸日期只用于水上收缴。")
        return found


@dataclass(frozen=True)
class HandIn:
    """The cash reaches the agency."""

    received_by: str = entry(_("机关收款人"), help=_("财务人员姓名"), longest=60)
    on: dt.date | None = on_day(_("交款日期"), law=("CF-26",))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Somebody received it, not before it was taken."""
        found = not_in_future(on=self.on)
        if not self.received_by.strip():
            found["received_by"] = _t("请填写机关收款人。")
        one = collection_of(attempt.subject)
        if one is not None and attempt.on < one.payment.paid_on:
            found["on"] = _t("交款不能早于收缴日期 %(day)s。") % {"day": one.payment.paid_on.isoformat()}
        return found


@dataclass(frozen=True)
class Bank:
    """The agency pays the cash into the bank."""

    bank_receipt: str = entry(_("银行回单号"), longest=60)
    on: dt.date | None = on_day(_("缴付日期"), law=("CF-26",))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """The bank's receipt, not before the agency had the money."""
        found = not_in_future(on=self.on)
        if not self.bank_receipt.strip():
            found["bank_receipt"] = _t("请填写银行回单号。")
        one = collection_of(attempt.subject)
        if one is not None and one.handed_on and attempt.on < one.handed_on:
            found["on"] = _t("缴付不能早于交至机关的日期 %(day)s。") % {"day": one.handed_on.isoformat()}
        return found


def collection_of(case: Any) -> Any:
    """The fine taken on the spot, if it was."""
    return Collection.objects.select_related("payment").filter(payment__decision__act_id=case.pk).first()
