"""Where the paper mill joins the door: documents registers how a paper is issued and bound."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol


class Issuer(Protocol):
    """What the documents room offers: issue before the event, bind to it afterwards."""

    def issue(
        self, kind: str, *, matter: Any, subject: Any, actor: Any, about: str, extra: dict[str, Any], on: dt.date
    ) -> Any:
        """Make the document dated `on` (成文日期; the series is that year's) and take its number; returns it."""

    def bind(self, document: Any, event: Any) -> None:
        """Tell the document which event issued it."""


_issuer: list[Issuer] = []


def register_issuer(issuer: Issuer) -> None:
    """Called once by the documents app in ready()."""
    _issuer[:] = [issuer]


def issuer() -> Issuer:
    """The registered paper mill; raises LookupError when no room has registered one."""
    if not _issuer:
        raise LookupError("no paper mill is registered")
    return _issuer[0]
