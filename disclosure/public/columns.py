"""The columns of the open data: the same in CSV, XLSX, JSON Lines and the interface."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .kinds import ActKind, PartyKind

Value = str | int | bool | list[str] | None


@dataclass(frozen=True, slots=True)
class Column:
    """name is the key in JSON, label the head of a table; `source` is the stored field it is made of."""

    name: str
    label: str | Promise
    source: str
    kind: str = "string"  # as JSON Schema says it, or «date», «date-time», «decimal», «strings»
    make: Callable[[Any], Value] = str


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _moment(value: datetime) -> str:
    return value.astimezone(_ZONE).isoformat(timespec="seconds")


def _yuan(value: Decimal) -> str:
    return f"{value:.2f}"


_ZONE: Final = timezone.get_default_timezone()
_ACTS: Final = {kind.value: kind for kind in ActKind}
_PARTIES: Final = {kind.value: kind for kind in PartyKind}


def _kind(value: str) -> str:
    return _in_words(value, get_language())


@lru_cache(maxsize=100)
def _in_words(value: str, _language: str | None) -> str:
    """A kind of act or of party as the language says it: looked up once, not a million times."""
    kind: ActKind | PartyKind | None = _ACTS.get(value) or _PARTIES.get(value)
    return str(kind.label) if kind else value


COLUMNS: Final = (
    Column("key", _("公示编号"), "key"),
    Column("number", _("文号"), "number"),
    Column("title", _("案件名称"), "title"),
    Column("act_kind", _("行为种类"), "act_kind", make=_kind),
    Column("department_code", _("部门代码"), "department_code"),
    Column("department", _("作出机关"), "department_name"),
    Column("party", _("当事人"), "party_name"),
    Column("party_kind", _("当事人类别"), "party_kind", make=_kind),
    Column("credit_code", _("统一社会信用代码"), "credit_code"),
    Column("item_code", _("事项代码"), "item_code"),
    Column("item", _("执法事项"), "item_name"),
    Column("penalty_kinds", _("处罚种类"), "penalty_kinds", "strings", list),
    Column("outcome", _("决定内容"), "outcome"),
    Column("facts", _("违法事实"), "facts"),
    Column("basis", _("依据"), "basis"),
    Column("fine", _("罚款（元）"), "fine", "decimal", _yuan),
    Column("confiscation", _("没收（元）"), "confiscation", "decimal", _yuan),
    Column("decided_on", _("决定日期"), "decided_on", "date", _day),
    Column("served_on", _("送达日期"), "served_on", "date", _day),
    Column("published_at", _("公示时间"), "published_at", "date-time", _moment),
    Column("display_until", _("公示截止日期"), "display_until", "date", _day),
    Column("late", _("逾期公示"), "late", "boolean", bool),
)
SOURCES: Final = tuple(column.source for column in COLUMNS)


def record(values: tuple[Any, ...], address: str) -> dict[str, Value]:
    """A row as JSON says it; `address` is the page's, with «{}» for the key."""
    given = {column.name: column.make(value) for column, value in zip(COLUMNS, values, strict=True)}
    return given | {"url": address.format(values[0])}


def cells(
    batch: Sequence[tuple[Any, ...]], address: str, yes_no: tuple[str, str], guard: Callable[[str], str] = str
) -> list[tuple[str, ...]]:
    """Rows as texts of a table; nothing is an empty cell. `guard` is asked about every text that people wrote.

    Worked out column by column: a file of a million rows asks what kind of column it is 22 times a batch, not
    22 million times.
    """
    if not batch:
        return []
    texts = [
        _texts(column, values, yes_no, guard) for column, values in zip(COLUMNS, zip(*batch, strict=True), strict=True)
    ]
    before, after = address.split("{}")
    return list(zip(*texts, [f"{before}{row[0]}{after}" for row in batch], strict=True))


def _texts(
    column: Column, values: tuple[Any, ...], yes_no: tuple[str, str], guard: Callable[[str], str]
) -> Sequence[str]:
    if column.kind == "strings":
        return [guard("、".join(value)) for value in values]
    if column.make is _kind:
        known = {value: _kind(value) for value in set(values)}
        return [known[value] for value in values]
    if column.kind == "boolean":
        return [yes_no[not value] for value in values]
    if column.kind == "date":
        return [value.isoformat() if value else "" for value in values]
    if column.kind == "string" and column.source != "key":
        return values if guard is str else list(map(guard, values))
    return [str(column.make(value)) for value in values]
