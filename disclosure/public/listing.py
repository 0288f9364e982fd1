"""One page of a search, with capped counts; every query is bounded, however many rows there are.

Few hits are read at once and sorted, counted and paged in memory. Many are walked in the order of an index,
page by page. `count(*)` and OFFSET over all rows do not occur.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import starmap
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

from django.db.models import BooleanField, F, Field, Func, QuerySet, TextField, Value

from .cursors import Cursor
from .kinds import PENALTIES, ActKind, PartyKind
from .models import PublishedDecision, PublishedDepartment
from .searching import Search, Sort, visible
from .standby import reading
from .walking import FAR, FARTHEST, NEAR, exceeds, first_of_all, gather, walk

PAGE: Final = 20
FEW: Final = 4
CAP: Final = 1000


class Row(NamedTuple):
    """The columns a list shows."""

    key: UUID
    title: str
    outcome: str
    department_short: str
    number: str
    party_kind: str
    decided_on: date
    published_at: datetime
    published_within: int | None
    late: bool
    fine: Decimal


COLUMNS: Final = tuple(Row.__annotations__)


class _Hit(NamedTuple):
    value: datetime | date | Decimal
    key: UUID
    departments: str
    kinds: str
    parties: str
    penalties: list[str]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of rows. total is None when there are more than CAP; counts are per facet and value."""

    rows: list[Row]
    total: int | None
    page: int = 1
    newer: Cursor | None = None
    older: Cursor | None = None
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def beyond(column: str, sign: str, value: Any, key: UUID) -> Func:
    """(column, key) before or after (value, key), as one comparison of rows, which the index can answer."""
    kinds = {name: PublishedDecision._meta.get_field(name) for name in (column, "key")}
    here = Func(F(column), F("key"), function="ROW", output_field=TextField())
    there = Func(
        Value(value, output_field=cast("Field[Any, Any]", kinds[column])),
        Value(key, output_field=cast("Field[Any, Any]", kinds["key"])),
        function="ROW",
        output_field=TextField(),
    )
    return Func(here, there, template="%(expressions)s", arg_joiner=f" {sign} ", output_field=BooleanField())


def list_page(search: Search, cursor: Cursor | None = None) -> Listing:
    """The page of a search at a cursor; the first page without one."""
    everything = search.base()
    if search.words:
        return _by_words(everything, search, cursor)
    if (hits := _few(everything, search)) is not None:
        wanted = [hit for hit in hits if _fits(hit, search)]
        return _from_memory(wanted, everything.filter(search.facets()), search, cursor, _counts(hits, search))
    chosen, counts = everything, capped_counts(search)
    if search.has_facets:
        chosen = everything.filter(search.facets())
        if (hits := _few(chosen, search)) is not None:
            return _from_memory(hits, chosen, search, cursor, counts)
    return _from_index(chosen, search, cursor, counts)


def _by_words(everything: QuerySet[PublishedDecision], search: Search, cursor: Cursor | None) -> Listing:
    """Common words are met by going along the order, rare ones are gathered; what a page shows is the same."""
    found = _walked(search, cursor, NEAR)
    common = len(found) > PAGE
    if common and exceeds(visible().filter(search.plain()), CAP, common=True):
        return _page(found, search, cursor, {})
    if (hits := _few(everything, search)) is not None:
        wanted = [hit for hit in hits if _fits(hit, search)]
        return _from_memory(wanted, everything.filter(search.facets()), search, cursor, _counts(hits, search))
    chosen = everything.filter(search.facets())
    if search.has_facets and (hits := _few(chosen, search)) is not None:
        return _from_memory(hits, chosen, search, cursor, {})
    return _page(found if common else _further(chosen, search, cursor), search, cursor, {})


def _walked(search: Search, cursor: Cursor | None, depth: int) -> list[Row]:
    """The rows of a page, and one more, as far as they lie within so many rows of the cursor."""
    pool = visible()
    if search.sort.column == "published_at":  # the indexes of these begin with the column and go on in this order
        for lookup, values in (
            ("department_code", search.departments),
            ("act_kind", search.kinds),
            ("party_kind", search.parties),
            ("item_code", (search.item,) if search.item else ()),
        ):
            if len(values) == 1:
                pool = pool.filter(**{lookup: values[0]})
                break
    ordered = _from_cursor(pool, search, cursor)
    return [Row(*values) for values in walk(ordered, search.plain(), COLUMNS, depth=depth, wanted=PAGE + 1)]


