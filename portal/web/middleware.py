"""An id for every request, and a proper page for everything the door refuses."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from portal.web.citations import articles
from portal.workflow.errors import Blocked, DoorError, Forbidden, Invalid, Overtaken, Repeated
from portal.workflow.proposals import Changed, Stale

STATUS: Final[dict[type[DoorError], int]] = {
    Forbidden: 403,
    Overtaken: 409,
    Repeated: 409,
    Stale: 409,
    Changed: 409,
    Blocked: 422,
    Invalid: 422,
}
TITLES: Final[dict[int, Any]] = {403: _("您不能做这一步"), 409: _("已经有人办过了"), 422: _("现在还不能办")}
SECRET = re.compile(r"password|csrf|token|^kept$|^seen$|^draft_version$|^version$", re.IGNORECASE)
GIVEN_ID = re.compile(r"[0-9a-f]{32}")


class RequestIdMiddleware:
    """Gives every request 32 hexadecimal digits, taken over from a proxy that has given some already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request under its id."""
        given = request.headers.get("X-Request-ID", "")
        request.id = given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex  # type: ignore[attr-defined]  # ours
        response = self.get_response(request)
        response["X-Request-ID"] = request.id  # type: ignore[attr-defined]  # ours
        return response


class DomainErrorMiddleware:
    """Turns what the door refuses into a page, or a part of one for htmx, that keeps what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer to a DoorError; every other error goes its usual way."""
        if not isinstance(exception, DoorError):
            return None
        return refusal(request, exception)


def status_of(error: DoorError) -> int:
    """403 for a wrong person, 409 when somebody was faster, 422 for unmet gates and wrong data."""
    return next((code for kind, code in STATUS.items() if isinstance(error, kind)), 422)


def refusal(request: HttpRequest, error: DoorError, *, back: str = "", title: Any = "") -> HttpResponse:
    """The page that says what the door said."""
    status = status_of(error)
    context = {
        "title": title or TITLES[status],
        "sentence": error.sentence,
        "unmet": [
            {"sentence": item.sentence, "citation": articles(item.citation)}
            for item in (error.unmet if isinstance(error, Blocked) else [])
        ],
        "typed": typed(request),
        "back": back,
    }
    template = "web/partials/refusal.html" if getattr(request, "htmx", False) else "web/refusal.html"
    return render(request, template, context, status=status)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What the person had typed, so that he can copy it; secrets are left out."""
    if request.method != "POST":
        return []
    return [
        (name, "、".join(value for value in values if value))
        for name, values in request.POST.lists()
        if not SECRET.search(name) and any(values)
    ]
