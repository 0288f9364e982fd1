"""What the public may know before any decision (SX-06): departments, their items, their officers' certificates."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from disclosure import cards, subjects
from disclosure.public import publishing
from disclosure.public.kinds import ActKind
from disclosure.public.models import PublishedDepartment, PublishedItem, PublishedOfficer
from enforcement.catalogue.models import Benchmark, Entry
from enforcement.catalogue.tiers import range_words
from enforcement.models import EnforcementItem, PenaltyKind
from personnel.models import Certificate
from portal.accounts.models import Department
from portal.workflow.registry import Stated

Kind = EnforcementItem.Kind
ENFORCING = (
    Department.Kind.ORGAN,
    Department.Kind.EMPOWERED,
    Department.Kind.DISPATCHED,
    Department.Kind.ENTRUSTED,
    Department.Kind.STREET,
)
ACT_KINDS = {
    Kind.PENALTY: ActKind.PENALTY,
    Kind.LICENCE: ActKind.LICENCE,
    Kind.MEASURE: ActKind.COERCION,
    Kind.EXECUTION: ActKind.COERCION,
    Kind.INSPECTION: ActKind.INSPECTION,
    Kind.LEVY: ActKind.COLLECTION,
    Kind.PAYMENT: ActKind.PAYMENT,
    Kind.CONFIRMATION: ActKind.CONFIRMATION,
    Kind.OTHER: ActKind.OTHER,
}
CERTIFICATE_FACTS = (
    "certificate.registered",
    "certificate.suspended",
    "certificate.resumed",
    "certificate.renewed",
    "certificate.lost",
    "certificate.cancelled",
    "certificate.revoked",
)


def publish() -> int:
    """Bring departments, items and certificates on the public site up to date; returns how many rows had changed.

    Reads both sides and writes the difference, so that running it often costs little.
    """
    return _departments() + _items() + _certificates() + cards.publish() + subjects.publish()


def _departments() -> int:
    shown = {row.code: row for row in PublishedDepartment.objects.all()}
    changed = 0
    for department in Department.objects.filter(kind__in=ENFORCING):
        told: dict[str, Any] = {
            "name": department.name,
            "short_name": department.short_name,
            "active": department.is_active,
            "address": department.address,
            "phone": department.phone,
        }
        if _differs(shown.get(department.code), told):
            publishing.publish_department(code=department.code, **told)
            changed += 1
    return changed


def _items() -> int:
    """Of each item the newest version that has begun; one that has ended shows its last day."""
    today = timezone.localdate()
    shown = {(row.department_code, row.code): row for row in PublishedItem.objects.all()}
    versions = (
        EnforcementItem.objects.filter(department__kind__in=ENFORCING, effective_from__lte=today)
        .order_by("department_id", "code", "-version")
        .distinct("department_id", "code")
        .select_related("department")
    )
    benchmarks = _benchmarks(today)
    changed = 0
    for item in versions:
        told: dict[str, Any] = {
            "name": item.name,
            "act_kind": ACT_KINDS[Kind(item.kind)].value,
            "field": item.field,
            "basis": item.basis,
            "effective_from": item.effective_from,
            "effective_to": item.effective_to,
            "benchmark": benchmarks.get((item.department_id, item.code), {}),
        }
        if _differs(shown.get((item.department.code, item.code)), told):
            publishing.publish_item(department_code=item.department.code, code=item.code, **told)
            changed += 1
    return changed


def _benchmarks(today: dt.date) -> dict[tuple[int, str], dict[str, Any]]:
    """The discretion benchmarks in force, in words, by department and code of their item (CL-02)."""
    found = Benchmark.objects.in_force(today).filter(entry__kind=Entry.Kind.ITEM)
    rows = found.select_related("entry").prefetch_related("tiers__benchmark")
    return {
        (row.entry.department_id, row.entry.code): {
            "source": row.source,
            "since": row.effective_from.isoformat(),
            "tiers": [
                {
                    "name": tier.name,
                    "circumstances": tier.circumstances,
                    "range": range_words(tier),
                    "kinds": "、".join(str(PenaltyKind(kind).label) for kind in tier.kinds),
                }
                for tier in row.tiers.all()
            ],
        }
        for row in rows
    }


def _certificates() -> int:
    shown = {row.certificate: row for row in PublishedOfficer.objects.all()}
    rows = Certificate.objects.select_related("officer__department")
    return sum(_publish_certificate(certificate, shown.get(certificate.number)) for certificate in rows)


def _publish_certificate(certificate: Certificate, shown: PublishedOfficer | None) -> bool:
    department = certificate.officer.department
    told: dict[str, Any] = {
        "name": certificate.officer.name,
        "department_code": department.code,
        "department_name": department.name,
        "issuer": certificate.issuer,
        "fields": list(certificate.fields),
        "area": certificate.area,
        "valid_from": certificate.valid_from,
        "valid_to": certificate.valid_to,
        "state": certificate.state,
    }
    if not _differs(shown, told):
        return False
    publishing.publish_officer(certificate=certificate.number, **told)
    return True


def _differs(shown: Any, told: dict[str, Any]) -> bool:
    return shown is None or any(getattr(shown, name) != value for name, value in told.items())


def certificate_changed(stated: Stated) -> None:
    """Reaction: a certificate registered, suspended, returned or ended is so at once in public."""
    _publish_certificate(stated.subject, None)


def item_changed(_stated: Stated) -> None:
    """Reaction: an item that was approved and has begun is shown at once; one to come, by the daily run."""
    _items()
