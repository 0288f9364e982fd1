"""A dry run: the same verdicts without writing anything; the keys seen are kept on disk, not in memory."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from enforcement.imports.batches import Verdict, is_own, own_decisions, repeated, taken
from enforcement.imports.models import ImportedRow
from enforcement.imports.records import DecisionRecord


class Trial:
    """Judges records as `Batch` would, against the database and what went before in the file."""

    def __init__(self, department: Any) -> None:
        self.department = department
        self.folder = tempfile.TemporaryDirectory(prefix="import-trial-")
        self.seen = sqlite3.connect(Path(self.folder.name) / "seen.sqlite")
        self.seen.execute("PRAGMA journal_mode=OFF")
        self.seen.execute("PRAGMA synchronous=OFF")
        self.seen.execute(
            "CREATE TABLE seen (key TEXT PRIMARY KEY, line INTEGER, sheet TEXT, imposed TEXT) WITHOUT ROWID"
        )

    def close(self) -> None:
        """Give the disk back."""
        with closing(self.seen):
            self.seen.commit()
        self.folder.cleanup()

    def take(self, records: Sequence[DecisionRecord]) -> list[Verdict]:
        """What would become of each record."""
        own = own_decisions(self.department, records)
        rows = ImportedRow.objects.filter(department=self.department, key__in=[record.key for record in records])
        there = {row.key: row for row in rows.only("key", "line", "sheet", "imposed")}
        return [self._judge(record, own, there.get(record.key)) for record in records]

    def _judge(self, record: DecisionRecord, own: set[tuple[str, str]], there: ImportedRow | None) -> Verdict:
        if is_own(record, own):
            return repeated(record, line=0, sheet="", imposed="", same_file=False)
        if there is not None:
            return repeated(record, line=there.line, sheet=there.sheet, imposed=there.imposed, same_file=False)
        added = self.seen.execute(
            "INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?)", (record.key, record.line, record.sheet, record.imposed)
        )
        if added.rowcount:
            return taken(record)
        line, sheet, imposed = self.seen.execute(
            "SELECT line, sheet, imposed FROM seen WHERE key = ?", (record.key,)
        ).fetchone()
        return repeated(record, line=line, sheet=sheet, imposed=imposed, same_file=True)
