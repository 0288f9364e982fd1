"""Every address of the desk × every person of the cast: right 200, wrong right 403, wrong tenant 404."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from portal.accounts.models import User
from tests.access.accounts import back_room
from tests.access.matrix import Access, World
from tests.cast import Cast, fresh

BY_KEY = {"add", "change", "delete", "history", "view", "autocomplete", "app_list", "logout", "password"}


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


@pytest.fixture
def world(cast: Cast) -> World:
    return World(cast)


def answered(access: Access, world: World, person: User | None) -> int:
    """The status of one request, undone afterwards."""
    address = access.url(world)
    with transaction.atomic():
        browser = Client(raise_request_exception=False)
        if person is not None:
            browser.force_login(fresh(person), backend="django.contrib.auth.backends.ModelBackend")
        answer = browser.get(address) if access.data is None else browser.post(address, access.data)
        transaction.set_rollback(True)
    return answer.status_code


def wrong(name: str, access: Access, world: World) -> list[str]:
    """What is not as the room has said, in words."""
    access.url(world)
    found = []
    for part, person in {"anonymous": None, **world.cast.everybody}.items():
        expected, status = access.expected(world, person and fresh(person)), answered(access, world, person)
        if status != expected:
            found.append(f"{name} {access.url(world)} as {part}: {status} instead of {expected}")
    for other in access.also:
        found += wrong(name, other, world)
    return found


def test_no_address_is_without_an_entry() -> None:
    missing = [name for name in addresses() if not name.startswith("admin:") and name not in entries()]
    assert missing == []


def test_no_entry_is_without_an_address() -> None:
    assert set(entries()) - set(addresses()) == set()


@pytest.mark.parametrize("room", sorted({name.split(":")[0] for name in entries()}))
def test_every_person_is_answered_as_the_room_says(world: World, room: str) -> None:
    found = [
        line for name, access in entries().items() if name.split(":")[0] == room for line in wrong(name, access, world)
    ]
    assert found == []


def test_the_back_room_is_for_system_administrators_alone(world: World) -> None:
    names = [name for name in addresses() if name.startswith("admin:")]
    known = {name: access for name in names if (access := back_room(name)) is not None}
    left = [name for name in names if name not in known and name.rsplit("_", 1)[-1] not in BY_KEY]
    assert [line for name, access in known.items() for line in wrong(name, access, world)] == []
    assert set(left) <= {
        "admin:(?P<url>.*)$",
        "admin:view_on_site",
        "admin:autocomplete",
        "admin:logout",
        "admin:auth_user_password_change",
        "admin:accounts_user_password_change",
        "admin:app_list",
        "admin:^(?P<app_label>accounts)/$",
    }
