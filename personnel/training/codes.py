"""The rotating code on the projector: an HMAC of session and 30-second step, judged by the server alone."""

from __future__ import annotations

import datetime as dt

from django.utils.crypto import constant_time_compare, salted_hmac

STEP_SECONDS = 30
GRACE_STEPS = 1
SIGNS = 20
SALT = "personnel.training.sign-in"


def step_of(now: dt.datetime) -> int:
    """The number of the step a moment lies in."""
    return int(now.timestamp()) // STEP_SECONDS


def code_of(session: int, step: int) -> str:
    """The code of a session in a step."""
    return f"{step}-{_mac(session, step)}"


def _mac(session: int, step: int) -> str:
    return salted_hmac(SALT, f"{session}:{step}", algorithm="sha256").hexdigest()[:SIGNS]


def is_current(session: int, code: str, now: dt.datetime) -> bool:
    """Whether a code is this session's, of the step running now or of the one before; never of a later one."""
    number, _dash, mac = code.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) <= 12):
        return False
    age = step_of(now) - int(number)
    return constant_time_compare(mac, _mac(session, int(number))) and 0 <= age <= GRACE_STEPS


def seconds_left(now: dt.datetime) -> int:
    """How long the running step still runs."""
    return STEP_SECONDS - int(now.timestamp()) % STEP_SECONDS
