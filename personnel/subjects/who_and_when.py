"""What the actions on subjects, mandates and decisions share: who acts, what may be blank, which days fit."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from portal.accounts.models import Department
from portal.accounts.roles import Role

ADMINS = frozenset({Role.DEPT_ADMIN.value})
DRAWERS = frozenset({Role.DEPT_ADMIN.value, Role.LEGAL.value, Role.OFFICER.value})
HEADS = frozenset({Role.HEAD.value, Role.DEPUTY.value})
SUPERVISORS = frozenset({Role.SUPERVISOR.value})
BUREAU_HEADS = frozenset({Role.SUPERVISION_HEAD.value})
ENFORCING = frozenset({"organ", "empowered", "dispatched", "entrusted", "street"})
FIRST_DAY, LAST_DAY = dt.date(1950, 1, 1), dt.date(2099, 12, 31)


def bureau(_subject: Any) -> Department:
    """The bureau confirms, publishes and withdraws."""
    return Department.objects.get(kind=Department.Kind.BUREAU)


def blanks(data: Any, **sentences: str) -> dict[str, str]:
    """Sentences for the texts that are nothing but blanks."""
    return {name: sentence for name, sentence in sentences.items() if not str(getattr(data, name)).strip()}


def span_problems(first: dt.date, last: dt.date | None, names: tuple[str, str]) -> dict[str, str]:
    """What is wrong with a first and a last day."""
    found: dict[str, str] = {}
    for name, day in zip(names, (first, last), strict=True):
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            found[name] = _("日期应当在 1950 年到 2099 年之间。")
    if not found and last is not None and last < first:
        found[names[1]] = _("止期早于起期（%(first)s）。") % {"first": first.isoformat()}
    return found
