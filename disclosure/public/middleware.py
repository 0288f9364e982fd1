"""What a visitor prefers, kept in two plain cookies; and a plain answer when the database cannot give one."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation

log = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponse]
EASY_COOKIE = "easy"


class PreferencesMiddleware:
    """Chinese unless the cookie says English: the browser's own wish is not asked, so that shared links look alike."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Switch language and display for one request; unknown values mean the usual."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.easy = request.COOKIES.get(EASY_COOKIE) == "1"  # type: ignore[attr-defined]
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", "zh-Hans" if language == "zh-hans" else language)
        return response


class UnavailableMiddleware:
    """Turns a stopped query or a missing database into 503 with a sentence."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Explain what the visitor can do; the log keeps the reason."""
        if not isinstance(exception, OperationalError):
            return None
        log.warning("the database gave no answer: %s", exception)
        response = TemplateResponse(request, "publiczone/unavailable.html", status=503).render()
        response.headers["Retry-After"] = "30"
        response.headers["Cache-Control"] = "no-store"
        return response
