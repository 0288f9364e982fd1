"""A confirmed list is written by the worker; the person who confirmed it is told."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from personnel.imports.service import carry_out
from personnel.models import OfficerImport
from portal import outbox
from portal.inbox import notify
from portal.tabular.tables import UnreadableError
from portal.workflow.errors import DoorError

TOPIC = "personnel.import"
S = OfficerImport.State
logger = logging.getLogger(__name__)


def confirm(run: OfficerImport, *, actor: Any) -> bool:
    """Hand a checked list to the worker; False when somebody was faster."""
    with transaction.atomic():
        if not OfficerImport.objects.filter(pk=run.pk, state=S.CHECKED).update(state=S.QUEUED, actor=actor):
            return False
        outbox.put(TOPIC, key=str(run.pk), payload={"run": run.pk})
    return True


def discard(run: OfficerImport) -> bool:
    """Throw a checked list away; the file goes at once."""
    return bool(
        OfficerImport.objects.filter(pk=run.pk, state=S.CHECKED).update(
            state=S.DISCARDED, content=b"", finished_at=timezone.now()
        )
    )


def work(payload: dict[str, Any]) -> None:
    """Write a queued list; one that is written already is left alone. What fails is said on its page."""
    run = (
        OfficerImport.objects.select_for_update(of=("self",))
        .select_related("department", "actor")
        .get(pk=payload["run"])
    )
    if run.state != S.QUEUED:
        return
    try:
        with transaction.atomic():
            carry_out(run)
    except (UnreadableError, DoorError) as error:
        _fail(run, error.sentence)
        return
    except Exception:
        logger.exception("list of officers %s failed", run.pk)
        _fail(run, _("出现了意外的错误，没有写入任何内容。请重新上传同一个文件。"))
        return
    _tell(
        run,
        _("“%(file)s”导入完成：新登记 %(created)d，补登执法证 %(certified)d，已经登记 %(present)d，未收 %(rejected)d。")
        % {
            "file": run.file_name,
            "created": run.created,
            "certified": run.certified,
            "present": run.present,
            "rejected": run.rejected,
        },
    )


def _fail(run: OfficerImport, sentence: str) -> None:
    OfficerImport.objects.filter(pk=run.pk).update(
        state=S.FAILED, failure=sentence, content=b"", finished_at=timezone.now()
    )
    _tell(run, _("“%(file)s”没有导入：%(why)s") % {"file": run.file_name, "why": sentence})


def _tell(run: OfficerImport, words: str) -> None:
    if run.actor is not None:
        address = reverse("personnel:import", args=[run.pk])
        notify([run.actor], words, kind=TOPIC, url=address, key=f"officers:{run.pk}")