def _further(chosen: QuerySet[PublishedDecision], search: Search, cursor: Cursor | None) -> list[Row]:
    """The same for words that are not near: further along the order, and at last by sorting all rows."""
    found = _walked(search, cursor, FAR)
    if FEW <= len(found) <= PAGE:
        found = _walked(search, cursor, FARTHEST)
    if len(found) > PAGE:
        return found
    rest = _from_cursor(chosen, search, cursor)
    order = [str(name) for name in rest.query.order_by]
    return [Row(*values) for values in first_of_all(rest, COLUMNS, order, wanted=PAGE + 1)]


def newest(search: Search, limit: int) -> list[PublishedDecision]:
    """The rows of a search published last, for a feed."""
    by_moment, keys = replace(search, sort=Sort.PUBLISHED), list[UUID]()
    cursor: Cursor | None = None
    while len(keys) < limit:
        page = list_page(by_moment, cursor)
        keys += [row.key for row in page.rows]
        if (cursor := page.older) is None:
            break
    rows = PublishedDecision.objects.in_bulk(keys[:limit])
    return [rows[key] for key in keys[:limit] if key in rows]


def _few(rows: QuerySet[PublishedDecision], search: Search) -> list[_Hit] | None:
    """The hits in order when there are at most CAP, else nothing."""
    columns = (search.sort.column, "key", "department_code", "act_kind", "party_kind", "penalty_kinds")
    if not search.words and exceeds(rows, CAP, common=True):
        return None
    hits = list(starmap(_Hit, gather(rows, columns, most=CAP + 1)))
    if len(hits) > CAP:
        return None
    hits.sort(key=lambda hit: (hit.value, hit.key), reverse=search.sort.descending)
    return hits


def _in_order(rows: QuerySet[PublishedDecision], search: Search, *, downwards: bool) -> QuerySet[PublishedDecision]:
    mark = "-" if downwards else ""
    return rows.order_by(f"{mark}{search.sort.column}", f"{mark}key")


def _fits(hit: _Hit, search: Search, *, without: str = "") -> bool:
    """The condition of the facets, in memory."""
    return (
        (without == "departments" or not search.departments or hit.departments in search.departments)
        and (without == "kinds" or not search.kinds or hit.kinds in search.kinds)
        and (without == "parties" or not search.parties or hit.parties in search.parties)
        and (without == "penalties" or not search.penalties or bool(set(search.penalties) & set(hit.penalties)))
    )


def _counts(hits: Sequence[_Hit], search: Search) -> dict[str, Counter[str]]:
    """Hits per value of each facet, as if nothing were chosen in that facet itself."""
    if not search.has_facets:  # nothing to leave out: counting a thousand hits takes no longer than a line of the page
        counts = {name: Counter(getattr(hit, name) for hit in hits) for name in ("departments", "kinds", "parties")}
        return counts | {"penalties": Counter(kind for hit in hits for kind in set(hit.penalties))}
    counts = dict[str, Counter[str]]()
    for name in ("departments", "kinds", "parties"):
        counts[name] = Counter(getattr(hit, name) for hit in hits if _fits(hit, search, without=name))
    counts["penalties"] = Counter(
        kind for hit in hits if _fits(hit, search, without="penalties") for kind in set(hit.penalties)
    )
    return counts


def capped_counts(search: Search) -> dict[str, dict[str, int]]:
    """Hits per value, counted no further than CAP + 1, in one statement; nothing for a search by words.

    Counting a word's many hits per value would cost more than the page; wrong figures are worse than none.
    """
    if search.words:
        return {}
    values = {
        "departments": list(PublishedDepartment.objects.filter(active=True).values_list("code", flat=True)),
        "kinds": ActKind.values,
        "parties": PartyKind.values,
        "penalties": list(PENALTIES),
    }
    lookups = {
        "departments": "department_code",
        "kinds": "act_kind",
        "parties": "party_kind",
        "penalties": "penalty_kinds__contains",
    }
    pieces, parameters = [], []
    for name, options in values.items():
        others = search.base().filter(search.facets(without=name)).order_by()
        for option in options:
            one = others.filter(**{lookups[name]: [option] if name == "penalties" else option})
            sql, given = one.values_list("key")[: CAP + 1].query.sql_with_params()
            pieces.append(f"SELECT %s, %s, (SELECT count(*) FROM ({sql}) AS hits)")  # noqa: S608 - Django wrote it
            parameters += [name, option, *given]
    counts: dict[str, dict[str, int]] = {name: {} for name in values}
    with reading().cursor() as link:
        link.execute(" UNION ALL ".join(pieces), parameters)
        for name, option, count in link.fetchall():
            counts[name][option] = count
    return counts


