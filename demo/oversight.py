"""What the bureau does week by week: certificates taken in and returned, supervision cases from its alerts."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils import timezone

from demo import settling
from demo.planning import Plan
from demo.settling import RETURNED, SUSPENDED
from portal.accounts.models import Department, User
from portal.documents import press
from portal.workflow import proposals
from portal.workflow.actions import Action
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from portal.workflow.errors import Blocked
from supervision.actions import answers, disposition, investigation, leads, rectification, service
from supervision.actions.entries import Words
from supervision.alerts import DISMISS, DismissAlert
from supervision.models import Alert, Instrument, SupervisionCase
from supervision.models.instruments import REGULATION_FROM
from supervision.people import open_alerts

OFFICERS = ("sfj.supervisor1", "sfj.supervisor2", "sfj.supervisor3")
HEAD = "sfj.supervision_head"
AUTHORITY = "示例依据：制发时有效的行政执法监督规定中授权作出监督处理决定的条款（示例依据）"
Days = Generator[int, None, None]


@dataclass(frozen=True)
class Affair:
    """A supervision case: begun so many weeks before today, and how far it has come by now."""

    weeks: int
    until: str
    several: bool = True


# The states in which the cases stand today; «closed» ones are begun early enough to be over.
AFFAIRS = (
    Affair(88, "closed"), Affair(70, "closed"), Affair(52, "closed"), Affair(30, "closed"), Affair(24, "terminated"),
    Affair(20, "declined"), Affair(3, "objected"), Affair(13, "not_corrected"), Affair(9, "reminded"),
    Affair(7, "verified"), Affair(6, "reported"), Affair(4, "served"), Affair(3, "issued"), Affair(2, "disposed"),
    Affair(2, "investigating", several=False), Affair(1, "filed", several=False), Affair(1, "lead", several=False),
)  # fmt: skip
SMALL = (Affair(9, "served"), Affair(4, "issued"), Affair(1, "lead"))
GROUNDS = {"decision.disclose": "inaction", "decision.withdraw": "procedure"}


class Oversight:
    """The bureau's part; each affair is a generator that says how many days it waits."""

    def __init__(self, plan: Plan, *, small: bool) -> None:
        self.plan = plan
        self.rng = random.Random(f"oversight {plan.today.isoformat()}")  # noqa: S311 - a demo
        self.waiting: list[tuple[dt.date, int, Iterator[int]]] = [
            (plan.today - dt.timedelta(weeks=affair.weeks), number, self._affair(affair, number))
            for number, affair in enumerate(SMALL if small else AFFAIRS)
        ]

    def certificates(self, day: dt.date) -> None:
        """Three certificates change hands on their days."""
        left = (self.plan.today - day).days
        if 182 <= left < 189:
            settling.take_in(RETURNED, "年度考核不合格，离岗培训。")
        if 126 <= left < 133:
            settling.give_back(RETURNED, "补考合格，恢复执法岗位。")
        if 21 <= left < 28:
            settling.take_in(SUSPENDED, "因投诉核查需要，暂停执法活动。")

    def week(self, day: dt.date, clock: Any) -> None:
        """Everything of this week, each thing on its own day."""
        self._dismiss(day)
        ready = sorted(entry for entry in self.waiting if entry[0] <= day)
        while ready:
            due, number, affair = ready.pop(0)
            self.waiting.remove((due, number, affair))
            clock.move_to(_noon(self._workday(due), number))
            try:
                wait = next(affair)
            except StopIteration:
                continue
            entry = (due + dt.timedelta(days=wait), number, affair)
            self.waiting.append(entry)
            if entry[0] <= day:
                ready = sorted([*ready, entry])

    def _workday(self, day: dt.date) -> dt.date:
        days = self.plan.days
        return min(days.at(days.place(day)), days.at(days.before_today(1)))

    def _dismiss(self, day: dt.date) -> None:
        """Now and then an alert is looked into and set aside."""
        if self.rng.random() > 0.06 or (self.plan.today - day).days < 14:
            return
        alert = Alert.objects.unanswered().order_by("missed_at", "pk").first()
        if alert is not None:
            reason = "已电话核实：系统切换期间登记延误，部门当日已经补办，不再处理。"
            perform(alert, DISMISS, actor=person(HEAD), data=DismissAlert(reason=reason))

    def _affair(self, affair: Affair, number: int) -> Days:
        """One case, told until it stands where it should."""
        alerts = choose(several=affair.several)
        while not alerts:
            yield 7
            alerts = choose(several=affair.several)
        target = alerts[0].department
        first, second = self.rng.sample(OFFICERS, 2)
        case = opened(first, second, target, alerts)
        if affair.until == "lead":
            return
        yield 1
        if affair.until == "declined":
            decline(case, first)
            return
        perform(case, leads.DECLARE, actor=person(second), data=leads.Declare())
        both(case, leads.FILE, leads.File(
            opinion="逾期事实清楚，部门没有说明正当理由，建议立案。", remedy="none",
            remedy_check="向部门法制机构电话核实，没有复议、诉讼",
        ), first)  # fmt: skip
        if affair.until == "filed":
            return
        yield 2
        measure = investigation.TakeMeasure(
            kind="records",
            content="调阅案卷和平台记录，逐件核对决定日期、送达日期和公示日期，逾期情况属实。",
            place=target.short_name,
        )
        perform(case, investigation.MEASURE, actor=person(first), data=measure)
        if affair.until == "investigating":
            return
        yield 2
        if affair.until == "terminated":
            both(case, investigation.TERMINATE, Words(text="部门已全部补办，逾期由平台切换造成，撤案。"), first)
            return
        both(case, disposition.DISPOSE, disposal(case), first)
        if affair.until == "disposed":
            return
        yield 1
        yield from self._after(case, affair, first, target)

    def _after(self, case: Any, affair: Affair, first: str, target: Department) -> Days:
        """From the letter's number to the closing."""
        issue(case, first, target, days=12 if affair.until in {"reminded", "not_corrected"} else 30)
        instrument = fresh(case).instrument
        press.render(instrument.document_id)
        if affair.until == "issued":
            return
        yield 1
        people = staff_of(target)
        perform(fresh(case), service.RECEIVE, actor=people["officer"], data=Nothing())
        if affair.until == "served":
            return
        if affair.until in {"reminded", "not_corrected"}:
            yield 14
            perform(fresh(case), rectification.REMIND, actor=person(first), data=Nothing())
            if affair.until == "not_corrected":
                yield 6
                note = "实地核查，仍有未公示的处罚决定。"
                perform(fresh(case), rectification.REJECT, actor=person(first), data=rectification.Check(note=note))
            return
        if affair.until == "objected":
            yield 5
            reasons = "其中一件的逾期由邮寄送达延误造成，请求重新认定。"
            answer = answers.Object(reasons=reasons)
            proposal = proposals.request(fresh(case), answers.OBJECT, actor=people["officer"], data=answer)
            proposals.approve(proposal, actor=people["head"])
            return
        yield 12
        text = "已逐件补办；对经办人员进行提醒谈话；指定平台管理员每周核对到期事项。"
        report = rectification.Report(text=text)
        proposal = proposals.request(fresh(case), rectification.REPORT, actor=people["officer"], data=report)
        proposals.approve(proposal, actor=people["head"])
        if affair.until == "reported":
            return
        while not accepted(case, first):
            yield 7
        if affair.until == "verified":
            return
        yield 3
        perform(fresh(case), rectification.CLOSE, actor=person(HEAD), data=Words(text="纠正到位，结案。"))


