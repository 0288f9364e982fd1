"""What is asked when a case's time is stopped, runs again, is lengthened; and of orders to correct."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options
from enforcement.cases.data.fields import late_reason, not_in_future, on_day
from enforcement.measures.data.fields import before_filing, missing, party_entry
from enforcement.measures.models import CorrectionOrder, Suspension, TimeBasis
from portal.workflow.data import entry

LONGEST_EXPECTED = 3 * 366  # keeps a slip of the pen out; the law has no number
MOST_DAYS = 365


def _bases(subject: Any, purpose: str) -> Any:
    return TimeBasis.objects.in_force(timezone.localdate()).filter(
        department=subject.department_id, purpose=purpose, state=TimeBasis.State.IN_FORCE
    )


def suspending(subject: Any, _actor: Any) -> Any:
    """Articles that take time out, in force today at the case's department."""
    return _bases(subject, TimeBasis.Purpose.SUSPEND)


def extending(subject: Any, _actor: Any) -> Any:
    """Articles that lengthen, in the order of their steps."""
    return _bases(subject, TimeBasis.Purpose.EXTEND)


def suspended(subject: Any, _actor: Any) -> Any:
    """Stretches that have not ended."""
    return Suspension.objects.filter(case=subject.pk, resumed_on=None)


def open_orders(subject: Any, _actor: Any) -> Any:
    """Orders to correct that nobody has looked at again."""
    return CorrectionOrder.objects.filter(case=subject.pk, checked_on=None)


@dataclass(frozen=True)
class Suspend:
    """Time that does not count towards the ninety days, from a day on."""

    basis: int = entry(
        _("依据"),
        "record",
        options=suspending,
        law=("CF-04",),
        help=_("本部门登记的法律、法规、规章条款；没有的，不能扣除"),
    )
    reason: str = entry(_("事由"), "long", help=_("例如：委托某机构检验，委托书编号；听证；公告"))
    expected_on: dt.date = entry(_("预计恢复的日期"), "date", help=_("到期没有恢复的，会预警（本地）"))
    on: dt.date | None = on_day(_("不计入的时间自"), law=("CF-04",))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """After the filing, for a reason, with an end in sight."""
        found = not_in_future(on=self.on) | before_filing(attempt.subject, on=self.on) | missing(reason=self.reason)
        if self.expected_on <= attempt.on:
            found["expected_on"] = _t("预计恢复的日期应当晚于开始日期。")
        elif (self.expected_on - attempt.on).days > LONGEST_EXPECTED:
            found["expected_on"] = _t("预计恢复的日期太远，请核对年份。")
        return found


