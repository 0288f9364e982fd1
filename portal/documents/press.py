"""The press: makes the PDF of an issued document once, whoever dies on the way.

A document that waits is a row in state «pending». The claim on it is an advisory lock of the
transaction that renders: PostgreSQL gives it back the moment the worker's connection is gone, so a
killed worker holds nothing up, and nobody has to guess how long a lease should last. PDF, hashes,
state and public row are written by that same transaction: there is never half a document or two.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from portal import outbox
from portal.documents import hooks
from portal.documents.models import Document, DocumentFile
from portal.documents.rendering import ENGINE, Rendered, to_html, to_pdf
from portal.outbox.registry import handler_for

logger = logging.getLogger(__name__)
# First half of the two-part advisory lock key; the second is the document's id.
CLAIM = 0x70617065
MOST_ATTEMPTS = 5
FIRST_WAIT_SECONDS = 30


@dataclass(frozen=True)
class Progress:
    """How far a document is: stage is queued, printing, again, ready, failed or void."""

    stage: str
    ahead: int = 0
    attempts: int = 0
    again_at: Any = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.stage in {"ready", "failed", "void"}


def render(document_id: int) -> bool:
    """Make the PDF of a waiting document and store it; True when this call did it.

    Safe to call any number of times and from several workers: who does not get the claim, or finds
    the document no longer waiting, does nothing. A failure is kept in the row and tried again later.
    """
    with transaction.atomic():
        if not _claim(document_id):
            return False
        document = Document.objects.filter(pk=document_id, state=Document.State.PENDING).first()
        if document is None:
            return False
        try:
            with transaction.atomic():
                return _store(document, _print(document))
        except Exception as error:
            logger.exception("document %s could not be rendered", document_id)
            _keep_failure(document, error)
            return False


def render_from_outbox(payload: dict[str, Any]) -> None:
    """The outbox brings a document that was just issued."""
    render(int(payload["document"]))


def render_pending(limit: int = 100) -> int:
    """Make every PDF that waits and is due: what the outbox lost, and what failed before. Returns how many were made."""
    waiting = Document.objects.waiting().order_by("due_at", "id").values_list("pk", flat=True)[:limit]
    return sum(render(pk) for pk in list(waiting))


def try_again(document: Document) -> None:
    """Put a failed document back into the queue."""
    changed = Document.objects.filter(pk=document.pk, state=Document.State.FAILED).update(
        state=Document.State.PENDING, attempts=0, due_at=timezone.now()
    )
    if changed:
        key = f"{document.pk}:{timezone.now():%Y%m%d%H%M%S%f}"
        outbox.put("documents.render", key=key, payload={"document": document.pk})


def progress(document: Document) -> Progress:
    """How far the document is at this moment."""
    state = Document.State(document.state)
    if state != Document.State.PENDING:
        return Progress(state.value, attempts=document.attempts)
    if _is_claimed(document.pk):
        return Progress("printing", attempts=document.attempts)
    if document.due_at > timezone.now():
        return Progress("again", attempts=document.attempts, again_at=document.due_at)
    ahead = Document.objects.waiting().filter(due_at__lt=document.due_at).count()
    return Progress("queued", ahead=ahead, attempts=document.attempts)


def stored_pdf(document: Document) -> bytes:
    """The stored bytes, compared with their hash before they are handed out.

    Raises DamagedFile when they are not what was stored.
    """
    pdf = bytes(document.file.pdf)
    if hashlib.sha256(pdf).hexdigest() != document.sha256:
        logger.critical("the stored PDF of document %s does not match its hash", document.pk)
        raise DamagedFile(document.number or document.title)
    return pdf


class DamagedFile(RuntimeError):
    """The stored PDF is not what was stored."""


def render_again(document: Document) -> Rendered:
    """Lay out the frozen context anew, for comparison only; what is served is always the stored file."""
    return _print(document)


def _print(document: Document) -> Rendered:
    context = document.context
    return to_pdf(to_html(document.template, context["paper"], context["content"]))


def _store(document: Document, rendered: Rendered) -> bool:
    locked = Document.objects.select_for_update().get(pk=document.pk)
    if locked.state != Document.State.PENDING:  # voided meanwhile
        return False
    DocumentFile.objects.create(document=locked, pdf=rendered.pdf)
    locked.state = Document.State.READY
    locked.ready_at = timezone.now()
    locked.sha256 = hashlib.sha256(rendered.pdf).hexdigest()
    locked.sm3 = hashlib.new("sm3", rendered.pdf).hexdigest()
    locked.size = len(rendered.pdf)
    locked.pages = rendered.pages
    locked.faces = rendered.faces
    locked.engine = ENGINE
    locked.error = ""
    locked.attempts += 1
    locked.save(
        update_fields=[
            "state", "ready_at", "sha256", "sm3", "size", "pages", "faces", "engine", "error", "attempts",
        ]
    )  # fmt: skip
    hooks.tell_ready(locked)
    if handler_for("documents.ready"):
        outbox.put("documents.ready", key=str(locked.pk), payload={"document": locked.pk})
    return True


def _keep_failure(document: Document, error: Exception) -> None:
    locked = Document.objects.select_for_update().get(pk=document.pk)
    locked.attempts += 1
    locked.error = f"{type(error).__name__}: {error}"[:2000]
    locked.due_at = timezone.now() + timedelta(seconds=FIRST_WAIT_SECONDS * 2**locked.attempts)
    if locked.attempts >= MOST_ATTEMPTS and locked.state == Document.State.PENDING:
        locked.state = Document.State.FAILED
    locked.save(update_fields=["attempts", "error", "due_at", "state"])


def _claim(document_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [CLAIM, document_id])
        return bool(cursor.fetchone()[0])


def _is_claimed(document_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s "
            "AND objsubid = 2 AND granted AND pid <> pg_backend_pid() AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [CLAIM, document_id],
        )
        return bool(cursor.fetchone()[0])
