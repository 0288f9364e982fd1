"""What each action after a decision asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options
from enforcement.cases.data import late_reason, not_in_future, on_day, public_notice_ends
from enforcement.cases.data.service_proof import proof_missing
from enforcement.execution.models import CourtApplication, Remedy, Urging
from enforcement.execution.money import computed, fine_left
from enforcement.models import Decision, Service
from portal.workflow.data import entry

MOST_PARTS = 24
LATEST_FIRST = dt.timedelta(days=366)  # keeps a slip of the pen out; the law has no number


def decision_of(case: Any) -> Decision | None:
    """The decision that counts: the last one."""
    found: Decision | None = case.decisions.order_by("-pk").first()
    return found


def _running(subject: Any, _actor: Any) -> Any:
    return Remedy.objects.filter(decision__act_id=subject.pk, ended_on=None).select_related("party")


def _on_their_way(subject: Any, _actor: Any) -> Any:
    return Urging.objects.filter(decision__act_id=subject.pk, served_on=None).select_related("party")


@dataclass(frozen=True)
class BeginRemedy:
    """A party has turned to a reconsideration body, a court, or a joint mediation."""

    party: int = entry(_("提起人"), "record", options=options.parties)
    kind: str = entry(_("种类"), "choice", options=options.of(Remedy.Kind))
    body: str = entry(_("复议机关、人民法院或者化解单位"))
    number: str = entry(_("案号"), default="", help=_("还没有收到的先不填"))
    stays: bool = entry(
        _("已决定或者裁定停止执行"), "flag", default=False, help=_("复议、诉讼期间一般不停止执行"), law=("处罚法73条",)
    )
    on: dt.date | None = on_day(_("受理日期"), law=("CF-21",))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Not before the decision; one running remedy of a kind for a party."""
        found = not_in_future(on=self.on)
        decision = decision_of(attempt.subject)
        if decision is None:
            return found
        if self.on and decision.decided_on and self.on < decision.decided_on:
            found["on"] = _t("受理日期不能早于决定日期。")
        if decision.remedies_sought.filter(party_id=self.party, kind=self.kind, ended_on=None).exists():
            found["kind"] = _t("这名当事人的同一种程序还没有结果，请先登记结果。")
        return found


@dataclass(frozen=True)
class EndRemedy:
    """How a remedy ended, by the paper that was served."""

    remedy: int = entry(_("程序"), "record", options=_running)
    outcome: str = entry(_("结果"), "choice", options=options.of(Remedy.Outcome))
    note: str = entry(
        _("结果和理由"), "long", default="", help=_("决定被变更、撤销的，理由将随撤回向社会公开，勿写个人信息")
    )
    number: str = entry(_("案号或者文书号"), default="")
    opinion: bool = entry(
        _("同时收到行政复议意见书"), "flag", default=False, help=_("须按期报送纠正情况"), law=("FY-03",)
    )
    file: int | None = entry(_("结果文书"), "file", default=None)
    on: dt.date | None = on_day(_("结果送达日期"), law=("SS-02",))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """The result fits the kind, and comes after the beginning."""
        found = not_in_future(on=self.on)
        remedy = _running(attempt.subject, None).filter(pk=self.remedy).first()
        if remedy is None:
            return found | {"remedy": _t("没有这一件未结的程序。")}
        if attempt.on < remedy.begun_on:
            found["on"] = _t("结果不能早于受理日期 %(day)s。") % {"day": remedy.begun_on.isoformat()}
        overturned = self.outcome in OVERTURNING
        if remedy.kind == Remedy.Kind.MEDIATION and overturned:
            found["outcome"] = _t(
                "联合化解不能变更或者撤销决定；决定机关自行变更、撤销的，请用“登记决定被变更、撤销”。"
            )
        if overturned and not self.note.strip():
            found["note"] = _t("决定被变更、撤销的，必须写明理由。")
        if self.outcome == Remedy.Outcome.MEDIATED and not self.note.strip():
            found["note"] = _t("调解、和解、化解结案的，写明协议的主要内容和履行情况。")
        if self.opinion and remedy.kind != Remedy.Kind.RECONSIDERATION:
            found["opinion"] = _t("只有行政复议才会有行政复议意见书。")
        return found


OVERTURNING = frozenset({Remedy.Outcome.CHANGED, Remedy.Outcome.REVOKED, Remedy.Outcome.UNLAWFUL, Remedy.Outcome.VOID})


@dataclass(frozen=True)
class AnswerOpinion:
    """The report on what was put right after a reconsideration opinion."""

    report: str = entry(_("落实情况"), "long", law=("FY-03",))
    file: int | None = entry(_("报送的材料"), "file", default=None)
    on: dt.date | None = on_day(_("报送日期"))
    late_reason: str = late_reason()

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """Something must be reported."""
        found = not_in_future(on=self.on)
        if not self.report.strip():
            found["report"] = _t("请写明落实情况。")
        return found


