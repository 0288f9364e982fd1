"""Who must stay out of a case: the app about people says it, others ask (处罚法43条)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_kept_out: list[Callable[[Any, Any], bool]] = []


def tell_kept_out(answer: Callable[[Any, Any], bool]) -> None:
    """Say how it is found whether a person must stay out of an act. Called in AppConfig.ready()."""
    if answer not in _kept_out:
        _kept_out.append(answer)


def kept_out(act: Any, person: Any) -> bool:
    """Whether somebody decided that the person stays out of the act."""
    return any(answer(act, person) for answer in _kept_out)
