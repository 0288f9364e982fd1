"""A look at the documents of a form before anything is submitted."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from portal.documents.binding import bind
from portal.documents.issuing import draft_pdf
from portal.web.action_views import ActionView
from portal.web.standing import drawn
from portal.workflow.door import rehearse
from portal.workflow.errors import Blocked, Invalid, Unmet


class PreviewView(ActionView):
    """The same addresses with `preview/`: the documents as drafts, before anything is submitted."""

    http_method_names = ["post"]

    def post(
        self, request: Any, action_key: str, matter_pk: int | None = None, subject_pk: int | None = None
    ) -> HttpResponseBase:
        """One PDF with every document the step would issue, or what is still missing."""
        if (elsewhere := self.prepare(action_key, matter_pk, subject_pk)) is not None:
            return elsewhere
        form = self.form(data=request.POST)
        if not self.place.action.papers:
            raise Http404
        unmet: list[Unmet] = []
        if form.is_valid():
            try:
                return self.drafts(form.to_data())
            except Invalid as error:
                form.add_problems(error.fields)
            except Blocked as error:
                unmet = error.unmet
        missing = [
            (str(form[name].label) if name in form.fields else "", sentence)
            for name, sentences in form.errors.items()
            for sentence in sentences
        ]
        return self.page(
            "web/preview_refused.html",
            {"action": self.place.action, "missing": missing, "unmet": drawn(unmet), "crumbs": self.crumbs()},
            status=422,
        )

    def drafts(self, data: Any) -> HttpResponse:
        """The drafts, bound in their order; the step was done and taken back, so they say what it would say."""
        place = self.place
        issued = rehearse(place.subject, place.action, actor=self.user, data=data)
        if not issued:
            return self.page("web/preview_refused.html", {"action": place.action, "crumbs": self.crumbs()})
        response = HttpResponse(
            bind([(document.title, draft_pdf(document)) for document in issued]), content_type="application/pdf"
        )
        name = _("%(action)s（草稿）.pdf") % {"action": place.action.label}
        response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response
