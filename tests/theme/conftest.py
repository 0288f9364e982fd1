"""The theme is tested alone: its own addresses, no middleware but its own, no room's context."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def alone(settings: Any) -> None:
    """Take the other rooms away."""
    settings.ROOT_URLCONF = "tests.theme.urls"
    settings.LANGUAGE_CODE = "zh-hans"
    settings.MIDDLEWARE = ["portal.theme.security.SecurityHeadersMiddleware"]
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ]


@pytest.fixture
def browse() -> Client:
    """A client that reports errors as pages, as production does."""
    return Client(raise_request_exception=False)
