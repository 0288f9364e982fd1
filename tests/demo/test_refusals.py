"""What the demo's commands will not do: load into a database in use, go on half-way, throw away what is whole."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from demo.models import Loading
from tests import database


def test_a_half_done_loading_is_refused_and_can_be_thrown_away(committed_database: str) -> None:
    Loading.objects.create(day=timezone.localdate(), begun_at=timezone.now())
    with pytest.raises(CommandError, match="一半"):
        call_command("load_demo", stdout=io.StringIO())
    with database.as_owner():
        call_command("empty_demo", stdout=io.StringIO())
        call_command("empty_demo", stdout=io.StringIO())
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
            assert cursor.fetchone() == (0,)


def test_loaded_data_are_never_thrown_away(committed_database: str) -> None:
    Loading.objects.create(day=timezone.localdate(), begun_at=timezone.now(), finished_at=timezone.now())
    with pytest.raises(CommandError, match="已经装好"):
        call_command("empty_demo", stdout=io.StringIO())


def test_a_database_that_somebody_uses_is_not_loaded_into(cast: Any) -> None:
    with pytest.raises(CommandError, match="不是空库"):
        call_command("load_demo", stdout=io.StringIO())
