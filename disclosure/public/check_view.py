"""亮证: the page behind the QR of an officer's card, and the form for its code."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.theme.components import Pair
from portal.theme.formats import cn_date

from .kinds import CardState
from .models import PublishedCertificate
from .publishing import normal_code
from .throttle import limited

CODE_LENGTH = 16


@require_safe
def check_form(request: HttpRequest) -> HttpResponse:
    """Where a code is typed in; it leads to the page a scanner opens."""
    typed = request.GET.get("code", "").strip()[:60]
    code = normal_code(typed)
    if len(code) == CODE_LENGTH:
        return _private(HttpResponseRedirect(reverse("public:check", args=[code]), status=303))
    problem = _("核验码是 16 位字母和数字，印在证件背面二维码旁边，请再输一次。") if typed else ""
    return _page(request, {"typed": typed, "problem": problem})


@require_safe
@limited
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Name, department, fields, state, validity and photograph; an unknown code gets a plain page."""
    wanted = normal_code(code)
    row = PublishedCertificate.objects.filter(pk=wanted).first() if len(wanted) == CODE_LENGTH else None
    if row is None:
        return _page(request, {"typed": "", "missing": True}, status=404)
    shape, words = standing(row, timezone.localdate())
    good = shape == "green"
    pairs = [
        Pair(_("姓名"), row.name),
        Pair(_("执法部门"), row.department_name),
        Pair(_("执法领域"), "、".join(row.fields)),
        Pair(
            _("有效期"),
            _("%(from)s 至 %(to)s") % {"from": cn_date(row.valid_from), "to": cn_date(row.valid_to)},
        ),
    ]
    context = {"row": row, "shape": shape, "words": words, "good": good, "pairs": pairs, "now": timezone.now()}
    return _page(request, context)


def standing(row: PublishedCertificate, on: dt.date) -> tuple[str, str]:
    """Shape and words of the certificate on a day: what was done with it, then its days."""
    if row.state == CardState.SUSPENDED:
        return "pause", str(CardState.SUSPENDED.label)
    if row.state != CardState.ISSUED:
        return "withdrawn", str(CardState(row.state).label)
    if row.valid_to < on:
        return "red", _("已过有效期")
    if on < row.valid_from:
        return "open", _("尚未生效")
    return "green", _("有效")


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    crumbs = [{"label": _("首页"), "url": reverse("public:home")}, {"label": _("执法证核验"), "url": ""}]
    page = TemplateResponse(request, "publiczone/check.html", {**context, "crumbs": crumbs}, status=status)
    return _private(page)


def _private(response: HttpResponse) -> HttpResponse:
    """Not kept, not indexed, and the code not told to the next site."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
