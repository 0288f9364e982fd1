"""What each action on a penalty case asks; in the order of the paper form."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options, standards
from enforcement.cases.dues import amount_due, amount_paid, is_released
from enforcement.models import Case, Decision, Evidence, Party, PenaltyKind, Service, Statement
from portal.accounts.credit_code import credit_code_error
from portal.accounts.identity import birth_date, identity_error
from portal.workflow.data import entry

LATE = _("登记晚于事实发生一个工作日以上的，写明原因；会记入台账")


def late_reason() -> Any:
    """The field every fact-bearing form ends with."""
    return entry(_("补登原因"), "long", default="", help=LATE)


def on_day(label: Any, **more: Any) -> Any:
    """The day of the fact; today when left empty."""
    return entry(label, "date", default=None, help=_("不填即为今天"), **more)


def tier_entry() -> Any:
    """Which tier of the discretion benchmark is applied."""
    return entry(
        _("裁量阶次"),
        "record",
        default=None,
        options=standards.tiers,
        help=_("本事项有裁量基准的必须选；列出的是立案登记那天施行的版本"),
        law=("处罚法34条", "CL-01"),
    )


def tier_base() -> Any:
    """What a multiple is taken of."""
    return entry(_("倍数的基数（元）"), "money", default=None, help=_("按倍数计算罚款的填写，例如货值金额"))


def tier_reason() -> Any:
    """Why a penalty leaves its tier."""
    return entry(_("超出裁量阶次的理由"), "long", default="", help=_("处罚不在所选阶次之内的必须写明事实和依据"))


def leniency_entry() -> Any:
    """Which entries of the leniency lists are applied."""
    return entry(
        _("适用的减免责清单条目"), "records", default=(), options=standards.leniencies, law=("CF-30", "处罚法32条")
    )


def not_in_future(**days: dt.date | None) -> dict[str, Any]:
    """A sentence for each day that lies ahead."""
    today = timezone.localdate()
    return {name: _t("日期不能晚于今天。") for name, day in days.items() if day is not None and day > today}


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


@dataclass(frozen=True)
class Conclude:
    """The investigation is over: what was found and what is proposed."""

    found_facts: str = entry(_("查明的事实"), "long", help=_("写明每一项事实由哪份证据证明"))
    violated: str = entry(_("违反的规定"), "long", help=_("写到条、款、项"), law=("处罚法38条",))
    basis: str = entry(_("处罚依据"), "long", help=_("写到条、款、项"), law=("处罚法38条",))
    kinds: tuple[str, ...] = entry(_("拟处罚种类"), "choices", options=options.of(PenaltyKind), law=("CF-43",))
    content: str = entry(_("拟处罚内容"), "long")
    discretion: str = entry(
        _("裁量说明"), "long", help=_("适用的裁量阶次，从轻、减轻、从重的事实；没有的写“无”"), law=("处罚法30至34条",)
    )
    fine: Decimal | None = entry(_("拟罚款（元）"), "money", default=None)
    tier: int | None = tier_entry()
    base: Decimal | None = tier_base()
    tier_reason: str = tier_reason()
    leniencies: tuple[int, ...] = leniency_entry()
    correction: str = entry(
        _("责令改正"), default="", help=_("文书文号或者当场责令的记载；无须改正的写明原因"), law=("处罚法28条",)
    )
    on: dt.date | None = on_day(_("调查终结日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Kinds and amount must fit together; the day must be possible."""
        found = not_in_future(on=self.on) | penalty_problems(self.kinds, self.fine)
        filed = attempt.subject.filed_on
        if self.on and filed and self.on < filed:
            found["on"] = _t("调查终结日期不能早于立案日期。")
        return found


