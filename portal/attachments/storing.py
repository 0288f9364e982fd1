"""Taking a file, adopting a loose one, voiding one, checking that the bytes are still the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import outbox
from portal.attachments import AttachmentRefused, vault
from portal.attachments.models import Attachment
from portal.attachments.names import clean_name, extension_of
from portal.attachments.sniffing import TYPES, check_content
from portal.matters.models import Matter


def store(
    matter: Matter | None, upload: UploadedFile[Any], actor: Any, *, allowed: frozenset[str] | None = None
) -> Attachment:
    """Take one uploaded file; see portal.attachments.store."""
    name = clean_name(upload.name or "")
    extension = extension_of(name)
    permitted = frozenset(TYPES) if allowed is None else allowed & frozenset(TYPES)
    if extension not in permitted:
        listed = "、".join(sorted(item.lstrip(".") for item in permitted))
        raise AttachmentRefused(_("不能上传“%(name)s”：只接受%(types)s文件。") % {"name": name, "types": listed})
    kept = vault.receive(upload.chunks(vault.CHUNK_BYTES), _stop_when_too_large(name))
    try:
        check_content(name, extension, kept.path)
        with transaction.atomic():
            _check_count(matter, actor)
            attachment = Attachment.objects.create(
                matter=matter,
                name=name,
                size=kept.size,
                media_type=TYPES[extension],
                sha256=kept.sha256,
                file=vault.keep(kept),
                uploaded_by=actor,
            )
            if settings.CLAMD:
                outbox.put("attachments.scan", key=str(attachment.pk), payload={"attachment": attachment.pk})
    finally:
        vault.discard(kept)
    return attachment


def adopt(matter: Matter, keys: Iterable[int], actor: Any) -> list[Attachment]:
    """Give a person's loose files to the matter that has just come into being; foreign keys are ignored."""
    rows = Attachment.objects.select_for_update().filter(pk__in=list(keys), matter=None, uploaded_by=actor)
    found = list(rows.order_by("pk"))
    Attachment.objects.filter(pk__in=[row.pk for row in found]).update(matter=matter)
    for row in found:
        row.matter = matter
    return found


def void(attachment: Attachment, *, actor: Any, reason: str) -> Attachment:
    """Mark a file as void; it stays where it is, with the reason beside it. Raises AttachmentRefused."""
    if not reason.strip():
        raise AttachmentRefused(_("请写明作废的理由。"))
    with transaction.atomic():
        locked = Attachment.objects.select_for_update().get(pk=attachment.pk)
        if locked.voided_at is not None:
            raise AttachmentRefused(_("“%(name)s”已经作废。") % {"name": locked.name})
        locked.voided_at = timezone.now()
        locked.voided_by = actor
        locked.void_reason = reason.strip()
        locked.save(update_fields=["voided_at", "voided_by", "void_reason"])
    return locked


def is_intact(attachment: Attachment) -> bool:
    """Whether the bytes on disk still have the SHA-256 they arrived with."""
    try:
        return vault.sha256_of(attachment.path) == attachment.sha256
    except OSError:
        return False


def _stop_when_too_large(name: str) -> Any:
    largest: int = settings.ATTACHMENT_MAX_BYTES

    def watch(_chunk: bytes, size: int) -> None:
        if size > largest:
            raise AttachmentRefused(
                _("“%(name)s”超过%(largest)s，不能上传。请压缩或者分成几个文件。")
                % {"name": name, "largest": filesizeformat(largest)}
            )

    return watch


def _check_count(matter: Matter | None, actor: Any) -> None:
    most: int = settings.ATTACHMENT_MAX_PER_MATTER
    if matter is not None:
        Matter.objects.select_for_update(no_key=True).get(pk=matter.pk)
        held = Attachment.objects.filter(matter=matter).count()
    else:
        held = Attachment.objects.filter(matter=None, uploaded_by=actor).count()
    if held >= most:
        raise AttachmentRefused(_("这里已经有%(held)d个文件，最多%(most)d个。") % {"held": held, "most": most})