@dataclass(frozen=True)
class Defer:
    """Leave to pay later or in parts."""

    ground: str = entry(_("理由"), "long", help=_("当事人确有经济困难的事实和证据"), law=("处罚法66条2款",))
    parts: int = entry(_("分几期"), "integer", help=_("暂缓缴纳填 1"))
    first_due: dt.date = entry(_("第一期最迟缴纳日期"), "date")
    months_between: int = entry(_("每隔几个月一期"), "integer", default=1)
    file: int | None = entry(_("当事人的申请"), "file", default=None)
    on: dt.date | None = on_day(_("批准日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """The party has asked for it; the plan ends."""
        found = not_in_future(on=self.on)
        if not self.ground.strip():
            found["ground"] = _t("必须写明理由。")
        if not 1 <= self.parts <= MOST_PARTS:
            found["parts"] = _t("期数从 1 到 %(most)d。") % {"most": MOST_PARTS}
        if not 1 <= self.months_between <= 12:
            found["months_between"] = _t("间隔从 1 到 12 个月。")
        if self.first_due < attempt.on:
            found["first_due"] = _t("第一期日期不能早于批准日期。")
        elif self.first_due > attempt.on + LATEST_FIRST:
            found["first_due"] = _t("第一期日期太远，最迟在批准后一年之内。")
        if self.file is None:
            found["file"] = _t("延期、分期由当事人申请，请上传申请书。")
        decision = decision_of(attempt.subject)
        if decision is not None and "parts" not in found and fine_left(decision) < Decimal("0.01") * self.parts:
            found["parts"] = _t("还没有缴纳的罚款不足以分成这么多期。")
        return found


@dataclass(frozen=True)
class ConfirmSurcharge:
    """The surcharge as computed, or less for a reason."""

    through: dt.date = entry(_("计算到"), "date", help=_("当日计入；缴清的算到缴清前一日"), law=("CF-20", "CF-21"))
    amount: Decimal = entry(_("加处罚款（元）"), "money", law=("CF-20",))
    reason: str = entry(_("减免理由"), "long", default="", help=_("少于计算金额时必须写明"), law=("强制法42条",))
    on: dt.date | None = on_day(_("决定日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Not above what is computed; less only with a reason."""
        found = not_in_future(on=self.on, through=self.through)
        decision = decision_of(attempt.subject)
        result = computed(decision, self.through) if decision is not None else None
        if result is None:
            return found
        if self.amount < 0:
            found["amount"] = _t("金额不能是负数。")
        elif self.amount > result.amount:
            found["amount"] = _t("到 %(day)s 计算为 %(amount)s 元，不能更多。") % {
                "day": self.through.isoformat(),
                "amount": result.amount,
            }
        elif self.amount < result.amount and not self.reason.strip():
            found["reason"] = _t("计算为 %(amount)s 元，少收的必须写明理由。") % {"amount": result.amount}
        return found


@dataclass(frozen=True)
class Urge:
    """A letter that urges one party to perform."""

    party: int = entry(_("受催告人"), "record", options=options.parties, law=("强制法54条",))
    on: dt.date | None = on_day(_("催告日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """One letter on its way at a time."""
        found = not_in_future(on=self.on)
        decision = decision_of(attempt.subject)
        if decision is not None and decision.urgings.filter(party_id=self.party, served_on=None).exists():
            found["party"] = _t("对这名当事人的催告书还没有送达。")
        return found


@dataclass(frozen=True)
class ServeUrging:
    """The urging letter has reached the party."""

    urging: int = entry(_("催告书"), "record", options=_on_their_way)
    method: str = entry(_("送达方式"), "choice", options=options.of(Service.Method))
    served_on: dt.date = entry(_("送达生效日期"), "date", law=("QZ-05",))
    receiver: str = entry(_("签收人、见证人"), default="")
    note: str = entry(_("送达说明"), "long", default="", help=_("留置、公告、转交、电子送达的情况"))
    file: int | None = entry(_("送达凭证"), "file", default=None)
    late_reason: str = late_reason()

    @property
    def on(self) -> dt.date:
        """The day of the fact."""
        return self.served_on

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Not before the letter; refusal and public notice need their story."""
        found = not_in_future(served_on=self.served_on)
        urging = _on_their_way(attempt.subject, None).filter(pk=self.urging).first()
        if urging is None:
            return found | {"urging": _t("没有这一件未送达的催告书。")}
        if self.served_on < urging.issued_on:
            found["served_on"] = _t("送达不能早于催告日期 %(day)s。") % {"day": urging.issued_on.isoformat()}
        if self.method == Service.Method.PUBLIC and self.served_on < (due := public_notice_ends(urging.issued_on)):
            found["served_on"] = _t("公告满三十日才生效：这份催告书最早在 %(day)s 生效。") % {"day": due.isoformat()}
        return found | proof_missing(self.method, self.receiver, self.note)


@dataclass(frozen=True)
class ApplyToCourt:
    """The court is asked to enforce."""

    court: str = entry(_("人民法院"), help=_("本机关所在地；执行对象是不动产的，不动产所在地"), law=("强制法54条",))
    late_ground: str = entry(
        _("逾期申请的理由"), "long", default="", help=_("超过三个月的必须写明；法院可能不予受理"), law=("QZ-06",)
    )
    on: dt.date | None = on_day(_("申请日期"))
    late_reason: str = late_reason()

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """Not in the future."""
        return not_in_future(on=self.on)


@dataclass(frozen=True)
class CourtAnswer:
    """What the court said."""

    outcome: str = entry(_("结果"), "choice", options=options.of(CourtApplication.Outcome))
    number: str = entry(_("法院文书号"), default="")
    note: str = entry(_("说明"), "long", default="")
    on: dt.date | None = on_day(_("日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Not before the application."""
        found = not_in_future(on=self.on)
        decision = decision_of(attempt.subject)
        last = decision.court_applications.order_by("-pk").first() if decision is not None else None
        if last is not None and attempt.on < last.applied_on:
            found["on"] = _t("日期不能早于申请日期 %(day)s。") % {"day": last.applied_on.isoformat()}
        return found
