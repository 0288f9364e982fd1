"""Printing a matter's documents in one go: which ones, and the bound PDF."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.accounts.models import User
from portal.documents import press
from portal.documents.binding import bind
from portal.documents.models import Document
from portal.matters.models import Matter
from portal.matters.registry import url_of

MOST = 200


@login_required
@require_GET
def choose(request: HttpRequest, matter_pk: int) -> HttpResponse:
    """The matter's documents that are made, all of them chosen."""
    matter = _visible(request, matter_pk)
    made = list(_made(request, matter).defer("frozen")[:MOST])
    context = {
        "matter": matter,
        "matter_url": _matter_url(matter),
        "made": made,
        "pages": sum(document.pages or 0 for document in made),
        "unmade": _all(request, matter).filter(state__in=[Document.State.PENDING, Document.State.FAILED]).count(),
        "crumbs": [{"label": matter.number or matter.title, "url": _matter_url(matter)}, {"label": _("打印文书")}],
    }
    return render(request, "documents/print.html", context)


@login_required
@require_GET
def bound(request: HttpRequest, matter_pk: int) -> HttpResponse:
    """The chosen documents as one PDF, in the order in which they were issued."""
    matter = _visible(request, matter_pk)
    keys = {int(key) for key in request.GET.getlist("document") if key.isascii() and key.isdigit() and len(key) < 19}
    chosen = list(_made(request, matter).filter(pk__in=keys)[:MOST])
    if not chosen:
        raise PermissionDenied(_("还没有选要打印的文书。"))
    parts = [(f"{row.title} {row.number}".strip(), press.stored_pdf(row)) for row in chosen]
    response = HttpResponse(bind(parts, both_sides="both_sides" in request.GET), content_type="application/pdf")
    name = _("%(matter)s文书.pdf") % {"matter": matter.number or matter.title[:40]}
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _all(request: HttpRequest, matter: Matter) -> QuerySet[Document]:
    return Document.objects.visible_to(cast(User, request.user)).filter(matter=matter)


def _made(request: HttpRequest, matter: Matter) -> QuerySet[Document]:
    return _all(request, matter).filter(state=Document.State.READY).order_by("issued_at", "pk")


def _visible(request: HttpRequest, pk: int) -> Matter:
    found = Matter.objects.visible_to(cast(User, request.user)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _matter_url(matter: Matter) -> str:
    try:
        return url_of(matter)
    except LookupError:  # no room has registered the kind: nowhere to go
        return ""
