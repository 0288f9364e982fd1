"""The outermost layer of the public process: pages kept in memory, answered before anything else is asked.

A kept page carries the generation it was made under, and the database is asked for the present one at every visit:
what was withdrawn is gone with its commit, from every process at once. One change empties the whole shelf.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.http import parse_etags

from .caching import State, generation
from .middleware import EASY_COOKIE

LANGUAGES: Final = frozenset(dict(settings.LANGUAGES))
MOST_BYTES: Final = 48 * 1024 * 1024
# Of a page not changed, only these are told again (RFC 9110, 15.4.5).
TOLD_AGAIN: Final = ("ETag", "Last-Modified", "Cache-Control", "Vary", "Content-Location", "Expires")
Answer = Callable[[HttpRequest], HttpResponse]
Address = tuple[str, ...]
Under = tuple[State, date]


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer, as it left the process the first time."""

    headers: Mapping[str, str]
    body: bytes


class Shelf:
    """Answers made under one state of the published rows, the longest unasked dropped when there are too many bytes."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most = most
        self.bytes = 0
        self._under: Under | None = None
        self._kept: OrderedDict[Address, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, address: Address, under: Under) -> Kept | None:
        """What is kept for the address, if it was made under this very state."""
        with self._lock:
            if under != self._under or (found := self._kept.get(address)) is None:
                return None
            self._kept.move_to_end(address)
            return found

    def put(self, address: Address, kept: Kept, under: Under) -> None:
        """Keep an answer; one made under another state than the last one empties the shelf first."""
        with self._lock:
            if under != self._under:
                self._empty(under)
            if (before := self._kept.pop(address, None)) is not None:
                self.bytes -= len(before.body)
            self._kept[address] = kept
            self.bytes += len(kept.body)
            while self.bytes > self.most:
                _address, dropped = self._kept.popitem(last=False)
                self.bytes -= len(dropped.body)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._empty(None)

    def _empty(self, under: Under | None) -> None:
        self._kept.clear()
        self.bytes, self._under = 0, under


shelf: Final = Shelf()


class KeptPagesMiddleware:
    """Answers what is on the shelf; puts there what a view marked as lasting for its generation.

    It stands first: a kept answer has been through all the other layers once, its headers with it.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request; everything but plain reading goes on to the views."""
        if request.method not in {"GET", "HEAD"} or request.path_info.startswith(settings.STATIC_URL):
            return self.get_response(request)
        try:
            state = generation()
        except DatabaseError:
            return self.get_response(request)  # a layer further in says it in words
        request.generation = state  # type: ignore[attr-defined]  # carried along for the layers around
        address, under = _address(request), (state, timezone.localdate())
        if (kept := shelf.get(address, under)) is not None:
            return _again(request, kept)
        response = self.get_response(request)
        if request.method == "GET" and getattr(response, "lasts_for", None) == state:
            shelf.put(address, Kept(dict(response.headers), response.content), under)
        return response


def _address(request: HttpRequest) -> Address:
    """Everything an answer depends on, as it came: made-up hosts never get an answer that is kept."""
    meta = request.META
    cookies = request.COOKIES if meta.get("HTTP_COOKIE") else {}
    language = cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
    return (
        request.path_info,
        meta.get("QUERY_STRING", ""),
        meta.get("HTTP_HOST", ""),
        meta.get("HTTP_X_FORWARDED_PROTO", ""),
        "easy" if cookies.get(EASY_COOKIE) == "1" else "",
        language if language in LANGUAGES else "",
    )


def _again(request: HttpRequest, kept: Kept) -> HttpResponse:
    seen = request.META.get("HTTP_IF_NONE_MATCH", "")
    if seen and not {kept.headers["ETag"], f"W/{kept.headers['ETag']}", "*"}.isdisjoint(parse_etags(seen)):
        unchanged = HttpResponseNotModified()
        for name in TOLD_AGAIN:
            if name in kept.headers:
                unchanged.headers[name] = kept.headers[name]
        return unchanged
    return HttpResponse(kept.body, headers=dict(kept.headers))
