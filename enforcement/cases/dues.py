"""What is due on a decision and what was paid, in yuan; later rooms add what they find due (a surcharge)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from enforcement.models import Decision, EnforcementAct

_added: list[Callable[[Decision], Decimal]] = []
_released: list[Callable[[Decision], bool]] = []


def add_due(amount: Callable[[Decision], Decimal]) -> None:
    """Count something more as due on a decision; called in AppConfig.ready()."""
    _added.append(amount)


def add_release(ended: Callable[[Decision], bool]) -> None:
    """Say when nothing more can be collected on a decision; called in AppConfig.ready()."""
    _released.append(ended)


def is_released(case: EnforcementAct) -> bool:
    """Whether nothing more can be collected on the last decision, though something may be unpaid."""
    decision = case.decisions.order_by("-pk").first()
    return decision is not None and any(ended(decision) for ended in _released)


def amount_due(decision: Decision) -> Decimal:
    """Fine, confiscated money and what was added."""
    base = (decision.fine or Decimal()) + (decision.confiscation or Decimal())
    return base + sum((more(decision) for more in _added), Decimal())


def amount_paid(decision: Decision) -> Decimal:
    """The sum of the receipts."""
    return sum((payment.amount for payment in decision.payments.all()), Decimal())


def unpaid(case: EnforcementAct) -> Decimal:
    """What is still due on the last decision; nothing when it is no longer in force."""
    decision = case.decisions.order_by("-pk").first()
    if decision is None or decision.outcome != Decision.Outcome.IN_FORCE:
        return Decimal()
    return amount_due(decision) - amount_paid(decision)
