"""What is asked until an act is ready to be decided: the application or cause, acceptance, urging, review."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options
from enforcement.cases.data.fields import late_reason, not_in_future, on_day
from enforcement.cases.data.intake import PartyData
from enforcement.lightacts.kinds import OTHERS, Kind
from enforcement.lightacts.models import Review
from enforcement.models import EnforcementItem, Party
from portal.workflow.data import entry

WHO = _("行政相对人")


def items_of(*kinds: str) -> options.Options:
    """The department's items of some kinds that are in force today."""
    return lambda _subject, actor: EnforcementItem.objects.in_force(timezone.localdate()).filter(
        department=actor.department_id, kind__in=kinds
    )


@dataclass(frozen=True)
class _WithParty:
    """Fields of the party, the same on both forms."""

    def party(self) -> PartyData:
        """The party among the fields."""
        me: Any = self
        return PartyData(
            me.party_kind, me.party_name, me.credit_code, me.identity, me.representative, me.address, me.phone
        )


@dataclass(frozen=True)
class Receive(_WithParty):
    """An application for a licence comes in."""

    item: int = entry(_("许可事项"), "record", options=items_of(Kind.LICENCE.value))
    request: str = entry(_("申请事项"), "long", help=_("申请什么，用在何处"))
    party_kind: str = entry(_("申请人类别"), "choice", options=options.of(Party.Kind), group=WHO)
    party_name: str = entry(_("名称或者姓名"), group=WHO, help=_("与营业执照或者身份证件一致"))
    credit_code: str = entry(_("统一社会信用代码"), default="", group=WHO, help=_("单位和个体工商户填写，18 位"))
    identity: str = entry(_("公民身份号码"), default="", group=WHO, help=_("自然人、经营者填写；加密保存，显示时隐去"))
    representative: str = entry(_("法定代表人、负责人或者经营者"), default="", group=WHO)
    address: str = entry(_("住所、住址或者经营场所"), default="", group=WHO)
    phone: str = entry(_("联系电话"), default="", group=WHO, help=_("加密保存"))
    on: dt.date | None = on_day(_("收到申请材料的日期"), law=("XK-02",))
    late_reason: str = late_reason()

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """The party, and what is asked for."""
        found = not_in_future(on=self.on) | self.party().party_problems()
        if not self.request.strip():
            found["request"] = _t("“申请事项”必须填写。")
        return found


@dataclass(frozen=True)
class Register(_WithParty):
    """Another act is begun: its item says of which kind."""

    item: int = entry(_("执法事项"), "record", options=items_of(*OTHERS), help=_("事项的种类决定办理要求和公示期限"))
    request: str = entry(_("申请或者事由"), "long", help=_("因何实施或者申请什么"))
    party_kind: str = entry(_("相对人类别"), "choice", options=options.of(Party.Kind), group=WHO)
    party_name: str = entry(_("名称或者姓名"), group=WHO, help=_("与营业执照或者身份证件一致"))
    officers: tuple[int, ...] = entry(
        _("实施人员"),
        "records",
        default=(),
        options=options.officers,
        help=_("强制措施、强制执行须两名以上持证执法人员"),
        law=("强制法18条",),
    )
    target: str = entry(
        _("涉及的场所、设施、财物或者行为"), default="", help=_("强制措施、强制执行、征收征用必须写明"), longest=300
    )
    credit_code: str = entry(_("统一社会信用代码"), default="", group=WHO, help=_("单位和个体工商户填写，18 位"))
    identity: str = entry(_("公民身份号码"), default="", group=WHO, help=_("自然人、经营者填写；加密保存，显示时隐去"))
    representative: str = entry(_("法定代表人、负责人或者经营者"), default="", group=WHO)
    address: str = entry(_("住所、住址或者经营场所"), default="", group=WHO)
    phone: str = entry(_("联系电话"), default="", group=WHO, help=_("加密保存"))
    on: dt.date | None = on_day(_("登记日期"))
    late_reason: str = late_reason()

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """The party, the cause, and what it is about where the kind asks."""
        found = not_in_future(on=self.on) | self.party().party_problems()
        if not self.request.strip():
            found["request"] = _t("“申请或者事由”必须填写。")
        item = EnforcementItem.objects.filter(pk=self.item).first()
        if item is not None and item.kind in {Kind.MEASURE, Kind.EXECUTION, Kind.LEVY} and not self.target.strip():
            found["target"] = _t("“%(kind)s”须写明涉及的场所、设施、财物或者行为。") % {"kind": item.get_kind_display()}
        if len(set(self.officers)) != len(self.officers):
            found["officers"] = _t("同一名人员选了两次。")
        return found


