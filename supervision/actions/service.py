"""Service of the document on the department: it signs on the portal, or the bureau records the receipt."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from portal.attachments.models import Attachment
from portal.workflow.actions import Action, Attempt
from portal.workflow.data import Nothing, entry
from supervision import gates
from supervision.actions.entries import attachments, blank, day, files, late, not_in_future
from supervision.models import Instrument, SupervisionCase
from supervision.people import STAFF, SUPERVISION_HEADS, SUPERVISORS, target_of

State = SupervisionCase.State


def _served(attempt: Attempt[SupervisionCase, Any], method: str, receiver: str, proof: Attachment | None) -> None:
    instrument = attempt.subject.instrument
    if instrument is None or instrument.report_on is None:
        raise LookupError("an issued case has an instrument with its report date")
    instrument.served_on = attempt.on
    instrument.method = method
    instrument.receiver = receiver
    instrument.proof = proof
    instrument.save()
    attempt.label(method=method)
    attempt.fact(
        "supervision.served",
        about=instrument.about,
        value={"report_on": instrument.report_on.isoformat(), "department": attempt.subject.target.code},
    )


RECEIVE = Action[SupervisionCase, Nothing](
    "supervision.receive",
    _("签收"),
    source=frozenset({State.ISSUED.value}),
    target=State.SERVED.value,
    roles=STAFF,
    acting=target_of,
    data=Nothing,
    gates=(gates.PAPER_READY, gates.REPORT_AFTER_RECEIPT),
    body=lambda attempt: _served(attempt, Instrument.Method.PORTAL.value, attempt.actor.name, None),
    model=SupervisionCase,
    facts=("supervision.served",),
    law=("JD-08",),
    primary=True,
)

OFF_PORTAL = [choice for choice in Instrument.Method.choices if choice[0] != Instrument.Method.PORTAL.value]


@dataclass(frozen=True)
class Serve:
    """A receipt outside the portal."""

    method: str = entry(_("送达方式"), "choice", options=lambda _s, _a: OFF_PORTAL)
    receiver: str = entry(_("签收人"), help=_("被监督机关在送达回证上签收的人"))
    on: dt.date | None = day(_("签收日期"))
    proof: tuple[int, ...] = files(_("送达回证"))
    late_reason: str = late()

    def problems(self, attempt: Attempt[SupervisionCase, Serve]) -> dict[str, str]:
        """What the form tells field by field."""
        found = blank(self, receiver=_("签收人")) | not_in_future(attempt)
        if self.method not in dict(OFF_PORTAL):
            found["method"] = _gettext("请选送达方式。")
        return found


def _serve(attempt: Attempt[SupervisionCase, Serve]) -> None:
    data = attempt.data
    _served(attempt, data.method, data.receiver.strip(), attachments(attempt, data.proof).first())


SERVE = Action[SupervisionCase, Serve](
    "supervision.serve",
    _("登记送达"),
    source=frozenset({State.ISSUED.value}),
    target=State.SERVED.value,
    roles=SUPERVISORS | SUPERVISION_HEADS,
    data=Serve,
    gates=(gates.PAPER_READY, gates.NOT_BEFORE_ISSUE, gates.REPORT_AFTER_SERVICE),
    body=_serve,
    model=SupervisionCase,
    facts=("supervision.served",),
    law=("JD-08",),
)
