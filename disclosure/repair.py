"""Ending a display early because the party has put things right (信用修复, GS-05): request, decision, early end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from disclosure import projection
from disclosure.models import Disclosure, Repair
from enforcement.cases.dues import is_released, unpaid
from enforcement.models import Decision, Party
from portal.accounts.roles import Role
from portal.deadlines.services import window_end
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import entry

S = Disclosure.State
OFFICERS = frozenset({Role.OFFICER.value, Role.DEPT_ADMIN.value})
HEADS = frozenset({Role.HEAD.value, Role.DEPUTY.value})
LEAST = ("disclosure.least_general", "disclosure.least_serious")


@dataclass(frozen=True)
class RequestRepair:
    """Who asks, when, and why."""

    applicant: str = entry(_("申请人"), help=_("一般是被处罚的当事人"))
    grounds: str = entry(_("申请的理由"), "long", longest=2000)
    received_on: dt.date | None = entry(_("收到申请的日期"), "date", default=None, help=_("不填为今天"))
    paper: int | None = entry(_("申请书"), "file", default=None)
    late_reason: str = entry(_("补录说明"), default="")

    @property
    def on(self) -> dt.date:
        """The day of receipt."""
        return self.received_on or timezone.localdate()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Who and why are said; not received before it was published or after today."""
        found: dict[str, Any] = {}
        if not self.applicant.strip():
            found["applicant"] = _t("请写明申请人。")
        if not self.grounds.strip():
            found["grounds"] = _t("请写明申请的理由。")
        published = attempt.subject.published_at
        if self.on > attempt.today:
            found["received_on"] = _t("收到日期不能晚于今天。")
        elif published is not None and self.on < timezone.localdate(published):
            found["received_on"] = _t("收到日期不能早于公示之日。")
        return found


@dataclass(frozen=True)
class GrantRepair:
    """The conditions, each stated by a person who has looked."""

    fulfilled: bool = entry(_("已经自觉履行处罚决定规定的义务"), "flag", default=False, law=("GS-05",))
    remedied: bool = entry(_("已经主动消除危害后果和不良影响"), "flag", default=False)
    no_repetition: bool = entry(_("没有因同一类违法行为再次受到行政处罚"), "flag", default=False)
    unlisted: bool = entry(_("不在经营异常名录和严重违法失信名单中"), "flag", default=False)
    findings: str = entry(_("核实的情况"), "long", help=_("怎样核实、看了哪些材料"), default="", longest=2000)

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """All four, and how they were checked."""
        found: dict[str, Any] = {
            name: _t("四个条件都具备才能提前停止公示；不具备的，请“不予修复”。")
            for name in ("fulfilled", "remedied", "no_repetition", "unlisted")
            if not getattr(self, name)
        }
        if not self.findings.strip():
            found["findings"] = _t("请写明核实的情况。")
        return found


@dataclass(frozen=True)
class RefuseRepair:
    """Why the display goes on."""

    findings: str = entry(_("不予修复的理由"), "long", longest=2000)

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """The applicant is owed the reason."""
        return {} if self.findings.strip() else {"findings": _t("请写明不予修复的理由，以便答复申请人。")}


def open_request(disclosure: Disclosure) -> Repair | None:
    """The request that waits for a decision."""
    return disclosure.repairs.filter(state=Repair.State.REQUESTED).first()


def _none_open(attempt: Attempt[Disclosure, Any]) -> bool:
    return open_request(attempt.subject) is None


def _one_open(attempt: Attempt[Disclosure, Any]) -> bool:
    return open_request(attempt.subject) is not None


def _paid(attempt: Attempt[Disclosure, Any]) -> bool | str:
    act = attempt.subject.act
    left = unpaid(act)
    if left <= 0 or is_released(act):
        return True
    return _t("罚款、没收款还有 %(amount)s 元没有缴清。") % {"amount": f"{left:,}"}


def _least_display(attempt: Attempt[Disclosure, Any]) -> bool | str:
    about = attempt.subject.decision.about
    ends = [end for rule in LEAST if (end := window_end(attempt.matter, rule, about)) is not None]
    if not ends or max(ends) < attempt.on:
        return True
    return _t("最短公示期到 %(day)s 届满，届满后才能提前停止公示。") % {"day": max(ends).isoformat()}


def punished_again(disclosure: Disclosure) -> Decision | None:
    """A later penalty in force on the same enterprise under the same item, in any department."""
    act = disclosure.act
    codes = [code for code in act.parties.values_list("credit_code", flat=True) if code]
    hashes = [one for one in act.parties.values_list("identity_hash", flat=True) if one]
    if act.item is None or not (codes or hashes):
        return None
    same = Party.objects.filter(credit_code__in=codes) | Party.objects.filter(identity_hash__in=hashes)
    return (
        Decision.objects.filter(
            act__in=same.values("act"),
            act__item__code=act.item.code,
            act__kind=act.kind,
            ground="",
            outcome=Decision.Outcome.IN_FORCE,
            decided_on__gt=disclosure.decision.decided_on or dt.date.min,
        )
        .exclude(pk=disclosure.decision_id)
        .select_related("act")
        .order_by("decided_on", "pk")
        .first()
    )


