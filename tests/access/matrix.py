"""Who may open what: the words in which a room says it, and the world its addresses point into.

A room writes `tests/access/<room>.py` with ENTRIES: by the name of each of its addresses one Access.
`expected` answers the status for a person (None: nobody is signed in); what belongs to another
department is 404 for whoever may not see it, a step that is somebody else's is 403.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from portal.accounts.models import Department, User
from portal.accounts.roles import Role
from tests import scenes
from tests.cast import Cast

T = TypeVar("T")
Expected = Callable[["World", User | None], int]
SIGN_IN = 302


@dataclass
class World:
    """The cast, and things made when first asked for."""

    cast: Cast
    made: dict[str, Any] = field(default_factory=dict)

    def once(self, key: str, make: Callable[[], T]) -> T:
        """The thing, made the first time."""
        if key not in self.made:
            self.made[key] = make()
        found: T = self.made[key]
        return found

    @property
    def own_lead(self) -> Any:
        """A case just registered at the market bureau."""
        return self.once("own_lead", lambda: scenes.lead(self.cast))

    @property
    def own_case(self) -> Any:
        """A filed case of the market bureau, with a document."""
        return self.once("own_case", lambda: scenes.filed(self.cast))

    @property
    def foreign_case(self) -> Any:
        """A case of the city management."""
        return self.once("foreign_case", lambda: scenes.foreign_lead(self.cast))

    @property
    def own_proposal(self) -> Any:
        """Chen's request to file a case."""
        return self.once("own_proposal", lambda: scenes.requested(self.cast))


@dataclass(frozen=True)
class Access:
    """One address: how to reach it, and what each person is answered.

    `data` makes it a POST. `also`: the same address of another thing, with its own expectation;
    every address that names a thing must have one that names a foreign thing.
    """

    url: Callable[[World], str]
    expected: Expected
    data: dict[str, Any] | None = None
    also: tuple[Access, ...] = ()


def page(path: str) -> Callable[[World], str]:
    """An address without a thing in it."""
    return lambda _world: path


def anyone(status: int = 200) -> Expected:
    """Open to everybody, signed in or not."""
    return lambda _world, _person: status


def signed_in(status: int = 200, *, anonymous: int = SIGN_IN) -> Expected:
    """Everybody who is signed in."""
    return lambda _world, person: anonymous if person is None else status


def roles(*wanted: str, status: int = 200, denied: int = 403, anonymous: int = SIGN_IN) -> Expected:
    """Holders of one of the roles; the others are told that it is not theirs."""

    def answer(_world: World, person: User | None) -> int:
        if person is None:
            return anonymous
        return status if person.has_role(*wanted) else denied

    return answer


def is_of(person: User, department: Department) -> bool:
    """One of its own people; its guests (counsel, social supervisors, judicial offices) see only what they are given."""
    guests = {Role.COUNSEL, Role.SOCIAL_SUPERVISOR, Role.JUDICIAL_OFFICE}
    return person.department == department and not (person.roles and person.roles <= guests)


def belongs(
    department: str,
    *wanted: str,
    status: int = 200,
    denied: int = 403,
    anonymous: int = SIGN_IN,
    bureau: int | None = None,
) -> Expected:
    """A thing of one department: its people (those with one of the roles, if any are named), and the bureau.

    Whoever may not see it gets 404; whoever sees it without the role gets `denied`; the bureau gets
    `bureau`, which is `status` unless roles are named, then `denied`.
    """

    def answer(world: World, person: User | None) -> int:
        if person is None:
            return anonymous
        if is_of(person, getattr(world.cast, department)):
            return status if not wanted or person.has_role(*wanted) else denied
        if person.sees_everything:
            return bureau if bureau is not None else (denied if wanted else status)
        return 404

    return answer
