"""Action, Gate and Attempt: what can be done with a thing, under which conditions, as data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import models

from portal.matters.models import Matter
from portal.workflow.errors import Unmet

S = TypeVar("S", bound=models.Model)
D = TypeVar("D")


@dataclass(frozen=True)
class Gate:
    """A condition of one attempt, with the sentence that says it is not met and the law behind it.

    `test` answers True or None when met, False when not, or a sentence that says more exactly why.
    `needs_data`: cannot be judged before the form is filled in. `at_approval`: about the person who
    decides, so a proposal may be made before it is met. `shared`: the answer depends on the thing, the
    person and the day alone, whatever the action, so that a page with many buttons asks once.
    """

    key: str
    sentence: Any
    citation: tuple[str, ...]
    test: Callable[[Any], bool | str | None]
    needs_data: bool = False
    at_approval: bool = False
    shared: bool = False

    def check(self, attempt: Attempt[Any, Any]) -> Unmet | None:
        """The gate's answer to one attempt."""
        answer = self.test(attempt)
        if answer is None or answer is True:
            return None
        return Unmet(self.key, str(self.sentence) if answer is False else str(answer), self.citation)


@dataclass
class PendingFact:
    """A fact the body wants stated; it is written after the event that carries it."""

    name: str
    at: dt.datetime | dt.date
    about: str = ""
    value: dict[str, Any] | None = None


@dataclass
class PendingPaper:
    """A document the body wants issued; `then` is told the document with its number."""

    kind: str
    about: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
    then: Callable[[Any], None] | None = None


@dataclass
class Attempt(Generic[S, D]):
    """One try at an action: who does what to which thing, with which data, as of which day."""

    subject: S
    matter: Matter
    action: Action[S, D]
    actor: Any
    data: D
    on: dt.date
    now: dt.datetime
    proposal: Any = None
    facts: list[PendingFact] = field(default_factory=list)
    papers: list[PendingPaper] = field(default_factory=list)
    labels: dict[str, Any] = field(default_factory=dict)

    def fact(
        self,
        name: str,
        *,
        at: dt.datetime | dt.date | None = None,
        about: str = "",
        value: dict[str, Any] | None = None,
    ) -> None:
        """State a fact; without a moment it happened on the day of the attempt.

        Raises LookupError for a fact the action does not declare.
        """
        if name not in self.action.facts:
            raise LookupError(f"{self.action.key} does not declare the fact {name}")
        moment = at if at is not None else (self.now if self.on == self.today else self.on)
        self.facts.append(PendingFact(name, moment, about, value))

    def paper(self, kind: str, *, about: str = "", then: Callable[[Any], None] | None = None, **extra: Any) -> None:
        """Have a document issued with this event."""
        if kind not in self.action.papers:
            raise LookupError(f"{self.action.key} does not declare the paper {kind}")
        self.papers.append(PendingPaper(kind, about, extra, then))

    def label(self, **values: Any) -> None:
        """Say more in the event: labels and figures, never people's free text."""
        self.labels.update(values)

    @property
    def today(self) -> dt.date:
        """The local day of `now`."""
        from django.utils import timezone

        return timezone.localdate(self.now)


@dataclass(frozen=True)
class Action(Generic[S, D]):
    """Something that can be done with a thing; form, API, button, diagram and tests come from it.

    `source` empty: it brings the thing into being (the body sets attempt.subject and .matter).
    `target` None: the state stays. `proposes`: these roles put it forward, `roles` approve it.
    `acting`: whose people may do it; the matter's department when not given.
    `system`: the programme itself may do it, with nobody as actor.
    `later`: stands among the next steps once it is possible; until then with the rare ones.
    `kinds`: of which kinds of matter; of every kind when not given.
    """

    key: str
    label: Any
    source: frozenset[str]
    target: str | None
    roles: frozenset[str]
    data: type[D]
    body: Callable[[Attempt[S, D]], None]
    model: type[S]
    proposes: frozenset[str] = frozenset()
    gates: tuple[Gate, ...] = ()
    facts: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    acting: Callable[[S], Any] | None = None
    initial: Callable[[S, Any], dict[str, Any]] | None = None
    event: str = ""
    primary: bool = False
    rare: bool = False
    later: bool = False
    hidden: bool = False
    system: bool = False
    kinds: frozenset[str] = frozenset()

    @property
    def creates(self) -> bool:
        """Whether the action brings its subject into being."""
        return not self.source
