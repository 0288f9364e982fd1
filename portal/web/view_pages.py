"""A person's saved views: named again, shared, put first, deleted; and the record of files taken from lists."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.theme.components import Cell, Column, Empty, Table
from portal.web import saved
from portal.web import tables as lists
from portal.web.base import DeskView
from portal.web.models import Export, FirstView, SavedView
from portal.web.tables import Between, Choice, ListView, Text
from portal.workflow.errors import Forbidden, Invalid


def list_of(key: str) -> tuple[str, str]:
    """A list's title and address; its key and no address when the portal no longer has it."""
    try:
        url = reverse(key)
    except NoReverseMatch:
        return key, ""
    return str(getattr(getattr(resolve(url).func, "view_class", None), "title", "") or key), url


class ViewsPage(DeskView):
    """`/desk/views/`: one's own views and those of the department."""

    def get(self, _request: Any) -> HttpResponse:
        """All of them, list by list."""
        first = set(FirstView.objects.filter(user=self.user).values_list("view", flat=True))
        rows = SavedView.objects.visible_to(self.user).select_related("owner").order_by("list_key", "name", "pk")
        table = Table(
            _("保存的视图"),
            [Column(_("视图")), Column(_("列表")), Column(_("筛选")), Column(_("谁能用")), Column(_("修改"))],
            [self._line(one, one.pk in first) for one in rows],
            empty=Empty(_("还没有保存的视图"), _("在案件等列表里筛选、排序、选好栏目，再从“视图”里保存。")),
        )
        return self.page("web/views.html", {"table": table, "crumbs": _crumbs()})

    def _line(self, one: SavedView, first: bool) -> list[Any]:
        title, url = list_of(one.list_key)
        own = one.owner_id == self.user.pk
        return [
            Cell(one.name, url=f"{url}?view={one.pk}" if url else "", tag=_("默认") if first else ""),
            title,
            "；".join(words for _name, _value, words in one.filters) or _("没有筛选"),
            (_("与本部门共用") if one.shared else _("只有自己")) if own else _("%(who)s共用") % {"who": one.owner.name},
            Cell(_("修改"), url=reverse("web:view", args=[one.pk])),
        ]


class ViewPage(DeskView):
    """`/desk/views/<pk>/`: one view. Its owner changes it, anybody who sees it may begin with it."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The form."""
        return self.form(self.saved_view(pk))

    def post(self, request: Any, pk: int) -> HttpResponseBase:
        """Rename, share, put first, delete."""
        view = self.saved_view(pk)
        own = view.owner_id == self.user.pk
        if "delete" in request.POST:
            if not own and not self._clears(view):
                raise Forbidden(_("这个视图由%(who)s保存，只有本人能删除。") % {"who": view.owner.name})
            view.delete()
            messages.success(request, _("已删除视图“%(name)s”。") % {"name": view.name})
            return redirect("web:views")
        if own:
            try:
                self._change(view, request.POST.get("name", ""), "shared" in request.POST)
            except Invalid as error:
                return self.form(view, name=request.POST.get("name", ""), error=error.sentence, status=422)
        if "first" in request.POST:
            saved.begin_with(self.user, view)
        else:
            FirstView.objects.filter(user=self.user, view=view).delete()
        messages.success(request, _("已保存视图“%(name)s”。") % {"name": view.name})
        return redirect("web:views")

    def _change(self, view: SavedView, name: str, shared: bool) -> None:
        view.name = saved.checked_name(name)
        if shared and not self.user.home_id:
            raise Invalid({"name": _("您不属于任何部门，视图只能自己用。")})
        view.shared, view.department_id = shared, self.user.home_id or None
        try:
            with transaction.atomic():
                view.save(update_fields=["name", "shared", "department"])
                if not shared:
                    FirstView.objects.filter(view=view).exclude(user=self.user).delete()
        except IntegrityError:
            raise Invalid({"name": _("您已经有一个叫“%(name)s”的视图，请换一个名称。") % {"name": view.name}}) from None

    def _clears(self, view: SavedView) -> bool:
        """The administrator of the department clears away what somebody who has left shared with it."""
        return view.shared and view.department_id == self.user.home_id and self.user.has_role("dept_admin")

    def saved_view(self, pk: int) -> SavedView:
        """The view, or 404."""
        found = SavedView.objects.visible_to(self.user).select_related("owner").filter(pk=pk).first()
        if found is None:
            raise Http404
        view: SavedView = found
        return view

    def form(self, view: SavedView, *, name: str = "", error: str = "", status: int = 200) -> HttpResponse:
        """The page."""
        title, url = list_of(view.list_key)
        own = view.owner_id == self.user.pk
        stored = SavedView.objects.values_list("name", flat=True).get(pk=view.pk)
        return self.page(
            "web/view.html",
            {
                "view": view,
                "name": name or stored,
                "stored": stored,
                "error": error,
                "own": own,
                "may_delete": own or self._clears(view),
                "may_share": bool(self.user.home_id),
                "first": FirstView.objects.filter(user=self.user, view=view).exists(),
                "list_title": title,
                "open_url": f"{url}?view={view.pk}" if url else "",
                "conditions": [words for _name, _value, words in view.filters],
                "crumbs": [*_crumbs(reverse("web:views")), {"label": stored}],
            },
            status=status,
        )


def _crumbs(url: str = "") -> list[dict[str, str]]:
    return [{"label": _("工作台"), "url": reverse("web:workbench")}, {"label": _("保存的视图"), "url": url}]


class ExportsView(ListView):
    """`/desk/exports/`: who took which list away, when, under which filters."""

    title = gettext_lazy("导出记录")
    caption = gettext_lazy("导出记录")
    columns = (
        lists.Column("title", gettext_lazy("列表"), lambda row: Cell(row.title, small=row.columns)),
        lists.Column("user", gettext_lazy("导出人"), lambda row: Cell(row.user.name, small=row.department.short_name if row.department else "")),
        lists.Column("exported_at", gettext_lazy("时间"), lambda row: timezone.localtime(row.exported_at).strftime("%Y-%m-%d %H:%M"), order="exported_at"),
        lists.Column("conditions", gettext_lazy("筛选条件"), lambda row: row.conditions.replace("\n", "；") or _("没有筛选")),
        lists.Column("format", gettext_lazy("格式"), lambda row: row.get_format_display()),
        lists.Column("rows", gettext_lazy("行数"), lambda row: row.rows, numeric=True),
    )  # fmt: skip
    facets = (
        Text("q", gettext_lazy("导出人、列表"), ("user__name", "title")),
        Choice("format", gettext_lazy("格式"), Export.Format.choices, lambda rows, chosen: rows.filter(format__in=chosen)),
        Between("day", gettext_lazy("日期"), "exported_at__date"),
    )  # fmt: skip
    default_order = "-exported_at"

    def rows(self) -> Any:
        """Own; the department's for its heads and administrator; all for the bureau."""
        return Export.objects.visible_to(self.user).select_related("user", "department")

    def empty(self) -> Empty:
        """Nothing yet."""
        return Empty(_("还没有导出过列表"), _("从列表导出 Excel 或者 CSV 时，会在这里留下记录。"))
