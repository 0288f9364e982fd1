"""Response headers that keep a page to its own scripts, styles and pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponseBase

# Neither inline script nor inline style: what a user typed can then never become either.
POLICY: Final = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


class SecurityHeadersMiddleware:
    """Adds the content security policy unless the view has set its own.

    A view marked with Django's `xframe_options_sameorigin` (a document shown inside the page) may be framed by
    our own pages. PDF answers get no policy, because Chromium's viewer would obey it and show nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request and complete the headers."""
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("application/pdf"):
            return response
        framed = response.get("X-Frame-Options", "").upper() == "SAMEORIGIN"
        policy = POLICY | ({"frame-ancestors": "'self'"} if framed else {})
        response.headers.setdefault(
            "Content-Security-Policy", "; ".join(f"{name} {value}" for name, value in policy.items())
        )
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response
