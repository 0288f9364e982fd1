"""The import itself: a file in, cases out, every row accounted for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from enforcement.imports.batches import Batch, Verdict, refused
from enforcement.imports.cells import RowError
from enforcement.imports.layouts import LAYOUTS
from enforcement.imports.models import ImportProblem, ImportRun
from enforcement.imports.reasons import Outcome
from enforcement.imports.records import DecisionRecord
from enforcement.imports.result import ErrorFile, ImportResult
from enforcement.imports.sources import Source
from enforcement.imports.trial import Trial
from portal.accounts.identity import masked
from portal.matters.copying import copy_rows
from portal.tabular.tables import UnreadableError
from portal.workflow.errors import Forbidden

BATCH = 500
PREVIEW = 20
Progress = Callable[[int], None]
Item = DecisionRecord | list[RowError]


def import_decisions(
    path: Path,
    *,
    department: Any,
    actor: Any = None,
    layout: str | None = None,
    decided_on_from: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
    file_name: str = "",
) -> ImportResult:
    """Import a file for a department; with `dry_run` only tell what would come of it.

    `decided_on_from` names the column (as its header is written) whose date stands in where the row has
    no date of decision of its own; such dates are marked as assumed. `progress` is told the rows done.
    Raises UnreadableError with a sentence, LookupError for an unknown layout, Forbidden when the actor
    may not import.
    """
    if layout is not None and layout not in LAYOUTS:
        raise LookupError(
            _("没有名为“%(name)s”的格式：只有 %(known)s。") % {"name": layout, "known": "、".join(LAYOUTS)}
        )
    if dry_run:
        return try_out(path, department=department, layout=layout, decided_on_from=decided_on_from, progress=progress)
    run = ImportRun.objects.create(
        department=department,
        actor=actor,
        file_name=(file_name or path.name)[:200],
        size=path.stat().st_size,
        sha256=file_digest(path),
        forced_layout=layout or "",
        decided_on_from=decided_on_from,
        state=ImportRun.State.RUNNING,
        started_at=timezone.now(),
    )
    return carry_out(run, path, progress=progress)


def file_digest(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def try_out(
    path: Path,
    *,
    department: Any,
    layout: str | None = None,
    decided_on_from: str = "",
    progress: Progress | None = None,
    errors_path: Path | None = None,
) -> ImportResult:
    """The whole file judged, nothing written but the error file; the first rows come back as a preview."""
    source = Source(path, timezone.localdate(), layout, decided_on_from)
    result = ImportResult(dry_run=True)
    errors = ErrorFile(errors_path or media_path(f"imports/trial-{file_digest(path)[:16]}-{department.code}.csv"))
    with closing(errors), closing(Trial(department)) as trial:
        for items in _batches(source.records()):
            verdicts = _verdicts(items, trial.take([item for item in items if isinstance(item, DecisionRecord)]))
            for item in items[: max(0, PREVIEW - len(result.preview))]:
                if isinstance(item, DecisionRecord):
                    result.preview.append(shown(item))
            _account(result, verdicts, errors)
            if progress is not None:
                progress(result.rows)
    return _finished(result, source, errors)


def carry_out(run: ImportRun, path: Path, *, progress: Progress | None = None) -> ImportResult:
    """Run a run from the beginning of its file; one that was interrupted counts its own rows again, once.

    Each batch is one transaction together with its counts and problems: killed at any moment, what was
    committed is whole and told, and the next run goes on from there.
    """
    source = Source(path, timezone.localdate(), run.forced_layout or None, run.decided_on_from)
    result = ImportResult(run=run.pk)
    batch = Batch(run, run.actor)
    errors = ErrorFile(media_path(run.errors_path))
    run.problems.all().delete()
    try:
        with closing(errors):
            for items in _batches(source.records()):
                with transaction.atomic():
                    taken = batch.take([item for item in items if isinstance(item, DecisionRecord)])
                    verdicts = _verdicts(items, taken)
                    _account(result, verdicts, errors)
                    _keep(run, result, verdicts, source)
                if progress is not None:
                    progress(result.rows)
    except (UnreadableError, Forbidden) as error:
        _finished(result, source, errors)
        run.failure = error.sentence
        _end(run, result, ImportRun.State.FAILED)
        raise
    _finished(result, source, errors)
    _end(run, result, ImportRun.State.FINISHED)
    return result


def media_path(name: str) -> Path:
    """A file below the media folder."""
    return Path(settings.MEDIA_ROOT) / name


def shown(record: DecisionRecord) -> dict[str, Any]:
    """A record as the preview shows it; numbers of identity papers masked."""
    return {
        "line": record.line,
        "sheet": record.sheet,
        "parties": [
            {"name": one.name, "kind": one.kind.value, "code": one.credit_code or masked(one.identity)}
            for one in record.parties.each
        ],
        "number": record.number.text if record.number else "",
        "decided_on": record.decided_on.isoformat() if record.decided_on else "",
        "assumed_from": record.assumed_from,
        "authority": record.authority,
        "kinds": list(record.kinds),
        "content": record.content[:120],
        "fine": str(record.fine) if record.fine is not None else "",
        "missing": [one.value for one in record.missing],
        "remarks": list(record.remarks),
    }


def _batches(items: Iterator[Item]) -> Iterator[list[Item]]:
    """Batches of rows; when the file breaks off, the rows before the damage still come out."""
    failure: UnreadableError | None = None

    def until_damage() -> Iterator[Item]:
        nonlocal failure
        try:
            yield from items
        except UnreadableError as error:
            failure = error

    readable = until_damage()
    while batch := list(islice(readable, BATCH)):
        yield batch
    if failure is not None:
        raise failure


def _verdicts(items: list[Item], taken: list[Verdict]) -> list[Verdict]:
    """The verdicts on all rows in the order of the file."""
    judged = iter(taken)
    return [next(judged) if isinstance(item, DecisionRecord) else refused(item) for item in items]


def _account(result: ImportResult, verdicts: list[Verdict], errors: ErrorFile) -> None:
    for verdict in verdicts:
        result.count(verdict.outcome, verdict.reason)
        if verdict.outcome is Outcome.TO_COMPLETE:
            result.missing.update(one.value for one in verdict.missing)
        errors.write(verdict.problems)


def _keep(run: ImportRun, result: ImportResult, verdicts: list[Verdict], source: Source) -> None:
    """Counts and problems of the batch, in the batch's own transaction."""
    problems = [
        ImportProblem(
            run=run,
            outcome=problem.outcome,
            sheet=problem.sheet[:100],
            line=problem.line,
            column=problem.column[:100],
            value=problem.value[:200],
            code=problem.code,
            sentence=problem.sentence,
        )
        for verdict in verdicts
        for problem in verdict.problems
    ]
    copy_rows(problems)
    _copy(run, result, source.layouts)
    run.alive_at = timezone.now()
    run.save(update_fields=[*COUNTED, "layout", "alive_at"])


COUNTED = ("rows", "created", "to_complete", "duplicate", "rejected", "rejected_by_reason")


def _copy(run: ImportRun, result: ImportResult, layouts: list[str]) -> None:
    for name in COUNTED[:-1]:
        setattr(run, name, getattr(result, name))
    run.rejected_by_reason = dict(result.rejected_by_reason)
    run.layout = "、".join(layouts)


def _finished(result: ImportResult, source: Source, errors: ErrorFile) -> ImportResult:
    result.layout = "、".join(source.layouts)
    result.notes = list(source.notes)
    if not result.rows and source.layouts:
        result.notes.append(_("文件只有表头，没有一条处罚信息。"))
    result.errors_file = str(errors.path)
    return result


def _end(run: ImportRun, result: ImportResult, state: str) -> None:
    _copy(run, result, result.layout.split("、") if result.layout else [])
    run.notes = result.notes
    run.state = state
    run.alive_at = run.finished_at = timezone.now()
    run.save()
