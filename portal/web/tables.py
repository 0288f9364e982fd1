"""Lists of the desk: columns, filters, sorting, saved views, ticked rows, files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.theme import components
from portal.theme.components import Cell, Chosen, Empty, Facet, Page, Table
from portal.web import saved
from portal.web.base import DeskView
from portal.web.exporting import export, safe_cell
from portal.web.filters import SHORTEST_TEXT, Between, Choice, Filter, Text
from portal.web.models import Export
from portal.web.paging import PAGE_SIZE, Cursor, Order, page_of
from portal.workflow.errors import Invalid

__all__ = ["EXPORT_LIMIT", "SHORTEST_TEXT", "Between", "Bulk", "Choice", "Column", "ListView", "Text", "safe_cell"]
EXPORT_LIMIT = 50_000


@dataclass(frozen=True)
class Column:
    """One column: how a row's cell is made, and by which field of the row it can be sorted.

    `order` names a column of the row's own table; rows whose value is empty come last either way.
    `export` gives the plain value for a file; the cell's text when not given. `optional`: only shown when chosen.
    """

    key: str
    label: Any
    cell: Callable[[Any], Cell | str | int]
    order: str = ""
    numeric: bool = False
    export: Callable[[Any], Any] | None = None
    optional: bool = False

    def exported(self, row: Any) -> Any:
        """The value for a file."""
        if self.export is not None:
            return self.export(row)
        cell = self.cell(row)
        return cell.text if isinstance(cell, Cell) else cell


@dataclass(frozen=True)
class Bulk:
    """One step for several rows of a list. `takes` says whether a row can be ticked; `rows` is what they are called."""

    label: Any
    url: str
    takes: Callable[[Any], bool]


class ListView(DeskView):
    """A list: subclasses say `columns`, `rows()`, and what else they need.

    `saves_views` lets people keep filters, sorting and columns under a name and choose columns.
    """

    template = "web/list.html"
    title: Any = ""
    caption: Any = ""
    columns: tuple[Column, ...] = ()
    facets: tuple[Filter, ...] = ()
    default_order = "-pk"
    page_size = PAGE_SIZE
    named = True
    export_name = ""
    saves_views = False

    def rows(self) -> Any:
        """The rows this person may see, before filters; with everything a cell needs read along."""
        raise NotImplementedError

    def empty(self) -> Empty:
        """What the list says when there is nothing at all."""
        return Empty(_("这里还没有内容"))

    def context(self) -> dict[str, Any]:
        """More values for the template."""
        return {}

    def bulk(self) -> Bulk | None:
        """What this person can do with several rows at once."""
        return None

    @property
    def key(self) -> str:
        """How the list is called in saved views and records of files: the name of its address."""
        match = self.request.resolver_match
        return match.view_name if match else ""

    def get(self, request: Any, **_named: Any) -> HttpResponseBase:
        """A page of the list, or all of it as a file."""
        shelf = saved.shelf(self.key, self.user, request.GET.get("view", "")) if self.saves_views else saved.Shelf()
        wanted = shelf.current if set(request.GET) == {"view"} else None if request.GET else shelf.first
        if wanted is not None and (there := saved.address(request.path, wanted)) != request.get_full_path():
            return redirect(there)
        if self.export_name and (kind := request.GET.get("format")) in Export.Format.values:
            rows, chosen = self.filtered()
            order = self.order()
            direction = F(order.name).desc(nulls_last=True) if order.descending else F(order.name).asc(nulls_last=True)
            ordered = rows.order_by(direction, "-pk" if order.descending else "pk")
            return export(self, ordered, [one.label for one in chosen], kind)
        return self.show(shelf)

    def post(self, request: Any, **_named: Any) -> HttpResponseBase:
        """Keep what is on the screen as a view."""
        if not self.saves_views:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        shelf = saved.shelf(self.key, self.user, request.GET.get("view", ""))
        if "replace" in request.POST and shelf.current is not None and shelf.current.owner_id == self.user.pk:
            saved.replace(self, shelf.current)
            messages.success(request, _("视图“%(name)s”已改为现在的样子。") % {"name": shelf.current.name})
            return redirect(f"{request.path}?view={shelf.current.pk}")
        try:
            made = saved.save(
                self,
                self.key,
                name=request.POST.get("name", ""),
                shared="shared" in request.POST,
                first="first" in request.POST,
            )
        except Invalid as error:
            return self.show(shelf, view_error=error.sentence, status=422)
        messages.success(request, _("已保存视图“%(name)s”。") % {"name": made.name})
        return redirect(f"{request.path}?view={made.pk}")

    def show(self, shelf: saved.Shelf, *, view_error: str = "", status: int = 200) -> HttpResponseBase:
        """The page."""
        request = self.request
        rows, chosen = self.filtered()
        order = self.order()
        given = request.GET.get("at", "")
        cursor = Cursor.read(given, order) if given else None
        found = page_of(rows, order, cursor, self.page_size)
        bulk = self.bulk()
        facets = [facet for one in self.facets if (facet := one.facet(request.GET)) is not None]
        table = self.table(found.rows, order, filtered=bool(chosen))
        if bulk is not None:
            table = replace(table, picks=[str(row.pk) if bulk.takes(row) else "" for row in found.rows])
        context = {
            "title": self.title,
            "table": table,
            "bulk": bulk if any(table.picks) else None,
            "whole_page": ",".join(pick for pick in table.picks if pick),
            "ticked": sum(1 for pick in table.picks if pick),
            "pager": Page(
                self.address(at=found.newer) if found.newer else "", self.address(at=found.older) if found.older else ""
            ),
            "facets": facets,
            "facets_kept": saved.without_page(request.GET, *_names(facets)),
            "search_fields": [
                {
                    "name": one.name,
                    "legend": one.legend,
                    "value": request.GET.get(one.name, ""),
                    "kept": saved.without_page(request.GET, one.name),
                }
                for one in self.facets
                if isinstance(one, Text)
            ],
            "query": request.GET.get("q", ""),
            "chosen": chosen,
            "clear_url": self.bare if chosen else "",
            "filter_action": request.path,
            "lost_place": bool(given) and cursor is None,
            "export_url": self.address(at="", format="csv") if self.export_name else "",
            "workbook_url": self.address(at="", format="xlsx") if self.export_name else "",
        }
        if self.saves_views:
            context |= self.views(shelf) | {"view_error": view_error, "view_name": request.POST.get("name", "")}
        return self.page(self.template, context | self.context(), status=status)

    def views(self, shelf: saved.Shelf) -> dict[str, Any]:
        """The views of this list, and the columns to choose from."""
        shown = {column.key for column in self.shown_columns()}
        return {
            "shelf": shelf,
            "own_view": shelf.current is not None and shelf.current.owner_id == self.user.pk,
            "view_changed": shelf.current is not None and saved.differs(self, shelf.current),
            "view_lost": saved.lost(self, shelf.current) if shelf.current is not None else [],
            "may_share": bool(self.user.home_id),
            "save_url": self.address(at=""),
            "no_view_url": self.bare,
            "choosable": [(one.key, str(one.label), one.key in shown) for one in self.columns[1:]],
            "columns_kept": saved.without_page(self.request.GET, "col"),
        }

    @property
    def bare(self) -> str:
        """The list without filters; also for whoever has a view to begin with."""
        return f"{self.request.path}?view={saved.NONE}" if self.saves_views else self.request.path

    def filtered(self) -> tuple[Any, list[Chosen]]:
        """The rows under the filters in force, and those filters with the address without each."""
        rows, chosen = self.rows(), []
        for one in self.facets:
            rows, said = one.apply(rows, self.request.GET)
            chosen += [Chosen(words, self.without(one, value)) for words, value in said]
        return rows, chosen

    def knows(self, name: str, value: str) -> bool:
        """Whether one of the filters still understands a saved value."""
        return any(one.knows(name, value) for one in self.facets)

    def offers_order(self, text: str) -> bool:
        """Whether a column can be sorted that way."""
        return Order.read(text).name in {column.order for column in self.columns if column.order}

    def order(self) -> Order:
        """The sorting asked for, if a column offers it."""
        asked = self.request.GET.get("sort", self.default_order)
        return Order.read(asked if self.offers_order(asked) else self.default_order)

    def shown_columns(self) -> tuple[Column, ...]:
        """The columns chosen, in their order; the first one always."""
        asked = set(self.request.GET.getlist("col")) & {column.key for column in self.columns}
        if not self.saves_views or not asked:
            return tuple(column for column in self.columns if not column.optional)
        return (self.columns[0], *(column for column in self.columns[1:] if column.key in asked))

    def table(self, rows: list[Any], order: Order, *, filtered: bool) -> Table:
        """The rows as the theme draws them."""
        nothing = Empty(_("没有符合筛选条件的内容"), _("去掉一个筛选条件再试。"), self.bare, _("全部清除"))
        columns = self.shown_columns()
        return Table(
            str(self.caption or self.title),
            [self._head(column, order) for column in columns],
            [[column.cell(row) for column in columns] for row in rows],
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
        query.pop("format", None)
        if isinstance(one, Between):
            query.pop(f"{one.name}_{value}", None)
        else:
            left = [given for given in query.getlist(one.name) if value and given != value]
            query.setlist(one.name, left)
        text = query.urlencode()
        return f"{self.request.path}?{text}" if text else self.bare


def _names(facets: list[Facet]) -> list[str]:
    """The parameters that the facets' own form sends."""
    return [name for one in facets for name in (one.name, f"{one.name}_from", f"{one.name}_to")]
