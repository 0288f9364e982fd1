"""How a missed duty becomes an alert, and how an alert is set aside with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from portal.deadlines.models import Obligation
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import entry
from portal.workflow.door import perform
from supervision.models import Alert
from supervision.people import SUPERVISION_HEADS, bureau

NOT_A_DEPARTMENT = frozenset({"party", "complainant"})


@dataclass(frozen=True)
class RaiseAlert:
    """The missed duty."""

    obligation: int


def _raise(attempt: Attempt[Alert, RaiseAlert]) -> None:
    obligation = Obligation.objects.select_related("matter", "department").get(pk=attempt.data.obligation)
    if obligation.missed_at is None or obligation.department is None:
        raise LookupError("an alert is about a missed duty of a department")
    attempt.matter = obligation.matter
    attempt.subject = Alert(
        obligation=obligation,
        matter=obligation.matter,
        department=obligation.department,
        rule=obligation.rule,
        law=obligation.law,
        missed_at=obligation.missed_at,
        raised_at=attempt.now,
    )
    attempt.label(
        rule=obligation.rule,
        law=obligation.law,
        about=obligation.about,
        department=obligation.department.code,
        due_on=obligation.due_on,
    )


RAISE = Action[Alert, RaiseAlert](
    "alert.raise",
    _("逾期预警"),
    source=frozenset(),
    target=Alert.State.NEW.value,
    roles=frozenset(),
    data=RaiseAlert,
    body=_raise,
    model=Alert,
    law=("JD-02",),
    system=True,
    hidden=True,
)


@dataclass(frozen=True)
class DismissAlert:
    """Why nothing follows."""

    reason: str = entry(
        _("理由"), "long", help=_("写明核实的情况。逾期记录本身保留，部门和监督机构都能看到这条理由"), wide=True
    )

    def problems(self, _attempt: Attempt[Alert, DismissAlert]) -> dict[str, str]:
        """What the form tells field by field."""
        return {} if self.reason.strip() else {"reason": _gettext("不予处理须写明理由。")}


def _dismiss(attempt: Attempt[Alert, DismissAlert]) -> None:
    attempt.subject.reason = attempt.data.reason.strip()
    attempt.label(rule=attempt.subject.rule, law=attempt.subject.law, about=attempt.subject.obligation.about)


DISMISS = Action[Alert, DismissAlert](
    "alert.dismiss",
    _("不予处理"),
    source=frozenset({Alert.State.NEW.value}),
    target=Alert.State.DISMISSED.value,
    roles=SUPERVISION_HEADS,
    acting=bureau,
    data=DismissAlert,
    gates=(
        Gate(
            "alert_stands",
            _("这条预警已因更正记录而消除，不须再处理。"),
            ("JD-02",),
            lambda attempt: not attempt.subject.is_lifted,
        ),
    ),
    body=_dismiss,
    model=Alert,
    law=("JD-02",),
)


def concerns_a_department(obligation: Obligation) -> bool:
    """Whether missing it is a failing of a public body: a duty, bound to one, and known to be missed."""
    return (
        obligation.kind == "duty"
        and obligation.bound not in NOT_A_DEPARTMENT
        and obligation.department_id is not None
        and obligation.missed_at is not None
    )


def raise_alert(obligation: Obligation) -> Alert | None:
    """Put a missed duty before the bureau, once; returns the new alert, or nothing when there is one already.

    The lock on the matter decides between two workers.
    """
    if not concerns_a_department(obligation):
        return None
    with transaction.atomic():
        Matter.objects.select_for_update(of=("self",)).get(pk=obligation.matter_id)
        if Alert.objects.filter(obligation=obligation).exists():
            return None
        outcome = perform(None, RAISE, actor=None, data=RaiseAlert(obligation.pk))
        alert: Alert = outcome.subject
        return alert


def on_missed(payload: dict[str, Any]) -> None:
    """Outbox topic "deadlines.missed": an alert, and word to those whom it concerns."""
    from supervision.notices import tell_of_alert

    obligation = Obligation.objects.select_related("matter", "department").get(pk=payload["obligation"])
    alert = raise_alert(obligation)
    if alert is not None:
        tell_of_alert(alert)
