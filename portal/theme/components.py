"""Plain values that the components draw. They know no model, so every room fills them from its own.

Wherever a value is asked for, a mapping with the same keys will do: `{"label": …, "state": …}` for a `Step`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.forms import BaseForm
from django.forms.boundfield import BoundField

Shape = Literal["red", "amber", "green", "grey", "pause", "provisional", "open", "withdrawn"]


@dataclass(frozen=True)
class Light:
    """A status: its shape and the words beside it («剩 23 日»)."""

    shape: Shape
    words: str


@dataclass(frozen=True)
class Step:
    """One station of a path. `date` is free text under the name («11-18 送达», «7 个工作日»)."""

    label: str
    date: str = ""
    state: Literal["done", "now", "ahead", "skipped"] = "ahead"


@dataclass(frozen=True)
class Unmet:
    """A condition that blocks an action: one sentence, and the articles that ask for it."""

    sentence: str
    citation: str | Sequence[str] = ()
    local: bool = False


@dataclass(frozen=True)
class NextStep:
    """A button of the next-step card. With `unmet` it is drawn grey and explained instead of hidden."""

    label: str
    url: str = ""
    primary: bool = False
    unmet: Sequence[Unmet | Mapping[str, Any]] = ()
    met: int = 0
    blocked: str = ""  # a sentence instead of gates: «只有负责人可以作出决定。»


@dataclass(frozen=True)
class TraceStep:
    """One numbered step of a computed deadline."""

    text: str
    article: str = ""


@dataclass(frozen=True)
class Clock:
    """A deadline with its light and its computation.

    `due_at` is for rules counted in hours and then wins over `due_on`. `calendar_version` and `computed_on`
    are shown as given; `changes` counts earlier due dates, `changes_url` lists them.
    """

    name: str
    shape: Shape
    words: str
    due_on: date | None = None
    due_at: datetime | None = None
    title: str = ""
    trace: Sequence[TraceStep | Mapping[str, Any]] = ()
    article: str = ""
    calendar_version: str = ""
    computed_on: date | None = None
    changes: int = 0
    changes_url: str = ""
    provisional: bool = False


@dataclass(frozen=True)
class Entry:
    """One line of a timeline. A `date` or `datetime` is formatted, text is shown as it stands."""

    when: date | datetime | str
    text: str
    who: str = ""
    url: str = ""


@dataclass(frozen=True)
class Pair:
    """Term and value of a definition list, with an optional small second line and tag."""

    term: str
    value: Any
    small: str = ""
    tag: str = ""


@dataclass(frozen=True)
class Page:
    """Both ends of a keyset page; an empty address means there is nothing that way."""

    newer_url: str = ""
    older_url: str = ""
    words: str = ""  # «第 1–20 件»


@dataclass(frozen=True)
class Column:
    """Head of a table column. `sort` and `sort_url` turn it into a sorting link."""

    label: str
    numeric: bool = False
    sort_url: str = ""
    sort: Literal["", "asc", "desc"] = ""


@dataclass(frozen=True)
class Cell:
    """One value of a table: text, maybe linked, maybe lit, maybe with a small second line."""

    text: Any = ""
    url: str = ""
    small: str = ""
    shape: Shape | Literal[""] = ""
    tag: str = ""


@dataclass(frozen=True)
class Empty:
    """What is empty, and what to do or when something will appear."""

    title: str
    text: str = ""
    url: str = ""
    action: str = ""


@dataclass(frozen=True)
class Table:
    """A table that becomes label and value blocks on a phone.

    `named` makes the first cell of each row its name (a row header). `wide` scrolls sideways instead of
    stacking, for statistics. `picks`: by row the value of a box to tick (none for ""), sent with the form «bulk».
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell | Mapping[str, Any] | str | int | None]]
    named: bool = True
    wide: bool = False
    empty: Empty | None = None
    picks: Sequence[str] = ()


@dataclass(frozen=True)
class Option:
    """One box of a facet. `count` of None is not shown."""

    value: str
    label: str
    count: int | None = None
    checked: bool = False


@dataclass(frozen=True)
class Facet:
    """A group of filters. `range` asks for two values, named `<name>_from` and `<name>_to`."""

    legend: str
    name: str
    options: Sequence[Option] = ()
    kind: Literal["check", "radio", "range", "dates"] = "check"
    start: str = ""
    end: str = ""


@dataclass(frozen=True)
class Chosen:
    """A filter in force and the address without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Duty:
    """A row of the workbench: light and date, what to do in which matter, one button."""

    shape: Shape
    words: str
    due_on: date | None
    title: str
    matter: str
    matter_url: str
    law: str = ""
    verb: str = ""
    url: str = ""
    primary: bool = False


@dataclass(frozen=True)
class Bar:
    """A share shown as a bar. With `value` of None there are too few cases and `text` stands alone."""

    label: str
    text: str
    value: float | None = None
    total: float = 100


@dataclass(frozen=True)
class Tile:
    """A department on the cockpit: worst open alert, two bars, three small figures."""

    name: str
    url: str
    shape: Shape
    words: str
    bars: Sequence[Bar] = ()
    figures: Sequence[str] = ()


@dataclass(frozen=True)
class Figure:
    """A figure with its denominator or remark."""

    label: str
    value: str
    remark: str = ""
    url: str = ""
    shape: Shape | Literal[""] = ""


@dataclass(frozen=True)
class Result:
    """A row of a public list."""

    title: str
    url: str
    outcome: str = ""
    meta: Sequence[str] = ()


@dataclass(frozen=True)
class Paper:
    """The text of a document on a page; `watermark` names a draft."""

    title: str
    agency: str = ""
    number: str = ""
    paragraphs: Sequence[str] = ()
    date: str = ""
    watermark: str = ""


@dataclass(frozen=True)
class Job:
    """Long work that goes on without the page. `total` of 0 means it is not known yet."""

    title: str
    done: int = 0
    total: int = 0
    started_at: datetime | None = None
    state: Literal["waiting", "running", "finished", "failed"] = "running"
    words: str = ""  # a sentence on the present step, or on what went wrong
    result_url: str = ""
    result_label: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a long form, in the order of the paper form."""

    title: str
    fields: Sequence[BoundField]
    id: str = ""
    text: str = ""
    law: str = ""
    faults: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """Count the fields that have to be changed, for the list of parts."""
        object.__setattr__(self, "faults", sum(1 for bound in self.fields if bound.errors))


def sections(form: BaseForm, plan: Iterable[tuple[str, Iterable[str]]]) -> list[Section]:
    """Cut a form into titled parts; a field the plan does not name is added to the last part."""
    parts = [(title, [form[name] for name in names if name in form.fields]) for title, names in plan]
    named = {bound.name for _title, fields in parts for bound in fields}
    rest = [bound for bound in form.visible_fields() if bound.name not in named]
    if rest and parts:
        parts[-1][1].extend(rest)
    elif rest:
        parts.append(("", rest))
    return [
        Section(title, [bound for bound in fields if not bound.is_hidden], id=f"part-{number}")
        for number, (title, fields) in enumerate(parts, start=1)
    ]
