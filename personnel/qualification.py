"""Whether a person may handle a case on a day: the question behind CF-01 (处罚法42条1款)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from personnel.models import Certificate, Officer, OfficerQuerySet, Suspension

if TYPE_CHECKING:
    from portal.accounts.models import Department


def certificate_problem(officer: Officer, *, on: dt.date, field: str) -> str | None:
    """Why the person may not handle a matter of the field on the day, as a sentence; nothing when he may.

    Judged by what held on that day: a certificate suspended or expired since was good before.
    An empty field asks for any valid certificate.
    """
    if not officer.active and on >= timezone.localdate():
        return _("%(name)s已不在岗。") % {"name": officer.name}
    certificates = list(officer.certificates.prefetch_related("suspensions", "renewals").order_by("-valid_to", "-pk"))
    if not certificates:
        return _("%(name)s没有登记行政执法证。") % {"name": officer.name}
    reasons = []
    for certificate in certificates:
        reason = _problem(certificate, on, field)
        if reason is None:
            return None
        reasons.append(reason)
    _rank, sentence = max(reasons)
    return sentence


def assignment_problem(officer: Officer, *, on: dt.date, field: str) -> str | None:
    """Why the person may not be put on a matter as of the day: the same, and whoever takes it up holds one still.

    An assignment entered late is judged by its own day; but a certificate that has ended since, lost, cancelled
    or revoked, puts nobody on a case any more (ZJX-02).
    """
    problem = certificate_problem(officer, on=on, field=field)
    if problem is None and not officer.certificates.filter(ended_on=None).exists():
        return certificate_problem(officer, on=timezone.localdate(), field=field)
    return problem


def _problem(certificate: Certificate, on: dt.date, field: str) -> tuple[int, str] | None:
    """What is wrong with one certificate, ranked by how near it comes to being good."""
    values = {
        "name": certificate.officer.name,
        "number": certificate.number,
        "on": on.isoformat(),
        "from": certificate.valid_from.isoformat(),
        "to": certificate.valid_to.isoformat(),
        "field": field,
        "fields": "、".join(certificate.fields),
    }
    if certificate.ended_on is not None and certificate.ended_on <= on:
        values |= {"ended": certificate.ended_on.isoformat(), "state": str(certificate.get_state_display())}
        return 0, _("%(name)s的执法证（%(number)s）已于 %(ended)s %(state)s。") % values
    if _held_before_renewal(certificate, on):
        return _reason_in_force(certificate, on, field, values)
    if certificate.has_expired(on):
        return 1, _("%(name)s的执法证（%(number)s）%(to)s 到期，%(on)s 已过有效期。") % values
    if on < certificate.valid_from:
        return 2, _("%(name)s的执法证（%(number)s）%(from)s 起有效，%(on)s 尚未生效。") % values
    return _reason_in_force(certificate, on, field, values)


def _held_before_renewal(certificate: Certificate, on: dt.date) -> bool:
    """Whether the day lies in a validity that a renewal has replaced."""
    return any(one.old_from <= on <= one.old_to for one in certificate.renewals.all())


def _reason_in_force(
    certificate: Certificate, on: dt.date, field: str, values: dict[str, str]
) -> tuple[int, str] | None:
    if suspension := _suspension(certificate, on):
        values["begun"] = suspension.begun_on.isoformat()
        return 3, _("%(name)s的执法证（%(number)s）自 %(begun)s 起暂扣，%(on)s 在暂扣期间。") % values
    if not certificate.covers(field):
        return 4, _("%(name)s的执法证（%(number)s）领域为“%(fields)s”，不含“%(field)s”。") % values
    return None


def _suspension(certificate: Certificate, on: dt.date) -> Suspension | None:
    for suspension in certificate.suspensions.all():
        if suspension.begun_on <= on and (suspension.ended_on is None or on < suspension.ended_on):
            return suspension
    return None


def certified_officers(department: Department, on: dt.date, field: str = "") -> OfficerQuerySet:
    """The department's officers on duty who may handle a matter of the field on the day."""
    valid = Certificate.objects.valid_on(on, field).filter(officer=OuterRef("pk"))
    return Officer.objects.filter(department=department, active=True).filter(Exists(valid))


def standing(certificate: Certificate, on: dt.date) -> tuple[str, str]:
    """Shape and words of the certificate's light on a day (see VISUAL.md)."""
    if certificate.ended_on is not None and certificate.ended_on <= on:
        return "withdrawn", str(certificate.get_state_display())
    if _suspension(certificate, on) is not None:
        return "pause", _("暂扣中")
    if certificate.has_expired(on):
        return "red", _("已过期 %(days)d 日") % {"days": (on - certificate.valid_to).days}
    if on < certificate.valid_from:
        return "open", _("尚未生效")
    left = (certificate.valid_to - on).days
    if left <= NEAR_DAYS:
        return "amber", _("剩 %(days)d 日") % {"days": left}
    return "green", _("有效")


NEAR_DAYS = 90
