"""Figures of a year, each with its denominator; counted by the desk, or here as far as published rows tell."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.theme.components import Figure
from portal.theme.formats import iso

from .kinds import EndKind
from .models import PublishedDepartment, PublishedFigures, Tombstone
from .searching import Search, visible


def year_figures(year: int) -> list[Figure]:
    """At most four figures; a rate is shown only when the desk has counted what it is a rate of."""
    counted = PublishedFigures.objects.filter(year=year, department_code="").first()
    withdrawn = Tombstone.objects.filter(kind=EndKind.WITHDRAWN, withdrawn_on__year=year).count()
    gone = Figure(
        _("已撤回"),
        _("%(count)s 件") % {"count": f"{withdrawn:,}"},
        _("看撤回理由") if withdrawn else _("没有撤回的决定"),
        reverse("public:withdrawn") if withdrawn else "",
    )
    if counted is None:
        published = sum(row["count"] for row in departments_of_year(year))
        label = _("%(year)d 年已公示") % {"year": year}
        return [Figure(label, _("%(count)s 件") % {"count": f"{published:,}"}, _("按公示日期，正在公示的")), gone]
    return [
        Figure(
            _("%(year)d 年已公示") % {"year": year},
            _("%(count)s 件") % {"count": f"{counted.published:,}"},
            _("应公示 %(due)s 件，另有 %(exempt)s 件依法不公示")
            % {"due": f"{counted.due:,}", "exempt": f"{counted.exempt:,}"}
            if counted.exempt
            else _("应公示 %(due)s 件") % {"due": f"{counted.due:,}"},
        ),
        Figure(
            _("公示率"),
            share(counted.published, counted.due),
            _("%(count)s 件逾期未公示") % {"count": f"{counted.overdue:,}"}
            if counted.overdue
            else _("没有逾期未公示的"),
            shape="red" if counted.overdue else "green",
        ),
        Figure(
            _("按期公示率"),
            share(counted.on_time, counted.due),
            _("%(count)s 件在法定期限内") % {"count": f"{counted.on_time:,}"},
        ),
        gone,
    ]


def share(part: int, whole: int) -> str:
    """A percentage with one decimal, rounded down: 100 % is said only when nothing is missing."""
    return f"{part * 1000 // whole / 10:.1f} %" if whole else "—"


def counted_words(year: int) -> str:
    """When the figures of a year were counted; «» when they were not."""
    counted = PublishedFigures.objects.filter(year=year, department_code="").only("counted_at").first()
    return iso(counted.counted_at) if counted else ""


def departments_of_year(year: int) -> list[dict[str, Any]]:
    """Active departments with the number of their decisions published in the year, most first."""
    start, end = (datetime(at, 1, 1, tzinfo=timezone.get_default_timezone()) for at in (year, year + 1))
    counts = dict(
        visible()
        .filter(published_at__gte=start, published_at__lt=end)
        .order_by()
        .values_list("department_code")
        .annotate(count=Count("*"))
    )
    rows = [
        {
            "code": code,
            "name": name,
            "count": counts.get(code, 0),
            "url": reverse("public:decisions") + Search(departments=(code,)).query(),
        }
        for code, name in PublishedDepartment.objects.filter(active=True).values_list("code", "short_name")
    ]
    return sorted(rows, key=lambda row: -row["count"])