def penalty_problems(
    kinds: tuple[str, ...], fine: Decimal | None, confiscation: Decimal | None = None
) -> dict[str, Any]:
    """A fine has an amount and an amount has its kind; the same for confiscation."""
    found: dict[str, Any] = {}
    known = set(PenaltyKind.values)
    if not kinds:
        found["kinds"] = _t("至少选一种处罚。")
    elif not known.issuperset(kinds):
        found["kinds"] = _t("有不认识的处罚种类。")
    if PenaltyKind.FINE in kinds and not fine:
        found["fine"] = _t("选了“罚款”，须填写罚款金额。")
    if fine and PenaltyKind.FINE not in kinds:
        found["fine"] = _t("填了罚款金额，但处罚种类里没有选“罚款”。")
    if fine is not None and fine < 0:
        found["fine"] = _t("金额不能是负数。")
    takes = {PenaltyKind.CONFISCATE_GAINS, PenaltyKind.CONFISCATE_GOODS}
    if confiscation and takes.isdisjoint(kinds):
        found["confiscation"] = _t("填了没收金额，但处罚种类里没有选没收。")
    if confiscation is not None and confiscation < 0:
        found["confiscation"] = _t("金额不能是负数。")
    return found


@dataclass(frozen=True)
class Notify:
    """The notice before the decision: facts, reasons, basis, what is proposed, the rights."""

    facts: str = entry(_("违法事实"), "long", law=("CF-13",))
    reasons: str = entry(_("理由"), "long", help=_("为什么构成违法，裁量的理由"), law=("CF-13",))
    violated: str = entry(_("违反的规定"), "long", law=("CF-13",))
    basis: str = entry(_("处罚依据"), "long", law=("CF-13",))
    kinds: tuple[str, ...] = entry(_("拟处罚种类"), "choices", options=options.of(PenaltyKind), law=("CF-43",))
    content: str = entry(_("拟处罚内容"), "long", law=("CF-13",))
    fine: Decimal | None = entry(_("拟罚款（元）"), "money", default=None)
    tier: int | None = tier_entry()
    base: Decimal | None = tier_base()
    tier_reason: str = tier_reason()
    confiscation: Decimal | None = entry(_("拟没收金额（元）"), "money", default=None)
    hearing_offered: bool = entry(_("告知有要求听证的权利"), "flag", default=False, law=("CF-08",))
    hearing_ground: str = entry(
        _("不告知听证权利的理由"),
        default="",
        help=_("罚款、没收而不告知听证的，写明为什么不属于“较大数额”"),
        law=("CF-08",),
    )
    on: dt.date | None = on_day(_("告知书日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Kinds and amounts must fit together."""
        found = not_in_future(on=self.on) | penalty_problems(self.kinds, self.fine, self.confiscation)
        filed = attempt.subject.filed_on
        if self.on and filed and self.on < filed:
            found["on"] = _t("告知书日期不能早于立案日期。")
        return found


@dataclass(frozen=True)
class Serve:
    """Service of the present notice or decision on one party."""

    party: int = entry(_("受送达人"), "record", options=options.parties)
    method: str = entry(_("送达方式"), "choice", options=options.of(Service.Method), law=("CF-15", "QJ-02"))
    begun_on: dt.date = entry(_("开始送达日期"), "date", help=_("当面交付、交邮、刊登公告的那一天"))
    effective_on: dt.date | None = entry(
        _("送达生效日期"), "date", default=None, help=_("签收日、留置日、收件回执日；公告送达由系统计算；还没有就不填")
    )
    receiver: str = entry(_("签收人、见证人"), default="")
    place: str = entry(_("送达地点"), default="")
    note: str = entry(
        _("说明"), "long", default="", help=_("留置写明拒收情况和见证，公告写明下落不明或者其他方式不成的经过")
    )
    consent: bool = entry(_("当事人已签电子送达确认书"), "flag", default=False, law=("CF-16",))
    file: int | None = entry(_("送达凭证"), "file", default=None)
    late_reason: str = late_reason()

    @property
    def on(self) -> dt.date:
        """The day of the fact."""
        return self.begun_on

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """Days must be possible, and each method needs its own proof."""
        found = not_in_future(begun_on=self.begun_on, effective_on=self.effective_on)
        if self.effective_on and self.effective_on < self.begun_on:
            found["effective_on"] = _t("生效日期不能早于开始送达日期。")
        method = self.method
        if method == Service.Method.LEFT and not self.note.strip():
            found["note"] = _t("留置送达要写明拒收的情况和见证方式。")
        if method == Service.Method.PUBLIC:
            if not self.note.strip():
                found["note"] = _t("公告送达要写明下落不明或者其他方式无法送达的经过。")
            if self.effective_on:
                found["effective_on"] = _t("公告送达的生效日由系统从公告之日起算，请不要填写。")
        if method == Service.Method.DIRECT and self.effective_on and not self.receiver.strip():
            found["receiver"] = _t("直接送达要写明签收人。")
        return found


@dataclass(frozen=True)
class ConfirmService:
    """A service that was begun has taken effect."""

    service: int = entry(_("送达"), "record", options=options.services_begun)
    effective_on: dt.date = entry(_("送达生效日期"), "date")
    receiver: str = entry(_("签收人、见证人"), default="")
    file: int | None = entry(_("送达凭证"), "file", default=None)
    late_reason: str = late_reason()

    @property
    def on(self) -> dt.date:
        """The day of the fact."""
        return self.effective_on

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Not before it was begun, not in the future."""
        found = not_in_future(effective_on=self.effective_on)
        service = Service.objects.filter(pk=self.service, act_id=attempt.subject.pk).first()
        if service is None or service.effective_on is not None:
            found["service"] = _t("没有这一件未生效的送达。")
        elif self.effective_on < service.begun_on:
            found["effective_on"] = _t("生效日期不能早于开始送达日期。")
        return found


@dataclass(frozen=True)
class State:
    """What a party said to the notice."""

    party: int = entry(_("当事人"), "record", options=options.parties)
    kind: str = entry(_("种类"), "choice", options=options.of(Statement.Kind), law=("CF-13", "CF-06"))
    content: str = entry(_("当事人的意见"), "long", default="")
    answer: str = entry(
        _("复核意见"),
        "long",
        default="",
        help=_("对提出的事实、理由、证据逐项复核，成立的应当采纳"),
        law=("处罚法45条",),
    )
    on: dt.date | None = on_day(_("提出日期"))
    file: int | None = entry(_("笔录或者书面材料"), "file", default=None)
    late_reason: str = late_reason()

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """A statement has content and an answer."""
        found = not_in_future(on=self.on)
        if self.kind == Statement.Kind.STATEMENT:
            if not self.content.strip():
                found["content"] = _t("请写明当事人的意见。")
            if not self.answer.strip():
                found["answer"] = _t("对陈述、申辩必须复核并写明意见。")
        elif self.kind in {Statement.Kind.WAIVER, Statement.Kind.HEARING_WAIVER} and self.file is None:
            found["file"] = _t("放弃权利须有当事人签名的书面材料，请上传。")
        return found


@dataclass(frozen=True)
class Decide:
    """The decision. Facts, reasons and basis are those of the notice; it may be equal or lighter."""

    evidence: str = entry(_("证据"), "long", help=_("逐项列明证明违法事实的证据"), law=("CF-42",))
    kinds: tuple[str, ...] = entry(_("处罚种类"), "choices", options=options.of(PenaltyKind), law=("CF-43",))
    content: str = entry(_("处罚内容"), "long", law=("CF-42",))
    performance: str = entry(_("履行方式和期限"), "long", law=("CF-19", "CF-42"))
    fine: Decimal | None = entry(_("罚款（元）"), "money", default=None)
    tier: int | None = tier_entry()
    base: Decimal | None = tier_base()
    tier_reason: str = tier_reason()
    leniencies: tuple[int, ...] = leniency_entry()
    confiscation: Decimal | None = entry(_("没收金额（元）"), "money", default=None)
    licence: str = entry(_("暂扣或者吊销的证照名称及编号"), default="")
    lighter_reason: str = entry(_("比告知更轻的理由"), "long", default="", help=_("与告知书相同的不填"), law=("CF-14",))
    public_interest: bool = entry(
        _("涉及重大公共利益"), "flag", default=False, group=_("法制审核的情形"), law=("CF-10",)
    )
    after_hearing: bool = entry(
        _("直接关系当事人或者第三人重大权益，经过听证程序"), "flag", default=False, group=_("法制审核的情形")
    )
    complicated: bool = entry(_("疑难复杂，涉及多个法律关系"), "flag", default=False, group=_("法制审核的情形"))
    by_law: bool = entry(
        _("法律、法规规定应当审核，或者属于本部门重大执法决定目录"),
        "flag",
        default=False,
        group=_("法制审核的情形"),
        law=("SX-10",),
    )
    major: bool = entry(
        _("情节复杂或者重大违法行为，须集体讨论"), "flag", default=False, group=_("集体讨论"), law=("CF-12",)
    )
    answered: bool = entry(
        _("以上情形已逐项核对"), "flag", default=False, group=_("集体讨论"), help=_("未勾选的情形即回答“否”")
    )
    on: dt.date | None = on_day(_("决定日期"), law=("CF-04", "SX-02"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Kinds and amounts must fit together; each question must be answered."""
        found = not_in_future(on=self.on) | penalty_problems(self.kinds, self.fine, self.confiscation)
        if not self.answered:
            found["answered"] = _t("请逐项核对法制审核和集体讨论的情形，再勾选“已逐项核对”。")
        filed = attempt.subject.filed_on
        if self.on and filed and self.on < filed:
            found["on"] = _t("决定日期不能早于立案日期。")
        takes = {PenaltyKind.SUSPEND_LICENCE, PenaltyKind.REVOKE_LICENCE}
        if not takes.isdisjoint(self.kinds) and not self.licence.strip():
            found["licence"] = _t("暂扣、吊销证照的，写明证照名称和编号。")
        return found


@dataclass(frozen=True)
class Pay:
    """Money paid at the bank."""

    party: int = entry(_("当事人"), "record", options=options.parties)
    amount: Decimal = entry(_("金额（元）"), "money", law=("CF-19",))
    receipt: str = entry(_("缴款票据号"), help=_("银行或者电子支付系统的票据，不得自行收缴"), law=("处罚法67条",))
    on: dt.date | None = on_day(_("缴款日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """An amount above nothing and not above the fine; a receipt counts once."""
        found = not_in_future(on=self.on)
        decision = attempt.subject.decisions.order_by("-pk").first()
        if self.amount <= 0:
            found["amount"] = _t("金额应当大于零。")
        elif decision is not None:
            due, paid = amount_due(decision), amount_paid(decision)
            if paid + self.amount > due:
                found["amount"] = _t("已缴 %(paid)s 元，加上这一笔超过决定的 %(due)s 元。") % {"paid": paid, "due": due}
            if decision.payments.filter(receipt=self.receipt.strip()).exists():
                found["receipt"] = _t("这张票据已经登记过。")
        return found


@dataclass(frozen=True)
class Close:
    """The case is over."""

    ground: str = entry(
        _("结案情形"),
        "choice",
        options=lambda _subject, _actor: [
            ("performed", _("处罚决定已执行完毕")),
            ("nothing_due", _("处罚内容无须执行")),
            ("annulled", _("决定已被撤销、确认违法或者无效")),
            ("ended", _("人民法院终结执行")),
        ],
    )
    opinion: str = entry(_("结案意见"), "long")
    on: dt.date | None = on_day(_("结案日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Not in the future; the ground is what has happened."""
        found = not_in_future(on=self.on)
        decision = attempt.subject.decisions.order_by("-pk").first()
        in_force = decision is not None and decision.outcome == Decision.Outcome.IN_FORCE
        if self.ground == "annulled" and in_force:
            found["ground"] = _t("决定仍然有效，没有被撤销、确认违法或者无效的记录。")
        elif self.ground == "ended" and not is_released(attempt.subject):
            found["ground"] = _t("没有人民法院终结执行的记录，请先登记法院的处理结果。")
        elif self.ground == "nothing_due" and in_force and amount_due(decision) > 0:
            found["ground"] = _t("决定有应缴的款项，请选择“已执行完毕”或者“终结执行”。")
        return found


@dataclass(frozen=True)
class Annul:
    """The decision was changed, revoked, found unlawful or void."""

    outcome: str = entry(
        _("结果"), "choice", options=options.of(Decision.Outcome, without=(Decision.Outcome.IN_FORCE,)), law=("CF-17",)
    )
    by_whom: str = entry(_("作出机关"), help=_("例如：复议机关、人民法院、本机关"))
    ground: str = entry(_("理由"), "long", help=_("将随撤回向社会公开，请勿写个人信息"))
    on: dt.date | None = on_day(_("日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Not before the decision, not in the future."""
        found = not_in_future(on=self.on)
        decided = attempt.subject.decided_on
        if self.on and decided and self.on < decided:
            found["on"] = _t("日期不能早于决定日期。")
        if not self.ground.strip():
            found["ground"] = _t("必须写明理由（处罚法48条2款）。")
        return found
