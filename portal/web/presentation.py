"""An action's data as people read it: labels for choices, names for records, yuan for amounts."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.accounts.identity import identity_error, masked
from portal.attachments.models import Attachment
from portal.theme import formats
from portal.theme.components import Pair
from portal.web.fields import MomentField
from portal.workflow.actions import Action
from portal.workflow.data import Entry, entries


def pairs(action: Action[Any, Any], values: Mapping[str, Any], subject: Any, actor: Any) -> list[Pair]:
    """Term and value of everything that was filled in, in the order of the form; what is empty is left out."""
    shown = []
    for name, (_field, entry) in entries(action.data).items():
        words = shown_value(entry, values.get(name), subject, actor)
        if words:
            shown.append(Pair(str(entry.label), words))
    return shown


def shown_value(entry: Entry, value: Any, subject: Any, actor: Any) -> str:
    """One value in words; takes what was typed as well as what was stored."""
    if value is None or value in ("", []):
        return ""
    match entry.kind:
        case "flag":
            return _("是") if value in (True, "true", "on") else _("否")
        case "choice":
            return _labels(entry, [value], subject, actor)
        case "choices" | "record" | "records":
            return _labels(entry, value if isinstance(value, list | tuple) else [value], subject, actor)
        case "file" | "files":
            keys = [int(key) for key in (value if isinstance(value, list | tuple) else [value]) if str(key).isdigit()]
            return "、".join(Attachment.objects.filter(pk__in=keys).order_by("pk").values_list("name", flat=True))
        case "money":
            amount = formats.yuan(value)
            return _("%(amount)s 元") % {"amount": amount} if amount else ""
        case "date":
            return formats.cn_date(value) or str(value)
        case "moment":
            return formats.iso(MomentField().prepare_value(value)) or str(value)
        case _:
            text = str(value)
            return masked(text.strip()) if identity_error(text) is None else text


def _labels(entry: Entry, keys: typing.Sequence[Any], subject: Any, actor: Any) -> str:
    offered = entry.options(subject, actor) if entry.options is not None else ()
    if isinstance(offered, QuerySet):
        numbers = [int(key) for key in keys if str(key).isdigit()]
        rows = {row.pk: str(row) for row in offered.model._default_manager.filter(pk__in=numbers)}
        return "、".join(rows[number] for number in numbers if number in rows)
    known = {str(key): str(label) for key, label in offered}
    return "、".join(known.get(str(key), str(key)) for key in keys)


def differences(
    action: Action[Any, Any], mine: Mapping[str, Any], other: Mapping[str, Any], subject: Any, actor: Any
) -> list[tuple[str, str, str]]:
    """Label, this page's value, the other value: only where the two differ."""
    found = []
    for name, (_field, entry) in entries(action.data).items():
        here = shown_value(entry, mine.get(name), subject, actor)
        there = shown_value(entry, other.get(name), subject, actor)
        if here != there:
            found.append((str(entry.label), here or "—", there or "—"))
    return found
