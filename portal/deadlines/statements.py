"""Facts as the engine sees them: plain values with a subject, in an order that does not depend on entry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.deadlines.errors import DeadlineError
from portal.deadlines.periods import Moment


@dataclass(frozen=True)
class StatedFact:
    """A fact that counts: its name, when it happened, when we were told, what it is about, what it says."""

    name: str
    moment: Moment
    known: Moment
    about: Mapping[str, str]
    value: Mapping[str, Any]

    def content(self) -> tuple[Any, ...]:
        """What the fact says, whenever we were told."""
        said = json.dumps([sorted(self.about.items()), self.value], sort_keys=True, default=str, ensure_ascii=False)
        return self.moment.at, self.moment.exact, self.name, said

    def order(self) -> tuple[Any, ...]:
        """By the moment in law; of two at one moment by content, never by the order of entry."""
        return (*self.content(), self.known.at)


def read_about(text: str) -> dict[str, str]:
    """«decision:12 party:3» by kind. Raises DeadlineError for a token without a colon."""
    tokens: dict[str, str] = {}
    for token in text.split():
        kind, colon, name = token.partition(":")
        if not (kind and colon and name):
            raise DeadlineError(f"“{token}”不是对象：应写成“种类:编号”，如“decision:12”。")
        tokens[kind] = name
    return tokens


def subject_of(about: Mapping[str, str], per: Iterable[str]) -> str:
    """What of `about` tells one obligation of a rule from another, in the rule's order."""
    return " ".join(f"{kind}:{about[kind]}" for kind in per if kind in about)


def compatible(about: Mapping[str, str], subject: str) -> bool:
    """Whether a fact concerns the subject: it names the same, or says nothing of that kind."""
    return all(about.get(kind, name) == name for kind, name in read_about(subject).items())
