"""Plans made by hand where the planner guesses: how often a word of three and more characters occurs, it cannot know.

Two shapes of statement, each with one possible plan. A *walk* goes along the index of the order and looks at every
row it meets, at most so many: right for common words. A *gathering* asks the index of words for all rows and stops
after so many: right for rare ones. Wrong guesses between the two cost a hundredfold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from .models import PublishedDecision
from .standby import reading

Rows = list[tuple[Any, ...]]
# Within the first few rows of an order: a word in one of five rows and more; then one in a hundred.
NEAR: Final = 100
FAR: Final = 2_000
FARTHEST: Final = 20_000


def walk(ordered: QuerySet[PublishedDecision], fits: Q, columns: Sequence[str], *, depth: int, wanted: int) -> Rows:
    """The first `wanted` rows of an order that fit, looked for among its first `depth` rows."""
    rows = ordered.annotate(fits=ExpressionWrapper(fits, output_field=BooleanField())).values_list(*columns, "fits")
    sql, given = rows[:depth].query.sql_with_params()
    names = ", ".join(map(connection.ops.quote_name, columns))
    return _fetched(f"SELECT {names} FROM ({sql}) AS near WHERE fits LIMIT %s", [*given, wanted])  # noqa: S608 - Django wrote the statement inside


def gather(matching: QuerySet[PublishedDecision], columns: Sequence[str], *, most: int) -> Rows:
    """At most so many of the matching rows, in no order; the index of words finds them, whatever their number."""
    sql, given = matching.order_by().values_list(*columns).query.sql_with_params()
    return _fetched(f"WITH found AS MATERIALIZED ({sql}) SELECT * FROM found LIMIT %s", [*given, most])  # noqa: S608 - Django wrote the statement inside


def exceeds(matching: QuerySet[PublishedDecision], most: int, *, common: bool) -> bool:
    """Whether more than so many rows match; `common` says that reading on and on finds them soonest."""
    sql, given = matching.order_by().values_list("key").query.sql_with_params()
    found = f"({sql})" if common else "found"
    head = "" if common else f"WITH found AS MATERIALIZED ({sql}) "
    statement = f"{head}SELECT 1 FROM {found} AS some_of_them OFFSET %s LIMIT 1"  # noqa: S608 - Django wrote the statement inside
    return bool(_fetched(statement, [*given, most]))


def first_of_all(
    matching: QuerySet[PublishedDecision], columns: Sequence[str], order: Sequence[str], *, wanted: int
) -> Rows:
    """The first rows of an order when all that match are gathered and sorted."""
    sql, given = matching.order_by().values_list(*columns).query.sql_with_params()
    names = ", ".join(
        f"{connection.ops.quote_name(name.lstrip('-'))} {'DESC' if name.startswith('-') else 'ASC'}" for name in order
    )
    statement = f"WITH found AS MATERIALIZED ({sql}) SELECT * FROM found ORDER BY {names} LIMIT %s"  # noqa: S608 - Django wrote the statement inside
    return _fetched(statement, [*given, wanted])


def _fetched(statement: str, given: Sequence[Any]) -> Rows:
    with reading().cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())
