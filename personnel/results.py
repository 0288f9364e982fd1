"""Results of examinations, for whoever asks about an officer: apps beside each other meet here, not in one another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from personnel.models import Officer


@dataclass(frozen=True)
class Result:
    """A published result. `points` and `full` are half points or whole ones, written as text («87.5»)."""

    title: str  # name of the examination
    taken_on: dt.date
    published_on: dt.date
    points: str
    full: str
    passed: bool
    sitting: int


Provider = Callable[["Officer", dt.date], list[Result]]
_providers: list[Provider] = []


def register_provider(provider: Provider) -> None:
    """`provider(officer, on)` answers the officer's results that were published by that day, in any order."""
    if provider not in _providers:
        _providers.append(provider)


def best_result(officer: Officer, on: dt.date) -> Result | None:
    """The latest examination passed by `on`; if none was passed, the latest one taken; None without any."""
    found = [result for provider in _providers for result in provider(officer, on)]
    return max(found, key=lambda result: (result.passed, result.taken_on, result.sitting), default=None)
