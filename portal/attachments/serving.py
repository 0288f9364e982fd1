"""Handing out a stored file: as a download, whole or one range of it (films are looked at in parts)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from portal.attachments.models import Attachment
from portal.attachments.vault import CHUNK_BYTES

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def download(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    """The file as an attachment under its own name (RFC 5987); 206 for one valid range, 416 for one outside."""
    size = attachment.size
    wanted = _wanted(request, attachment)
    response: HttpResponseBase
    if wanted is None:
        response = FileResponse(attachment.path.open("rb"), content_type=attachment.media_type)
        response.headers["Content-Length"] = str(size)
    elif wanted[0] > wanted[1]:
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        first, last = wanted
        response = StreamingHttpResponse(
            _part(attachment.path, first, last), status=206, content_type=attachment.media_type
        )
        response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
        response.headers["Content-Length"] = str(last - first + 1)
    disposition = content_disposition_header(as_attachment=True, filename=attachment.name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = _tag(attachment)
    return response


def _tag(attachment: Attachment) -> str:
    return f'"{attachment.sha256}"'


def _wanted(request: HttpRequest, attachment: Attachment) -> tuple[int, int] | None:
    """First and last byte asked for; None for the whole file; first > last when outside of it."""
    found = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if found is None or request.headers.get("If-Range", _tag(attachment)) != _tag(attachment):
        return None
    first, last = found.groups()
    end = attachment.size - 1
    if first:
        return int(first), min(int(last), end) if last and int(last) >= int(first) else end
    if last:
        return max(attachment.size - int(last), 0), end if int(last) else -1
    return None


def _part(path: Path, first: int, last: int) -> Iterator[bytes]:
    left = last - first + 1
    with path.open("rb") as stored:
        stored.seek(first)
        while left and (chunk := stored.read(min(CHUNK_BYTES, left))):
            left -= len(chunk)
            yield chunk
