"""Issuing a document, previewing a draft, voiding what was issued."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import outbox
from portal.accounts.models import Department, User
from portal.documents import frozen, hooks, numbering
from portal.documents.codes import new_code
from portal.documents.kinds import DocumentKind, kind_of
from portal.documents.models import Document, Number
from portal.documents.rendering import to_html, to_pdf
from portal.ledger.service import append
from portal.matters.models import Matter
from portal.workflow.errors import DoorError


class IssuingError(DoorError):
    """A document cannot be issued or voided; the message is a sentence for the user."""


@dataclass(frozen=True)
class _Prepared:
    kind: DocumentKind
    issuer: Department
    title: str
    on: dt.date
    paper: dict[str, Any]
    content: dict[str, Any]


def issue(
    kind: str | type[DocumentKind],
    *,
    matter: Matter,
    subject: Any,
    actor: User | None,
    event: Any = None,
    extra: dict[str, Any] | None = None,
    about: str = "",
    on: dt.date | None = None,
    reserved: Number | None = None,
) -> Document:
    """Freeze a document, take its number, and have it rendered after the commit.

    Call it inside the transaction, last before the event: the number holds the lock of its series
    until the commit. `on` is the day of issue (today in Asia/Shanghai); its year is the number's year.
    `reserved` uses a number that was given out in advance. Raises IssuingError or NumberingError.
    """
    prepared = _prepare(kind, matter, subject, dict(extra or {}), on)
    template_hash = frozen.template_hash(prepared.kind.template)
    now = timezone.now()
    code = new_code()
    with transaction.atomic():
        number = _number(prepared, actor, reserved)
        paper = frozen.issued(
            prepared.paper,
            number=number.text if number else "",
            code=code,
            issued_at=timezone.localtime(now).isoformat(timespec="seconds"),
        )
        text, text_sha256 = frozen.freeze(paper, prepared.content)
        document = Document.objects.create(
            matter=matter,
            kind=prepared.kind.key,
            title=prepared.title.replace("\n", ""),
            about=about,
            number=number.text if number else "",
            number_row=number,
            issuer=prepared.issuer,
            issued_on=prepared.on,
            issued_at=now,
            issued_by=actor,
            event=event,
            code=code,
            template=prepared.kind.template,
            template_hash=template_hash,
            frozen=text,
            frozen_sha256=text_sha256,
        )
        outbox.put("documents.render", key=str(document.pk), payload={"document": document.pk})
    return document


def preview(
    kind: str | type[DocumentKind], *, matter: Matter, subject: Any, extra: dict[str, Any] | None = None
) -> bytes:
    """The draft as PDF: watermarked, without number, code and seal; nothing is stored."""
    prepared = _prepare(kind, matter, subject, dict(extra or {}), None)
    return to_pdf(to_html(prepared.kind.template, prepared.paper, prepared.content)).pdf


def draft_pdf(document: Document) -> bytes:
    """A document that was taken back before it was issued, as a draft: watermarked, no number, code or seal."""
    context = document.context
    return to_pdf(to_html(document.template, frozen.unissued(context["paper"]), context["content"])).pdf


def void_document(document: Document, *, actor: User, reason: str, event: Any = None) -> Document:
    """Void a document and its number; both stay and are marked, the public row is told.

    Without `event` (an action's) an event of its own is written. Raises IssuingError.
    """
    if not reason.strip():
        raise IssuingError(_("请写明作废的理由。"))
    with transaction.atomic():
        matter = Matter.objects.select_for_update().get(pk=document.matter_id)
        locked = Document.objects.select_for_update(of=("self",)).select_related("number_row").get(pk=document.pk)
        if locked.state == Document.State.VOID:
            raise IssuingError(_("这份文书已经作废。"))
        locked.state = Document.State.VOID
        locked.voided_at = timezone.now()
        locked.voided_by = actor
        locked.void_reason = reason.strip()
        locked.save(update_fields=["state", "voided_at", "voided_by", "void_reason"])
        if locked.number_row is not None:
            numbering.mark_void(locked.number_row, actor=actor, reason=reason)
        if event is None:
            append(
                matter,
                name="documents.void",
                actor=actor,
                subject=f"documents.document:{locked.pk}",
                data={"kind": locked.kind, "number": locked.number, "code": locked.code, "sha256": locked.sha256},
            )
        hooks.tell_void(locked)
    return locked


class Mill:
    """The paper mill as the door knows it (portal.workflow.papers.Issuer)."""

    def issue(
        self, kind: str, *, matter: Any, subject: Any, actor: Any, about: str, extra: dict[str, Any], on: dt.date
    ) -> Document:
        """Issue a paper of an action, dated as the action; `reserved` in the extra values is the mill's own."""
        own = dict(extra)
        reserved = own.pop("reserved", None)
        return issue(
            kind, matter=matter, subject=subject, actor=actor, about=about, extra=own, on=on, reserved=reserved
        )

    def bind(self, document: Document, event: Any) -> None:
        """Tell the document which event issued it; once only."""
        document.event = event
        document.save(update_fields=["event"])


def _prepare(
    kind: str | type[DocumentKind], matter: Matter, subject: Any, extra: dict[str, Any], on: dt.date | None
) -> _Prepared:
    found = kind_of(kind)
    today = timezone.localdate()
    day = on or today
    if day > today:
        raise IssuingError(_("成文日期%(day)s还没有到。") % {"day": day.isoformat()})
    issuer = found.issuer(matter, subject, extra)
    title = found.title(matter, subject, extra)
    content = frozen.content_of(found, matter, subject, extra)
    return _Prepared(found, issuer, title, day, frozen.paper_of(found, issuer, title, day), content)


def _number(prepared: _Prepared, actor: User | None, reserved: Number | None) -> Number | None:
    kind, issuer, year = prepared.kind, prepared.issuer, prepared.on.year
    if not kind.series:
        if reserved is not None:
            raise IssuingError(_("这种文书没有文号，不能使用预留号。"))
        return None
    prefix = kind.prefix(issuer)
    if reserved is not None:
        return numbering.use_reserved(reserved, issuer, kind.series, prefix=prefix, year=year)
    return numbering.take_number(issuer, kind.series, prefix=prefix, year=year, actor=actor)
