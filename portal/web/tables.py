"""Lists of the desk: columns, filters, sorting, and pages by key in both directions; no offset, no count."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Q, QuerySet
from django.http import HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from portal.theme import components
from portal.theme.components import Cell, Chosen, Empty, Facet, Option, Page, Table
from portal.web.base import DeskView

PAGE_SIZE = 25
EXPORT_LIMIT = 50_000
SHORTEST_TEXT = 2
SALT = "portal.web.tables"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """One column: how a row's cell is made, and by which field of the row it can be sorted.

    `order` names a column of the row's own table; rows whose value is empty come last either way.
    `export` gives the plain value for a file; the cell's text when not given.
    """

    key: str
    label: Any
    cell: Callable[[Any], Cell | str | int]
    order: str = ""
    numeric: bool = False
    export: Callable[[Any], Any] | None = None

    def exported(self, row: Any) -> Any:
        """The value for a file."""
        if self.export is not None:
            return self.export(row)
        cell = self.cell(row)
        return cell.text if isinstance(cell, Cell) else cell


@dataclass(frozen=True)
class Text:
    """A filter by words: all of them must be in one of the fields, upper or lower case; two signs at least."""

    name: str
    legend: Any
    fields: tuple[str, ...]

    def apply(self, rows: Any, query: QueryDict) -> tuple[Any, list[tuple[str, str]]]:
        """The rows that match, and what to say was chosen."""
        words = [word for word in query.get(self.name, "").split() if len(word) >= SHORTEST_TEXT]
        for word in words:
            hit = Q()
            for name in self.fields:
                hit |= Q(**{f"{name}__icontains": word})
            rows = rows.filter(hit)
        return rows, [(f"{self.legend}：{' '.join(words)}", "")] if words else []

    def facet(self, _query: QueryDict) -> Facet | None:
        """Drawn as the search field over the list, not as a facet."""
        return None


@dataclass(frozen=True)
class Choice:
    """A filter by one or several of some values."""

    name: str
    legend: Any
    options: Sequence[tuple[str, Any]]
    narrow: Callable[[Any, list[str]], Any]
    radio: bool = False

    def apply(self, rows: Any, query: QueryDict) -> tuple[Any, list[tuple[str, str]]]:
        """The rows that match; unknown values are ignored."""
        labels = {str(value): str(label) for value, label in self.options}
        chosen = [value for value in query.getlist(self.name) if value in labels]
        if not chosen:
            return rows, []
        return self.narrow(rows, chosen), [(f"{self.legend}：{labels[value]}", value) for value in chosen]

    def facet(self, query: QueryDict) -> Facet:
        """How it is drawn."""
        chosen = query.getlist(self.name)
        return Facet(
            str(self.legend),
            self.name,
            [Option(str(value), str(label), checked=str(value) in chosen) for value, label in self.options],
            kind="radio" if self.radio else "check",
        )


@dataclass(frozen=True)
class Between:
    """A filter by a range of days."""

    name: str
    legend: Any
    field: str

    def apply(self, rows: Any, query: QueryDict) -> tuple[Any, list[tuple[str, str]]]:
        """The rows in the range; an impossible date is ignored."""
        said: list[tuple[str, str]] = []
        for suffix, lookup, words in (("from", "gte", _("自 %(day)s")), ("to", "lte", _("至 %(day)s"))):
            day = _day(query.get(f"{self.name}_{suffix}", ""))
            if day is not None:
                rows = rows.filter(**{f"{self.field}__{lookup}": day})
                said.append((f"{self.legend}：{words % {'day': day.isoformat()}}", suffix))
        return rows, said

    def facet(self, query: QueryDict) -> Facet:
        """How it is drawn."""
        return Facet(
            str(self.legend),
            self.name,
            kind="dates",
            start=query.get(f"{self.name}_from", ""),
            end=query.get(f"{self.name}_to", ""),
        )


Filter = Text | Choice | Between


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Order:
    """A sorting by one column, ties by key; empty values last."""

    name: str
    descending: bool

    @classmethod
    def read(cls, text: str) -> Order:
        """«-opened_at» is the newest first."""
        return cls(text.removeprefix("-"), text.startswith("-"))

    def __str__(self) -> str:
        return f"-{self.name}" if self.descending else self.name


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after (or before) the row with this value and key, in this sorting."""

    order: str
    value: Any
    key: int
    backwards: bool = False

    def write(self) -> str:
        """Sealed, so that nobody has to be believed."""
        return signing.dumps([self.order, self.value, self.key, self.backwards], salt=SALT, compress=True)

    @classmethod
    def read(cls, text: str, order: Order) -> Cursor | None:
        """The cursor, or nothing when it is broken or belongs to another sorting."""
        try:
            name, value, key, backwards = signing.loads(text, salt=SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls(name, value, key, backwards) if name == str(order) else None


@dataclass(frozen=True)
class Slice:
    """One page of rows, and the cursors to both sides."""

    rows: list[Any] = field(default_factory=list)
    newer: str = ""
    older: str = ""


def page_of(rows: QuerySet[Any], order: Order, cursor: Cursor | None, size: int = PAGE_SIZE) -> Slice:
    """One page by key: two statements at most, whatever the page; rows before and after are known by one more row."""
    backwards = cursor is not None and cursor.backwards
    if cursor is not None:
        rows = rows.filter(_beyond(rows, order, cursor))
    up = order.descending is backwards
    nulls: dict[str, bool] = {}
    if _nullable(rows, order.name):
        nulls = {"nulls_first": True} if backwards else {"nulls_last": True}
    first = F(order.name).asc(**nulls) if up else F(order.name).desc(**nulls)
    tie = F("pk").asc() if up else F("pk").desc()
    found = list(rows.order_by(first, tie)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    before = more if backwards else cursor is not None
    after = cursor is not None if backwards else more
    return Slice(
        found,
        _cursor(order, found[0], backwards=True) if found and before else "",
        _cursor(order, found[-1], backwards=False) if found and after else "",
    )


def _cursor(order: Order, row: Any, *, backwards: bool) -> str:
    value = row
    for part in order.name.split("__"):
        value = getattr(value, part)
    text = value.isoformat() if isinstance(value, dt.date | dt.datetime) else value
    plain = text if text is None or isinstance(text, str | int | bool) else str(text)
    return Cursor(str(order), plain, row.pk, backwards).write()


def _field(rows: QuerySet[Any], name: str) -> Any:
    model: Any = rows.model
    found: Any = None
    for part in name.split("__"):
        found = model._meta.pk if part == "pk" else model._meta.get_field(part)
        model = found.related_model or model
    return found


def _nullable(rows: QuerySet[Any], name: str) -> bool:
    try:
        return bool(_field(rows, name).null)
    except FieldDoesNotExist:  # an annotation
        return True


def _beyond(rows: QuerySet[Any], order: Order, cursor: Cursor) -> Q:
    """The rows on the far side of the cursor. «>= value» stands first, so that the index can be entered there."""
    name, up = order.name, order.descending is cursor.backwards
    strict, loose = ("gt", "gte") if up else ("lt", "lte")
    beyond_key = Q(**{f"pk__{strict}": cursor.key})
    if cursor.value is None:
        same = Q(**{f"{name}__isnull": True})
        return (same & beyond_key) | ~same if cursor.backwards else same & beyond_key
    try:
        value = _field(rows, name).to_python(cursor.value)
    except (FieldDoesNotExist, ValidationError):
        value = cursor.value
    reached = Q(**{f"{name}__{loose}": value}) & (Q(**{f"{name}__{strict}": value}) | beyond_key)
    if cursor.backwards or not _nullable(rows, name):
        return reached
    return reached | Q(**{f"{name}__isnull": True})


class ListView(DeskView):
    """A list: subclasses say `columns`, `rows()`, and what else they need."""

    template = "web/list.html"
    title: Any = ""
    caption: Any = ""
    columns: tuple[Column, ...] = ()
    facets: tuple[Filter, ...] = ()
    default_order = "-pk"
    page_size = PAGE_SIZE
    named = True
    export_name = ""

    def rows(self) -> Any:
        """The rows this person may see, before filters; with everything a cell needs read along."""
        raise NotImplementedError

    def empty(self) -> Empty:
        """What the list says when there is nothing at all."""
        return Empty(_("这里还没有内容"))

    def context(self) -> dict[str, Any]:
        """More values for the template."""
        return {}

    def get(self, request: Any, **_named: Any) -> HttpResponseBase:
        """A page of the list, or all of it as a file."""
        rows, chosen = self.filtered()
        order = self.order()
        if self.export_name and request.GET.get("format") == "csv":
            return self.export(rows, order)
        given = request.GET.get("at", "")
        cursor = Cursor.read(given, order) if given else None
        found = page_of(rows, order, cursor, self.page_size)
        context = {
            "title": self.title,
            "table": self.table(found.rows, order, filtered=bool(chosen)),
            "pager": Page(
                self.address(at=found.newer) if found.newer else "", self.address(at=found.older) if found.older else ""
            ),
            "facets": [facet for one in self.facets if (facet := one.facet(request.GET)) is not None],
            "search_fields": [one for one in self.facets if isinstance(one, Text)],
            "query": request.GET.get("q", ""),
            "chosen": chosen,
            "clear_url": request.path if chosen else "",
            "filter_action": request.path,
            "lost_place": bool(given) and cursor is None,
            "export_url": self.address(at="", format="csv") if self.export_name else "",
        }
        return self.page(self.template, context | self.context())

    def filtered(self) -> tuple[Any, list[Chosen]]:
        """The rows under the filters in force, and those filters with the address without each."""
        rows, chosen = self.rows(), []
        for one in self.facets:
            rows, said = one.apply(rows, self.request.GET)
            chosen += [Chosen(words, self.without(one, value)) for words, value in said]
        return rows, chosen

    def order(self) -> Order:
        """The sorting asked for, if a column offers it."""
        asked = Order.read(self.request.GET.get("sort", self.default_order))
        offered = {column.order for column in self.columns if column.order}
        return asked if asked.name in offered else Order.read(self.default_order)

    def table(self, rows: list[Any], order: Order, *, filtered: bool) -> Table:
        """The rows as the theme draws them."""
        nothing = Empty(_("没有符合筛选条件的内容"), _("去掉一个筛选条件再试。"), self.request.path, _("全部清除"))
        return Table(
            str(self.caption or self.title),
            [self._head(column, order) for column in self.columns],
            [[column.cell(row) for column in self.columns] for row in rows],
            named=self.named,
            empty=nothing if filtered else self.empty(),
        )

    def _head(self, column: Column, order: Order) -> components.Column:
        head = components.Column(str(column.label), column.numeric)
        if not column.order:
            return head
        current = column.order == order.name
        other = Order(column.order, not order.descending if current else False)
        return replace(
            head,
            sort_url=self.address(sort=str(other), at=""),
            sort=("desc" if order.descending else "asc") if current else "",
        )

    def address(self, **changes: str) -> str:
        """The list's own address with some parameters changed; an empty value drops one."""
        query = self.request.GET.copy()
        query.pop("format", None)
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def without(self, one: Filter, value: str) -> str:
        """The address without one filter."""
        query = self.request.GET.copy()
        query.pop("at", None)
        if isinstance(one, Between):
            query.pop(f"{one.name}_{value}", None)
        else:
            left = [given for given in query.getlist(one.name) if value and given != value]
            query.setlist(one.name, left)
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def export(self, rows: Any, order: Order) -> HttpResponseBase:
        """Exactly what is shown, as CSV that a spreadsheet opens with Chinese intact; at most 50,000 rows."""
        direction = F(order.name).desc(nulls_last=True) if order.descending else F(order.name).asc(nulls_last=True)
        ordered = rows.order_by(direction, "-pk" if order.descending else "pk")[:EXPORT_LIMIT]
        answer: HttpResponse | StreamingHttpResponse = StreamingHttpResponse(
            self._lines(ordered), content_type="text/csv; charset=utf-8"
        )
        answer["Content-Disposition"] = f'attachment; filename="{self.export_name}.csv"'
        return answer

    def _lines(self, rows: Any) -> Iterator[str]:
        writer = csv.writer(_Echo())
        yield "\ufeff" + writer.writerow([str(column.label) for column in self.columns])
        for row in rows.iterator(chunk_size=2000):
            yield writer.writerow([safe_cell(column.exported(row)) for column in self.columns])


class _Echo:
    """What csv writes to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def safe_cell(value: Any) -> Any:
    """A value no spreadsheet will run as a formula."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return "" if value is None else value
