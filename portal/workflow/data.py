"""An action's data: frozen dataclasses from which form, API and stored proposal are made."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from portal.workflow.errors import Invalid


@dataclasses.dataclass(frozen=True)
class Entry:
    """How one field is asked for; the room that owns the action knows, the form only draws it.

    kind: text · long · date · moment · money (yuan) · integer · flag · choice · choices · record ·
    records · file · files. `options` gives pairs or a queryset for the subject and the person asking.
    `longest`: how many characters a text may have (0: 200 for text, 20,000 for long).
    """

    label: Any
    kind: str = "text"
    help: Any = ""
    options: Callable[[Any, Any], Any] | None = None
    group: Any = ""
    law: tuple[str, ...] = ()
    wide: bool = False
    longest: int = 0


def entry(label: Any, kind: str = "text", *, default: Any = dataclasses.MISSING, **more: Any) -> Any:
    """A dataclass field with its Entry; without a default it must be filled in."""
    metadata = {"entry": Entry(label, kind, **more)}
    if default is dataclasses.MISSING:
        return dataclasses.field(metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


@dataclasses.dataclass(frozen=True)
class Nothing:
    """The data of an action that asks nothing."""


def entries(data: type[Any]) -> dict[str, tuple[dataclasses.Field[Any], Entry]]:
    """The fields of a data class that people fill in, with how they are asked for."""
    return {
        field.name: (field, field.metadata["entry"]) for field in dataclasses.fields(data) if "entry" in field.metadata
    }


def required(field: dataclasses.Field[Any]) -> bool:
    """Whether the field has no default."""
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def dump(data: Any) -> dict[str, Any]:
    """A JSON-safe dictionary of an action's data."""
    return {field.name: _dumped(getattr(data, field.name)) for field in dataclasses.fields(data)}


def _dumped(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_dumped(item) for item in value]
    return value


def load(data: type[Any], values: dict[str, Any]) -> Any:
    """Build the data class from JSON; raises Invalid naming every field that is missing or wrong."""
    hints = typing.get_type_hints(data)
    problems: dict[str, str] = {}
    loaded: dict[str, Any] = {}
    for field in dataclasses.fields(data):
        label = str(field.metadata["entry"].label) if "entry" in field.metadata else field.name
        if field.name not in values or values[field.name] is None:
            if required(field):
                problems[field.name] = _("“%(label)s”必须填写。") % {"label": label}
            continue
        try:
            loaded[field.name] = _loaded(hints[field.name], values[field.name])
        except (TypeError, ValueError, InvalidOperation):
            problems[field.name] = _("“%(label)s”的值不对：%(value)s") % {
                "label": label,
                "value": str(values[field.name])[:60],
            }
    if problems:
        raise Invalid(problems)
    return data(**loaded)


def _loaded(hint: Any, value: Any) -> Any:
    origin = typing.get_origin(hint)
    if origin is tuple:
        return tuple(_loaded(typing.get_args(hint)[0], item) for item in value)
    kinds = [kind for kind in typing.get_args(hint) if kind is not type(None)] or [hint]
    kind = kinds[0]
    if typing.get_origin(kind) is tuple:
        return _loaded(kind, value)
    if kind is Decimal:
        return Decimal(str(value))
    if kind is dt.datetime:
        return _parsed(parse_datetime(value) if isinstance(value, str) else value)
    if kind is dt.date:
        return _parsed(parse_date(value) if isinstance(value, str) else value)
    if kind is bool:
        if not isinstance(value, bool):
            raise TypeError
        return value
    return kind(value)


def _parsed(value: Any) -> Any:
    if value is None:
        raise ValueError
    return value
