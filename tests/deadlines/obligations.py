"""What no obligation of any matter may be, whatever was done: for tests that try everything."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils import timezone

from portal.deadlines.models import Obligation


def faults(matter: Any) -> list[str]:
    """A line for each that is due before it opened, is settled and cancelled at once, or is open twice."""
    found = []
    rows = list(Obligation.objects.filter(matter=matter))
    for row in rows:
        named = f"{row.rule} {row.about} {row.number}"
        if row.due_at < row.opened_at or row.due_on < timezone.localdate(row.opened_at):
            found.append(f"{named}: due {row.due_at} before it opened {row.opened_at}")
        if row.settled_at is not None and row.cancelled_at is not None:
            found.append(f"{named}: settled and cancelled")
    is_open = Counter((row.rule, row.about) for row in rows if row.settled_at is None and row.cancelled_at is None)
    return found + [f"{rule} {about}: open {many} times" for (rule, about), many in is_open.items() if many > 1]
