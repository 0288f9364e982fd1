"""Number series as they stand: what is here, what is void, what is explained, what is missing.

One statement over all departments or one. Ranges are PostgreSQL multiranges, so that a stray 9,999,999
behind 12 costs one range and no list. Numbers come from two places: those the portal gave out, and those
written on imported decisions, whose text is read with the same pattern as `enforcement.imports.numbers`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from enforcement.completeness.models import Explanation

# A gap is doubted, not listed as missing, when it is wider than both: the number behind it looks mistyped.
WIDE = 200
TIMES = 10
NUMBERS = r"""
WITH written AS MATERIALIZED (
    SELECT o.owner, n.id, n.decided_on, m.part[1] AS head, m.part[2]::int AS year,
           p.piece[1]::bigint AS first, coalesce(p.piece[2], p.piece[1])::bigint AS last
    FROM enforcement_decision n
    JOIN enforcement_enforcementact a ON a.matter_id = n.act_id
    JOIN accounts_department d ON d.id = a.department_id
    CROSS JOIN LATERAL (SELECT CASE WHEN d.kind = 'entrusted' AND d.parent_id IS NOT NULL
                                    THEN d.parent_id ELSE d.id END AS owner) o
    LEFT JOIN LATERAL regexp_matches(regexp_replace(normalize(n.number, NFKC), '\s', '', 'g'),
        '([\u3400-\u9fffA-Za-z]{2,24})[〔\[【({〈<《「]((?:19|20)\d\d)年?[〕\]】)}〉>》」]'
        '((?:第?\d{1,8}号?(?:[、,;和及与~至到-])?)+)', 'g') AS m (part) ON true
    LEFT JOIN LATERAL regexp_matches(m.part[3], '第?(\d{1,8})号?(?:[~至到-]第?(\d{1,8})号?)?', 'g') AS p (piece) ON true
    WHERE n.document_id IS NULL AND n.number <> '' AND (%(department)s::bigint IS NULL OR o.owner = %(department)s)
), numbers AS (
    SELECT owner AS department_id, upper(head) AS head, year, first, last, 'present' AS kind, decided_on AS happened
    FROM written WHERE first >= 1 AND last >= first AND last - first <= 500
  UNION ALL
    SELECT s.department_id, upper(s.prefix || s.code), s.year::int, n.value, n.value,
           CASE n.state WHEN 'void' THEN 'void' ELSE 'present' END, (n.given_at AT TIME ZONE 'Asia/Shanghai')::date
    FROM documents_series s JOIN documents_number n ON n.series_id = s.id
    WHERE %(department)s::bigint IS NULL OR s.department_id = %(department)s
  UNION ALL
    SELECT s.department_id, upper(s.prefix || s.code), s.year::int, s.first_value, s.next_value - 1, 'bound', NULL::date
    FROM documents_series s
    WHERE s.next_value > s.first_value AND (%(department)s::bigint IS NULL OR s.department_id = %(department)s)
), grouped AS (
    SELECT department_id, head, year, min(first) AS first, max(last) AS last,
           coalesce(range_agg(int8range(first, last, '[]')) FILTER (WHERE kind = 'present'), '{}') AS present,
           coalesce(range_agg(int8range(first, last, '[]')) FILTER (WHERE kind = 'void'), '{}') AS void
    FROM numbers
    WHERE (%(year)s::int IS NULL OR year = %(year)s) AND (%(head)s::text IS NULL OR head = upper(%(head)s))
    GROUP BY department_id, head, year
), told AS (
    SELECT department_id, upper(head) AS head, year, range_agg(int8range(first, last, '[]')) AS told,
           coalesce(range_agg(int8range(first, last, '[]')) FILTER (WHERE ground = ANY(%(existing)s)), '{}') AS elsewhere
    FROM completeness_explanation WHERE state = 'standing' GROUP BY 1, 2, 3
), begun AS (
    SELECT department_id, upper(prefix || code) AS head, year::int AS year, max(begun_reason) AS reason
    FROM documents_series WHERE begun_reason <> '' GROUP BY 1, 2, 3
), sets AS (
    SELECT g.department_id, g.head, g.year, g.first, g.last, g.present, g.void - g.present AS void,
           coalesce(t.told, '{}') AS told, coalesce(t.elsewhere, '{}') AS elsewhere,
           int8multirange(int8range(g.first, g.last, '[]')) AS span, coalesce(b.reason, '') AS begun
    FROM grouped g LEFT JOIN told t USING (department_id, head, year) LEFT JOIN begun b USING (department_id, head, year)
), gaps AS (
    SELECT sets.*, span - present - void - told AS gap, present * told AS contradicted,
           (SELECT coalesce(sum(upper(r) - lower(r)), 0) FROM unnest(present) r)::bigint AS here
    FROM sets
)
"""
LINES = """
SELECT g.department_id, g.head, g.year, g.first, g.last, g.here,
       (SELECT coalesce(sum(upper(r) - lower(r)), 0) FROM unnest(g.void) r)::bigint,
       (SELECT coalesce(sum(upper(r) - lower(r)), 0) FROM unnest(g.span * g.told - g.present - g.void) r)::bigint,
       (SELECT coalesce(sum(upper(r) - lower(r)), 0)
        FROM unnest(g.span * g.elsewhere - g.present - g.void) r)::bigint,
       gap.missing, gap.ranges, gap.doubtful, gap.doubted,
       (SELECT coalesce(sum(upper(r) - lower(r)), 0) FROM unnest(g.contradicted) r)::bigint,
       CASE WHEN g.begun <> '' THEN 0
            ELSE (SELECT coalesce(sum(upper(r) - lower(r)), 0)
                  FROM unnest(int8multirange(int8range(1, g.first)) - g.told) r)::bigint END,
       g.begun
