"""What each step of a hearing asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options
from enforcement.cases.data import late_reason, not_in_future, on_day
from enforcement.cases.data.service_proof import proof_missing
from enforcement.hearing.course import course_of
from enforcement.hearing.models import Answer, Hearing
from enforcement.hearing.options import (
    independent_people,
    owed_parties,
    owed_requests,
    unfit,
    unserved_parties,
)
from enforcement.models import Service
from portal.accounts.models import User
from portal.attachments.models import Attachment
from portal.workflow.data import entry

FARTHEST = dt.timedelta(days=366)  # keeps a slip of the pen out; the law has no number
MOST_AGENTS = 2  # 处罚法64条5项
METHODS = options.of(Service.Method, without=(Service.Method.PUBLIC,))


def blank(**texts: str) -> dict[str, Any]:
    """A sentence for each text that says nothing."""
    return {name: _t("请写明。") for name, text in texts.items() if not text.strip()}


def of_the_case(attempt: Any, key: int | None) -> bool:
    """Whether a file was uploaded to this very case."""
    return key is not None and Attachment.objects.filter(pk=key, matter=attempt.matter).exists()


def local_day(moment: dt.datetime) -> dt.date:
    """The local day of a moment; the earliest of all for one no calendar can hold."""
    try:
        return timezone.localdate(moment)
    except (OverflowError, ValueError):
        return dt.date.min


def ahead_problems(held_at: dt.datetime, place: str) -> dict[str, Any]:
    """The hearing lies ahead, within a year, and somewhere."""
    found = blank(place=place)
    day, today = local_day(held_at), timezone.localdate()
    if day <= today:
        found["held_at"] = _t("听证应当安排在今天以后。")
    elif day > today + FARTHEST:
        found["held_at"] = _t("听证时间离今天超过一年，请核对。")
    return found


def people_problems(case: Any, chair: int, recorder: int) -> dict[str, Any]:
    """The recorder is another person, of the department, and has not handled the case."""
    found: dict[str, Any] = {}
    if recorder == chair:
        found["recorder"] = _t("主持人和记录员应当是两个人。")
    elif why := unfit(case, User.objects.filter(pk=recorder).first()):
        found["recorder"] = _t("%(why)s，不能担任记录员。") % {"why": why}
    return found


@dataclass(frozen=True)
class Refuse:
    """A request to which no hearing is due."""

    statement: int = entry(_("听证申请"), "record", options=owed_requests)
    ground: str = entry(
        _("不组织听证的情形"),
        "choice",
        options=lambda _s, _a: [(one.value, one.label) for one in (Answer.Outcome.LATE, Answer.Outcome.NOT_ENTITLED)],
        law=("CF-06", "CF-08"),
    )
    reason: str = entry(_("理由"), "long", help=_("写明告知书送达和申请提出的日期，或者为什么不属于应当听证的情形"))
    on: dt.date | None = on_day(_("决定日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """One of the requests nothing has come of; not before it was made."""
        found = not_in_future(on=self.on) | blank(reason=self.reason)
        request = owed_requests(attempt.subject, None).filter(pk=self.statement).first()
        if request is None:
            found["statement"] = _t("没有这一份等待处理的听证申请。")
        elif attempt.on < request.made_on:
            found["on"] = _t("决定日期早于申请日期 %(day)s。") % {"day": request.made_on.isoformat()}
        if self.ground not in {Answer.Outcome.LATE, Answer.Outcome.NOT_ENTITLED}:
            found["ground"] = _t("请选择。")
        return found


@dataclass(frozen=True)
class Schedule:
    """Day, place and people of a hearing."""

    held_at: dt.datetime = entry(
        _("听证时间"),
        "moment",
        help=_("已填今天送达通知书时最早的稳妥日：送达日和举行日都不计，中间满七个工作日"),
        law=("CF-07",),
    )
    place: str = entry(_("听证地点"), longest=120)
    chair: int = entry(
        _("听证主持人"), "record", options=independent_people, help=_("只列出没有办理过本案的人员"), law=("CF-09",)
    )
    recorder: int = entry(_("记录员"), "record", options=independent_people)
    public: bool = entry(_("公开举行"), "flag", help=_("不公开的须选下面的情形并说明"), law=("处罚法64条3项",))
    closed_ground: str = entry(_("不公开的情形"), "choice", default="", options=options.of(Hearing.Closed))
    closed_note: str = entry(_("不公开的说明"), "long", default="", help=_("只在平台内部显示，勿写秘密的内容"))

    def problems(self, attempt: Any) -> dict[str, Any]:
        """A day ahead, a recorder of his own, and publicity unless one of three grounds."""
        found = ahead_problems(self.held_at, self.place)
        found |= people_problems(attempt.subject, self.chair, self.recorder)
        if self.public and self.closed_ground:
            found["closed_ground"] = _t("公开举行的不选不公开的情形。")
        if not self.public and self.closed_ground not in Hearing.Closed.values:
            found["closed_ground"] = _t(
                "只有涉及国家秘密、商业秘密或者个人隐私才能不公开：请选择情形，或者改为公开举行。"
            )
        if not self.public and not self.closed_note.strip():
            found["closed_note"] = _t("请说明为什么属于这一情形。")
        return found


@dataclass(frozen=True)
class Serve:
    """The notice of the hearing has reached a party."""

    party: int = entry(_("受送达人"), "record", options=unserved_parties)
    method: str = entry(_("送达方式"), "choice", options=METHODS, law=("CF-07", "CF-16"))
    served_on: dt.date = entry(_("送达日期"), "date", help=_("签收日、留置日、收件回执日，不是交邮日"))
    receiver: str = entry(_("签收人、见证人"), default="", longest=60)
    note: str = entry(_("说明"), "long", default="", help=_("留置送达写明拒收情况和见证，转交送达写明转交的单位"))
    consent: bool = entry(_("当事人已签电子送达确认书"), "flag", default=False, law=("CF-16",))
    file: int | None = entry(_("送达凭证"), "file", default=None)
    late_reason: str = late_reason()

    @property
    def on(self) -> dt.date:
        """The day of the fact."""
        return self.served_on

    def problems(self, attempt: Any) -> dict[str, Any]:
        """On a day between the paper and the hearing; each method with its proof."""
        found = not_in_future(served_on=self.served_on)
        course = course_of(attempt.subject)
        if self.party not in {party.pk for party in course.unserved}:
            found["party"] = _t("这名当事人没有等待送达的听证通知书。")
        if course.summons is not None and self.served_on < course.summons.issued_on:
            found["served_on"] = _t("送达不能早于通知书日期 %(day)s。") % {"day": course.summons.issued_on.isoformat()}
        if self.method not in set(Service.Method.values) - {Service.Method.PUBLIC}:
            found["method"] = _t("请选择送达方式。")
        return found | proof_missing(self.method, self.receiver, self.note, self.consent)


@dataclass(frozen=True)
class Postpone:
    """The hearing gets another day; everybody is told anew."""

    held_at: dt.datetime = entry(_("改到"), "moment", help=_("重新通知，仍须提前七个工作日送达"), law=("CF-07",))
    place: str = entry(_("听证地点"), longest=120)
    reason: str = entry(_("延期的理由"), "long", help=_("例如：当事人因不可抗力不能参加，申请延期"))

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """A day ahead, and why."""
        return ahead_problems(self.held_at, self.place) | blank(reason=self.reason)


@dataclass(frozen=True, kw_only=True)
class Challenge:
    """A party wants the chair to stay out, or the department must replace him; the head decides."""

    party: int | None = entry(
        _("申请的当事人"), "record", options=owed_parties, default=None, help=_("本机关主动更换的不填")
    )
    ground: str = entry(_("当事人说明的理由，或者更换的原因"), "long", law=("处罚法64条4项",))
    granted: str = entry(
        _("决定"), "choice", options=lambda _s, _a: [("granted", _("主持人回避、更换")), ("refused", _("驳回申请"))]
    )
    reason: str = entry(_("决定的理由"), "long")
    successor: int | None = entry(
        _("改由谁主持"), "record", options=independent_people, default=None, help=_("决定回避的填写"), law=("CF-09",)
    )
    recorder: int | None = entry(
        _("改由谁记录"), "record", options=independent_people, default=None, help=_("记录员也要更换的填写")
    )
    on: dt.date | None = on_day(_("决定日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Reasons on both sides, and somebody else when it is granted."""
        found = not_in_future(on=self.on) | blank(ground=self.ground, reason=self.reason)
        case = attempt.subject
        course = course_of(case)
        if self.party is not None and self.party not in {party.pk for party in course.parties}:
            found["party"] = _t("这名当事人没有等待举行的听证。")
        if self.granted not in {"granted", "refused"}:
            found["granted"] = _t("请选择决定。")
        if self.granted == "refused":
            if self.party is None:
                found["party"] = _t("驳回的是当事人的申请，请选择当事人。")
            if self.successor or self.recorder:
                found["successor"] = _t("驳回申请的不填。")
        if self.granted == "granted" and course.ahead is not None:
            found |= self._successors(case, course.ahead)
        return found

    def _successors(self, case: Any, ahead: Hearing) -> dict[str, Any]:
        if self.successor is None and (self.recorder is None or self.party is not None):
            return {"successor": _t("决定回避的，须另行指定主持人。")}
        found: dict[str, Any] = {}
        for name in ("successor", "recorder"):
            key = getattr(self, name)
            person = User.objects.filter(pk=key).first() if key else None
            if key and person is not None and person.pk in {ahead.chair_id, ahead.recorder_id}:
                found[name] = _t("%(name)s是现在的主持人或者记录员，请另选一人。") % {"name": person.name}
            elif key and (why := unfit(case, person)):
                found[name] = _t("%(why)s，不能主持、记录听证。") % {"why": why}
        if self.successor and self.successor == self.recorder:
            found["recorder"] = _t("主持人和记录员应当是两个人。")
        return found


