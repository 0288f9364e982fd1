"""The filters of a list: words, choices, a range of days; each reads the address and says what is in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from portal.theme.components import Facet, Option

SHORTEST_TEXT = 2


@dataclass(frozen=True)
class Text:
    """A filter by words: all of them must be in one of the fields, upper or lower case; two signs at least."""

    name: str
    legend: Any
    fields: tuple[str, ...]

    def apply(self, rows: Any, query: QueryDict) -> tuple[Any, list[tuple[str, str]]]:
        """The rows that match, and what to say was chosen."""
        words = self._words(query)
        for word in words:
            hit = Q()
            for name in self.fields:
                hit |= Q(**{f"{name}__icontains": word})
            rows = rows.filter(hit)
        return rows, [(f"{self.legend}：{' '.join(words)}", "")] if words else []

    def parameters(self, query: QueryDict) -> list[tuple[str, str, str]]:
        """What is in force: parameter, value, and how it is called."""
        words = " ".join(self._words(query))
        return [(self.name, words, f"{self.legend}：{words}")] if words else []

    def _words(self, query: QueryDict) -> list[str]:
        return [word for word in query.get(self.name, "").split() if len(word) >= SHORTEST_TEXT]

    def knows(self, name: str, _value: str) -> bool:
        """Whether a saved value still means something here."""
        return name == self.name

    def facet(self, _query: QueryDict) -> Facet | None:
        """Drawn as the search field over the list, not as a facet."""
        return None


@dataclass(frozen=True)
class Choice:
    """A filter by one or several of some values."""

    name: str
    legend: Any
    options: Sequence[tuple[str, Any]]
    narrow: Callable[[Any, list[str]], Any]
    radio: bool = False

    def apply(self, rows: Any, query: QueryDict) -> tuple[Any, list[tuple[str, str]]]:
        """The rows that match; unknown values are ignored."""
        labels = {str(value): str(label) for value, label in self.options}
        chosen = [value for value in query.getlist(self.name) if value in labels]
        if not chosen:
            return rows, []
        return self.narrow(rows, chosen), [(f"{self.legend}：{labels[value]}", value) for value in chosen]

    def parameters(self, query: QueryDict) -> list[tuple[str, str, str]]:
        """What is in force: parameter, value, and how it is called."""
        labels = {str(value): str(label) for value, label in self.options}
        return [
            (self.name, value, f"{self.legend}：{labels[value]}")
            for value in query.getlist(self.name)
            if value in labels
        ]

    def knows(self, name: str, value: str) -> bool:
        """Whether a saved value still means something here."""
        return name == self.name and value in {str(offered) for offered, _label in self.options}

    def facet(self, query: QueryDict) -> Facet:
        """How it is drawn."""
        chosen = query.getlist(self.name)
        return Facet(
            str(self.legend),
            self.name,
            [Option(str(value), str(label), checked=str(value) in chosen) for value, label in self.options],
            kind="radio" if self.radio else "check",
        )


@dataclass(frozen=True)
class Between:
    """A filter by a range of days."""

    name: str
    legend: Any
    field: str

    def apply(self, rows: Any, query: QueryDict) -> tuple[Any, list[tuple[str, str]]]:
        """The rows in the range; an impossible date is ignored."""
        said: list[tuple[str, str]] = []
        for suffix, day, words in self._ends(query):
            rows = rows.filter(**{f"{self.field}__{'gte' if suffix == 'from' else 'lte'}": day})
            said.append((words, suffix))
        return rows, said

    def parameters(self, query: QueryDict) -> list[tuple[str, str, str]]:
        """What is in force: parameter, value, and how it is called."""
        return [(f"{self.name}_{suffix}", day.isoformat(), words) for suffix, day, words in self._ends(query)]

    def _ends(self, query: QueryDict) -> list[tuple[str, dt.date, str]]:
        ends = (("from", _("自 %(day)s")), ("to", _("至 %(day)s")))
        days = [(suffix, _day(query.get(f"{self.name}_{suffix}", "")), words) for suffix, words in ends]
        return [(suffix, day, f"{self.legend}：{words % {'day': day}}") for suffix, day, words in days if day]

    def knows(self, name: str, _value: str) -> bool:
        """Whether a saved value still means something here."""
        return name in {f"{self.name}_from", f"{self.name}_to"}

    def facet(self, query: QueryDict) -> Facet:
        """How it is drawn."""
        return Facet(
            str(self.legend),
            self.name,
            kind="dates",
            start=query.get(f"{self.name}_from", ""),
            end=query.get(f"{self.name}_to", ""),
        )


Filter = Text | Choice | Between


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