def _noon(day: dt.date, number: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12, number % 60), timezone.get_default_timezone())


def person(username: str) -> User:
    """Somebody, as a new request would read him."""
    return User.objects.select_related("department").get(username=username)


def staff_of(department: Department) -> dict[str, User]:
    """An officer and the head of the department that got the letter."""
    code = department.code.lower()
    return {"officer": person(f"{code}.officer1"), "head": person(f"{code}.head")}


def fresh(case: Any) -> Any:
    """The case as it is now."""
    return SupervisionCase.objects.select_related("matter", "target").get(pk=case.pk)


def choose(*, several: bool) -> list[Alert]:
    """The open alerts of the department and rule that has the most of them; the oldest only, or all."""
    waiting = open_alerts(None, person(HEAD))
    groups = waiting.order_by().values_list("department", "rule").annotate(count=Count("pk"))
    best = max(groups, key=lambda row: (row[2], row[0], row[1]), default=None)
    if best is None:
        return []
    rows = waiting.filter(department=best[0], rule=best[1])
    return list(rows.order_by("missed_at", "pk")[: 6 if several else 1])


def opened(first: str, second: str, target: Department, alerts: list[Alert]) -> Any:
    """A lead from alerts of one kind."""
    titles = "；".join(f"{alert.matter.title}（期限 {alert.obligation.due_on.isoformat()}）" for alert in alerts)
    outcome = perform(
        None,
        leads.OPEN,
        actor=person(first),
        data=leads.OpenLead(
            target=target.pk,
            source="alert",
            grounds=(GROUNDS.get(alerts[0].rule, "procedure"),),
            facts=f"平台预警显示{target.name}有{len(alerts)}件逾期：{titles}。",
            colleague=person(second).pk,
            alerts=tuple(str(alert.pk) for alert in alerts),
            no_conflict=True,
        ),
    )
    return outcome.subject


