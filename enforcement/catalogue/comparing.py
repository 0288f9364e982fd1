"""Versions of an entry side by side, the newest at the left; what differs from the version before is marked."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from enforcement.catalogue.models import Entry
from enforcement.models import PenaltyKind
from portal.theme.components import Cell, Column, Table
from portal.theme.formats import yuan

SHOWN = 3
HIDDEN = frozenset({"id", "department", "entry", "code", "version", "citations"})
NAMES = {"review": "reviewrule", "leniency": "leniency", "hearing": "hearingthreshold"}


def versions_of(entry: Entry) -> list[Any]:
    """The versions, the newest first."""
    if entry.kind == Entry.Kind.ITEM:
        return list(entry.items)
    return list(getattr(entry, f"{NAMES[entry.kind]}_versions").order_by("-version"))


def compared(entry: Entry, today: dt.date) -> Table:
    """A row for each field, a column for each of the newest versions."""
    found = versions_of(entry)
    shown = found[:SHOWN]
    columns = [Column(_("内容"))] + [
        Column(_("第 %(number)d 版%(mark)s") % {"number": one.version, "mark": _mark(one, today)}) for one in shown
    ]
    rows = []
    for field in shown[0]._meta.fields if shown else ():
        if field.name in HIDDEN:
            continue
        texts = [_text(one, field.name) for one in found[: SHOWN + 1]]
        if not any(texts):
            continue
        cells: list[Any] = [Cell(str(field.verbose_name))]
        for place, _one in enumerate(shown):
            changed = place + 1 < len(texts) and texts[place] != texts[place + 1]
            cells.append(Cell(texts[place] or "—", tag=_("有变化") if changed else ""))
        rows.append(cells)
    return Table(_("各版本"), columns, rows, wide=len(shown) > 1)


def _mark(version: Any, today: dt.date) -> str:
    if version.effective_from > today:
        return _("（将来施行）")
    if version.effective_to is not None and version.effective_to < today:
        return _("（已不施行）")
    return _("（施行中）")


def _text(version: Any, name: str) -> str:
    shown = getattr(version, f"get_{name}_display", None)
    if shown is not None:
        return str(shown())
    value = getattr(version, name)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return yuan(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        known = dict(PenaltyKind.choices)
        return "、".join(str(known.get(one, one)) for one in value)
    return str(value)
