"""The form of an explanation begun at a gap, and the page of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from enforcement.completeness.explaining import EXPLAIN, series_key
from enforcement.completeness.models import Explanation
from portal.theme.components import Pair
from portal.web.action_views import ActionView
from portal.web.base import DeskView, visible_or_404
from portal.web.forms import ActionForm
from portal.web.workspace import workspace

SHAPES: dict[str, Any] = {"standing": "green", "taken_back": "withdrawn"}


class ExplainView(ActionView):
    """`/desk/completeness/explain/<year>/<head>/<first>/<last>/`: the usual form with the gap filled in; GET only."""

    http_method_names = ["get", "head"]
    gap: dict[str, Any]

    def get(self, request: Any, year: int, head: str, first: int, last: int) -> HttpResponseBase:  # type: ignore[override]  # the address names the gap
        """What a draft left of ground and reason stays; the numbers are those of the gap."""
        self.gap = {"series": series_key(year, head), "first": first, "last": last}
        return super().get(request, EXPLAIN.key)

    def form(self, **options: Any) -> ActionForm:
        """With the gap."""
        if "initial" in options:
            options["initial"] = {**options["initial"], **self.gap}
        return super().form(**options)


class ExplanationView(DeskView):
    """`/desk/completeness/explanations/<pk>/`: what was said, its record, and taking it back."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page."""
        one = visible_or_404(Explanation, pk, self.user, "matter__department", "department")
        series = reverse("completeness:series", args=[one.department_id, one.year, one.head])
        return self.page(
            "personnel/thing.html",
            {
                "title": one.matter.title,
                "shape": SHAPES[one.state],
                "words": one.get_state_display(),
                "cards": [{"key": "about", "title": _("说明"), "pairs": pairs_of(one)}],
                "tools": [{"url": series, "label": _("看号段")}],
                "workspace": workspace(one, one.matter, self.user),
                "crumbs": [
                    {"label": _("应归尽归"), "url": reverse("completeness:overview")},
                    {"label": f"{one.head}〔{one.year}〕", "url": series},
                    {"label": _("缺号说明")},
                ],
            },
        )


def pairs_of(one: Explanation) -> list[Pair]:
    """What was said about which numbers, and why it was taken back."""
    span = f"{one.first}" if one.first == one.last else f"{one.first}—{one.last}"
    pairs = [
        Pair(_("部门"), one.department.name),
        Pair(_("号段"), f"{one.head}〔{one.year}〕"),
        Pair(_("号"), span, small=_("共 %(count)d 个") % {"count": one.last - one.first + 1}),
        Pair(_("情形"), one.get_ground_display()),
        Pair(_("说明"), one.reason),
        Pair(_("说明日期"), one.explained_on.isoformat()),
    ]
    if one.taken_back_on:
        pairs += [Pair(_("撤回日期"), one.taken_back_on.isoformat()), Pair(_("撤回理由"), one.taken_back_reason)]
    return pairs
