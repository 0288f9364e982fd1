"""The proof that everything due was disclosed: each decision counts once, in one part; the public rate is made of it."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disclosure.data import GROUNDS
from enforcement.models import EnforcementItem

PARTS: dict[str, Any] = {
    "on_time": _("按期公示"),
    "late": _("逾期公示"),
    "overdue": _("逾期未公示"),
    "held": _("逾期：送达未完成"),
    "waiting": _("未到期"),
    "exempt": _("不予公开"),
    "undated": _("没有计时（日期待补正等）"),
}
PLACE = re.compile(r"%\((\w+)\)s")
DUE = ("on_time", "late", "overdue", "held", "waiting")
NO_PENALTY = "no_penalty"
KINDS: dict[str, Any] = {**dict(EnforcementItem.Kind.choices), NO_PENALTY: _("不予行政处罚")}
ALL_GROUNDS: dict[str, Any] = {**dict(GROUNDS), "annulled": _("公示前决定已失效"), "": _("未写明")}

# One row for each decision. By its newest duty: an exemption that has ended makes it due again, and what
# was late once is late for ever. The month is that of the decision.
STANDING = """
    WITH duty AS (
        SELECT DISTINCT ON (matter_id, about) matter_id, about, opened_at, due_at, settled_at, cancelled_at,
               closed_in_time, provisional, paused
        FROM deadlines_obligation WHERE rule = 'decision.disclose' ORDER BY matter_id, about, number DESC
    ), standing AS (
        SELECT d.id, p.code AS department,
               COALESCE(c.decided_on, (duty.opened_at AT TIME ZONE 'Asia/Shanghai')::date) AS decided_on,
               CASE WHEN c.ground <> '' THEN 'no_penalty' ELSE a.kind END AS kind,
               CASE WHEN duty.matter_id IS NULL THEN 'undated'
                    WHEN duty.cancelled_at IS NOT NULL THEN 'exempt'
                    WHEN duty.settled_at IS NOT NULL AND duty.closed_in_time THEN 'on_time'
                    WHEN duty.settled_at IS NOT NULL THEN 'late'
                    WHEN duty.provisional OR duty.paused OR duty.due_at >= %(now)s THEN 'waiting'
                    WHEN d.state = 'approved' AND d.held_reason <> '' THEN 'held'
                    ELSE 'overdue' END AS part,
               CASE WHEN duty.cancelled_at IS NOT NULL THEN d.exempt_ground ELSE '' END AS ground
        FROM disclosure_disclosure d
        JOIN enforcement_decision c ON c.id = d.decision_id
        JOIN enforcement_enforcementact a ON a.matter_id = d.act_id
        JOIN accounts_department p ON p.id = d.department_id
        LEFT JOIN duty ON duty.matter_id = d.matter_id AND duty.about = 'decision:' || d.decision_id
    )
"""
COUNTED = """
    SELECT EXTRACT(year FROM decided_on)::int, EXTRACT(month FROM decided_on)::int, department, kind, part, ground,
           COUNT(*)
    FROM standing WHERE (%(year)s::int IS NULL OR decided_on IS NULL OR EXTRACT(year FROM decided_on) = %(year)s)
      AND (%(department)s::text IS NULL OR department = %(department)s)
    GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
"""
CHOSEN = """
    SELECT id FROM standing
    WHERE (%(year)s::int IS NULL OR decided_on IS NULL OR EXTRACT(year FROM decided_on) = %(year)s)
      AND (%(month)s::int IS NULL OR COALESCE(EXTRACT(month FROM decided_on), 0) = %(month)s)
      AND (%(department)s::text IS NULL OR department = %(department)s)
      AND (%(kind)s::text IS NULL OR kind = %(kind)s)
      AND (%(parts)s::text[] IS NULL OR part = ANY(%(parts)s))
      AND (%(ground)s::text IS NULL OR ground = %(ground)s)
"""


@dataclass(frozen=True)
class Count:
    """So many decisions of one month, department and kind that stand alike; month None: not dated yet."""

    year: int | None
    month: int | None
    department: str
    kind: str
    part: str
    ground: str
    number: int


@dataclass(frozen=True)
class Line:
    """The parts of some decisions. What was taken is what is due, what is exempt and what is not dated."""

    key: str
    label: str
    parts: Counter[str]
    grounds: Counter[str]

    @property
    def taken(self) -> int:
        """All decisions."""
        return sum(self.parts.values())

    @property
    def due(self) -> int:
        """Without approved exemptions; the denominator of the rate."""
        return sum(self.parts[part] for part in DUE)

    @property
    def published(self) -> int:
        """In time or late."""
        return self.parts["on_time"] + self.parts["late"]


def counts(*, year: int | None = None, department: str | None = None, now: dt.datetime | None = None) -> list[Count]:
    """All of it in one statement; the district's public figures are sums of these rows."""
    given = {"now": now or timezone.now(), "year": year, "department": department}
    with connection.cursor() as cursor:
        cursor.execute(STANDING + COUNTED, given)
        return [Count(*row) for row in cursor.fetchall()]


def line(key: str, label: Any, rows: Iterable[Count]) -> Line:
    """The rows added up."""
    parts: Counter[str] = Counter()
    grounds: Counter[str] = Counter()
    for row in rows:
        parts[row.part] += row.number
        if row.part == "exempt":
            grounds[row.ground] += row.number
    return Line(key, str(label), parts, grounds)


@dataclass(frozen=True)
class Choice:
    """Which decisions stand behind a number; None leaves the question open, month 0 are those without a date."""

    year: int | None = None
    month: int | None = None
    department: str | None = None
    kind: str | None = None
    parts: tuple[str, ...] | None = None
    ground: str | None = None


def chosen(choice: Choice, now: dt.datetime | None = None) -> RawSQL:
    """The keys of the disclosures behind a number, for `filter(pk__in=…)`: the same statement, not counted."""
    given = {
        "now": now or timezone.now(),
        "year": choice.year,
        "month": choice.month,
        "department": choice.department,
        "kind": choice.kind,
        "parts": list(choice.parts) if choice.parts is not None else None,
        "ground": choice.ground,
    }
    names = PLACE.findall(STANDING + CHOSEN)
    statement = PLACE.sub("%s", STANDING + CHOSEN)
    return RawSQL(statement, [given[name] for name in names])  # noqa: S611 - a constant statement; values are parameters


def rate(part: int, whole: int) -> str:
    """A percentage rounded down: 100 % is said only when nothing is missing."""
    return f"{part * 1000 // whole / 10:.1f} %" if whole else "—"
