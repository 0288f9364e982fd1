"""The page of one department: its qualification, the mandates it gave or holds, what a street was empowered to do."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.theme.components import Column, Pair, Table
from portal.theme.formats import cn_date

from .caching import by_generation
from .models import PublishedAuthority, PublishedDepartment, PublishedSubject


@require_safe
@by_generation
def department(request: HttpRequest, code: str) -> HttpResponse:
    """What SX-06, 处罚法20条 and 24条 want published about a body before any decision."""
    found = PublishedDepartment.objects.filter(code=code).first()
    if found is None:
        raise Http404
    subject = PublishedSubject.objects.filter(department_code=code).first()
    rows = PublishedAuthority.objects.filter(Q(holder_code=code) | Q(giver_code=code))
    context = {
        "department": found,
        "subject": _pairs(subject) if subject else [],
        "withdrawn": subject if subject and subject.withdrawn_on else None,
        "authorities": [_authority(row) for row in rows],
        "crumbs": [
            {"label": _("首页"), "url": reverse("public:home")},
            {"label": _("执法部门"), "url": reverse("public:departments")},
            {"label": found.name, "url": ""},
        ],
    }
    return TemplateResponse(request, "publiczone/department.html", context)


def _pairs(subject: PublishedSubject) -> list[Pair]:
    pairs = [
        Pair(_("主体名称"), subject.name),
        Pair(_("主体类别"), subject.kind),
        Pair(_("执法区域"), subject.area),
        Pair(_("设立和职权依据"), subject.basis),
        Pair(_("执法职责"), subject.duties),
        Pair(_("确认"), cn_date(subject.confirmed_on)),
        Pair(_("公告"), cn_date(subject.published_on), small=subject.number),
    ]
    if subject.acting_name != subject.name:
        pairs.insert(2, Pair(_("以谁的名义执法"), subject.acting_name))
    return pairs


def _authority(row: PublishedAuthority) -> dict[str, Any]:
    last = cn_date(row.last_day) if row.last_day else _("没有写明期限")
    pairs = [
        Pair(_("委托机关") if row.is_mandate else _("作出决定的机关"), row.giver_name),
        Pair(_("受委托组织") if row.is_mandate else _("街道"), row.holder_name),
        Pair(_("文号"), row.number),
        Pair(_("期限"), f"{cn_date(row.valid_from)} – {last}"),
    ]
    for label, text in ((_("委托依据"), row.basis), (_("委托权限"), row.powers), (_("公布载体"), row.announced_in)):
        if text:
            pairs.append(Pair(label, text))
    heads = [Column(_("编码")), Column(_("事项"))]
    origin = any(item.get("origin") for item in row.items)
    if origin:
        heads.append(Column(_("原行使部门")))
    cells = [[item["code"], item["name"], *([item.get("origin") or "—"] if origin else [])] for item in row.items]
    return {"row": row, "pairs": pairs, "table": Table(_("%(title)s的事项") % {"title": row.title}, heads, cells)}
