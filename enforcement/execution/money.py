"""The fine of a decision over time: its parts, what was paid on it, the surcharge up to a day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from enforcement.execution.models import CourtApplication, Remedy, Surcharge
from enforcement.execution.surcharge import Part, Pause, Surcharged, surcharge
from enforcement.models import Decision
from portal.deadlines.models import Obligation


def surcharge_due(decision: Decision) -> Decimal:
    """The surcharge asked for: the last one confirmed, in yuan."""
    last = decision.surcharges.order_by("-pk").first()
    return last.amount if last is not None else Decimal()


def court_ended(decision: Decision) -> bool:
    """Whether the court has ended the execution: what is unpaid cannot be collected any more."""
    last = decision.court_applications.order_by("-pk").first()
    return last is not None and last.outcome == CourtApplication.Outcome.ENDED


def last_surcharge(decision: Decision) -> Surcharge | None:
    """The surcharge confirmed last."""
    return decision.surcharges.order_by("-pk").first()


def paid_on_fine(decision: Decision) -> list[Part]:
    """What was paid on the fine itself: every receipt counts for it first."""
    left, parts = decision.fine or Decimal(), list[Part]()
    for payment in decision.payments.order_by("paid_on", "pk"):
        used = min(left, payment.amount)
        if used > 0:
            parts.append(Part(payment.paid_on, used))
            left -= used
    return parts


def due_parts(decision: Decision) -> list[Part]:
    """The parts of the fine with their last days; empty while the period to pay has not begun."""
    fine = decision.fine or Decimal()
    plan = decision.payment_plans.order_by("-pk").first()
    if plan is not None:
        later = [Part(one.due_on, one.amount) for one in plan.instalments.all()]
        before = fine - sum((part.amount for part in later), Decimal())
        return [Part(plan.approved_on, before), *later] if before else later
    last = last_day_to_pay(decision)
    return [Part(last, fine)] if last is not None and fine else []


def last_day_to_pay(decision: Decision) -> dt.date | None:
    """The last day of the period to pay (CF-19), the latest when there are several parties."""
    rows = Obligation.objects.filter(matter_id=decision.act_id, rule="decision.pay")
    found = [row.due_on for row in rows if decision.about in row.about.split()]
    return max(found, default=None)


def pauses(decision: Decision) -> list[Pause]:
    """Reconsiderations and suits, during which no surcharge is counted (处罚法73条3款)."""
    counted = (Remedy.Kind.RECONSIDERATION, Remedy.Kind.LITIGATION)
    return [Pause(one.begun_on, one.ended_on) for one in decision.remedies_sought.filter(kind__in=counted)]


def computed(decision: Decision, through: dt.date) -> Surcharged | None:
    """The surcharge up to a day; nothing when no fine is due yet."""
    parts = due_parts(decision)
    if not parts:
        return None
    return surcharge(
        decision.fine or Decimal(),
        due=parts,
        paid=paid_on_fine(decision),
        pauses=pauses(decision),
        through=through,
    )


def fine_left(decision: Decision) -> Decimal:
    """What of the fine itself is not paid."""
    return (decision.fine or Decimal()) - sum((part.amount for part in paid_on_fine(decision)), Decimal())