@dataclass(frozen=True, kw_only=True)
class Hold:
    """The record of the hearing."""

    started_at: dt.datetime = entry(_("开始时间"), "moment", group=_("时间和人员"))
    ended_at: dt.datetime = entry(_("结束时间"), "moment", group=_("时间和人员"))
    present: str = entry(
        _("到场人员"),
        "long",
        group=_("时间和人员"),
        help=_("一行一人：姓名、身份（当事人、法定代表人、调查人员及执法证号、第三人、证人等）"),
        law=("处罚法64条7项",),
    )
    agents: str = entry(
        _("委托代理人"),
        "long",
        default="",
        group=_("时间和人员"),
        help=_("一行一人，每名当事人最多两人；写明委托人和授权委托书"),
        law=("处罚法64条5项",),
    )
    presented: str = entry(
        _("调查人员提出的违法事实、证据和处罚建议"), "long", group=_("听证笔录"), law=("处罚法64条7项",)
    )
    defence: str = entry(_("当事人的申辩和质证"), "long", group=_("听证笔录"), law=("处罚法64条7项",))
    closing_words: str = entry(
        _("最后意见和其他记载"),
        "long",
        default="",
        group=_("听证笔录"),
        help=_("各方最后意见、第三人的意见、当场提交的证据、是否申请主持人回避"),
    )
    absent: tuple[int, ...] = entry(
        _("未到场的当事人"),
        "records",
        default=(),
        options=owed_parties,
        group=_("到场和退场"),
        help=_("只勾选无正当理由拒不出席的；有正当理由的应当延期。全部没有到场的请登记“听证终止”"),
        law=("处罚法64条6项",),
    )
    left: tuple[int, ...] = entry(
        _("未经许可中途退出的当事人"),
        "records",
        default=(),
        options=owed_parties,
        group=_("到场和退场"),
        law=("处罚法64条6项",),
    )
    absence: str = entry(_("不到场、退出的情况"), "long", default="", group=_("到场和退场"))
    signed: str = entry(
        _("笔录的签字"), "choice", options=options.of(Hearing.Signed), group=_("签字"), law=("处罚法64条8项",)
    )
    refusal: str = entry(_("拒绝签字的情况"), "long", default="", group=_("签字"), help=_("由主持人注明谁拒绝、为什么"))
    file: int | None = entry(_("签字的笔录扫描件"), "file", default=None, group=_("签字"))
    late_reason: str = late_reason()

    @property
    def on(self) -> dt.date:
        """The day of the fact."""
        return local_day(self.started_at)

    def problems(self, attempt: Any) -> dict[str, Any]:
        """A span of time on one day, what both sides said, and how the record was signed."""
        found = not_in_future(started_at=self.on) | blank(
            present=self.present, presented=self.presented, defence=self.defence
        )
        if self.ended_at <= self.started_at:
            found["ended_at"] = _t("结束时间应当晚于开始时间。")
        elif local_day(self.ended_at) != self.on:
            found["ended_at"] = _t("一次听证在一天内结束；没有听完的，延期另行举行。")
        elif self.ended_at > attempt.now:
            found["ended_at"] = _t("结束时间不能晚于现在。")
        return found | self._signature(attempt) | self._who_was_there(attempt.subject)

    def _signature(self, attempt: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.signed not in Hearing.Signed.values:
            found["signed"] = _t("请选择笔录是否签字。")
        if self.signed == Hearing.Signed.REFUSED and not self.refusal.strip():
            found["refusal"] = _t("拒绝签字或者盖章的，由主持人在笔录中注明。")
        if self.signed == Hearing.Signed.SIGNED and not of_the_case(attempt, self.file):
            found["file"] = _t("请上传签字或者盖章的笔录。")
        return found

    def _who_was_there(self, case: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        parties = {party.pk for party in course_of(case).parties}
        agents = [line for line in self.agents.splitlines() if line.strip()]
        if len(agents) > MOST_AGENTS * max(len(parties), 1):
            found["agents"] = _t("每名当事人可以委托一至二人代理，请核对。")
        gone = {*self.absent, *self.left}
        if not gone <= parties:
            found["absent"] = _t("所选的人没有要求听证。")
        elif set(self.absent) & set(self.left):
            found["left"] = _t("同一名当事人不能既没有到场又中途退出。")
        elif parties and set(self.absent) >= parties:
            found["absent"] = _t("要求听证的当事人都没有到场，请登记“听证终止”。")
        if gone and not self.absence.strip():
            found["absence"] = _t("请写明不到场、退出的经过，以及为什么没有正当理由。")
        return found


@dataclass(frozen=True)
class End:
    """Nobody who asked for the hearing came, without a reason."""

    reason: str = entry(
        _("不出席的情况"),
        "long",
        help=_("写明等候到几点、如何联系、为什么没有正当理由；有正当理由的应当延期"),
        law=("处罚法64条6项",),
    )
    on: dt.date | None = on_day(_("听证日期"))
    late_reason: str = late_reason()

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """Not ahead, and why."""
        return not_in_future(on=self.on) | blank(reason=self.reason)


@dataclass(frozen=True)
class Withdraw:
    """A party takes the request back."""

    statement: int = entry(_("听证申请"), "record", options=owed_requests)
    reason: str = entry(_("撤回的情况"), "long", help=_("例如：当事人某日书面撤回，不再要求听证"))
    file: int | None = entry(_("当事人签名的书面材料"), "file", default=None)
    on: dt.date | None = on_day(_("撤回日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """With the party's own paper; not before the request."""
        found = not_in_future(on=self.on) | blank(reason=self.reason)
        if not of_the_case(attempt, self.file):
            found["file"] = _t("撤回听证申请须有当事人签名的书面材料，请上传。")
        request = owed_requests(attempt.subject, None).filter(pk=self.statement).first()
        if request is None:
            found["statement"] = _t("没有这一份等待处理的听证申请。")
        elif attempt.on < request.made_on:
            found["on"] = _t("撤回日期早于申请日期 %(day)s。") % {"day": request.made_on.isoformat()}
        return found


@dataclass(frozen=True)
class Report:
    """The chair's report (参照: the law asks for the record only)."""

    report: str = entry(_("听证的基本情况"), "long", help=_("参照案卷评查标准：案由、人员、时间地点、争议焦点"))
    advice: str = entry(_("处理意见和建议"), "long", law=("处罚法65条",))
    on: dt.date | None = on_day(_("报告日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Not before the hearing."""
        found = not_in_future(on=self.on) | blank(report=self.report, advice=self.advice)
        hearing = course_of(attempt.subject).unreported
        if hearing is not None and hearing.outcome_on is not None and attempt.on < hearing.outcome_on:
            found["on"] = _t("报告日期早于听证日期 %(day)s。") % {"day": hearing.outcome_on.isoformat()}
        return found
