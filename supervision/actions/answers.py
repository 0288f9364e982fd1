"""Objections of the department (执法监督条例30条), at any time until closing, and the bureau's answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.workflow.actions import Action, Attempt
from portal.workflow.data import entry
from supervision import gates
from supervision.actions.entries import attachments, blank, day, files, late, not_in_future
from supervision.models import Objection, SupervisionCase
from supervision.people import HEADS, OFFICERS, SUPERVISION_HEADS, SUPERVISORS, target_of

State = SupervisionCase.State
OPEN_TO_OBJECTION = frozenset(
    {
        State.ISSUED.value,
        State.SERVED.value,
        State.REPORTED.value,
        State.NOT_CORRECTED.value,
        State.VERIFIED.value,
    }
)


@dataclass(frozen=True)
class Object:
    """What is held against the result, and why."""

    reasons: str = entry(
        _("异议和理由"), "long", wide=True, help=_("结案前随时可以提出；15 日内提出最便于处理"), law=("JD-09",)
    )
    files: tuple[int, ...] = files()

    def problems(self, _attempt: Attempt[SupervisionCase, Object]) -> dict[str, str]:
        """What the form tells field by field."""
        return blank(self, reasons=_("异议和理由"))


def _object(attempt: Attempt[SupervisionCase, Object]) -> None:
    instrument = attempt.subject.instrument
    if instrument is None:
        raise LookupError("an issued case has an instrument")
    objection = Objection.objects.create(
        instrument=instrument,
        reasons=attempt.data.reasons.strip(),
        raised_on=attempt.on,
        raised_by=attempt.actor,
    )
    objection.attachments.set(attachments(attempt, attempt.data.files))
    attempt.label(files=len(attempt.data.files))
    attempt.fact("supervision.objected", about=objection.about)


OBJECT = Action[SupervisionCase, Object](
    "supervision.object",
    _("提出异议"),
    source=OPEN_TO_OBJECTION,
    target=None,
    roles=HEADS,
    proposes=OFFICERS,
    acting=target_of,
    data=Object,
    gates=(gates.NO_OPEN_OBJECTION,),
    body=_object,
    model=SupervisionCase,
    facts=("supervision.objected",),
    law=("JD-09",),
)


@dataclass(frozen=True)
class Answer:
    """What the bureau answers."""

    answer: str = entry(_("答复"), "long", wide=True, help=_("逐条回应异议，写明依据"), law=("JD-09",))
    on: dt.date | None = day(_("答复日期"))
    late_reason: str = late()

    def problems(self, attempt: Attempt[SupervisionCase, Answer]) -> dict[str, str]:
        """What the form tells field by field."""
        return blank(self, answer=_("答复")) | not_in_future(attempt)


def _answer(attempt: Attempt[SupervisionCase, Answer], outcome: str) -> Objection:
    objection = Objection.objects.get(instrument__case=attempt.subject, outcome="")
    objection.outcome = outcome
    objection.answer = attempt.data.answer.strip()
    objection.answered_on = attempt.on
    objection.save()
    attempt.label(outcome=outcome)
    attempt.fact("supervision.objection_answered", about=objection.about)
    return objection


def _withdraw(attempt: Attempt[SupervisionCase, Any]) -> None:
    instrument = _answer(attempt, Objection.Outcome.WITHDRAWN.value).instrument
    instrument.withdrawn_on = attempt.on
    instrument.withdrawn_ground = attempt.data.answer.strip()
    instrument.save()
    attempt.fact("supervision.instrument_withdrawn", about=instrument.about)


def _maintain(attempt: Attempt[SupervisionCase, Any]) -> None:
    _answer(attempt, Objection.Outcome.MAINTAINED.value)


MAINTAIN = Action[SupervisionCase, Answer](
    "supervision.maintain",
    _("答复异议：维持"),
    source=OPEN_TO_OBJECTION,
    target=None,
    roles=SUPERVISION_HEADS,
    proposes=SUPERVISORS,
    data=Answer,
    gates=(gates.OPEN_OBJECTION,),
    body=_maintain,
    model=SupervisionCase,
    facts=("supervision.objection_answered",),
    law=("JD-09",),
)
WITHDRAW = Action[SupervisionCase, Answer](
    "supervision.withdraw",
    _("答复异议：撤回文书"),
    source=OPEN_TO_OBJECTION,
    target=State.INVESTIGATING.value,
    roles=SUPERVISION_HEADS,
    proposes=SUPERVISORS,
    data=Answer,
    gates=(gates.OPEN_OBJECTION,),
    body=_withdraw,
    model=SupervisionCase,
    facts=("supervision.objection_answered", "supervision.instrument_withdrawn"),
    law=("JD-09",),
)
