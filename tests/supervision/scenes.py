"""Missed duties, alerts and supervision cases for tests, made as in life: facts, sweep, outbox, door."""

from __future__ import annotations

import dataclasses
import datetime as dt
from itertools import count
from typing import Any

from django.utils import timezone

from portal import outbox
from portal.accounts.models import Department, User
from portal.deadlines.calendar_store import install_calendars, publish_year, published_years
from portal.deadlines.models import Obligation
from portal.deadlines.services import replay, state_fact
from portal.deadlines.sources import year_days
from portal.deadlines.sweeping import sweep
from portal.documents.press import render
from portal.matters.models import Matter
from portal.workflow.door import Outcome, perform
from portal.workflow.registry import action_named
from supervision.actions.answers import Answer, Object
from supervision.actions.disposition import Dispose, Issue
from supervision.actions.entries import Words
from supervision.actions.investigation import TakeMeasure
from supervision.actions.leads import Declare, File, OpenLead
from supervision.actions.rectification import Check, Report
from supervision.models import Alert, SupervisionCase
from tests.cast import Cast
from tests.cast import matter as bare_matter
from tests.personnel.scenes import proposed

RULE = "decision.disclose"
LATE = "纸质文书补录，附原件"
_cases = count(1)


def calendars() -> None:
    """Both calendars, with the region's own days of 2026 confirmed by the bureau (invented: none)."""
    install_calendars()
    if 2026 not in published_years("xinjiang"):
        publish_year(year_days(2026, [], "测试用：无自定假日"), key="xinjiang", actor=None)


def decided(department: Department, on: dt.date, *, about: str = "decision:1") -> Matter:
    """A matter with a penalty decision of a day: the duty to disclose it runs (SX-02)."""
    number = next(_cases)
    made = bare_matter(
        department, kind="enforcement.case", title=f"示例案件{number}（虚构）", number=f"示罚决〔2026〕{number}号"
    )
    state_fact(made, "case.decided", at=on, about=about, late_reason=LATE)
    replay(made)
    return made


def disclosed(matter: Matter, on: dt.date, *, about: str = "decision:1") -> None:
    """The decision is published after all."""
    state_fact(matter, "disclosure.published", at=on, about=about, late_reason=LATE)
    replay(matter)


def days_ago(days: int) -> dt.date:
    """So many calendar days before today."""
    return timezone.localdate() - dt.timedelta(days=days)


def swept() -> None:
    """The sweep, and everything the outbox brings."""
    sweep(timezone.now())
    while outbox.drain():
        pass


def alerts_for(department: Department, number: int = 1, *, since: int = 60) -> list[Alert]:
    """So many late disclosures of a department, put before the bureau."""
    calendars()
    matters = [decided(department, days_ago(since + place)) for place in range(number)]
    swept()
    return list(Alert.objects.filter(matter__in=matters).order_by("pk"))


def lead(cast: Cast, alerts: list[Alert] | None = None, **changes: Any) -> SupervisionCase:
    """A lead opened by the first supervisor, who has declared; the second has not."""
    calendars()
    data = OpenLead(
        target=changes.pop("target", alerts[0].department_id if alerts else cast.market.pk),
        source="alert" if alerts else "complaint",
        grounds=("procedure",),
        facts="示例事实：逾期未公示。",
        colleague=cast.second_supervisor.pk,
        alerts=tuple(str(alert.pk) for alert in alerts or []),
        no_conflict=True,
    )
    return subject(perform(None, named("open"), actor=cast.supervisor, data=dataclasses.replace(data, **changes)))


def declared(cast: Cast, case: SupervisionCase) -> SupervisionCase:
    """The second supervisor has declared too."""
    return subject(perform(case, named("declare"), actor=cast.second_supervisor, data=Declare()))


FILE = File(opinion="建议立案。", remedy="none", remedy_check="已向部门法制机构核实")
MEASURE = TakeMeasure(kind="records", content="调阅案卷和公示记录。")
DISPOSE = Dispose(
    fault="not_performed",
    kind="urging",
    findings="处罚决定未在 7 个工作日内公示。",
    basis="国办发〔2018〕118号（六）",
    requirements="十日内公示所涉处罚决定。\n查明原因，防止再次逾期。",
    leaves_the_decision=True,
    opinion="建议制发督办函。",
)


