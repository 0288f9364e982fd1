"""Enforcement items before any decision: the list of each department, an item with its discretion benchmark."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.theme.components import Column, Page, Pair, Table
from portal.theme.formats import cn_date

from .addresses import absolute
from .caching import by_generation
from .models import PublishedDepartment, PublishedItem
from .searching import Search

PAGE: Final = 50
LONGEST: Final = 60


@require_safe
@by_generation
def items(request: HttpRequest) -> HttpResponse:
    """Items in force, by department and code; found by words of their name or the beginning of their code."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    department = request.GET.get("department", "").replace("\0", "")[:32]
    after = request.GET.get("after", "").replace("\0", "")[:100]
    rows = PublishedItem.objects.exclude(effective_to__lt=timezone.localdate())
    if asked:
        rows = rows.filter(Q(name__icontains=asked) | Q(code__startswith=asked))
    if department:
        rows = rows.filter(department_code=department)
    if after:
        place, _bar, code = after.partition("|")
        rows = rows.filter(Q(department_code__gt=place) | Q(department_code=place, code__gt=code))
    found = list(rows.order_by("department_code", "code").defer("basis")[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    names = dict(PublishedDepartment.objects.values_list("code", "name"))
    kept = {"q": asked, "department": department}
    context = {
        "crumbs": [{"label": _("首页"), "url": reverse("public:home")}, {"label": _("执法事项"), "url": ""}],
        "asked": asked,
        "department": department,
        "departments": sorted(names.items(), key=lambda pair: pair[1]),
        "rows": [
            {
                "name": row.name,
                "url": reverse("public:item", args=[row.department_code, row.code]),
                "code": row.code,
                "department": names.get(row.department_code, row.department_code),
                "kind": row.get_act_kind_display(),
                "tiers": len(row.benchmark.get("tiers", ())),
            }
            for row in found
        ],
        "page": Page(
            newer_url=_address(kept) if after else "",
            older_url=_address(kept | {"after": f"{found[-1].department_code}|{found[-1].code}"}) if more else "",
            words="",
        ),
        "canonical": absolute(request, _address(kept)),
    }
    return TemplateResponse(request, "publiczone/items.html", context)


def _address(values: dict[str, str]) -> str:
    kept = {name: value for name, value in values.items() if value}
    return reverse("public:items") + (f"?{urlencode(kept)}" if kept else "")


@require_safe
@by_generation
def item(request: HttpRequest, department: str, code: str) -> HttpResponse:
    """One item: its basis, its benchmark (CL-02), and the decisions taken on it."""
    row = (
        PublishedItem.objects.filter(department_code=department[:32], code=code[:64]).first() if _clean(code) else None
    )
    if row is None:
        raise Http404(_("没有这一执法事项。"))
    name = PublishedDepartment.objects.filter(code=department).values_list("name", flat=True).first() or department
    ended = row.effective_to is not None and row.effective_to < timezone.localdate()
    pairs = [
        Pair(_("执法部门"), name),
        Pair(_("事项编码"), row.code),
        Pair(_("行为种类"), row.get_act_kind_display()),
        Pair(_("法律依据"), row.basis or "—"),
    ]
    if row.effective_from:
        pairs.append(Pair(_("施行"), cn_date(row.effective_from)))
    if row.effective_to:
        pairs.append(Pair(_("废止"), cn_date(row.effective_to)))
    tiers = row.benchmark.get("tiers", [])
    context = {
        "crumbs": [
            {"label": _("首页"), "url": reverse("public:home")},
            {"label": _("执法事项"), "url": reverse("public:items")},
            {"label": row.code, "url": ""},
        ],
        "row": row,
        "ended": ended,
        "pairs": pairs,
        "source": row.benchmark.get("source", ""),
        "since": row.benchmark.get("since", ""),
        "table": Table(
            caption=_("裁量基准"),
            columns=[Column(_("阶次")), Column(_("适用情形")), Column(_("罚款")), Column(_("其他处罚"))],
            rows=[[tier["name"], tier["circumstances"], tier["range"], tier["kinds"] or "—"] for tier in tiers],
        )
        if tiers
        else None,
        "decisions_url": reverse("public:decisions") + Search(item=row.code, departments=(department,)).query(),
        "canonical": absolute(request, reverse("public:item", args=[department, code])),
    }
    return TemplateResponse(request, "publiczone/item.html", context)


def _clean(code: str) -> bool:
    return "\0" not in code
