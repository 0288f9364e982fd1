"""Putting right: the department reports, the bureau reminds, checks, accepts or not, and closes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.workflow.actions import Action, Attempt
from portal.workflow.data import Nothing, entry
from supervision import gates
from supervision.actions.entries import Words, attachments, blank, day, files, late, not_in_future
from supervision.actions.leads import end
from supervision.models import Instrument, RectificationReport, SupervisionCase
from supervision.people import HEADS, OFFICERS, SUPERVISION_HEADS, SUPERVISORS, target_of

State = SupervisionCase.State


def _instrument(attempt: Attempt[SupervisionCase, Any]) -> Instrument:
    found = attempt.subject.instrument
    if found is None:
        raise LookupError("a served case has an instrument")
    return found


@dataclass(frozen=True)
class Report:
    """What the department has done."""

    text: str = entry(_("纠正情况"), "long", wide=True, help=_("逐项写明做了什么、何时做的、还差什么"), law=("JD-08",))
    files: tuple[int, ...] = files(_("证明材料"))

    def problems(self, _attempt: Attempt[SupervisionCase, Report]) -> dict[str, str]:
        """What the form tells field by field."""
        return blank(self, text=_("纠正情况"))


def _report(attempt: Attempt[SupervisionCase, Report]) -> None:
    instrument = _instrument(attempt)
    report = RectificationReport.objects.create(
        instrument=instrument,
        text=attempt.data.text.strip(),
        reported_on=attempt.on,
        reported_by=attempt.actor,
    )
    report.attachments.set(attachments(attempt, attempt.data.files))
    attempt.label(files=len(attempt.data.files))
    attempt.fact("supervision.reported", about=instrument.about)


REPORT = Action[SupervisionCase, Report](
    "supervision.report",
    _("报送纠正情况"),
    source=frozenset({State.SERVED.value, State.NOT_CORRECTED.value}),
    target=State.REPORTED.value,
    roles=HEADS,
    proposes=OFFICERS,
    acting=target_of,
    data=Report,
    body=_report,
    model=SupervisionCase,
    facts=("supervision.reported",),
    law=("JD-08",),
    primary=True,
)


def _remind(attempt: Attempt[SupervisionCase, Nothing]) -> None:
    instrument = _instrument(attempt)
    instrument.reminded_on = attempt.today
    instrument.save()
    attempt.fact("supervision.reminded", about=instrument.about)


REMIND = Action[SupervisionCase, Nothing](
    "supervision.remind",
    _("催报"),
    source=frozenset({State.SERVED.value}),
    target=None,
    roles=SUPERVISORS | SUPERVISION_HEADS,
    data=Nothing,
    gates=(gates.REPORT_OVERDUE,),
    body=_remind,
    model=SupervisionCase,
    facts=("supervision.reminded",),
    law=("JD-08",),
)


@dataclass(frozen=True)
class Check:
    """How the bureau checked, and what it found."""

    note: str = entry(_("核验情况"), "long", wide=True, help=_("怎样核验的，看到了什么"))
    on: dt.date | None = day(_("核验日期"))
    late_reason: str = late()

    def problems(self, attempt: Attempt[SupervisionCase, Check]) -> dict[str, str]:
        """What the form tells field by field."""
        return blank(self, note=_("核验情况")) | not_in_future(attempt)


def _judge(verdict: str, fact: str) -> Any:
    def body(attempt: Attempt[SupervisionCase, Check]) -> None:
        instrument = _instrument(attempt)
        report = instrument.reports.filter(verdict="").order_by("-pk").first()
        if report is not None:
            report.verdict = verdict
            report.verified_on = attempt.on
            report.verified_by = attempt.actor
            report.check_note = attempt.data.note.strip()
            report.save()
        attempt.label(verdict=verdict, reported=report is not None)
        attempt.fact(fact, about=instrument.about)

    return body


ACCEPT = Action[SupervisionCase, Check](
    "supervision.accept",
    _("核验通过"),
    source=frozenset({State.REPORTED.value}),
    target=State.VERIFIED.value,
    roles=SUPERVISORS | SUPERVISION_HEADS,
    data=Check,
    gates=(gates.HANDLES_THE_CASE, gates.DUTIES_DONE),
    body=_judge(RectificationReport.Verdict.ACCEPTED.value, "supervision.verified"),
    model=SupervisionCase,
    facts=("supervision.verified",),
    law=("JD-08",),
    primary=True,
)
REJECT = Action[SupervisionCase, Check](
    "supervision.reject",
    _("核验未纠正"),
    source=frozenset({State.REPORTED.value, State.SERVED.value}),
    target=State.NOT_CORRECTED.value,
    roles=SUPERVISORS | SUPERVISION_HEADS,
    data=Check,
    gates=(gates.HANDLES_THE_CASE, gates.REPORTED_OR_REMINDED),
    body=_judge(RectificationReport.Verdict.NOT_CORRECTED.value, "supervision.not_corrected"),
    model=SupervisionCase,
    facts=("supervision.not_corrected",),
    law=("JD-10",),
)


def _close(attempt: Attempt[SupervisionCase, Words]) -> None:
    end(attempt, attempt.data.text.strip())
    attempt.fact("supervision.closed")


CLOSE = Action[SupervisionCase, Words](
    "supervision.close",
    _("结案"),
    source=frozenset({State.VERIFIED.value}),
    target=State.CLOSED.value,
    roles=SUPERVISION_HEADS,
    data=Words,
    gates=(gates.NO_OPEN_OBJECTION,),
    body=_close,
    model=SupervisionCase,
    facts=("supervision.closed",),
    law=("JD-09",),
    primary=True,
)
