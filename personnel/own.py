"""The officer's own page: rooms that keep something about a person put a section on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from personnel.models import Officer


@dataclass(frozen=True)
class OwnSection:
    """A section of `/desk/personnel/me/`: a template of the room's own and what prepares its values.

    `values` answers None when there is nothing to show; it asks a fixed number of questions. The
    template is a `section.card` and finds the values under `section`.
    """

    key: str
    order: int
    template: str
    values: Callable[[Officer], dict[str, Any] | None]


_sections: list[OwnSection] = []


def register_own_section(section: OwnSection) -> None:
    """Add a section, in AppConfig.ready(); one registered twice counts once."""
    if all(section.key != present.key for present in _sections):
        _sections.append(section)
        _sections.sort(key=lambda present: present.order)


def own_sections(officer: Officer) -> list[dict[str, Any]]:
    """Template and values of every section that has something to show for the officer."""
    prepared = ((section, section.values(officer)) for section in _sections)
    return [{"template": section.template, **values} for section, values in prepared if values is not None]
