"""The public zone as its own process sees it: its settings over the desk's, its database role, invented decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from disclosure.public.keeping import shelf
from disclosure.public.publishing import PublishedDecisionData, publish
from portal import settings_public
from tests.database import PUBLIC, as_role
from tests.disclosure.public.invented import HOST, decision_data

TAKEN_OVER = ("ROOT_URLCONF", "MIDDLEWARE", "TEMPLATES", "FILE_UPLOAD_HANDLERS", "DATA_UPLOAD_MAX_MEMORY_SIZE")


@pytest.fixture
def public_zone(settings: Any) -> None:
    """Addresses, middleware, templates and uploads of portal.settings_public."""
    for name in TAKEN_OVER:
        setattr(settings, name, getattr(settings_public, name))
    settings.PUBLIC_URL = HOST
    cache.clear()
    shelf.clear()


@pytest.fixture
def visitor(public_zone: None, db: None) -> Client:
    """Somebody without an account."""
    return Client()


@pytest.fixture
def public_role(public_zone: None, db: None) -> Iterator[None]:
    """Everything in the test is done by the database role of the public zone."""
    with as_role(PUBLIC):
        yield


@pytest.fixture
def published(db: None) -> Callable[..., PublishedDecisionData]:
    """Publish an invented decision: `published(title=…)`."""

    def make(**changes: Any) -> PublishedDecisionData:
        row = decision_data(**changes)
        publish(row)
        return row

    return make