FROM gaps g
CROSS JOIN LATERAL (
    SELECT coalesce(sum(upper(r) - lower(r)) FILTER (WHERE NOT w.wide), 0)::bigint AS missing,
           count(*) FILTER (WHERE NOT w.wide) AS ranges,
           count(*) FILTER (WHERE w.wide) AS doubtful,
           coalesce(sum(upper(r) - lower(r)) FILTER (WHERE w.wide), 0)::bigint AS doubted
    FROM unnest(g.gap) r
    CROSS JOIN LATERAL (SELECT upper(r) - lower(r) > %(wide)s AND upper(r) - lower(r) > %(times)s * g.here AS wide) w
) gap
ORDER BY g.department_id, g.year DESC, g.head
"""
GAPS = """
SELECT g.department_id, g.head, g.year, lower(r) AS first, upper(r) - 1 AS last,
       upper(r) - lower(r) > %(wide)s AND upper(r) - lower(r) > %(times)s * g.here,
       (SELECT max(n.happened) FROM numbers n WHERE n.department_id = g.department_id AND n.head = g.head
        AND n.year = g.year AND n.last = lower(r) - 1),
       (SELECT min(n.happened) FROM numbers n WHERE n.department_id = g.department_id AND n.head = g.head
        AND n.year = g.year AND n.first = upper(r))
FROM gaps g CROSS JOIN LATERAL unnest(
    CASE %(what)s WHEN 'gap' THEN g.gap ELSE g.contradicted END) r
ORDER BY g.department_id, g.year DESC, g.head, lower(r) LIMIT %(most)s
"""
UNREADABLE = """
SELECT owner, count(DISTINCT id) FROM written WHERE first IS NULL OR first < 1 OR last < first OR last - first > 500
GROUP BY owner
"""
FREE = """
SELECT g.first, g.last,
       int8range(%(from)s, %(to)s, '[]') <@ (g.gap + (int8multirange(int8range(1, g.first)) - g.told))
FROM gaps g WHERE g.department_id = %(department)s
"""


@dataclass(frozen=True)
class SeriesLine:
    """One series of one department: counts of numbers; `ranges` and `doubtful` count gaps."""

    department: int
    head: str
    year: int
    first: int
    last: int
    present: int
    void: int
    told: int
    elsewhere: int  # of `told`: decisions that exist but are not here
    missing: int
    ranges: int
    doubtful: int
    doubted: int
    contradicted: int
    before: int  # numbers below the first one that nobody has spoken about
    begun: str

    @property
    def name(self) -> str:
        """As people write it."""
        return f"{self.head}〔{self.year}〕"

    @property
    def expected(self) -> int:
        """Numbers behind which a decision should be: all but void, unused and doubted ones."""
        return self.last - self.first + 1 - self.void - (self.told - self.elsewhere) - self.doubted


@dataclass(frozen=True)
class Gap:
    """Numbers that follow each other and are not here, with the days of their neighbours."""

    department: int
    head: str
    year: int
    first: int
    last: int
    wide: bool
    before_on: dt.date | None = None
    after_on: dt.date | None = None

    @property
    def size(self) -> int:
        """How many numbers."""
        return self.last - self.first + 1

    @property
    def text(self) -> str:
        """«13号» or «13—15号»."""
        return f"{self.first}号" if self.first == self.last else f"{self.first}—{self.last}号"


def lines(department: int | None = None, year: int | None = None, head: str | None = None) -> list[SeriesLine]:
    """Every series, of one department or all, of one year or all: one statement."""
    return [SeriesLine(*row) for row in _rows(LINES, _values(department, year, head))]


def gaps(department: int | None = None, year: int | None = None, head: str | None = None, most: int = 200) -> list[Gap]:
    """The first so many ranges of missing numbers; doubted ones among them."""
    return [Gap(*row) for row in _rows(GAPS, _values(department, year, head) | {"what": "gap", "most": most})]


def contradictions(department: int, year: int, head: str, most: int = 200) -> list[Gap]:
    """Numbers explained as missing that are here after all."""
    found = _rows(GAPS, _values(department, year, head) | {"what": "contradicted", "most": most})
    return [Gap(*row) for row in found]


def unreadable(department: int | None = None) -> dict[int, int]:
    """How many imported decisions have a number that belongs to no series, by department."""
    return dict(_rows(UNREADABLE, _values(department, None, None)))


def free(department: int, year: int, head: str, first: int, last: int) -> tuple[int, int, bool] | None:
    """First and last of the series, and whether every number of the range is missing; None without such a series."""
    values = _values(department, year, head) | {"from": first, "to": last}
    found = _rows(FREE, values)
    return tuple(found[0]) if found else None


def _values(department: int | None, year: int | None, head: str | None) -> dict[str, Any]:
    return {
        "department": department,
        "year": year,
        "head": head,
        "wide": WIDE,
        "times": TIMES,
        "existing": [ground.value for ground in Explanation.EXISTING],
    }


def _rows(statement: str, values: dict[str, Any]) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS + statement, values)
        return list(cursor.fetchall())
