"""`/desk/catalogue/<pk>/outliers/`: decisions on an item that stand apart, as a chart with its table."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from enforcement.catalogue.models import Entry
from enforcement.catalogue.outliers import FENCES_FROM, MOST, Group, Picture, Point, picture
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.theme.components import Cell, Column, Empty, Table
from portal.theme.formats import iso, yuan
from portal.web.base import DeskView, visible_or_404

LOOKERS: Final = frozenset({Role.HEAD.value, Role.DEPUTY.value, Role.LEGAL.value, *BUREAU_ROLES})
EARLIEST: Final = dt.date(2000, 1, 1)


class Outliers(DeskView):
    """For heads and legal reviewers of the department, and the bureau."""

    roles = LOOKERS

    def get(self, request: Any, pk: int) -> HttpResponse:
        """The last twelve months, or the period asked for."""
        entry = visible_or_404(Entry, pk, self.user, "department")
        if entry.kind != Entry.Kind.ITEM:
            raise Http404
        today = timezone.localdate()
        start = _day(request.GET.get("from"), today.replace(day=1) - dt.timedelta(days=365))
        end = _day(request.GET.get("to"), today)
        found = picture(entry, start=start, end=end) if start <= end else Picture()
        return self.page(
            "catalogue/outliers.html",
            {
                "entry": entry,
                "start": start,
                "end": end,
                "wrong_way": start > end,
                "rows": [_row(group, found) for group in found.groups],
                "table": _table(found),
                "cut": MOST if found.cut else 0,
                "few": FENCES_FROM,
                "crumbs": [
                    {"label": _("执法目录"), "url": reverse("catalogue:entries")},
                    {"label": entry.code, "url": reverse("catalogue:entry", args=[entry.pk])},
                    {"label": _("裁量对照")},
                ],
            },
        )


def _day(text: str | None, otherwise: dt.date) -> dt.date:
    try:
        found = parse_date(text or "")
    except ValueError:
        found = None
    return max(found, EARLIEST) if found is not None else otherwise


def figure(value: Decimal, unit: str) -> str:
    """«4,000 元» or «2.5 倍»."""
    return _("%(value)s 倍") % {"value": yuan(value)} if unit == "times" else _("%(value)s 元") % {"value": yuan(value)}


def _row(group: Group, whole: Picture) -> dict[str, Any]:
    top = whole.top(group.unit)

    def place(value: Decimal) -> str:
        return f"{max(0.0, min(100.0, float(value / top * 100))):.2f}"

    range_: dict[str, str] = {}
    if group.lowest is not None and group.highest is not None:
        low, high = place(group.lowest), place(group.highest)
        width = f"{max(float(high) - float(low), 0.4):.2f}"
        range_ = {"x": low, "width": width, "words": f"{yuan(group.lowest)}–{figure(group.highest, group.unit)}"}
    return {
        "name": group.tier,
        "version": group.version,
        "count": len(group.points),
        "range": range_,
        "middle": figure(group.middle, group.unit) if group.middle is not None else "—",
        "middle_place": place(group.middle) if group.middle is not None else "",
        "usual": f"{yuan(max(group.fences[0], Decimal()))}–{figure(group.fences[1], group.unit)}"
        if group.fences
        else _("件数少或者大多相同，不判断"),
        "points": [{"x": place(point.value), "out": group.stands_out(point)} for point in group.points],
        "top": figure(top, group.unit),
        "outstanding": len(group.outstanding),
    }


def _why(group: Group, point: Point) -> str:
    words = []
    if not point.inside:
        words.append(_("不在阶次之内：%(reason)s") % {"reason": point.reason} if point.reason else _("不在阶次之内"))
    if group.is_far(point):
        low = group.fences is not None and point.value < group.fences[0]
        words.append(_("明显轻于同阶次的其他决定") if low else _("明显重于同阶次的其他决定"))
    return "；".join(words)


def _table(found: Picture) -> Table:
    rows: list[list[Cell | str]] = [
        [
            Cell(point.number or _("未编号"), url=reverse("enforcement:case", args=[point.matter])),
            iso(point.on),
            f"{group.tier}（{_('第 %(number)d 版') % {'number': group.version}}）",
            figure(point.value, group.unit),
            Cell(_why(group, point), shape="amber"),
        ]
        for group in found.groups
        for point in group.outstanding
    ]
    return Table(
        caption=_("突出的决定"),
        columns=[Column(_("文号")), Column(_("日期")), Column(_("阶次")), Column(_("罚款")), Column(_("突出在哪里"))],
        rows=rows,
        empty=Empty(_("没有突出的决定"), _("这一期间的决定都在阶次之内，也没有明显轻于或者重于同阶次其他决定的。")),
    )
