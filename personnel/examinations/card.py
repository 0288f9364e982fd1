"""The workbench card «考试», and the section on one's own page: what one is still to sit, what came out."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from personnel.examinations.bank import EDITORS
from personnel.examinations.marking import unread_by
from personnel.examinations.models import Candidate, Change, Examination, QuestionFile
from personnel.examinations.points import shown
from personnel.models import Officer
from portal.accounts.models import User

MOST = 5
SHAPES = {
    "waiting": "open", "sitting": "amber", "marking": "grey", "passed": "green", "failed": "red", "absent": "red",
}  # fmt: skip


def values(user: User) -> dict[str, Any] | None:
    """The card's values in at most four statements; nothing for those whom it does not concern."""
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
        scripts = unread_by(user).count()
        if changes or files or scripts:
            found |= {
                "examinations_changes": changes,
                "examinations_files": files,
                "examinations_scripts": scripts,
            }
    return found or None


def section(officer: Officer) -> dict[str, Any] | None:
    """The section of one's own page: the last examinations, in one statement."""
    rows = Candidate.objects.filter(officer=officer).exclude(examination__state=Examination.State.CANCELLED)
    found = list(rows.select_related("examination").order_by("-invited_at", "-pk")[:MOST])
    if not found:
        return None
    return {
        "rows": [
            {
                "title": one.examination.title,
                "url": reverse("examinations:exam", args=[one.examination_id]),
                "shape": SHAPES[one.outcome],
                "words": one.get_outcome_display(),
                "points": shown(one.halves) if one.halves is not None else "",
            }
            for one in found
        ]
    }
