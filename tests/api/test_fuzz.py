"""Whatever is sent to any call, the answer is JSON with a sentence, and never the server's own failure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.generation import GenerationMode

from tests import scenes
from tests.api.callers import secret_of
from tests.cast import Cast

SCHEMA = schemathesis.openapi.from_wsgi("/desk/api/v1/openapi.json", WSGIHandler())
SCHEMA.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


@pytest.fixture
def headers(cast: Cast) -> Iterator[dict[str, str]]:
    """The head of the market bureau, who also handles cases here, with everything a token can have.

    The test's own transaction stays open between calls, as it does under Django's test client.
    """
    scenes.filed(cast)
    cast.head.role_assignments.create(user=cast.head, role="officer")
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield {"Authorization": f"Bearer {secret_of(cast, [cast.head])}"}
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@SCHEMA.parametrize()
@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_call_fails_on_the_servers_side(case: Any, headers: dict[str, str]) -> None:
    given = {name: value for name, value in (case.headers or {}).items() if name != "Acting-Person"}
    case.headers = given
    answer = case.call(headers=headers)
    assert answer.status_code < 500, f"{case.method} {case.formatted_path}: {answer.status_code}"
    assert "json" in str(answer.headers.get("content-type")) or "pdf" in str(answer.headers.get("content-type"))
