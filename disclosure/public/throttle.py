"""How often one address may ask: a count a minute in the cache, for pages whose addresses could be guessed at."""

from __future__ import annotations

import ipaddress
import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse

log = logging.getLogger(__name__)
# Whole offices and mobile networks share one address; who guesses needs many millions.
A_MINUTE: Final = 60
SECONDS: Final = 60
IPV6_NETWORK: Final = 64
View = Callable[..., HttpResponseBase]


def at_most(a_minute: int, what: str) -> Callable[[View], View]:
    """Answer so many requests a minute of one address; the others get 429 with how long to wait.

    `what` names the count, so that one kind of request does not use up another's. A cache that does not answer
    lets everybody through: nothing becomes guessable by it.
    """

    def limit(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            now = int(time.time())
            if _count(f"{what}:{_network(visitor_address(request))}:{now // SECONDS}") <= a_minute:
                return view(request, *args, **kwargs)
            wait = SECONDS - now % SECONDS
            response = TemplateResponse(request, "429.html", {"retry_after": wait}, status=429)
            response.headers["Retry-After"] = str(wait)
            response.headers["Cache-Control"] = "no-store"
            return response

        return answer

    return limit


limited: Final = at_most(A_MINUTE, "asked")


def visitor_address(request: HttpRequest) -> str:
    """The address asking: what the proxy says, when the request comes from a proxy of our own network."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    told = str(request.headers.get("X-Forwarded-For", "")).rpartition(",")[2].strip()
    return told if told and _is_ours(direct) else direct


def _is_ours(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_private
    except ValueError:  # a socket file has no address
        return not address


def _network(address: str) -> str:
    """The address itself; of IPv6 the network, for a household has many addresses."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if found.version == 6:
        return str(ipaddress.ip_network((found, IPV6_NETWORK), strict=False).network_address)
    return str(found)


def _count(key: str) -> int:
    try:
        cache.add(key, 0, SECONDS * 2)
        return int(cache.incr(key))
    except Exception:
        log.warning("the cache does not count", exc_info=True)
        return 0