def _from_memory(
    hits: list[_Hit],
    rows: QuerySet[PublishedDecision],
    search: Search,
    cursor: Cursor | None,
    counts: Mapping[str, Mapping[str, int]],
) -> Listing:
    """A page of the sorted hits, cut where the cursor points."""
    start = 0
    if cursor is not None:
        place = next((at for at, hit in enumerate(hits) if hit.key == cursor.key), None)
        if place is None:  # the row at the cursor is gone: its place is behind all rows that came before it
            sign = ">" if search.sort.descending else "<"
            before = rows.filter(beyond(search.sort.column, sign, cursor.value, cursor.key)).count()
            start = before if cursor.forward else max(0, before - PAGE)
        else:
            start = place + 1 if cursor.forward else max(0, place - PAGE)
        start = start if start < len(hits) else 0
    shown = hits[start : start + PAGE]
    page = cursor.page if cursor is not None and start else 1
    return _with_ends(
        _rows([hit.key for hit in shown]),
        search,
        page,
        len(hits),
        counts,
        newer=start > 0,
        older=start + PAGE < len(hits),
    )


def _from_index(
    rows: QuerySet[PublishedDecision], search: Search, cursor: Cursor | None, counts: Mapping[str, Mapping[str, int]]
) -> Listing:
    """A page walked along the index of the order, one row further than shown."""
    walked = _from_cursor(rows, search, cursor)
    found = [Row(*values) for values in walked.values_list(*COLUMNS)[: PAGE + 1]]
    return _page(found, search, cursor, counts)


def _from_cursor(
    rows: QuerySet[PublishedDecision], search: Search, cursor: Cursor | None
) -> QuerySet[PublishedDecision]:
    """The rows in the order in which they are met from the cursor on."""
    downwards = search.sort.descending == (cursor is None or cursor.forward)
    walked = _in_order(rows, search, downwards=downwards)
    if cursor is None:
        return walked
    return walked.filter(beyond(search.sort.column, "<" if downwards else ">", cursor.value, cursor.key))


def _page(found: list[Row], search: Search, cursor: Cursor | None, counts: Mapping[str, Mapping[str, int]]) -> Listing:
    """The page of a long list, of rows as met from the cursor on, one more than shown when there is one."""
    forward = cursor is None or cursor.forward
    more, found = len(found) > PAGE, found[:PAGE]
    if cursor is not None and not (found if forward else more):
        return list_page(search)  # past the end, or at the top: show a whole first page
    if not forward:
        found.reverse()
    page = cursor.page if cursor is not None else 1
    newer = cursor is not None and (more if not forward else True)
    older = more if forward else True
    return _with_ends(found, search, page, None, counts, newer=newer, older=older)


def _rows(keys: list[UUID]) -> list[Row]:
    """The rows with these keys, in this order; one that was withdrawn this very moment is left out."""
    if not keys:
        return []
    found = {row.key: row for row in starmap(Row, PublishedDecision.objects.filter(pk__in=keys).values_list(*COLUMNS))}
    return [found[key] for key in keys if key in found]


def _with_ends(
    rows: list[Row],
    search: Search,
    page: int,
    total: int | None,
    counts: Mapping[str, Mapping[str, int]],
    *,
    newer: bool,
    older: bool,
) -> Listing:
    def at(row: Row, forward: bool, number: int) -> Cursor:
        return Cursor(search.sort, forward, getattr(row, search.sort.column), row.key, max(1, number))

    return Listing(
        rows=rows,
        total=total,
        page=page,
        newer=at(rows[0], False, page - 1) if newer and rows else None,
        older=at(rows[-1], True, page + 1) if older and rows else None,
        counts=counts,
    )
