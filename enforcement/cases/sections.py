"""Parts of a case's page that other rooms of enforcement add, in the order in which they were added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from enforcement.models import Case
from portal.theme.components import Pair, Table


@dataclass(frozen=True)
class CaseSection:
    """A card: title, pairs, tables; and a computation that opens on a click. `urgent`: before everything else."""

    key: str
    title: str
    pairs: Sequence[Pair] = ()
    tables: Sequence[tuple[str, Table]] = ()
    how_title: str = ""
    how: Sequence[str] = field(default_factory=tuple)
    urgent: bool = False


_sections: list[Callable[[Case, Any], CaseSection | None]] = []


def add_section(build: Callable[[Case, Any], CaseSection | None]) -> None:
    """Add a part; it answers nothing for a case it has nothing to say about. Called in AppConfig.ready()."""
    _sections.append(build)


def sections_of(case: Case, user: Any) -> list[CaseSection]:
    """The parts with something to say to this person."""
    return [section for build in _sections if (section := build(case, user)) is not None]