def filed(cast: Cast, case: SupervisionCase, data: File = FILE) -> SupervisionCase:
    """Filed by the head on the supervisor's proposal."""
    return subject(proposed(case, named("file"), data, by=cast.supervisor, approved_by=cast.supervision_head))


def investigated(cast: Cast, case: SupervisionCase) -> SupervisionCase:
    """One measure is recorded."""
    return subject(perform(case, named("measure"), actor=cast.supervisor, data=MEASURE))


def disposed(cast: Cast, case: SupervisionCase, data: Dispose = DISPOSE) -> SupervisionCase:
    """The disposition is approved."""
    return subject(proposed(case, named("dispose"), data, by=cast.supervisor, approved_by=cast.supervision_head))


def issued(cast: Cast, case: SupervisionCase, data: Issue | None = None, *, printed: bool = True) -> SupervisionCase:
    """The instrument is issued and printed."""
    data = data or Issue(report_on=timezone.localdate() + dt.timedelta(days=30))
    made = subject(perform(case, named("issue"), actor=cast.supervisor, data=data))
    if printed and made.instrument and made.instrument.document_id:
        assert render(made.instrument.document_id)
    return made


def received(cast: Cast, case: SupervisionCase, person: User | None = None) -> SupervisionCase:
    """The department signs for it on the portal."""
    from portal.workflow.data import Nothing

    return subject(perform(case, named("receive"), actor=fresh(person or cast.officer), data=Nothing()))


def reported(cast: Cast, case: SupervisionCase, text: str = "已全部公示，并修订流程。") -> SupervisionCase:
    """The department reports; its head approves."""
    return subject(
        proposed(case, named("report"), Report(text=text), by=fresh(cast.officer), approved_by=fresh(cast.head))
    )


def accepted(cast: Cast, case: SupervisionCase) -> SupervisionCase:
    """The bureau finds that it is put right."""
    return subject(perform(case, named("accept"), actor=cast.supervisor, data=Check(note="抽查公示页面，属实。")))


def closed(cast: Cast, case: SupervisionCase) -> SupervisionCase:
    """Closed by the head."""
    return subject(perform(case, named("close"), actor=cast.supervision_head, data=Words(text="整改完毕，结案。")))


def objected(cast: Cast, case: SupervisionCase) -> SupervisionCase:
    """The department objects."""
    data = Object(reasons="决定依法不予公开。")
    return subject(proposed(case, named("object"), data, by=fresh(cast.officer), approved_by=fresh(cast.head)))


def answered(cast: Cast, case: SupervisionCase, how: str = "maintain") -> SupervisionCase:
    """The bureau answers."""
    data = Answer(answer="没有证据证明依法不予公开。")
    return subject(proposed(case, named(how), data, by=cast.supervisor, approved_by=cast.supervision_head))


def up_to(cast: Cast, stage: str, alerts: list[Alert] | None = None) -> SupervisionCase:
    """A case at a stage: lead, declared, filed, investigating, disposed, issued, served, reported, verified, closed."""
    case = lead(cast, alerts)
    steps = {
        "declared": declared,
        "filed": filed,
        "investigating": investigated,
        "disposed": disposed,
        "issued": issued,
        "served": received,
        "reported": reported,
        "verified": accepted,
        "closed": closed,
    }
    if stage == "lead":
        return case
    for name, step in steps.items():
        case = step(cast, case)
        if name == stage:
            return case
    raise LookupError(stage)


def subject(outcome: Outcome) -> SupervisionCase:
    """The case, read anew."""
    return SupervisionCase.objects.select_related("matter", "target").get(pk=outcome.subject.pk)


def named(name: str) -> Any:
    """An action of supervision."""
    return action_named(f"supervision.{name}")


def fresh(person: User) -> User:
    """The same person as a new request reads him: without remembered grants."""
    return User.objects.select_related("department").get(pk=person.pk)


def duty_of(case: SupervisionCase) -> Obligation:
    """The duty to report that the case's instrument has set."""
    return Obligation.objects.get(matter=case.matter, rule="supervision.report")
