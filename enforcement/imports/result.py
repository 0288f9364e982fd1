"""What came of a run, and the file of everything a person should know about its rows."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from enforcement.imports.reasons import Outcome
from portal.theme.formats import not_a_formula


@dataclass(frozen=True)
class Problem:
    """One thing to know of a row; a row taken whole has none, a refused row may have several."""

    outcome: Outcome
    sheet: str
    line: int
    column: str
    value: str
    code: str
    sentence: str


@dataclass
class ImportResult:
    """The counts of a run: created + to_complete + duplicate + rejected is always rows."""

    rows: int = 0
    created: int = 0
    to_complete: int = 0
    duplicate: int = 0
    rejected: int = 0
    rejected_by_reason: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    layout: str = ""
    errors_file: str = ""
    dry_run: bool = False
    run: int | None = None
    notes: list[str] = field(default_factory=list)
    preview: list[dict[str, Any]] = field(default_factory=list)

    def count(self, outcome: Outcome, reason: str = "") -> None:
        """One more row."""
        self.rows += 1
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)
        if outcome is Outcome.REJECTED:
            self.rejected_by_reason[reason] += 1

    def as_json(self) -> dict[str, Any]:
        """What `import_decisions --json` prints."""
        return {
            "rows": self.rows,
            "created": self.created,
            "to_complete": self.to_complete,
            "duplicate": self.duplicate,
            "rejected": self.rejected,
            "rejected_by_reason": dict(self.rejected_by_reason),
            "layout": self.layout,
            "errors_file": self.errors_file,
            "missing": dict(self.missing),
            "dry_run": self.dry_run,
            "run": self.run,
            "notes": self.notes,
        }


class ErrorFile:
    """A CSV that spreadsheets open as it is: UTF-8 with its mark, safe cells; written as rows come."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.stream = path.open("w", encoding="utf-8-sig", newline="")
        self.writer = csv.writer(self.stream)
        self.writer.writerow([_("工作表"), _("行号"), _("列"), _("值"), _("处理结果"), _("原因代码"), _("原因")])

    def write(self, problems: Iterable[Problem]) -> None:
        """Append."""
        for one in problems:
            self.writer.writerow(
                [
                    not_a_formula(one.sheet),
                    one.line,
                    not_a_formula(one.column),
                    not_a_formula(one.value),
                    str(one.outcome.label),
                    one.code,
                    not_a_formula(one.sentence),
                ]
            )

    def close(self) -> None:
        """Everything is on the disk."""
        self.stream.close()
