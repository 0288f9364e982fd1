"""Fixtures shared by every room's tests: databases, the cast, signed-in browsers."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from tests import database
from tests.cast import Cast, assemble

# What a test must not touch or wait for: the real media folder, slow hashes, the static files' manifest.
MEDIA = Path(tempfile.mkdtemp(prefix="portal-media-"))
settings.MEDIA_ROOT = MEDIA
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
settings.STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
settings.WHITENOISE_AUTOREFRESH = True  # else every test client reads the folder of static files once more
settings.ALLOWED_HOSTS = ["*"]


def pytest_unconfigure() -> None:
    """Leave no files behind."""
    shutil.rmtree(MEDIA, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """One clone of the template for every test of this process that rolls back."""
    name = database.worker_name("portal")
    with django_db_blocker.unblock():
        database.clone(name)
        with database.connected_to(name):
            yield
        database.drop(name)


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """Every test begins in Chinese, whatever language a request of the test before it has left behind."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def committed_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database of the test's own where commits are real; for tests with several connections at once."""
    name = database.worker_name("committed")
    with django_db_blocker.unblock():
        database.clone(name)
        with database.connected_to(name):
            yield name
        database.drop(name)


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> Cast:
    """The cast, in the test's database: `committed_database` when the test has asked for it, else rolled back."""
    request.getfixturevalue("committed_database" if "committed_database" in request.fixturenames else "db")
    return assemble()


@pytest.fixture
def sign_in() -> Callable[..., Client]:
    """A browser in which a person is signed in: `sign_in(cast.officer).get("/desk/")`."""

    def signed_in(person: Any, **options: Any) -> Client:
        browser = Client(**options)
        browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return signed_in
