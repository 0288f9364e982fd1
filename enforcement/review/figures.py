"""How review goes in each department: waiting, overdue, returned, and how long it takes; one statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

YEAR = 365
FIGURES = """
WITH rounds AS (
    SELECT a.department_id, r.state, r.reviewer_id, r.submitted_on, r.concluded_on,
           EXISTS (SELECT FROM deadlines_obligation o WHERE o.matter_id = a.matter_id AND o.rule = 'review.opinion'
                   AND o.about = 'review:' || r.id AND o.settled_at IS NULL AND o.cancelled_at IS NULL
                   AND o.due_at < %(now)s) AS late
    FROM review_round r JOIN enforcement_enforcementact a ON a.matter_id = r.act_id
    WHERE (r.state = 'open' OR r.concluded_on > %(since)s)
      AND (%(department)s::bigint IS NULL OR a.department_id = %(department)s)
)
SELECT d.code, d.short_name,
       count(*) FILTER (WHERE state = 'open'),
       count(*) FILTER (WHERE state = 'open' AND reviewer_id IS NULL),
       count(*) FILTER (WHERE state = 'open' AND late),
       max(%(today)s::date - submitted_on) FILTER (WHERE state = 'open'),
       count(*) FILTER (WHERE state IN ('passed', 'returned')),
       count(*) FILTER (WHERE state = 'returned'),
       sum(concluded_on - submitted_on) FILTER (WHERE state IN ('passed', 'returned'))
FROM rounds JOIN accounts_department d ON d.id = rounds.department_id
GROUP BY d.id ORDER BY d.code
"""


@dataclass(frozen=True)
class Figures:
    """One department's rounds: counts, the oldest in days, the days of all concluded ones together."""

    code: str
    name: str
    waiting: int
    free: int
    late: int
    oldest: int | None
    concluded: int
    returned: int
    days: int | None

    @property
    def share(self) -> str:
        """How many of the concluded rounds came back, in per cent; a dash without any."""
        return f"{self.returned * 100 / self.concluded:.1f}%" if self.concluded else "—"

    @property
    def mean(self) -> str:
        """Days from the submission to the opinion, on average; a dash without any."""
        return f"{(self.days or 0) / self.concluded:.1f}" if self.concluded else "—"


def figures(today: dt.date, department: int | None = None) -> list[Figures]:
    """Every department that has sent anything, or one: open rounds, and those concluded within a year."""
    values = {
        "today": today,
        "since": today - dt.timedelta(days=YEAR),
        "now": timezone.now(),
        "department": department,
    }
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, values)
        return [Figures(*row) for row in cursor.fetchall()]


def total(rows: Sequence[Figures], label: str) -> Figures:
    """All of them together."""
    names = ("waiting", "free", "late", "concluded", "returned")
    sums: dict[str, Any] = {name: sum(getattr(row, name) for row in rows) for name in names}
    oldest = max((row.oldest for row in rows if row.oldest is not None), default=None)
    return Figures("", label, oldest=oldest, days=sum(row.days or 0 for row in rows), **sums)
