"""Virus scanning by clamd, when the installation has one (PORTAL_CLAMD=host:port)."""

from __future__ import annotations

import logging
import socket
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from portal.attachments.models import Attachment

logger = logging.getLogger(__name__)
CHUNK_BYTES = 256 * 1024
TIMEOUT_SECONDS = 60
CONNECT_SECONDS = 5


class ScannerUnavailable(OSError):
    """The scanner gave no verdict: unreachable, timed out, or refused the file."""


@dataclass(frozen=True)
class Verdict:
    """What the scanner said: infected or not, and the name of what it found."""

    infected: bool
    found: str = ""


def ask_clamd(path: Path, address: str) -> Verdict:
    """Send a file to clamd over its INSTREAM command. Raises ScannerUnavailable."""
    host, _colon, port = address.rpartition(":")
    try:
        with socket.create_connection((host or "localhost", int(port)), timeout=CONNECT_SECONDS) as link:
            link.settimeout(TIMEOUT_SECONDS)
            _send(link, path)
            answer = _answer(link)
    except (OSError, ValueError) as error:
        raise ScannerUnavailable(str(error)) from error
    if answer.endswith(" OK"):
        return Verdict(infected=False)
    if answer.endswith(" FOUND"):
        return Verdict(infected=True, found=answer.removeprefix("stream: ").removesuffix(" FOUND"))
    raise ScannerUnavailable(answer or "no answer")


def scan(attachment_id: int) -> None:
    """Scan one file and keep the verdict; without a verdict it is «unavailable» and asked about again."""
    attachment = Attachment.objects.filter(pk=attachment_id).first()
    if attachment is None or not settings.CLAMD:
        return
    try:
        verdict = ask_clamd(attachment.path, settings.CLAMD)
    except ScannerUnavailable as error:
        logger.warning("attachment %s could not be scanned: %s", attachment_id, error)
        _keep(attachment, Attachment.Scan.UNAVAILABLE, str(error))
        return
    if verdict.infected:
        logger.error("attachment %s is infected: %s", attachment_id, verdict.found)
    _keep(attachment, Attachment.Scan.INFECTED if verdict.infected else Attachment.Scan.CLEAN, verdict.found)


def scan_from_outbox(payload: dict[str, Any]) -> None:
    """The outbox brings a file that was just uploaded."""
    scan(int(payload["attachment"]))


def scan_waiting(limit: int = 200) -> int:
    """Scan what has no verdict yet: uploaded before there was a scanner, or while it was away."""
    if not settings.CLAMD:
        return 0
    waiting = Attachment.objects.filter(scan_state__in=[Attachment.Scan.UNSCANNED, Attachment.Scan.UNAVAILABLE])
    keys = list(waiting.order_by("pk").values_list("pk", flat=True)[:limit])
    for key in keys:
        scan(key)
    return len(keys)


def _keep(attachment: Attachment, state: str, note: str) -> None:
    Attachment.objects.filter(pk=attachment.pk).exclude(scan_state=Attachment.Scan.INFECTED).update(
        scan_state=state, scan_note=note[:200], scanned_at=timezone.now()
    )


def _send(link: socket.socket, path: Path) -> None:
    link.sendall(b"zINSTREAM\0")
    with path.open("rb") as stored:
        while chunk := stored.read(CHUNK_BYTES):
            link.sendall(struct.pack(">I", len(chunk)) + chunk)
    link.sendall(struct.pack(">I", 0))


def _answer(link: socket.socket) -> str:
    answer = b""
    while b"\0" not in answer and (part := link.recv(4096)):
        answer += part
    return answer.split(b"\0")[0].decode(errors="replace").strip()
