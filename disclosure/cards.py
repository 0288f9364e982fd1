"""What the QR of an officer's card shows in public: written with every change, in its transaction."""

from __future__ import annotations

from typing import Any

from disclosure.public.models import PublishedCertificate
from disclosure.public.publishing import publish_certificate, withdraw_certificates
from personnel.gallery import photo_data_uri
from personnel.models import Certificate, Officer, OfficerPicture, Provenance
from portal.workflow.registry import Stated

FACTS = (
    "certificate.registered",
    "certificate.suspended",
    "certificate.resumed",
    "certificate.renewed",
    "certificate.lost",
    "certificate.cancelled",
    "certificate.revoked",
    "certificate.source_corrected",
)


def changed(stated: Stated) -> None:
    """Reaction: what has become of a certificate is shown at once."""
    _publish(Provenance.objects.filter(certificate=stated.matter.pk))


def holder_changed(officer: Officer) -> None:
    """Hook: another name, department or photograph of a holder is shown at once."""
    _publish(Provenance.objects.filter(certificate__officer=officer))


def publish() -> int:
    """Bring every card up to date, whatever was changed without telling; returns how many rows had changed."""
    return _publish(Provenance.objects.all())


def _publish(rows: Any) -> int:
    """Only cards of this region's own style have our QR; what turns out to be a ministry's is taken off."""
    withdraw_certificates(rows.filter(source=Provenance.Source.MINISTRY).values_list("code", flat=True))
    rows = rows.filter(source=Provenance.Source.REGION).select_related("certificate__officer__department")
    found = list(rows)
    shown = {
        row.code: row for row in PublishedCertificate.objects.filter(pk__in=[one.code for one in found]).defer("photo")
    }
    photos = dict(
        OfficerPicture.objects.filter(
            officer__in={one.certificate.officer_id for one in found},
            kind=OfficerPicture.Kind.PHOTO,
            replaced_at=None,
        ).values_list("officer", "sha256")
    )
    return sum(_publish_one(one, shown.get(one.code), photos) for one in found)


def _publish_one(provenance: Provenance, shown: PublishedCertificate | None, photos: dict[int, str]) -> bool:
    """One card; an ended one keeps no photograph in public."""
    certificate: Certificate = provenance.certificate
    officer = certificate.officer
    sha256 = "" if certificate.ended_on is not None else photos.get(officer.pk, "")
    told: dict[str, Any] = {
        "name": officer.name,
        "department_name": officer.department.name,
        "fields": list(certificate.fields),
        "valid_from": certificate.valid_from,
        "valid_to": certificate.valid_to,
        "state": certificate.state,
        "photo_sha256": sha256,
    }
    if shown is not None and all(getattr(shown, name) == value for name, value in told.items()):
        return False
    same_photo = shown is not None and shown.photo_sha256 == sha256
    photo = None if same_photo else photo_data_uri(officer) if sha256 else ""
    publish_certificate(code=provenance.code, photo=photo, **told)
    return True
