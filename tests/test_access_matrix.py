"""Every address of the desk × every person of the cast: right 200, wrong right 403, wrong tenant 404."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.access.accounts import back_room
from tests.access.matrix import Access, World
from tests.cast import Cast

REPEATED = {"second_officer", "second_supervisor", "ecology_officer", "street_officer", "street_head", "bureau_admin"}


def addresses() -> Iterator[str]:
    """The name of every address, with its namespace; the root, which has none, by what it does."""

    def walk(resolver: Any, space: str) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
            elif str(pattern.pattern) == "" and not pattern.name:
                yield "to-public"
            elif pattern.name:
                yield f"{space}{pattern.name}"
            else:
                yield f"{space}{pattern.pattern}"

    yield from walk(get_resolver("portal.urls"), "")


@cache
def entries() -> dict[str, Access]:
    """What the rooms have said."""
    found: dict[str, Access] = {}
    for file in sorted((Path(__file__).parent / "access").glob("*.py")):
        module = importlib.import_module(f"tests.access.{file.stem}")
        found.update(getattr(module, "ENTRIES", {}))
    return found


def people(cast: Cast) -> dict[str, User | None]:
    """Everybody of the cast but those who only repeat somebody else's part."""
    return {"anonymous": None} | {part: who for part, who in cast.everybody.items() if part not in REPEATED}


@pytest.fixture
def world(cast: Cast) -> World:
    return World(cast)


def signed_in(world: World, part: str, person: User) -> str:
    """The session of a person, begun once."""

    def begin() -> str:
        browser = Client()
        browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return browser.cookies[settings.SESSION_COOKIE_NAME].value

    return world.once(f"session of {part}", begin)


def answered(access: Access, world: World, part: str, person: User | None) -> int:
    """The status of one request, undone afterwards."""
    address = access.url(world)
    browser = Client(raise_request_exception=False)
    if person is not None:
        browser.cookies[settings.SESSION_COOKIE_NAME] = signed_in(world, part, person)
    with transaction.atomic():
        answer = browser.get(address) if access.data is None else browser.post(address, access.data)
        transaction.set_rollback(True)
    return answer.status_code


def wrong(name: str, access: Access, world: World) -> list[str]:
    """What is not as the room has said, in words."""
    access.url(world)
    found = []
    for part, person in people(world.cast).items():
        expected, status = access.expected(world, person), answered(access, world, part, person)
        if status != expected:
            found.append(f"{name} {access.url(world)} as {part}: {status} instead of {expected}")
    for other in access.also:
        found += wrong(name, other, world)
    return found


def test_no_address_is_without_an_entry() -> None:
    missing = [name for name in addresses() if not name.startswith("admin:") and name not in entries()]
    assert missing == []


def test_every_role_takes_part(cast: Cast) -> None:
    held = {role for person in people(cast).values() if person is not None for role in person.roles}
    assert held == set(Role.values)


def test_no_entry_is_without_an_address() -> None:
    assert set(entries()) - set(addresses()) == set()


@pytest.mark.parametrize("room", sorted({name.split(":")[0] for name in entries()}))
def test_every_person_is_answered_as_the_room_says(world: World, room: str) -> None:
    found = [
        line for name, access in entries().items() if name.split(":")[0] == room for line in wrong(name, access, world)
    ]
    assert found == []


def test_the_back_room_is_for_system_administrators_alone(world: World) -> None:
    known = {
        name: access for name in addresses() if name.startswith("admin:") and (access := back_room(name)) is not None
    }
    assert {"admin:index", "admin:login", "admin:accounts_user_changelist"} <= set(known)
    assert [line for name, access in known.items() for line in wrong(name, access, world)] == []
