"""Files of a matter: checked by content, hashed while they arrive, kept outside of the web's reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from portal.attachments.models import Attachment


class AttachmentRefused(ValueError):
    """A file is not taken; the message is a sentence that names it, the fault and the cure."""


def store(matter: Any, upload: UploadedFile[Any], actor: Any, *, allowed: frozenset[str] | None = None) -> Attachment:
    """Take one uploaded file for a matter (or, with None, the person's own until it is adopted).

    `allowed` narrows the extensions (with dot, lower case). Raises AttachmentRefused.
    """
    from portal.attachments import storing

    return storing.store(matter, upload, actor, allowed=allowed)


__all__ = ["AttachmentRefused", "store"]
