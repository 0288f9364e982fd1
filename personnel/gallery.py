"""Keeping the pictures of an officer: one current photograph, one current proof; older ones stay on record."""

from __future__ import annotations

import base64
import hashlib

from django.db import transaction
from django.utils import timezone

from personnel.holders import tell_holder_changed
from personnel.models import Officer, OfficerPicture
from personnel.pictures import PHOTO, PROOF, redraw
from portal.accounts.models import User

WITHIN = {OfficerPicture.Kind.PHOTO.value: PHOTO, OfficerPicture.Kind.LEGAL_PROOF.value: PROOF}


def keep_picture(officer: Officer, kind: str, content: bytes, *, actor: User) -> OfficerPicture:
    """Redraw a JPEG or PNG and make it the current one of its kind. Raises PictureRefusedError."""
    picture = redraw(content, WITHIN[kind])
    with transaction.atomic():
        Officer.objects.select_for_update(no_key=True).get(pk=officer.pk)
        OfficerPicture.objects.filter(officer=officer, kind=kind, replaced_at=None).update(replaced_at=timezone.now())
        kept = OfficerPicture.objects.create(
            officer=officer,
            kind=kind,
            content=picture.content,
            width=picture.width,
            height=picture.height,
            sha256=hashlib.sha256(picture.content).hexdigest(),
            uploaded_by=actor,
        )
        if kind == OfficerPicture.Kind.PHOTO:
            tell_holder_changed(officer)
    return kept


def current_picture(officer: Officer, kind: str = OfficerPicture.Kind.PHOTO) -> OfficerPicture | None:
    """The current picture of a kind; nothing when none was uploaded."""
    return OfficerPicture.objects.filter(officer=officer, kind=kind, replaced_at=None).first()


def photo_data_uri(officer: Officer) -> str:
    """The photograph for a card or a public check page as a data: address; empty without one."""
    photo = current_picture(officer)
    return f"data:image/jpeg;base64,{base64.b64encode(bytes(photo.content)).decode()}" if photo else ""