def both(case: Any, action: Action[Any, Any], values: Any, first: str) -> None:
    """A supervisor proposes, the head of supervision approves."""
    proposal = proposals.request(fresh(case), action, actor=person(first), data=values)
    proposals.approve(proposal, actor=person(HEAD))


def decline(case: Any, first: str) -> None:
    """Nothing comes of it; the alerts go back to the board."""
    reason = "已核实：同一争议正在行政复议，已书面告知当事人通过复议解决。"
    both(case, leads.DECLINE, leads.Decline(ground="remedy", reason=reason), first)


def disposal(case: Any) -> disposition.Dispose:
    """The finding; which paper there is depends on the day."""
    early = timezone.localdate() < REGULATION_FROM
    start = disposition._first_draft(fresh(case))  # noqa: SLF001 - the words the form would propose
    return disposition.Dispose(
        fault=Instrument.Fault.NOT_PERFORMED.value,
        kind=(Instrument.Kind.NOTICE if early else Instrument.Kind.URGING).value,
        findings=fresh(case).facts,
        basis=start["basis"],
        requirements="一、对逾期事项逐件补办；二、查明原因，落实责任；三、在规定日期前书面报送纠正情况。",
        leaves_the_decision=True,
        opinion="事实清楚，建议制发文书督促履行。",
        authority=AUTHORITY if early else "",
    )


def issue(case: Any, first: str, target: Department, *, days: int) -> None:
    """The letter with its number; a superior is told where there is one."""
    today = timezone.localdate()
    superior = {"STHJJ": "克拉玛依市生态环境局", "XFJY": "克拉玛依市消防救援支队"}.get(target.code, "")
    perform(
        fresh(case),
        disposition.ISSUE,
        actor=person(first),
        data=disposition.Issue(
            report_on=today + dt.timedelta(days=days),
            superior=superior,
            superior_told_on=today if superior else None,
            superior_told_how="抄送本函" if superior else "",
        ),
    )


def accepted(case: Any, first: str) -> bool:
    """Whether the check found everything done; otherwise somebody looks again next week."""
    note = "调阅平台记录并抽查公示页面，已全部补办。"
    try:
        perform(fresh(case), rectification.ACCEPT, actor=person(first), data=rectification.Check(note=note))
    except Blocked:
        return False
    return True
