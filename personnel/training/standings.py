"""The sweep of the quota: one set-based statement says where every holder stands (PX-01)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from personnel.training.models import QuotaSetting
from personnel.training.models.quota import REQUIRED_TENTHS

# Holders as of 31 December (today while the year runs), their hours of the calendar year whatever the day of
# their certificate, what they ought to have; what changed is written, who holds nothing any more goes.
# A validity before a renewal counts for its own days, so that a later gap takes nobody out of an earlier year.
# Who serves while his certificate is suspended stays bound; who has left his post (ZJX-02) does not.
SWEEP = """
WITH validity AS (
    SELECT officer_id, matter_id, valid_from, valid_to, ended_on FROM personnel_certificate
    UNION ALL
    SELECT c.officer_id, c.matter_id, r.old_from, r.old_to, c.ended_on
    FROM personnel_renewal r JOIN personnel_certificate c ON c.matter_id = r.certificate_id
), holder AS (
    SELECT o.id AS officer_id, o.department_id, f.first_from
    FROM personnel_officer o
    JOIN (SELECT officer_id, min(valid_from) AS first_from FROM validity GROUP BY 1) f ON f.officer_id = o.id
    WHERE (%(everybody)s OR o.id = ANY(%(officers)s)) AND EXISTS (
        SELECT FROM validity c
        WHERE c.officer_id = o.id AND c.valid_from <= %(judged)s AND c.valid_to >= %(judged)s
          AND (c.ended_on IS NULL OR c.ended_on > %(judged)s)
          AND (NOT EXISTS (
                SELECT FROM personnel_suspension s
                WHERE s.certificate_id = c.matter_id AND s.begun_on <= %(judged)s
                  AND (s.ended_on IS NULL OR s.ended_on > %(judged)s))
            OR EXISTS (
                SELECT FROM personnel_posting p
                WHERE p.officer_id = o.id AND p.begun_on <= %(judged)s
                  AND (p.ended_on IS NULL OR p.ended_on > %(judged)s))))
), earned AS (
    SELECT h.officer_id, sum(h.tenths) AS tenths
    FROM training_traininghours h
    WHERE h."on" BETWEEN %(start)s AND %(last)s AND (%(everybody)s OR h.officer_id = ANY(%(officers)s))
    GROUP BY 1
), away AS (
    SELECT l.officer_id,
           sum(least(l.ended_on, %(last)s) - greatest(l.begun_on, %(start)s, holder.first_from) + 1) AS days
    FROM training_longleave l JOIN holder USING (officer_id)
    WHERE %(proportional)s AND l.begun_on <= %(last)s AND l.ended_on >= greatest(%(start)s, holder.first_from)
    GROUP BY 1
), found AS (
    SELECT holder.officer_id, holder.department_id, COALESCE(earned.tenths, 0) AS tenths,
           CASE WHEN %(proportional)s THEN ceil(%(required)s::numeric * greatest(0,
                    %(last)s::date - greatest(holder.first_from, %(start)s::date) + 1 - COALESCE(away.days, 0))
                    / (%(last)s::date - %(start)s::date + 1))::int
                ELSE %(required)s END AS required
    FROM holder LEFT JOIN earned USING (officer_id) LEFT JOIN away USING (officer_id)
), gone AS (
    DELETE FROM training_standing t
    WHERE t.year = %(year)s AND (%(everybody)s OR t.officer_id = ANY(%(officers)s))
      AND NOT EXISTS (SELECT FROM found WHERE found.officer_id = t.officer_id)
    RETURNING 1
), written AS (
    INSERT INTO training_standing AS t (officer_id, department_id, year, tenths, required, missing, counted_at)
    SELECT officer_id, department_id, %(year)s, tenths, required, greatest(0, required - tenths), %(now)s FROM found
    ON CONFLICT (officer_id, year) DO UPDATE
    SET department_id = excluded.department_id, tenths = excluded.tenths, required = excluded.required,
        missing = excluded.missing, counted_at = excluded.counted_at
    WHERE (t.department_id, t.tenths, t.required) IS DISTINCT FROM
          (excluded.department_id, excluded.tenths, excluded.required)
    RETURNING 1
)
SELECT (SELECT count(*) FROM found), (SELECT count(*) FROM found WHERE tenths < required),
       (SELECT count(*) FROM written), (SELECT count(*) FROM gone)
"""


@dataclass(frozen=True)
class Swept:
    """Holders, those short of hours, rows written, rows taken away."""

    holders: int
    short: int
    written: int
    gone: int


def sweep(year: int, now: dt.datetime, officers: Sequence[int] | None = None) -> Swept:
    """Write where every holder stands in a year; only the named officers when some are named. Idempotent."""
    last = dt.date(year, 12, 31)
    values: dict[str, Any] = {
        "year": year,
        "start": dt.date(year, 1, 1),
        "last": last,
        "judged": min(last, timezone.localdate(now)),
        "now": now,
        "everybody": officers is None,
        "officers": list(officers or []),
        "proportional": QuotaSetting.of(year).proportional,
        "required": REQUIRED_TENTHS,
    }
    with connection.cursor() as cursor:
        cursor.execute(SWEEP, values)
        return Swept(*(int(value) for value in cursor.fetchone()))
