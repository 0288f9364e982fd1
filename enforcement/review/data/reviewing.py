"""What is asked when a case goes to review, gets its reviewer, or comes back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options
from enforcement.cases.data import late_reason, on_day
from enforcement.models import PenaltyKind
from enforcement.review.data.fields import day_problems, outcome_problems
from enforcement.review.models import Round
from enforcement.review.reviewers import candidates
from enforcement.review.rounds import last_round, open_round
from portal.workflow.data import entry

OUTCOME = _("送审的处理意见")
MOST_WORKDAYS = 60
REASONS: dict[str, Any] = {
    "public_interest": _("涉及重大公共利益"),
    "social_impact": _("可能造成重大社会影响或者引发社会风险"),
    "after_hearing": _("直接关系当事人或者第三人重大权益，经过听证程序"),
    "complicated": _("案件情况疑难复杂，涉及多个法律关系"),
    "by_law": _("法律、法规规定应当审核"),
    "own_wish": _("本部门认为需要审核"),
}


def known_reasons(_subject: Any, _actor: Any) -> list[tuple[str, Any]]:
    """Why a case goes to review; the department's catalogue is looked up besides."""
    return list(REASONS.items())


@dataclass(frozen=True)
class Submit:
    """Exactly this outcome goes to review."""

    kinds: tuple[str, ...] = entry(
        _("处罚种类"), "choices", options=options.of(PenaltyKind), group=OUTCOME, law=("CF-43",)
    )
    content: str = entry(
        _("处罚内容"), "long", group=OUTCOME, help=_("与决定书将写的一字不差：决定与送审不同的要重新审核")
    )
    fine: Decimal | None = entry(_("罚款（元）"), "money", default=None, group=OUTCOME)
    confiscation: Decimal | None = entry(_("没收金额（元）"), "money", default=None, group=OUTCOME)
    licence: str = entry(_("暂扣或者吊销的证照名称及编号"), default="", group=OUTCOME)
    reasons: tuple[str, ...] = entry(
        _("送审理由"),
        "choices",
        options=known_reasons,
        default=(),
        group=_("送审"),
        law=("CF-10", "SX-10"),
        help=_("属于本部门重大执法决定目录的由系统列出，不须勾选"),
    )
    mended: str = entry(
        _("整改情况"), "long", default="", group=_("送审"), help=_("上次退回的，逐条写明怎样整改"), law=("SX-12",)
    )
    note: str = entry(_("承办意见"), "long", default="", group=_("送审"))
    on: dt.date | None = on_day(_("送审日期"), group=_("送审"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """The outcome is whole; after a return it is said what was mended; the day is possible."""
        found = outcome_problems(self)
        last = last_round(attempt.subject)
        if not set(REASONS).issuperset(self.reasons):
            found["reasons"] = _t("有不认识的送审理由。")
        if last is not None and last.state == Round.State.RETURNED and not self.mended.strip():
            found["mended"] = _t("上次审核退回，请逐条写明整改情况。")
        not_before = last.concluded_on if last is not None else attempt.subject.filed_on
        words = _t("送审日期不能早于上次审核结论 %(day)s。") if last else _t("送审日期不能早于立案日期 %(day)s。")
        return found | day_problems(self.on, not_before, words)


@dataclass(frozen=True)
class Withdraw:
    """The file is taken back before the opinion."""

    reason: str = entry(_("撤回理由"), "long")
    on: dt.date | None = on_day(_("撤回日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """With a reason, on a possible day."""
        found = {} if self.reason.strip() else {"reason": _t("请写明撤回理由。")}
        return found | _since_submission(attempt, self.on)


@dataclass(frozen=True)
class Take:
    """A legal officer takes the file himself."""

    on: dt.date | None = on_day(_("承办日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """On a possible day."""
        return _since_submission(attempt, self.on)


@dataclass(frozen=True)
class Assign:
    """The head says who reviews."""

    reviewer: int = entry(
        _("审核人员"),
        "record",
        options=candidates,
        law=("CF-11",),
        help=_("法律顾问、公职律师由此可以查看本案，到提出审核意见为止"),
    )
    reason: str = entry(_("更换理由"), "long", default="", help=_("已有审核人员的须写明"))
    on: dt.date | None = on_day(_("指定日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """A change has its reason."""
        found = _since_submission(attempt, self.on)
        now = open_round(attempt.subject)
        if now is not None and now.reviewer_id == self.reviewer:
            found["reviewer"] = _t("已经由此人审核。")
        elif now is not None and now.reviewer_id and not self.reason.strip():
            found["reason"] = _t("更换审核人员须写明理由。")
        return found


@dataclass(frozen=True)
class Extend:
    """More time for a difficult file."""

    workdays: int = entry(_("延长的工作日"), "integer", law=("BM-02",))
    reason: str = entry(_("延长理由"), "long")
    on: dt.date | None = on_day(_("批准日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Some days, with a reason."""
        found = _since_submission(attempt, self.on)
        if not 1 <= self.workdays <= MOST_WORKDAYS:
            found["workdays"] = _t("延长 1 至 %(most)d 个工作日。") % {"most": MOST_WORKDAYS}
        if not self.reason.strip():
            found["reason"] = _t("请写明延长理由。")
        return found


@dataclass(frozen=True)
class Chair:
    """The head hears both sides after a return; the decision still needs a round that passes."""

    attended: str = entry(_("参加人员"), help=_("承办机构和审核机构的人员"))
    note: str = entry(_("研究情况和意见"), "long", help=_("双方的意见和理由；研究之后仍须再次送审并通过，才能作出决定"))
    on: dt.date | None = on_day(_("研究日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """After the return, with what was said."""
        last = last_round(attempt.subject)
        found: dict[str, Any] = {
            name: _t("必须填写。") for name in ("attended", "note") if not getattr(self, name).strip()
        }
        after = last.concluded_on if last is not None else None
        return found | day_problems(self.on, after, _t("研究日期不能早于审核结论 %(day)s。"))


def _since_submission(attempt: Any, on: dt.date | None) -> dict[str, Any]:
    now = open_round(attempt.subject)
    return day_problems(on, now.submitted_on if now else None, _t("日期不能早于送审日期 %(day)s。"))
