"""What the personnel room tells the platform when it starts."""

from __future__ import annotations

from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from personnel import card, delivery, expiry, keeping, losing, papers
from personnel.actions import ACTIONS
from personnel.imports import registration as imports
from personnel.leaving import TAKE_IN, take_in_certificates
from personnel.models import Certificate, Provenance
from personnel.postings import left_duty
from portal.accounts.models import Department
from portal.deadlines.registry import register_rule_book
from portal.documents.kinds import register_kind as register_document
from portal.inbox.kinds import NoticeKind, register_notice_kind
from portal.matters.registry import MatterKind, register_kind
from portal.web.navigation import PEOPLE, Card, NavigationItem, register_card, register_navigation
from portal.workflow.registry import Stated, react, register


def register_all() -> None:
    """Register matter kind, actions and rule book. A certificate has no path: it is held or not."""
    register_kind(CERTIFICATE)
    register(*ACTIONS, delivery.DELIVER, TAKE_IN, *keeping.ACTIONS, *losing.ACTIONS)
    register_document(losing.LossStatement)
    for kind in papers.KINDS:
        register_document(kind)
    react("certificate.registered", give_provenance)
    left_duty(take_in_certificates)
    imports.register()
    register_rule_book("personnel", Path(__file__).parent / "rules.toml")
    register_notice_kind(NoticeKind(expiry.NOTICE, _("执法证")))
    register_navigation(NavigationItem(_("执法人员"), "personnel:officers", 60, kinds=ENFORCING, group=PEOPLE))
    register_card(Card("certificates", 40, "personnel/_card.html", card.values))


def give_provenance(stated: Stated) -> None:
    """Reaction: a certificate that another room has registered gets its code, too."""
    Provenance.objects.get_or_create(certificate_id=stated.matter.pk)


ENFORCING = frozenset(
    {
        Department.Kind.ORGAN.value,
        Department.Kind.EMPOWERED.value,
        Department.Kind.DISPATCHED.value,
        Department.Kind.ENTRUSTED.value,
        Department.Kind.STREET.value,
        Department.Kind.BUREAU.value,
        Department.Kind.POLICE.value,
    }
)
CERTIFICATE = MatterKind(
    "certificate",
    _("行政执法证"),
    Certificate,
    lambda matter: reverse("personnel:certificate", args=[matter.pk]),
)
