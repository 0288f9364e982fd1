"""Finds encounters: one statement for any set of a department's cases, by three indexes on the parties.

The same party: equal credit code, equal identity hash, or equal folded name where one side has no such number.
A like item: the same name, or names as much alike as the bureau has set. A near day: registered no further apart
than it has set (CF-34; both figures are local).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from enforcement.radar.folding import FOLDED
from enforcement.radar.models import ASSUMED_ALIKE, ASSUMED_DAYS

CORE = "regexp_replace(coalesce(nullif({item}.name, ''), {act}.title), '^对(.+?)(行为)?的(行政)?处罚$', '\\1')"
STATEMENT = """
WITH newest AS (
    SELECT days, alike FROM radar_radarsetting WHERE from_on <= %(today)s ORDER BY id DESC LIMIT 1
), setting AS MATERIALIZED (
    SELECT coalesce((SELECT days FROM newest), %(near)s) AS near, coalesce((SELECT alike FROM newest), %(alike)s) AS alike
), own AS MATERIALIZED (
    SELECT a.matter_id AS act, a.department_id, a.registered_on, {own_core} AS core
    FROM enforcement_enforcementact a LEFT JOIN enforcement_enforcementitem i ON i.id = a.item_id
    WHERE a.kind = 'penalty' AND a.state <> 'not_filed' AND {condition}
), mine AS MATERIALIZED (
    SELECT own.act, p.credit_code, p.identity_hash, {folded_p} AS folded
    FROM own JOIN enforcement_party p ON p.act_id = own.act
), met AS (
    SELECT m.act, o.act_id AS other, 'code' AS how
    FROM mine m JOIN enforcement_party o ON o.credit_code = m.credit_code AND o.credit_code <> ''
    WHERE m.credit_code <> ''
    UNION ALL
    SELECT m.act, o.act_id, 'identity'
    FROM mine m JOIN enforcement_party o ON o.identity_hash = m.identity_hash
    WHERE m.identity_hash <> ''
    UNION ALL
    SELECT m.act, o.act_id, 'name'
    FROM mine m JOIN enforcement_party o ON {folded_o} = m.folded
    WHERE m.folded <> '' AND (m.credit_code = '' OR o.credit_code = '')
      AND (m.identity_hash = '' OR o.identity_hash = '')
)
SELECT DISTINCT ON (own.act, b.matter_id)
    own.act, b.matter_id, b.number, b.department_id, d.name, d.short_name, coalesce(i.name, ''), b.registered_on, met.how
FROM setting, met JOIN own ON own.act = met.act
JOIN enforcement_enforcementact b ON b.matter_id = met.other
JOIN accounts_department d ON d.id = b.department_id
LEFT JOIN enforcement_enforcementitem i ON i.id = b.item_id
WHERE b.kind = 'penalty' AND b.state <> 'not_filed' AND b.department_id <> own.department_id
  AND b.registered_on BETWEEN own.registered_on - setting.near AND own.registered_on + setting.near
  AND (own.core = {other_core} OR similarity(own.core, {other_core}) >= setting.alike)
ORDER BY own.act, b.matter_id, array_position(ARRAY['code', 'identity', 'name'], met.how)
LIMIT %(most)s
"""
MOST = 200


@dataclass(frozen=True)
class Encounter:
    """One case of the own department and one of another: of the other nothing but these."""

    act: int
    other: int
    number: str
    department: int
    department_name: str
    department_short: str
    item: str
    on: dt.date
    how: str


def statement(condition: str) -> str:
    """The SQL for the acts that a condition on `a` names; the condition is ours, never a person's text."""
    return STATEMENT.format(
        condition=condition,
        own_core=CORE.format(item="i", act="a"),
        other_core=CORE.format(item="i", act="b"),
        folded_p=FOLDED.format(column="p.name"),
        folded_o=FOLDED.format(column="o.name"),
    )


def assumed() -> dict[str, Any]:
    """What counts while the bureau has set nothing, and the day as of which it is asked."""
    return {"near": ASSUMED_DAYS, "alike": ASSUMED_ALIKE, "today": timezone.localdate()}


def _found(condition: str, values: dict[str, Any], most: int) -> list[Encounter]:
    with connection.cursor() as cursor:
        cursor.execute(statement(condition), assumed() | {"most": most} | values)
        rows = [Encounter(*row) for row in cursor.fetchall()]
    return sorted(rows, key=lambda one: (one.on, one.other), reverse=True)


def of_acts(acts: Sequence[int], most: int = MOST) -> list[Encounter]:
    """The encounters of some acts, the newest first."""
    return _found("a.matter_id = ANY(%(acts)s)", {"acts": list(acts)}, most) if acts else []


def of_department(department: int, since: dt.date, handler: int | None = None, most: int = MOST) -> list[Encounter]:
    """Those of a department's acts registered since a day; of one handler: his own acts and leads nobody has yet."""
    condition = "a.department_id = %(department)s AND a.registered_on >= %(since)s"
    values: dict[str, Any] = {"department": department, "since": since}
    if handler is not None:
        condition += (
            " AND (a.state = 'lead' OR EXISTS (SELECT FROM enforcement_actofficer l JOIN personnel_officer w "
            "ON w.id = l.officer_id WHERE l.act_id = a.matter_id AND l.until IS NULL AND w.user_id = %(handler)s))"
        )
        values["handler"] = handler
    return _found(condition, values, most)
