"""What is asked on the way to a decision: conclusion, notice, statement, decision."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options
from enforcement.cases.data.fields import (
    late_reason,
    not_in_future,
    on_day,
    penalty_problems,
    tier_base,
    tier_entry,
    tier_reason,
)
from enforcement.models import PenaltyKind, Statement
from portal.workflow.data import entry


@dataclass(frozen=True, kw_only=True)
class Conclude:
    """The investigation is over: what was found and what is proposed."""

    found_facts: str = entry(_("查明的事实"), "long", help=_("写明每一项事实由哪份证据证明"))
    violated: str = entry(_("违反的规定"), "long", help=_("写到条、款、项"), law=("处罚法38条",))
    basis: str = entry(_("处罚依据"), "long", help=_("写到条、款、项"), law=("处罚法38条",))
    no_penalty: bool = entry(
        _("建议不予处罚"),
        "flag",
        default=False,
        help=_("勾选的不填处罚种类、内容和金额"),
        law=("CF-30", "处罚法57条1款"),
    )
    kinds: tuple[str, ...] = entry(
        _("拟处罚种类"), "choices", default=(), options=options.of(PenaltyKind), law=("CF-43",)
    )
    content: str = entry(_("拟处罚内容"), "long", default="")
    discretion: str = entry(
        _("裁量说明"), "long", help=_("适用的裁量阶次，从轻、减轻、从重的事实；没有的写“无”"), law=("处罚法30至34条",)
    )
    fine: Decimal | None = entry(_("拟罚款（元）"), "money", default=None)
    tier: int | None = tier_entry()
    base: Decimal | None = tier_base()
    tier_reason: str = tier_reason()
    correction: str = entry(
        _("责令改正"), default="", help=_("文书文号或者当场责令的记载；无须改正的写明原因"), law=("处罚法28条",)
    )
    on: dt.date | None = on_day(_("调查终结日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """A penalty whose kinds and amount fit together, or none at all; the day must be possible."""
        found = not_in_future(on=self.on) | (self._nothing() if self.no_penalty else self._penalty())
        filed = attempt.subject.filed_on
        if self.on and filed and self.on < filed:
            found["on"] = _t("调查终结日期不能早于立案日期。")
        return found

    def _penalty(self) -> dict[str, Any]:
        found = penalty_problems(self.kinds, self.fine)
        return found if self.content.strip() else found | {"content": _t("请写明拟处罚的内容。")}

    def _nothing(self) -> dict[str, Any]:
        if self.kinds or self.fine or self.content.strip() or self.tier or self.base:
            return {"no_penalty": _t("建议不予处罚的，不填处罚种类、内容、金额和裁量阶次。")}
        return {}


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
    confiscation: Decimal | None = entry(_("没收金额（元）"), "money", default=None)
    licence: str = entry(_("暂扣或者吊销的证照名称及编号"), default="")
    lighter_reason: str = entry(_("比告知更轻的理由"), "long", default="", help=_("与告知书相同的不填"), law=("CF-14",))
    hearing_opinion: str = entry(
        _("对听证中提出的意见的采纳情况"),
        "long",
        default="",
        help=_("举行过听证的必须填写：根据听证笔录，采纳或者不采纳哪些意见，为什么"),
        law=("处罚法65条",),
    )
    public_interest: bool = entry(
        _("涉及重大公共利益"), "flag", default=False, group=_("法制审核的情形"), law=("CF-10",)
    )
    social_impact: bool = entry(
        _("可能造成重大社会影响或者引发社会风险"),
        "flag",
        default=False,
        group=_("法制审核的情形"),
        law=("SX-10",),
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
