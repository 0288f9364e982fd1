"""What was changed in an officer's record: when, by whom, which fields and why; numbers stay masked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from personnel.models import Officer
from portal.accounts.identity import masked

SHOWN = 20
COMPARED = (
    "department", "name", "gender", "identity", "phone", "position", "user", "legal_qualified", "legal_number", "active",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One entry of the officer's history."""

    when: str
    who: str
    what: tuple[str, ...]
    reason: str


def changes_of(officer: Officer) -> list[Change]:
    """The newest twenty changes, the newest first."""
    rows = list(officer.history.select_related("history_user", "department")[: SHOWN + 1])
    found = [_change(new, old) for new, old in pairwise(rows)]
    if rows and len(rows) <= SHOWN:
        found.append(_change(rows[-1], None))
    return found


def _change(new: Any, old: Any) -> Change:
    what = (_("登记"),) if old is None else tuple(_differences(new, old)) or (_("没有改动"),)
    return Change(
        when=f"{timezone.localtime(new.history_date):%Y-%m-%d %H:%M}",
        who=new.history_user.name if new.history_user else _("系统"),
        what=what,
        reason=new.history_change_reason or "",
    )


def _differences(new: Any, old: Any) -> list[str]:
    found = []
    for name in COMPARED:
        field = Officer._meta.get_field(name)
        key = field.attname  # type: ignore[union-attr]  # concrete fields only
        if getattr(new, key) == getattr(old, key):
            continue
        values = {
            "field": str(field.verbose_name),  # type: ignore[union-attr]  # concrete fields only
            "old": _shown(old, name) or "—",
            "new": _shown(new, name) or "—",
        }
        found.append(_("%(field)s：%(old)s → %(new)s") % values)
    return found


def _shown(row: Any, name: str) -> str:
    if name == "identity":
        return masked(row.identity)
    if name == "gender":
        return str(row.get_gender_display())
    if name == "department":
        return str(row.department.short_name or row.department.name)
    if name == "user":
        return str(row.user.username) if row.user_id else ""
    value = getattr(row, name)
    return (_("是") if value else _("否")) if isinstance(value, bool) else str(value)
