"""Applications for reconsideration handed in at the department: passed on, or put right within five working days (FY-05)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import gates as case_gates
from enforcement.cases import options
from enforcement.cases.data import late_reason, not_in_future, on_day
from enforcement.execution.data import decision_of
from enforcement.execution.models import PassedApplication
from enforcement.models import Case, Decision, EnforcementAct, Party
from portal.accounts.roles import Role
from portal.attachments.models import Attachment
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import entry

S = EnforcementAct.State
OFFICER = frozenset({Role.OFFICER.value})
HEADS = frozenset({Role.HEAD.value, Role.DEPUTY.value})
AFTER = frozenset({S.DECIDED.value, S.SERVED.value, S.COURT_APPLIED.value, S.CLOSED.value})


def _waiting(subject: Any, _actor: Any) -> Any:
    return PassedApplication.objects.filter(decision__act_id=subject.pk, answered_on=None).select_related("party")


@dataclass(frozen=True)
class Receive:
    """A party hands its application for reconsideration to the department."""

    party: int = entry(_("申请人"), "record", options=options.parties)
    basis: str = entry(
        _("可以经本机关提交的情形"),
        "choice",
        options=options.of(PassedApplication.Basis),
        help=_("其他决定的复议申请应当直接向复议机关提出，请告知当事人"),
        law=("FY-05",),
    )
    on: dt.date | None = on_day(_("收到日期"), law=("FY-05",))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """After the decision, on one of the two grounds, one at a time."""
        found = not_in_future(on=self.on)
        case = attempt.subject
        decision = decision_of(case)
        if decision is None:
            return found
        if self.on and decision.decided_on and self.on < decision.decided_on:
            found["on"] = _t("收到日期不能早于决定日期。")
        if self.basis not in PassedApplication.Basis.values:
            found["basis"] = _t("请选择。")
        elif (self.basis == PassedApplication.Basis.SPOT) != (case.procedure == Case.Procedure.SUMMARY):
            found["basis"] = _t("所选的情形与本案的程序不符。")
        if not Party.objects.filter(pk=self.party, act_id=case.pk).exists():
            found["party"] = _t("当事人不在本案中。")
        elif _waiting(case, None).filter(party=self.party).exists():
            found["party"] = _t("这名当事人的申请还没有处理。")
        return found


@dataclass(frozen=True)
class Answer:
    """The application is passed on, or the department has put its decision right."""

    application: int = entry(_("复议申请"), "record", options=_waiting)
    outcome: str = entry(
        _("处理"), "choice", options=options.of(PassedApplication.Outcome), help=_("五个工作日内"), law=("FY-05",)
    )
    note: str = entry(_("说明"), "long", help=_("转送文书号，或者如何纠正、何时告知申请人和复议机关"))
    file: int | None = entry(_("转送或者告知的材料"), "file", default=None)
    on: dt.date | None = on_day(_("转送或者告知日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """What is said to be put right must have been put right."""
        found = not_in_future(on=self.on)
        row = _waiting(attempt.subject, None).filter(pk=self.application).select_related("decision").first()
        if row is None:
            found["application"] = _t("没有这一份等待处理的申请。")
            return found
        if attempt.on < row.received_on:
            found["on"] = _t("日期不能早于收到日期 %(day)s。") % {"day": row.received_on.isoformat()}
        if self.outcome not in PassedApplication.Outcome.values:
            found["outcome"] = _t("请选择。")
        corrected = row.decision.outcome != Decision.Outcome.IN_FORCE
        if self.outcome == PassedApplication.Outcome.CORRECTED and not corrected:
            found["outcome"] = _t("自行纠正的，请先用“登记决定被变更、撤销”登记纠正的决定。")
        if not self.note.strip():
            found["note"] = _t("请写明。")
        return found


def _something_waits(attempt: Attempt[Case, Any]) -> bool:
    return bool(_waiting(attempt.subject, None).exists())


def receive(attempt: Attempt[Case, Receive]) -> None:
    """The five working days begin; the party's own period stands still."""
    decision = decision_of(attempt.subject)
    if decision is None:
        raise RuntimeError("a decided case has a decision")
    row = PassedApplication.objects.create(
        decision=decision,
        party=Party.objects.get(pk=attempt.data.party, act_id=attempt.subject.pk),
        basis=attempt.data.basis,
        received_on=attempt.on,
    )
    attempt.fact("reconsideration.received", about=row.about)
    attempt.label(basis=row.basis)


def answer(attempt: Attempt[Case, Answer]) -> None:
    """Passed on or put right, and told."""
    data = attempt.data
    row = _waiting(attempt.subject, None).select_related("decision", "party").get(pk=data.application)
    row.outcome, row.answered_on, row.note = data.outcome, attempt.on, data.note.strip()
    row.proof = Attachment.objects.filter(pk=data.file, matter=attempt.matter).first() if data.file else None
    row.save()
    attempt.fact("reconsideration.passed_on", about=row.about)
    attempt.label(outcome=row.outcome)


something_waits = Gate("application_waits", _("没有等待处理的复议申请"), ("FY-05",), _something_waits)
RECEIVE: Action[Case, Receive] = Action(
    key="execution.receive_application",
    label=_("登记经本机关提交的复议申请"),
    model=Case,
    source=AFTER,
    target=None,
    roles=OFFICER,
    data=Receive,
    initial=lambda case, _actor: {"party": case.parties.get().pk} if case.parties.count() == 1 else {},
    body=receive,
    facts=("reconsideration.received",),
    law=("FY-05",),
    rare=True,
)
ANSWER: Action[Case, Answer] = Action(
    key="execution.answer_application",
    label=_("转送复议申请或者自行纠正"),
    model=Case,
    source=AFTER,
    target=None,
    roles=HEADS,
    proposes=OFFICER,
    data=Answer,
    gates=(something_waits, case_gates.decider_did_not_handle),
    body=answer,
    facts=("reconsideration.passed_on",),
    law=("FY-05",),
    later=True,
)
ALL = (RECEIVE, ANSWER)
