"""The rounds of a case: the last one, the open one, and how they are found once for a page."""

from __future__ import annotations

from typing import Any

from enforcement.review.models import Deliberation, Round, Suspicion


def last_round(case: Any) -> Round | None:
    """The newest round, whatever became of it."""
    return Round.objects.filter(act=case.pk).select_related("reviewer__department").order_by("-pk").first()


def open_round(case: Any) -> Round | None:
    """The round that waits for its opinion."""
    return (
        Round.objects.filter(act=case.pk, state=Round.State.OPEN)
        .select_related("reviewer__department", "act__department")
        .first()
    )


def open_suspicion(case: Any) -> Suspicion | None:
    """The suspicion that nobody has cleared."""
    return Suspicion.objects.filter(act=case.pk, cleared_on=None).first()


def last_deliberation(case: Any) -> Deliberation | None:
    """The newest deliberation."""
    return Deliberation.objects.filter(act=case.pk).order_by("-pk").first()
