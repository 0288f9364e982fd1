"""The workbench card «考试»: what one is still to sit, and for the bureau what waits for a second person."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from personnel.examinations.bank import EDITORS
from personnel.examinations.models import Candidate, Change, Examination, QuestionFile
from portal.accounts.models import User

MOST = 5


def values(user: User) -> dict[str, Any] | None:
    """The card's values in at most three statements; nothing for those whom it does not concern."""
    found: dict[str, Any] = {}
    rows = Candidate.objects.filter(
        officer__user=user,
        examination__state=Examination.State.PUBLISHED,
        examination__closes_at__gt=timezone.now(),
        outcome__in=[Candidate.Outcome.WAITING, Candidate.Outcome.SITTING, Candidate.Outcome.FAILED],
    )
    own = list(rows.select_related("examination").order_by("examination__closes_at")[:MOST])
    if own:
        found["examinations_own"] = [
            {
                "title": one.examination.title,
                "url": reverse("examinations:exam", args=[one.examination_id]),
                "running": one.outcome == Candidate.Outcome.SITTING,
                "closes_at": one.examination.closes_at,
            }
            for one in own
        ]
    if user.has_role(*EDITORS):
        changes = Change.objects.filter(state=Change.State.PROPOSED).exclude(made_by=user).count()
        files = QuestionFile.objects.filter(state=QuestionFile.State.READ).exclude(made_by=user).count()
        if changes or files:
            found |= {"examinations_changes": changes, "examinations_files": files}
    return found or None
