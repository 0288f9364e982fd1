"""The reviewer's desk: eight points on one page, the file beside, every word kept as it is typed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from enforcement.models import Case
from enforcement.review.actions import OPINE, REVIEWERS
from enforcement.review.models import Round
from enforcement.review.points import POINTS
from enforcement.review.views.round import file_of
from portal.web.action_views import ActionView, AutosaveView
from portal.web.base import visible_or_404
from portal.web.keys import of_points


class OpineView(ActionView):
    """`/desk/review/<round>/opine/`: the form of the opinion; a round that is over leads to its page."""

    row: Round

    def get(self, request: Any, pk: int) -> HttpResponseBase:  # type: ignore[override]  # the address names the round
        """The form beside the file."""
        return self.closed(pk) or super().get(request, OPINE.key, self.row.act_id)

    def post(self, request: Any, pk: int) -> HttpResponseBase:  # type: ignore[override]  # the address names the round
        """Keep the draft or give the opinion."""
        return self.closed(pk) or super().post(request, OPINE.key, self.row.act_id)

    def closed(self, pk: int) -> HttpResponseBase | None:
        """The way to the page of a round that waits no longer, or for another reviewer; 404 for one not to be seen."""
        self.row = visible_or_404(Round, pk, self.user, "act__department", "act__matter", "reviewer", "submitted_by")
        others = self.user.has_role(*REVIEWERS) and self.row.reviewer_id != self.user.pk
        return redirect("review:round", pk) if others or not self.row.is_open else None

    def prepare(self, action_key: str, matter_pk: int | None, subject_pk: int | None) -> HttpResponseBase | None:
        """As for every action; this is the page of its own."""
        super().prepare(action_key, matter_pk, subject_pk)
        return None

    def page(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """The form with the file beside it, at this address."""
        case = Case.objects.select_related("department", "item").get(pk=self.row.act_id)
        own = {
            "action_url": reverse("review:opine", args=[self.row.pk]),
            "autosave_url": reverse("review:autosave", args=[self.row.pk]),
            "keys": of_points(len(POINTS)),
        }
        return super().page("review/opine.html", file_of(self.row, case, self.user) | context | own, status=status)


class OpineAutosaveView(AutosaveView):
    """`/desk/review/<round>/opine/autosave/`: called at every change."""

    def post(self, request: Any, pk: int) -> HttpResponseBase:  # type: ignore[override]  # the address names the round
        """Keep the draft."""
        row = visible_or_404(Round, pk, self.user)
        return super().post(request, OPINE.key, row.act_id)

    def prepare(self, action_key: str, matter_pk: int | None, subject_pk: int | None) -> HttpResponseBase | None:
        """As for every action; the page of its own is where this is called from."""
        super().prepare(action_key, matter_pk, subject_pk)
        return None
