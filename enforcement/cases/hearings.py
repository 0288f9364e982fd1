"""When a hearing was last held in a case: the app that keeps hearings says it, later ones ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from enforcement.models import EnforcementAct

LastHearing = Callable[[EnforcementAct], dt.date | None]
_last: list[LastHearing] = []


def tell_last_hearing(answer: LastHearing) -> None:
    """Say how the last hearing of an act is found. Called in AppConfig.ready()."""
    if answer not in _last:
        _last.append(answer)


def last_hearing_day(act: EnforcementAct) -> dt.date | None:
    """The day on which a hearing was last held in the act; nothing when there was none (处罚法65条, CF-10)."""
    days = [day for answer in _last if (day := answer(act)) is not None]
    return max(days, default=None)
