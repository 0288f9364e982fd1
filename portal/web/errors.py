"""Pages for what went wrong before or beside a view: not found, forbidden, a stale form, our own fault."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from portal.accounts.resumption import keep, kept


def _layout(request: HttpRequest) -> dict[str, Any]:
    """Inside the desk for somebody signed in, plain for everybody else."""
    user = getattr(request, "user", None)
    inside = request.path.startswith("/desk/") and user is not None and user.is_authenticated
    return {"error_layout": "theme/desk.html"} if inside else {}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent makes no sense."""
    del exception
    return render(request, "400.html", _layout(request), status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the reason when one was given."""
    return render(request, "403.html", {**_layout(request), "exception": str(exception or "")}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same for what does not exist and for what this person may not know of."""
    del exception
    return render(request, "404.html", _layout(request), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, drawn without any context: the database may be what failed."""
    del request
    return HttpResponse(loader.render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token no longer fits: an old page of ours may be sent again, another site's may not."""
    del reason
    if not _from_ourselves(request):
        return render(request, "403_csrf.html", _layout(request), status=403)
    return render(request, "accounts/resume.html", {"interrupted": kept(keep(request)), "stale_page": True}, status=403)


def _from_ourselves(request: HttpRequest) -> bool:
    """Whether the browser itself says that the form was on a page of this site."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None and site != "same-origin":
        return False
    if origin is not None:
        return urlsplit(origin).netloc == request.get_host()
    return site == "same-origin"
