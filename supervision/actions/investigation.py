"""Looking into a case: measures of 执法监督条例22条, and ending a case without a finding."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from portal.workflow.actions import Action, Attempt
from portal.workflow.data import entry
from supervision import gates
from supervision.actions.entries import Words, attachments, blank, day, files, not_in_future
from supervision.actions.leads import end
from supervision.models import Measure, SupervisionCase
from supervision.people import SUPERVISION_HEADS, SUPERVISORS

State = SupervisionCase.State


@dataclass(frozen=True)
class TakeMeasure:
    """One measure, with what came of it."""

    kind: str = entry(_("措施"), "choice", options=lambda _s, _a: Measure.Kind.choices, law=("JD-06",))
    content: str = entry(_("经过和结果"), "long", wide=True)
    place: str = entry(_("地点"), default="")
    on: dt.date | None = day()
    files: tuple[int, ...] = files()

    def problems(self, attempt: Attempt[SupervisionCase, TakeMeasure]) -> dict[str, str]:
        """What the form tells field by field."""
        found = blank(self, content=_("经过和结果")) | not_in_future(attempt)
        if self.kind not in Measure.Kind.values:
            found["kind"] = _gettext("请选一种措施。")
        return found


def _measure(attempt: Attempt[SupervisionCase, TakeMeasure]) -> None:
    data = attempt.data
    measure = Measure.objects.create(
        case=attempt.subject,
        kind=data.kind,
        taken_on=attempt.on,
        place=data.place.strip(),
        content=data.content.strip(),
        recorded_by=attempt.actor,
    )
    measure.attachments.set(attachments(attempt, data.files))
    attempt.label(measure=data.kind, on=attempt.on, files=len(data.files))


MEASURE = Action[SupervisionCase, TakeMeasure](
    "supervision.measure",
    _("记录监督措施"),
    source=frozenset({State.FILED.value, State.INVESTIGATING.value}),
    target=State.INVESTIGATING.value,
    roles=SUPERVISORS | SUPERVISION_HEADS,
    data=TakeMeasure,
    gates=(gates.HANDLES_THE_CASE, gates.RECUSAL_DECLARED),
    body=_measure,
    model=SupervisionCase,
    law=("JD-06",),
)


def _terminate(attempt: Attempt[SupervisionCase, Words]) -> None:
    end(attempt, attempt.data.text.strip())
    attempt.fact("supervision.terminated")


TERMINATE = Action[SupervisionCase, Words](
    "supervision.terminate",
    _("撤案"),
    source=frozenset({State.FILED.value, State.INVESTIGATING.value, State.DISPOSED.value}),
    target=State.TERMINATED.value,
    roles=SUPERVISION_HEADS,
    proposes=SUPERVISORS,
    data=Words,
    gates=(gates.HANDLES_THE_CASE, gates.MEASURE_TAKEN),
    body=_terminate,
    model=SupervisionCase,
    facts=("supervision.terminated",),
    rare=True,
)
