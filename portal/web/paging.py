"""Pages by key in both directions: a sorting, a sealed cursor, one page of rows; no offset, no count."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Q, QuerySet

PAGE_SIZE = 25
SALT = "portal.web.tables"


@dataclass(frozen=True)
class Order:
    """A sorting by one column, ties by key; empty values last."""

    name: str
    descending: bool

    @classmethod
    def read(cls, text: str) -> Order:
        """«-opened_at» is the newest first."""
        return cls(text.removeprefix("-"), text.startswith("-"))

    def __str__(self) -> str:
        return f"-{self.name}" if self.descending else self.name


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after (or before) the row with this value and key, in this sorting."""

    order: str
    value: Any
    key: int
    backwards: bool = False

    def write(self) -> str:
        """Sealed, so that nobody has to be believed."""
        return signing.dumps([self.order, self.value, self.key, self.backwards], salt=SALT, compress=True)

    @classmethod
    def read(cls, text: str, order: Order) -> Cursor | None:
        """The cursor, or nothing when it is broken or belongs to another sorting."""
        try:
            name, value, key, backwards = signing.loads(text, salt=SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls(name, value, key, backwards) if name == str(order) else None


@dataclass(frozen=True)
class Slice:
    """One page of rows, and the cursors to both sides."""

    rows: list[Any] = field(default_factory=list)
    newer: str = ""
    older: str = ""


def page_of(rows: QuerySet[Any], order: Order, cursor: Cursor | None, size: int = PAGE_SIZE) -> Slice:
    """One page by key: two statements at most, whatever the page; rows before and after are known by one more row."""
    backwards = cursor is not None and cursor.backwards
    if cursor is not None:
        rows = rows.filter(_beyond(rows, order, cursor))
    up = order.descending is backwards
    nulls: dict[str, bool] = {}
    if _nullable(rows, order.name):
        nulls = {"nulls_first": True} if backwards else {"nulls_last": True}
    first = F(order.name).asc(**nulls) if up else F(order.name).desc(**nulls)
    tie = F("pk").asc() if up else F("pk").desc()
    found = list(rows.order_by(first, tie)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    before = more if backwards else cursor is not None
    after = cursor is not None if backwards else more
    return Slice(
        found,
        _cursor(order, found[0], backwards=True) if found and before else "",
        _cursor(order, found[-1], backwards=False) if found and after else "",
    )


def _cursor(order: Order, row: Any, *, backwards: bool) -> str:
    value = row
    for part in order.name.split("__"):
        value = getattr(value, part)
    text = value.isoformat() if isinstance(value, dt.date | dt.datetime) else value
    plain = text if text is None or isinstance(text, str | int | bool) else str(text)
    return Cursor(str(order), plain, row.pk, backwards).write()


def _field(rows: QuerySet[Any], name: str) -> Any:
    model: Any = rows.model
    found: Any = None
    for part in name.split("__"):
        found = model._meta.pk if part == "pk" else model._meta.get_field(part)
        model = found.related_model or model
    return found


def _nullable(rows: QuerySet[Any], name: str) -> bool:
    try:
        return bool(_field(rows, name).null)
    except FieldDoesNotExist:  # an annotation
        return True


def _beyond(rows: QuerySet[Any], order: Order, cursor: Cursor) -> Q:
    """The rows on the far side of the cursor. «>= value» stands first, so that the index can be entered there."""
    name, up = order.name, order.descending is cursor.backwards
    strict, loose = ("gt", "gte") if up else ("lt", "lte")
    beyond_key = Q(**{f"pk__{strict}": cursor.key})
    if cursor.value is None:
        same = Q(**{f"{name}__isnull": True})
        return (same & beyond_key) | ~same if cursor.backwards else same & beyond_key
    try:
        value = _field(rows, name).to_python(cursor.value)
    except (FieldDoesNotExist, ValidationError):
        value = cursor.value
    reached = Q(**{f"{name}__{loose}": value}) & (Q(**{f"{name}__{strict}": value}) | beyond_key)
    if cursor.backwards or not _nullable(rows, name):
        return reached
    return reached | Q(**{f"{name}__isnull": True})
