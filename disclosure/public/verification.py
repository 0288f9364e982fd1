"""Checks a document by its code or its file; a file is hashed while it arrives and never stored."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from .models import VerifiedDocument
from .publishing import normal_code

MAX_BYTES: Final = 10 * 1024 * 1024


class HashedUpload(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs only
    """What is left of an upload: name, size and hash."""

    def __init__(self, name: str | None, content_type: str | None, size: int, sha256: str) -> None:
        super().__init__(ContentFile(b""), name, content_type, size)
        self.sha256 = sha256


class HashingUploadHandler(FileUploadHandler):
    """Takes every chunk into a hash and lets it go; stops reading beyond MAX_BYTES."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.total = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a hash for the next file."""
        super().new_file(*args, **kwargs)
        self.digest = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hash a chunk; nothing is passed on to other handlers."""
        self.total += len(raw_data)
        if self.total > MAX_BYTES:
            raise StopUpload(connection_reset=True)
        self.digest.update(raw_data)

    def file_complete(self, file_size: int) -> HashedUpload:
        """The hash, in the place of the file."""
        return HashedUpload(self.file_name, self.content_type, file_size, self.digest.hexdigest())


def by_code(code: str) -> VerifiedDocument | None:
    """The document with a verification code, however it was typed."""
    wanted = normal_code(code)
    return VerifiedDocument.objects.filter(pk=wanted).first() if wanted else None


def by_hash(sha256: str) -> VerifiedDocument | None:
    """The document whose file has this SHA-256."""
    return VerifiedDocument.objects.filter(sha256=sha256).order_by("-issued_on").first() if sha256 else None


def grouped(code: str) -> str:
    """A code in groups of four, as it stands on the document: 7K4M-92QD-XR5T."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