@dataclass(frozen=True)
class Resume:
    """The time counts again."""

    suspension: int = entry(_("不计入的时间"), "record", options=suspended)
    reason: str = entry(_("恢复的理由"), "long", help=_("原因何时消除；报告编号、听证结束日期等"))
    on: dt.date | None = on_day(_("恢复日期"), law=("CF-04",))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Not before it stopped."""
        found = not_in_future(on=self.on) | missing(reason=self.reason)
        row = suspended(attempt.subject, None).filter(pk=self.suspension).first()
        if row is None:
            found["suspension"] = _t("这一段已经恢复，或者不属于本案。")
        elif attempt.on < row.begun_on:
            found["on"] = _t("不能早于开始日期 %(day)s。") % {"day": row.begun_on.isoformat()}
        return found


@dataclass(frozen=True)
class Extend:
    """The ninety days lengthened, by the next step of the ladder."""

    basis: int = entry(_("依据"), "record", options=extending, law=("CF-04", "BM-03", "BM-09"))
    days: int = entry(_("延长日数"), "integer", help=_("条文定了日数的，不得超过；继续延期的，写确定的合理期限"))
    reason: str = entry(_("延期理由"), "long", help=_("案情为什么复杂，还要做什么"))
    approval: str = entry(
        _("集体讨论或者上级批准的情况"),
        "long",
        default="",
        help=_("集体讨论的写明时间、参加人、结论；报上一级机关的写明机关、批复文号"),
    )
    file: int | None = entry(_("集体讨论记录或者上级批复"), "file", default=None)
    on: dt.date | None = on_day(_("批准日期"), law=("CF-04",))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """As many days as the article allows, and the proof that its step asks for."""
        found = not_in_future(on=self.on) | before_filing(attempt.subject, on=self.on) | missing(reason=self.reason)
        basis = extending(attempt.subject, None).filter(pk=self.basis).first()
        most = basis.days if basis is not None and basis.days else MOST_DAYS
        if not 1 <= self.days <= most:
            found["days"] = _t("延长日数应当在 1 至 %(most)d 之间。") % {"most": most}
        if basis is not None and basis.approver != TimeBasis.Approver.HEAD:
            if not self.approval.strip():
                found["approval"] = _t("这一次延期由%(who)s，请写明情况。") % {"who": basis.get_approver_display()}
            if self.file is None:
                found["file"] = _t("请上传集体讨论记录或者上一级机关的批复。")
        return found


@dataclass(frozen=True)
class OrderCorrection:
    """Correct at once or by a day (处罚法28条1款)."""

    party: int = party_entry()
    content: str = entry(_("改正的内容和要求"), "long", law=("处罚法28条",))
    violated: str = entry(_("违反的规定"), "long", help=_("写到条、款、项"))
    basis: str = entry(
        _("责令改正的依据"), "long", help=_("没有专门规定的，写《中华人民共和国行政处罚法》第二十八条第一款")
    )
    due_on: dt.date = entry(_("改正期限"), "date", help=_("当场改正的填当天"), law=("处罚法28条",))
    on: dt.date | None = on_day(_("责令日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """A last day on or after the order."""
        found = not_in_future(on=self.on) | before_filing(attempt.subject, on=self.on)
        found |= missing(content=self.content, violated=self.violated, basis=self.basis)
        if self.due_on < attempt.on:
            found["due_on"] = _t("改正期限不能早于责令日期。")
        elif (self.due_on - attempt.on).days > LONGEST_EXPECTED:
            found["due_on"] = _t("改正期限太远，请核对年份。")
        return found


@dataclass(frozen=True)
class CheckCorrection:
    """Looking again whether it was corrected."""

    order: int = entry(_("责令改正"), "record", options=open_orders)
    outcome: str = entry(_("复查结果"), "choice", options=options.of(CorrectionOrder.Outcome))
    found: str = entry(_("复查情况"), "long")
    certificate_shown: bool = entry(_("复查时已出示执法证件"), "flag", default=False, law=("CF-02",))
    file: int | None = entry(_("复查记录"), "file", default=None)
    on: dt.date | None = on_day(_("复查日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Not before the order."""
        found = not_in_future(on=self.on) | missing(found=self.found)
        order = open_orders(attempt.subject, None).filter(pk=self.order).first()
        if order is None:
            found["order"] = _t("这份责令改正已经复查，或者不属于本案。")
        elif attempt.on < order.issued_on:
            found["on"] = _t("不能早于责令日期 %(day)s。") % {"day": order.issued_on.isoformat()}
        return found


@dataclass(frozen=True, kw_only=True)
class AddBasis:
    """An article about time, for the department's own cases."""

    purpose: str = entry(_("用途"), "choice", options=options.of(TimeBasis.Purpose))
    law: str = entry(_("法律、法规或者规章的名称"), longest=120, help=_("不写书名号"), law=("CF-04",))
    article: str = entry(_("条款"), longest=60, help=_("例如：第六十四条第一款"))
    words: str = entry(_("条文"), "long", help=_("原文照录，批准人据此核对"))
    step: int | None = entry(
        _("第几次延期"), "integer", default=None, help=_("延长办案期限的填写：第一次填 1，继续延期填 2")
    )
    days: int | None = entry(_("延长日数"), "integer", default=None, help=_("条文定了日数的填写；由决定确定的不填"))
    approver: str = entry(
        _("由谁决定"),
        "choice",
        options=options.of(TimeBasis.Approver),
        default=TimeBasis.Approver.HEAD.value,
        law=("BM-03", "BM-09"),
    )
    effective_from: dt.date = entry(_("启用日期"), "date")

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """Steps and days belong to a lengthening alone."""
        found = missing(law=self.law, article=self.article, words=self.words)
        extends = self.purpose == TimeBasis.Purpose.EXTEND
        if extends and (self.step is None or not 1 <= self.step <= 9):
            found["step"] = _t("请填写第几次延期，例如 1 或者 2。")
        if extends and self.days is not None and not 1 <= self.days <= MOST_DAYS:
            found["days"] = _t("延长日数应当在 1 至 %(most)d 之间。") % {"most": MOST_DAYS}
        if not extends and (self.step is not None or self.days is not None):
            found["step"] = _t("不计入办案期限的条款不填次数和日数。")
        return found


@dataclass(frozen=True)
class EndUse:
    """An article or a device is used for the last time on a day."""

    last_day: dt.date = entry(_("最后一天"), "date")
    reason: str = entry(_("理由"), "long")

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Not before it began."""
        found = missing(reason=self.reason)
        began = getattr(attempt.subject, "effective_from", None) or getattr(attempt.subject, "published_on", None)
        if began is not None and self.last_day < began:
            found["last_day"] = _t("不能早于启用日期 %(day)s。") % {"day": began.isoformat()}
        return found
