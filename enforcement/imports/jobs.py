"""A file's way in from the browser: uploaded, checked by the worker, confirmed by a person, run by the worker."""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from enforcement.imports.models import ImportRun
from enforcement.imports.result import ImportResult
from enforcement.imports.service import carry_out, file_digest, media_path, try_out
from portal import outbox
from portal.inbox import notify
from portal.tabular.tables import UnreadableError

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

logger = logging.getLogger(__name__)
TOPIC = "enforcement.import"
SILENT = dt.timedelta(minutes=2)
S = ImportRun.State


def upload(
    file: UploadedFile[Any], *, department: Any, actor: Any, layout: str = "", decided_on_from: str = ""
) -> ImportRun:
    """Keep an uploaded file and have it checked; the check writes nothing but its own result."""
    with transaction.atomic():
        run = ImportRun(
            department=department,
            actor=actor,
            file_name=Path(file.name or "").name[:200],
            size=file.size or 0,
            forced_layout=layout,
            decided_on_from=decided_on_from.strip()[:100],
        )
        run.file.save(run.file_name, file, save=False)
        run.sha256 = file_digest(Path(run.file.path))
        run.save()
        _wake(run, "check")
    return run


def confirm(run: ImportRun, *, actor: Any) -> bool:
    """Have a checked file imported in this person's name; false when somebody was faster."""
    with transaction.atomic():
        if not ImportRun.objects.filter(pk=run.pk, state=S.CHECKED).update(
            state=S.QUEUED, actor=actor, alive_at=timezone.now()
        ):
            return False
        _wake(run, "run")
    return True


def resume(run: ImportRun) -> bool:
    """Go on with a run whose worker has gone silent; what was committed is not done again."""
    with transaction.atomic():
        silent = ImportRun.objects.filter(pk=run.pk, alive_at__lt=timezone.now() - SILENT)
        checking = silent.filter(state__in=[S.UPLOADED, S.CHECKING]).update(state=S.UPLOADED, alive_at=timezone.now())
        running = silent.filter(state__in=[S.QUEUED, S.RUNNING]).update(state=S.QUEUED, alive_at=timezone.now())
        if not checking + running:
            return False
        _wake(run, f"again:{timezone.now().isoformat()}")
    return True


def discard(run: ImportRun) -> bool:
    """Throw a checked file away."""
    if not ImportRun.objects.filter(pk=run.pk, state=S.CHECKED).update(state=S.DISCARDED, finished_at=timezone.now()):
        return False
    _drop_file(run)
    return True


def is_silent(run: ImportRun) -> bool:
    """Whether the worker should have been heard of by now."""
    busy = run.state in {S.UPLOADED, S.CHECKING, S.QUEUED, S.RUNNING}
    return busy and run.alive_at < timezone.now() - SILENT


def _wake(run: ImportRun, step: str) -> None:
    outbox.put(TOPIC, key=f"{run.key}:{step}", payload={"run": run.pk})


def hand_over(payload: dict[str, Any]) -> None:
    """The outbox hands a run to the worker: it takes minutes, so not inside the outbox's transaction."""
    from enforcement.tasks import import_file

    import_file.apply_async(args=(payload["run"],), retry=False)


def work(key: int) -> None:
    """Check or run a file, whichever is due; a second worker on the same run does nothing."""
    run = ImportRun.objects.select_related("department", "actor").get(pk=key)
    if _claim(run, S.UPLOADED, S.CHECKING):
        _guarded(run, _check)
    elif _claim(run, S.QUEUED, S.RUNNING):
        _guarded(run, _run)


def _claim(run: ImportRun, waiting: str, busy: str) -> bool:
    now = timezone.now()
    due = models.Q(state=waiting) | models.Q(state=busy, alive_at__lt=now - SILENT)
    if not ImportRun.objects.filter(due, pk=run.pk).update(state=busy, alive_at=now, started_at=now):
        return False
    run.refresh_from_db()
    return True


def _guarded(run: ImportRun, step: Any) -> None:
    try:
        step(run)
    except UnreadableError as error:
        _fail(run, error.sentence)
    except Exception:
        logger.exception("import %s failed", run.pk)
        _fail(run, _("出现了意外的错误，已经归集的不受影响。请重新上传同一个文件，不会重复归集。"))


def _fail(run: ImportRun, sentence: str) -> None:
    ImportRun.objects.filter(pk=run.pk).update(state=S.FAILED, failure=sentence, finished_at=timezone.now())
    _drop_file(run)


def _check(run: ImportRun) -> None:
    def alive(rows: int) -> None:
        ImportRun.objects.filter(pk=run.pk).update(expected=rows, alive_at=timezone.now())

    result = try_out(
        Path(run.file.path),
        department=run.department,
        layout=run.forced_layout or None,
        decided_on_from=run.decided_on_from,
        progress=alive,
        errors_path=media_path(run.errors_path),
    )
    ImportRun.objects.filter(pk=run.pk, state=S.CHECKING).update(
        state=S.CHECKED,
        expected=result.rows,
        layout=result.layout,
        notes=result.notes,
        trial={**result.as_json(), "preview": result.preview},
        alive_at=timezone.now(),
    )
    _tell(
        run,
        "check",
        _(
            "“%(file)s”检查完了，请确认：可归集 %(created)d，待补全 %(to_complete)d，重复 %(duplicate)d，收不下 %(rejected)d。"
        ),
        result,
    )


def _run(run: ImportRun) -> None:
    result = carry_out(run, Path(run.file.path))
    _drop_file(run)
    _tell(
        run,
        "run",
        _("“%(file)s”归集完成：新增 %(created)d，待补全 %(to_complete)d，重复 %(duplicate)d，未收 %(rejected)d。"),
        result,
    )


def _tell(run: ImportRun, step: str, words: str, result: ImportResult) -> None:
    """Tell the person whose run it is; he may have left the page long ago."""
    if run.actor is not None:
        counts = {name: getattr(result, name) for name in ("created", "to_complete", "duplicate", "rejected")}
        address = reverse("enforcement:import", args=[run.pk])
        text = words % {"file": run.file_name, **counts}
        notify([run.actor], text, kind=TOPIC, url=address, key=f"import:{run.key}:{step}")


def _drop_file(run: ImportRun) -> None:
    """The upload holds personal data and has served its purpose; its hash stays."""
    if run.file:
        run.file.delete(save=False)
        ImportRun.objects.filter(pk=run.pk).update(file="")
