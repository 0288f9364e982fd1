"""How the departments stand in officers: one statement over all of them, and who is on a case without a certificate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from personnel.qualification import NEAR_DAYS

REVIEWERS_PER_CENT = 5  # SX-09, 118号(十一): «原则上» at least 5 % of the officers
ENFORCING = ("organ", "empowered", "dispatched", "entrusted", "street")
FIGURES = """
WITH validity AS (
    SELECT officer_id, matter_id, valid_from, valid_to, ended_on FROM personnel_certificate
    UNION ALL
    SELECT c.officer_id, c.matter_id, r.old_from, r.old_to, c.ended_on
    FROM personnel_renewal r JOIN personnel_certificate c ON c.matter_id = r.certificate_id
), held AS (
    SELECT c.officer_id,
           bool_or(c.ended_on IS NULL OR c.ended_on > %(on)s) AS holds,
           max(c.valid_to) FILTER (WHERE c.valid_from <= %(on)s AND c.valid_to >= %(on)s
               AND (c.ended_on IS NULL OR c.ended_on > %(on)s)
               AND NOT EXISTS (SELECT 1 FROM personnel_suspension s WHERE s.certificate_id = c.matter_id
                   AND s.begun_on <= %(on)s AND (s.ended_on IS NULL OR s.ended_on > %(on)s))) AS good_to
    FROM validity c GROUP BY c.officer_id
), staff AS (
    SELECT o.department_id, count(*) AS officers,
           count(*) FILTER (WHERE held.holds) AS holders,
           count(*) FILTER (WHERE held.good_to IS NOT NULL) AS valid,
           count(*) FILTER (WHERE held.good_to <= %(near)s) AS near
    FROM personnel_officer o LEFT JOIN held ON held.officer_id = o.id
    WHERE o.active GROUP BY o.department_id
), bare AS (
    SELECT a.department_id, count(DISTINCT l.officer_id) AS unfit
    FROM enforcement_actofficer l
    JOIN enforcement_enforcementact a ON a.matter_id = l.act_id
    JOIN matters_matter m ON m.id = a.matter_id AND m.closed_at IS NULL
    JOIN personnel_officer o ON o.id = l.officer_id
    LEFT JOIN held ON held.officer_id = l.officer_id
    WHERE l.until IS NULL AND (held.good_to IS NULL OR NOT o.active) GROUP BY a.department_id
), law AS (
    SELECT r.department_id, count(DISTINCT r.user_id) AS reviewers
    FROM accounts_roleassignment r JOIN accounts_user u ON u.id = r.user_id AND u.is_active
    WHERE r.role = 'legal' GROUP BY r.department_id
)
SELECT d.id, d.code, d.name, d.short_name, coalesce(staff.officers, 0), coalesce(staff.holders, 0),
       coalesce(staff.valid, 0), coalesce(staff.near, 0), coalesce(bare.unfit, 0), coalesce(law.reviewers, 0)
FROM accounts_department d
LEFT JOIN staff ON staff.department_id = d.id
LEFT JOIN bare ON bare.department_id = d.id
LEFT JOIN law ON law.department_id = d.id
WHERE d.kind = ANY(%(kinds)s) AND (%(department)s::bigint IS NULL OR d.id = %(department)s)
  AND (d.is_active OR staff.officers > 0)
ORDER BY d.code
"""
UNFIT = """
SELECT o.id, o.name, o.active, o.department_id = a.department_id, d.short_name, a.matter_id, a.title, a.number
FROM enforcement_actofficer l
JOIN enforcement_enforcementact a ON a.matter_id = l.act_id
JOIN matters_matter m ON m.id = a.matter_id AND m.closed_at IS NULL
JOIN personnel_officer o ON o.id = l.officer_id
JOIN accounts_department d ON d.id = a.department_id
WHERE l.until IS NULL AND (%(department)s::bigint IS NULL OR a.department_id = %(department)s)
  AND (NOT o.active OR NOT EXISTS (
    SELECT 1 FROM personnel_certificate c WHERE c.officer_id = o.id
      AND (c.valid_from <= %(on)s AND c.valid_to >= %(on)s OR EXISTS (SELECT 1 FROM personnel_renewal r
          WHERE r.certificate_id = c.matter_id AND r.old_from <= %(on)s AND r.old_to >= %(on)s))
      AND (c.ended_on IS NULL OR c.ended_on > %(on)s)
      AND NOT EXISTS (SELECT 1 FROM personnel_suspension s WHERE s.certificate_id = c.matter_id
          AND s.begun_on <= %(on)s AND (s.ended_on IS NULL OR s.ended_on > %(on)s))))
ORDER BY o.id, a.matter_id LIMIT %(most)s
"""


@dataclass(frozen=True)
class Staff:
    """One department's officers on a day; counts of people."""

    pk: int
    code: str
    name: str
    short_name: str
    officers: int
    holders: int
    valid: int
    near: int
    unfit: int
    reviewers: int

    @property
    def enough_reviewers(self) -> bool:
        """Whether legal reviewers are at least 5 % of the officers (SX-09); in whole people, no rounding."""
        return self.reviewers * 100 >= self.officers * REVIEWERS_PER_CENT

    @property
    def share(self) -> str:
        """The ratio in per cent with one decimal; a dash where there is no officer."""
        return f"{self.reviewers * 100 / self.officers:.1f}%" if self.officers else "—"


@dataclass(frozen=True)
class Unfit:
    """An officer without a certificate that is good today, on an open case."""

    officer: int
    name: str
    active: bool
    still_there: bool  # on the staff of the case's department, not of another since
    department: str
    case: int
    title: str
    number: str


def staff(on: dt.date, department: int | None = None) -> list[Staff]:
    """Every enforcing department's figures on the day, or one's own: one statement."""
    values = {
        "on": on,
        "near": on + dt.timedelta(days=NEAR_DAYS),
        "kinds": list(ENFORCING),
        "department": department,
    }
    return [Staff(*row) for row in _rows(FIGURES, values)]


def unfit(on: dt.date, department: int | None = None, most: int = 200) -> list[Unfit]:
    """Who handles an open case without a certificate good that day; at most so many lines."""
    return [Unfit(*row) for row in _rows(UNFIT, {"on": on, "department": department, "most": most})]


def total(rows: Sequence[Staff], label: str) -> Staff:
    """All of them together."""
    sums = [sum(getattr(row, name) for row in rows) for name in Staff.__dataclass_fields__ if name in COUNTS]
    return Staff(0, "", label, label, *sums)


COUNTS = ("officers", "holders", "valid", "near", "unfit", "reviewers")


def _rows(statement: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
