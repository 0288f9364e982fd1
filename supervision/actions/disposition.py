"""The result: approve what is to be issued, and issue it with its number."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.grants import grant_matter
from portal.workflow.actions import Action, Attempt
from portal.workflow.data import entry
from portal.workflow.registry import Stated
from supervision import gates
from supervision.actions.entries import blank, day, late, not_in_future
from supervision.models import Instrument, SupervisionCase
from supervision.people import SUPERVISION_HEADS, SUPERVISORS
from supervision.wording import duty_article, duty_title

State = SupervisionCase.State
DEFAULT_REPORT_DAYS = 30  # calendar days; 参照 other provinces (WS-02), the regulation names none (JD-08)

PAPERS = {
    Instrument.Kind.URGING.value: "supervision.urging_letter",
    Instrument.Kind.OPINION.value: "supervision.opinion",
    Instrument.Kind.NOTICE.value: "supervision.disposition_notice",
}


@dataclass(frozen=True)
class Dispose:
    """What was found and what the department is to be asked for."""

    fault: str = entry(_("认定"), "choice", options=lambda _s, _a: Instrument.Fault.choices, law=("JD-07",))
    kind: str = entry(
        _("拟制发的文书"), "choice", options=lambda _s, _a: Instrument.Kind.choices, law=("JD-07", "JD-17")
    )
    findings: str = entry(_("查明的事实和证据"), "long", wide=True)
    basis: str = entry(_("违反的规定"), "long", help=_("法律、法规、规章或者规范性文件的条款"))
    requirements: str = entry(
        _("要求"), "long", wide=True, help=_("写部门应当履行或者自行纠正什么，不写部门应当作出什么决定"), law=("JD-18",)
    )
    leaves_the_decision: bool = entry(
        _("所提要求只督促履职或者自行纠正，不代替部门作出执法决定"), "flag", law=("JD-18",)
    )
    opinion: str = entry(_("承办意见"), "long")
    statement: str = entry(_("被监督机关的说明"), "long", default="", help=_("没有说明的不填"))
    authority: str = entry(
        _("处理依据"), "long", default="", help=_("只有处理决定通知书须填：当时授权监督机构作出处理决定的规定")
    )
    personnel_advice: str = entry(
        _("对人员处理的建议"),
        "long",
        default="",
        help=_("没有的不填；由有权机关处理，不写进给部门的文书"),
        law=("JD-12",),
    )
    discipline_lead: str = entry(
        _("向监察机关移送的线索"), "long", default="", help=_("没有的不填"), law=("执法监督条例33条1款",)
    )
    on: dt.date | None = day(_("批准日期"))
    late_reason: str = late()

    def problems(self, attempt: Attempt[SupervisionCase, Dispose]) -> dict[str, str]:
        """What the form tells field by field."""
        found = blank(
            self,
            findings=_("查明的事实和证据"),
            basis=_("违反的规定"),
            requirements=_("要求"),
            opinion=_("承办意见"),
        )
        if self.kind not in Instrument.Kind.values:
            found["kind"] = _gettext("请选一种文书。")
        if self.fault not in Instrument.Fault.values:
            found["fault"] = _gettext("请选认定。")
        if self.kind == Instrument.Kind.NOTICE and not self.authority.strip():
            found["authority"] = _gettext("处理决定通知书须写明当时授权作出处理决定的规定。")
        return found | not_in_future(attempt)


def _dispose(attempt: Attempt[SupervisionCase, Dispose]) -> None:
    case, data = attempt.subject, attempt.data
    draft = case.instrument or Instrument(case=case)
    draft.kind = data.kind
    draft.fault = data.fault
    draft.findings = data.findings.strip()
    draft.basis = data.basis.strip()
    draft.requirements = data.requirements.strip()
    draft.statement = data.statement.strip()
    draft.authority = data.authority.strip()
    draft.personnel_advice = data.personnel_advice.strip()
    draft.discipline_lead = data.discipline_lead.strip()
    draft.opinion = data.opinion.strip()
    draft.approved_on = attempt.on
    draft.save()
    attempt.paper("supervision.disposition_form", about=draft.about, approved_by=attempt.actor.name)
    attempt.label(instrument=data.kind, fault=data.fault)
    attempt.fact("supervision.disposed", about=draft.about)


def _drafted(case: SupervisionCase, _actor: Any) -> dict[str, Any]:
    """What was approved before, when the draft is written anew; else what the case knows already."""
    draft = case.instrument
    if draft is None:
        return _first_draft(case)
    names = (
        "fault", "kind", "findings", "basis", "requirements", "opinion", "statement", "authority",
        "personnel_advice", "discipline_lead",
    )  # fmt: skip
    return {name: getattr(draft, name) for name in names}


def _first_draft(case: SupervisionCase) -> dict[str, Any]:
    start: dict[str, Any] = {"findings": case.facts}
    rule = case.taken_up.filter(released=False).values_list("alert__rule", flat=True).first()
    if rule:
        start |= {
            "fault": Instrument.Fault.NOT_PERFORMED.value,
            "kind": Instrument.Kind.URGING.value,
            "basis": _gettext("%(article)s：%(duty)s") % {"article": duty_article(rule), "duty": duty_title(rule)},
        }
    return start


DISPOSE = Action[SupervisionCase, Dispose](
    "supervision.dispose",
    _("提出处理意见"),
    source=frozenset({State.FILED.value, State.INVESTIGATING.value, State.DISPOSED.value}),
    target=State.DISPOSED.value,
    roles=SUPERVISION_HEADS,
    proposes=SUPERVISORS,
    data=Dispose,
    gates=(
        gates.HANDLES_THE_CASE,
        gates.TWO_SUPERVISORS,
        gates.RECUSAL_DECLARED,
        gates.MEASURE_TAKEN,
        gates.KIND_FITS_FAULT,
        gates.KIND_KNOWN_THEN,
        gates.LEAVES_THE_DECISION,
    ),
    body=_dispose,
    model=SupervisionCase,
    facts=("supervision.disposed",),
    papers=("supervision.disposition_form",),
    law=("JD-07", "JD-18"),
    initial=_drafted,
    primary=True,
)


@dataclass(frozen=True)
class Issue:
    """The dates the document will carry, and word to the superior where there is one."""

    report_on: dt.date = entry(
        _("报送纠正情况的日期"),
        "date",
        help=_("写在文书里。默认 30 日：参照其他省份，条例只说“规定时限”，没有日数"),
        law=("JD-08", "WS-02"),
    )
    on: dt.date | None = day(_("制发日期"))
    superior: str = entry(
        _("上一级主管部门"), default="", help=_("垂直管理或者双重领导的部门必填"), law=("执法监督条例42条2款",)
    )
    superior_told_on: dt.date | None = entry(_("告知上一级的日期"), "date", default=None)
    superior_told_how: str = entry(_("告知方式"), default="", help=_("例如：抄送本函、函告文号"))
    late_reason: str = late()

    def problems(self, attempt: Attempt[SupervisionCase, Issue]) -> dict[str, str]:
        """What the form tells field by field."""
        return not_in_future(attempt)


def _issue(attempt: Attempt[SupervisionCase, Issue]) -> None:
    data = attempt.data
    instrument = attempt.subject.instrument
    if instrument is None:
        raise LookupError("an approved case has a draft")
    instrument.issued_on = attempt.on
    instrument.report_on = data.report_on
    if attempt.subject.needs_superior:
        instrument.superior = data.superior.strip()
        instrument.superior_told_on = data.superior_told_on
        instrument.superior_told_how = data.superior_told_how.strip()
        attempt.label(superior=instrument.superior, superior_told_on=instrument.superior_told_on)
    instrument.save()

    def numbered(document: Any) -> None:
        instrument.number = document.number
        instrument.document = document
        instrument.save()

    attempt.paper(PAPERS[instrument.kind], about=instrument.about, then=numbered)
    attempt.label(instrument=instrument.kind, report_on=data.report_on)
    attempt.fact("supervision.issued", about=instrument.about)


ISSUE = Action[SupervisionCase, Issue](
    "supervision.issue",
    _("制发文书"),
    source=frozenset({State.DISPOSED.value}),
    target=State.ISSUED.value,
    roles=SUPERVISORS | SUPERVISION_HEADS,
    data=Issue,
    gates=(
        gates.KIND_OF_ITS_DAY,
        gates.NOT_BEFORE_APPROVAL,
        gates.REPORT_AFTER_ISSUE,
        gates.SUPERIOR_TOLD,
    ),
    body=_issue,
    model=SupervisionCase,
    facts=("supervision.issued",),
    papers=tuple(PAPERS.values()),
    law=("JD-07", "JD-08"),
    initial=lambda _case, _actor: {"report_on": timezone.localdate() + dt.timedelta(days=DEFAULT_REPORT_DAYS)},
    primary=True,
)


def let_target_see(stated: Stated) -> None:
    """From the issue on the department sees the case, never before."""
    grant_matter(
        stated.matter,
        to=stated.subject.target,
        ground=_gettext("收到监督文书 %(number)s") % {"number": stated.subject.instrument.number},
        event=stated.event,
    )
