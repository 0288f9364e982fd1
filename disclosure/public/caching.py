"""Pages kept under the generation of the published rows: a change makes all of them stale at its commit."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags
from django.utils.translation import get_language

from .standby import STATE, at_copy

log = logging.getLogger(__name__)

SECONDS: Final = 24 * 3600
LARGEST: Final = 256 * 1024
# Pages share a fixed number of places, so that invented addresses can push pages out but never fill the memory.
PLACES: Final = 2048
View = Callable[..., HttpResponse]


class State(NamedTuple):
    """The number of a state of the published rows, and when it was reached; a restored backup repeats neither."""

    number: int
    raised_at: datetime


def generation() -> State:
    """The present state, asked of the database: at every visit, so without the detours of a queryset.

    The question is also the visit's proof that the connection still stands; a broken one is opened anew, once.
    """
    connection.health_check_done = True  # type: ignore[attr-defined]  # the stubs lack it
    try:
        return _asked()
    except OperationalError:
        if connection.in_atomic_block:
            raise
        connection.close()
        return _asked()


def _asked() -> State:
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        row = cursor.fetchone()
    return State(*row) if row else State(0, timezone.now())


def by_generation(view: View) -> View:
    """Answer GET from the cache, or with 304, as long as nothing published has changed.

    The generation is read first and from the database, so that a page rendered while a withdrawal commits is
    kept under the number nobody asks for any more. Shared caches must ask every time (no-cache), which costs
    one row here and makes a withdrawal effective everywhere at once. A broken cache only makes pages slower.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return view(request, *args, **kwargs)
        state: State = getattr(request, "generation", None) or generation()
        request.raised_at = state.raised_at  # type: ignore[attr-defined]  # carried along for the layers around
        mark = _mark(request, state)
        etag = f'"{mark}"'
        seen = parse_etags(request.headers.get("If-None-Match", ""))
        if etag in seen or f"W/{etag}" in seen:
            return _labelled(HttpResponseNotModified(), etag, state)
        response = _kept(mark)
        if response is None:
            response = at_copy(state.number, state.raised_at, lambda: _drawn(view(request, *args, **kwargs)))
            if response.status_code != 200:
                response.headers.setdefault("Cache-Control", "no-store")
                return response
            _keep(mark, response)
        response.lasts_for = state  # type: ignore[attr-defined]  # carried along for the layers around
        return _labelled(response, etag, state)

    return answer


def _drawn(response: HttpResponse) -> HttpResponse:
    return response.render() if isinstance(response, SimpleTemplateResponse) else response


def _labelled(response: HttpResponse, etag: str, state: State) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(state.raised_at.timestamp())
    response.headers["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response


def _mark(request: HttpRequest, state: State) -> str:
    """One hash for everything a page depends on."""
    parts = (
        release(),
        str(state.number),
        state.raised_at.isoformat(),
        timezone.localdate().isoformat(),
        get_language() or "",
        "easy" if getattr(request, "easy", False) else "",
        request.scheme or "",
        request.get_host(),
        request.get_full_path(),
    )
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


@lru_cache(maxsize=1)
def release() -> str:
    """A word that changes when the programme does: pages of the old one are not shown by the new."""
    digest = hashlib.sha256()
    roots = [Path(__file__).parent, Path(settings.BASE_DIR) / "portal" / "theme", Path(settings.BASE_DIR) / "locale"]
    for root in roots:
        for file in sorted(root.rglob("*")):
            if file.suffix in {".py", ".html", ".css", ".js", ".svg", ".mo"}:
                digest.update(f"{file.relative_to(root)} {file.stat().st_mtime_ns} ".encode())
    return digest.hexdigest()[:12]


def _place(mark: str) -> str:
    return f"page:{int(mark[:8], 16) % PLACES}"


def _kept(mark: str) -> HttpResponse | None:
    try:
        found = cache.get(_place(mark))
    except Exception:
        log.warning("the cache does not answer", exc_info=True)
        return None
    if found is None or found[0] != mark:
        return None
    return HttpResponse(found[1], content_type=found[2])


def _keep(mark: str, response: HttpResponse) -> None:
    if len(response.content) > LARGEST:
        return
    try:
        cache.set(_place(mark), (mark, response.content, response.headers["Content-Type"]), SECONDS)
    except Exception:
        log.warning("the cache does not take", exc_info=True)
