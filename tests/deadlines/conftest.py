"""What the tests of the clock share: the small rule book in force, a matter of the market bureau."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.deadlines import registry
from portal.deadlines.calendar_store import install_calendars
from portal.matters.models import Matter
from tests.cast import Cast, matter
from tests.deadlines.books import BOOK


@pytest.fixture
def rule_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules of tests/deadlines/books.py beside those of the law and of the rooms."""
    path = tmp_path / "rules.toml"
    path.write_text(BOOK, encoding="utf-8")
    monkeypatch.setitem(registry._books, "tests", path)


@pytest.fixture
def case(cast: Cast, rule_book: None) -> Matter:
    """A bare matter of the market bureau, with calendars installed."""
    install_calendars()
    return matter(cast.market)
