"""Who is told when an officer leaves his post; later also how postings begin and end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from personnel.models import Officer
    from portal.accounts.models import User

LeftDuty = Callable[["Officer", dt.date, str, "User"], None]
_when_left: list[LeftDuty] = []


def left_duty(hook: LeftDuty) -> LeftDuty:
    """Register what follows at once when an officer is transferred, on leave, retired or dismissed.

    Called as hook(officer, on, ground, actor) in the transaction that ends his posting; on is the
    first day he is no longer in the post. What the hook raises undoes the leaving. To be registered
    when the app starts; the same hook is kept once.
    """
    if hook not in _when_left:
        _when_left.append(hook)
    return hook


def tell_left_duty(officer: Officer, on: dt.date, ground: str, actor: User) -> None:
    """Call every hook, in the order of registration."""
    for hook in tuple(_when_left):
        hook(officer, on, ground, actor)
