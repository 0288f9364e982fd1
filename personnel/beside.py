"""Links that higher rooms put on the page of a certificate and of its holder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from personnel.models import Officer
    from portal.accounts.models import User


@dataclass(frozen=True)
class HolderLink:
    """A link with its words, and a line beside it."""

    label: str
    url: str
    small: str = ""


Build = Callable[["Officer", "User"], "HolderLink | None"]
_builders: list[Build] = []


def add_holder_link(build: Build) -> None:
    """Add a link about an officer; it answers nothing where it has nothing to say. Called in AppConfig.ready()."""
    if build not in _builders:
        _builders.append(build)


def holder_links(officer: Officer, user: User) -> list[HolderLink]:
    """The links about this officer for this person."""
    return [link for build in _builders if (link := build(officer, user)) is not None]