@dataclass(frozen=True)
class Accept:
    """The application is accepted."""

    on: dt.date | None = on_day(_("受理日期"), law=("XK-01", "XK-02"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Between the application and today."""
        found = not_in_future(on=self.on)
        if attempt.on < attempt.subject.registered_on:
            found["on"] = _t("不能早于收到申请的日期 %(day)s。") % {"day": attempt.subject.registered_on.isoformat()}
        return found


@dataclass(frozen=True)
class AskCompletion(Accept):
    """The applicant is told once what is missing."""

    missing: str = entry(_("需要补正的全部内容"), "long", default="", help=_("一次告知，不得分次"), law=("XK-02",))

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Everything that is missing, at once."""
        found = super().problems(attempt)
        if not self.missing.strip():
            found["missing"] = _t("请写明需要补正的全部内容。")
        return found


@dataclass(frozen=True)
class Refuse(Accept):
    """The application is not accepted."""

    reason: str = entry(_("不予受理的理由"), "long", default="", law=("许可法32条",))

    def problems(self, attempt: Any) -> dict[str, Any]:
        """With a reason."""
        found = super().problems(attempt)
        if not self.reason.strip():
            found["reason"] = _t("请写明不予受理的理由。")
        return found


@dataclass(frozen=True)
class Extend:
    """The head gives ten more working days, and the applicant is told why."""

    reason: str = entry(_("延长的理由"), "long", help=_("应当将延长的理由告知申请人"), law=("XK-01",))

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """With a reason."""
        return {} if self.reason.strip() else {"reason": _t("请写明延长的理由，并告知申请人。")}


@dataclass(frozen=True)
class Urge(Accept):
    """The urging before execution was served."""

    note: str = entry(_("催告的内容和送达情况"), "long", default="", law=("强制法35条",))

    def problems(self, attempt: Any) -> dict[str, Any]:
        """What was urged, and how it was served."""
        found = super().problems(attempt)
        if not self.note.strip():
            found["note"] = _t("请写明催告的内容和送达情况。")
        return found


@dataclass(frozen=True)
class SubmitReview:
    """What is to be decided goes to the legal reviewer."""

    proposal: str = entry(_("拟作出的决定"), "long", help=_("事实、依据、内容；审核的就是这一份"), law=("SX-11",))
    on: dt.date | None = on_day(_("送审日期"))
    late_reason: str = late_reason()

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """Something to review."""
        found = not_in_future(on=self.on)
        return found if self.proposal.strip() else found | {"proposal": _t("请写明拟作出的决定。")}


@dataclass(frozen=True)
class Opine:
    """The reviewer's opinion, in writing."""

    verdict: str = entry(_("审核结论"), "choice", options=options.of(Review.Verdict), law=("SX-12",))
    opinion: str = entry(
        _("审核意见"),
        "long",
        help=_("主体、权限、程序、事实证据、依据、裁量、文书、是否涉嫌犯罪，逐项说明"),
        law=("SX-11",),
    )
    on: dt.date | None = on_day(_("审核日期"))
    late_reason: str = late_reason()

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """A verdict and its reasons."""
        found = not_in_future(on=self.on)
        if self.verdict not in Review.Verdict.values:
            found["verdict"] = _t("请选择审核结论。")
        if not self.opinion.strip():
            found["opinion"] = _t("审核意见应当书面提出，请写明。")
        return found
