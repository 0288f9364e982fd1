"""The papers of a certificate that is taken in, given back, revoked, cancelled or collected from a leaver.

No law prescribes their form; wording and form are of our own (本地). A ministry decides on its own
certificates, so none of these is issued for them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from personnel.models import Certificate
from portal.accounts.models import Department
from portal.accounts.roles import Role
from portal.deadlines.keeping import surroundings_of
from portal.documents.kinds import DocumentKind
from portal.documents.spelling import chinese_date

RECHECK = "certificate.recheck"


@dataclass(frozen=True)
class StepPaper:
    """What such a paper says."""

    name: str
    department: str
    number: str
    issuer: str
    fields: str
    on: str
    begun_on: str  # first day of the suspension that this step ends, or empty
    ground: str
    basis: str  # further articles as the bureau wrote them, or empty
    recheck: str  # «30日», or empty where the bureau has set none


def recheck_words(matter: Any, on: dt.date) -> str:
    """«30日»: how long one may ask for a recheck, as the bureau has set it for that day; empty without a number."""
    terms = [term for term in surroundings_of(matter).terms if term.rule == RECHECK]
    for department in (matter.department.code, ""):
        for term in reversed(terms):
            if term.department == department and term.valid_from <= on <= term.valid_to and term.period:
                return str(term.period)
    return ""


class _OfTheBureau(DocumentKind):
    """Issued, numbered and sealed by the bureau, whose head has approved the step."""

    signers = (Role.SUPERVISION_HEAD.value,)
    issuers = frozenset({Department.Kind.BUREAU.value})

    def issuer(self, _matter: Any, _subject: Any, _extra: dict[str, Any]) -> Department:
        """The bureau confirms qualification and takes it back (执法监督条例10条、17条2款)."""
        return Department.objects.get(kind=Department.Kind.BUREAU)

    def context(self, matter: Any, subject: Certificate, extra: dict[str, Any]) -> StepPaper:
        """The certificate, the day and the ground as the step has them."""
        officer = subject.officer
        on = dt.date.fromisoformat(extra["on"])
        return StepPaper(
            name=officer.name,
            department=matter.department.name,
            number=subject.number,
            issuer=subject.issuer,
            fields="、".join(subject.fields),
            on=chinese_date(on),
            begun_on=str(extra.get("begun_on", "")),
            ground=str(extra["ground"]),
            basis=str(extra.get("basis", "")),
            recheck=recheck_words(matter, on),
        )


class SuspensionDecision(_OfTheBureau):
    """暂扣行政执法证件决定书."""

    key = "certificate.suspension"
    label = _("暂扣行政执法证件决定书")
    series = "证扣"
    template = "personnel/papers/suspension.html"


class ReturnNotice(_OfTheBureau):
    """发还行政执法证件通知书."""

    key = "certificate.return"
    label = _("发还行政执法证件通知书")
    series = "证还"
    template = "personnel/papers/return.html"


class RevocationDecision(_OfTheBureau):
    """吊销行政执法证件决定书."""

    key = "certificate.revocation"
    label = _("吊销行政执法证件决定书")
    series = "证吊"
    template = "personnel/papers/revocation.html"


class CancellationNotice(_OfTheBureau):
    """注销行政执法证件通知书."""

    key = "certificate.cancellation"
    label = _("注销行政执法证件通知书")
    series = "证注"
    template = "personnel/papers/cancellation.html"


class CollectionNotice(_OfTheBureau):
    """行政执法证件离岗收回通知书: his own department collects the card, the programme writes the notice."""

    key = "certificate.collection"
    label = _("行政执法证件离岗收回通知书")
    series = "证收"
    template = "personnel/papers/collection.html"
    signers = (Role.DEPT_ADMIN.value,)
    issuers = frozenset()

    def issuer(self, matter: Any, subject: Certificate, extra: dict[str, Any]) -> Department:
        """The department he leaves; the delegator for an entrusted body."""
        return DocumentKind.issuer(self, matter, subject, extra)


KINDS: tuple[type[DocumentKind], ...] = (
    SuspensionDecision, ReturnNotice, RevocationDecision, CancellationNotice, CollectionNotice,
)  # fmt: skip
