"""What a file is by its content, and whether that is what its extension says."""

from __future__ import annotations

import codecs
import zipfile
from collections.abc import Mapping
from pathlib import Path

import puremagic
from django.utils.translation import gettext as _

from portal.attachments import AttachmentRefused

HEAD_BYTES = 4096
# Extension → media type served and, for archives in a container, the member that must be inside.
TYPES: Mapping[str, str] = {
    ".pdf": "application/pdf",
    ".ofd": "application/ofd",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".mp4": "video/mp4",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".wav": "audio/wav",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
    ".txt": "text/plain",
}
_SAME = {"audio/wave": "audio/wav", "audio/x-wav": "audio/wav", "audio/vnd.wave": "audio/wav"}
_MEMBER = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".ofd": "OFD.xml"}
_TEXT = {".csv", ".txt"}
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13}


def check_content(name: str, extension: str, path: Path) -> None:
    """Compare content and extension; raises AttachmentRefused with a sentence when they differ."""
    with path.open("rb") as stored:
        head = stored.read(HEAD_BYTES)
    if not head:
        raise AttachmentRefused(_("“%(name)s”是空文件，请重新选择。") % {"name": name})
    if extension in _TEXT:
        _check_text(name, extension, head, path)
    elif extension in _MEMBER:
        _check_container(name, extension, path)
    elif TYPES[extension] not in media_types(head):
        raise _mismatch(name, extension)


def media_types(head: bytes) -> set[str]:
    """Every media type the first bytes of a file may stand for."""
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return set()
    return {_SAME.get(match.mime_type, match.mime_type) for match in matches}


def _check_text(name: str, extension: str, head: bytes, path: Path) -> None:
    if media_types(head.lstrip(codecs.BOM_UTF8 + b" \t\r\n")) & {"text/html", "image/svg+xml", "application/xml"}:
        raise _mismatch(name, extension)
    if not any(_decodes(path, encoding) for encoding in ("utf-8-sig", "gb18030")):
        raise _mismatch(name, extension)


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as stored:
        while chunk := stored.read(HEAD_BYTES * 16):
            if not _CONTROL.isdisjoint(chunk):
                return False
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                return False
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _check_container(name: str, extension: str, path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as container:
            members = set(container.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise _mismatch(name, extension) from None
    if _MEMBER[extension] not in members:
        raise _mismatch(name, extension)
    if any(member.lower().endswith("vbaproject.bin") for member in members):
        raise AttachmentRefused(_("“%(name)s”里有宏程序。请另存为不含宏的文件后再上传。") % {"name": name})


def _mismatch(name: str, extension: str) -> AttachmentRefused:
    return AttachmentRefused(
        _("“%(name)s”的内容不是%(extension)s文件。请用原来的软件另存为正确的格式后再上传。")
        % {"name": name, "extension": extension.lstrip(".").upper()}
    )
