"""The table a lawyer can read: rule, day, calendar, last day, worked out by hand from the notices."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from portal.deadlines.calculation import calculate
from portal.deadlines.calendar_store import built_in, calendar, install_calendars

TABLE = Path(__file__).parent / "expected.csv"
COLUMNS = ["rule", "start", "calendar", "due", "provisional", "article", "note"]
with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def start_of(row: dict[str, str]) -> date | datetime:
    return datetime.fromisoformat(row["start"]) if "T" in row["start"] else date.fromisoformat(row["start"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['rule']} {row['start']} {row['calendar']}")
def test_last_day_is_the_one_in_the_table(row: dict[str, str]) -> None:
    answer = calculate(row["rule"], start_of(row), built_in(row["calendar"]))

    assert answer.due.isoformat() == row["due"]
    assert answer.provisional is (row["provisional"] == "true")
    assert answer.rule.article == row["article"]


def test_table_is_long_enough_and_covers_both_calendars() -> None:
    assert len(ROWS) >= 80
    assert list(ROWS[0]) == COLUMNS
    assert {row["calendar"] for row in ROWS} == {"national", "xinjiang"}
    assert len({(row["rule"], row["start"], row["calendar"]) for row in ROWS}) == len(ROWS)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["national", "xinjiang"])
def test_calendars_in_the_database_give_the_same_days(key: str) -> None:
    install_calendars()
    stored = calendar(key)
    for row in ROWS:
        if row["calendar"] == key:
            assert calculate(row["rule"], start_of(row), stored).due.isoformat() == row["due"], row


@pytest.mark.django_db
def test_due_answers_every_line_of_the_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "".join(f"{row['rule']},{row['start']},{row['calendar']}\n" for row in ROWS)
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))

    call_command("due", "-", "--json")

    answers: list[dict[str, Any]] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["due"] for answer in answers] == [row["due"] for row in ROWS]
    assert [answer["provisional"] for answer in answers] == [row["provisional"] == "true" for row in ROWS]
    assert all(answer["trace"] for answer in answers)