def _not_again(attempt: Attempt[Disclosure, Any]) -> bool | str:
    other = punished_again(attempt.subject)
    if other is None:
        return True
    day = other.decided_on.isoformat() if other.decided_on else ""
    if other.act.department_id != attempt.subject.department_id:  # its number is that department's to tell
        return _t("%(day)s 因同一事项被其他部门再次处罚。") % {"day": day}
    return _t("%(day)s 因同一事项再次受到处罚（%(number)s）。") % {
        "day": day,
        "number": other.number or _t("文号待补正"),
    }


none_open = Gate("no_repair_request_open", _("已有一件修复申请等待决定"), ("GS-05",), _none_open)
one_open = Gate("repair_requested", _("还没有登记修复申请"), ("GS-05",), _one_open)
paid = Gate("obligations_performed", _("处罚决定的义务还没有履行完毕"), ("GS-05",), _paid)
least_display = Gate("least_display_over", _("最短公示期还没有届满"), ("XF-02", "XF-03"), _least_display)
not_again = Gate("not_punished_again", _("因同一类违法行为再次受到行政处罚"), ("GS-05",), _not_again)


def request_repair(attempt: Attempt[Disclosure, RequestRepair]) -> None:
    """Keep the request; its clock is the bureau's own."""
    disclosure, data = attempt.subject, attempt.data
    before = disclosure.repairs.order_by("-number").first()
    made = Repair.objects.create(
        disclosure=disclosure,
        number=(before.number if before else 0) + 1,
        applicant=data.applicant.strip(),
        received_on=data.on,
        grounds=data.grounds.strip(),
        paper_id=data.paper,
    )
    attempt.fact("repair.requested", about=made.about)


def _decide(attempt: Attempt[Disclosure, Any], state: str) -> Repair:
    found = open_request(attempt.subject)
    if found is None:
        raise RuntimeError("the gate lets nobody through without a request")
    found.state, found.findings, found.decided_on = state, attempt.data.findings.strip(), attempt.on
    found.save()
    attempt.fact("repair.decided", about=found.about)
    return found


def grant(attempt: Attempt[Disclosure, GrantRepair]) -> None:
    """Off the public site at once, with the reason; the decision itself stands."""
    _decide(attempt, Repair.State.GRANTED)
    disclosure = attempt.subject
    disclosure.ended_on = attempt.on
    disclosure.public_reason = _t("当事人已履行义务、消除后果，按信用修复的规定提前停止公示。")
    projection.repair(disclosure)
    attempt.fact("disclosure.repaired", about=disclosure.decision.about)


def refuse(attempt: Attempt[Disclosure, RefuseRepair]) -> None:
    """The display goes on."""
    _decide(attempt, Repair.State.REFUSED)


REQUEST_REPAIR: Action[Disclosure, RequestRepair] = Action(
    key="disclosure.request_repair",
    label=_("登记信用修复申请"),
    model=Disclosure,
    source=frozenset({S.PUBLISHED.value}),
    target=None,
    roles=OFFICERS,
    data=RequestRepair,
    gates=(none_open,),
    body=request_repair,
    facts=("repair.requested",),
    law=("GS-05",),
    rare=True,
)
GRANT_REPAIR: Action[Disclosure, GrantRepair] = Action(
    key="disclosure.grant_repair",
    label=_("准予修复，提前停止公示"),
    model=Disclosure,
    source=frozenset({S.PUBLISHED.value}),
    target=S.REPAIRED.value,
    roles=HEADS,
    proposes=OFFICERS,
    data=GrantRepair,
    gates=(one_open, paid, least_display, not_again),
    body=grant,
    facts=("repair.decided", "disclosure.repaired"),
    law=("GS-05", "XF-02", "XF-03"),
    later=True,
)
REFUSE_REPAIR: Action[Disclosure, RefuseRepair] = Action(
    key="disclosure.refuse_repair",
    label=_("不予修复"),
    model=Disclosure,
    source=frozenset({S.PUBLISHED.value}),
    target=None,
    roles=HEADS,
    proposes=OFFICERS,
    data=RefuseRepair,
    gates=(one_open,),
    body=refuse,
    facts=("repair.decided",),
    law=("GS-05",),
    later=True,
)
ALL: tuple[Action[Disclosure, Any], ...] = (REQUEST_REPAIR, GRANT_REPAIR, REFUSE_REPAIR)
