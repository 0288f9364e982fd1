"""What the register of subjects tells the platform when it starts."""

from __future__ import annotations

from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from personnel.campaigns import register_list_kind
from personnel.registration import ENFORCING
from personnel.subjects import cleanup, empowerments, mandates, papers, reactions
from personnel.subjects import register as subjects
from personnel.subjects.models import Empowerment, EnforcementSubject, Mandate
from portal.deadlines.registry import register_rule_book
from portal.documents.kinds import register_kind as register_document
from portal.inbox.kinds import NoticeKind, register_notice_kind
from portal.matters.registry import MatterKind, register_kind
from portal.web.navigation import PEOPLE, NavigationItem, register_navigation
from portal.workflow.registry import Step, react, register, register_path

KINDS = (
    MatterKind(
        "enforcement_subject", _("执法主体"), EnforcementSubject,
        lambda matter: reverse("subjects:subject", args=[matter.pk]),
    ),
    MatterKind(
        "enforcement_mandate", _("执法委托"), Mandate, lambda matter: reverse("subjects:mandate", args=[matter.pk])
    ),
    MatterKind(
        "enforcement_empowerment", _("街道赋权"), Empowerment,
        lambda matter: reverse("subjects:empowerment", args=[matter.pk]),
    ),
)  # fmt: skip
SUBJECT_PATH = (
    Step(_("申报"), frozenset({"applied", "returned"}), "subject.applied"),
    Step(_("确认"), frozenset({"confirmed"}), "subject.confirmed"),
    Step(_("公告"), frozenset({"published"}), "subject.published"),
)
MANDATE_PATH = (
    Step(_("签发"), frozenset({"signed"}), "mandate.signed"),
    Step(_("公布"), frozenset({"published"}), "mandate.published"),
)
EMPOWERMENT_PATH = (
    Step(_("登记"), frozenset({"registered"}), "empowerment.registered"),
    Step(_("公布"), frozenset({"published"}), "empowerment.published"),
)


def register_all() -> None:
    """Register everything; safe to call twice."""
    for kind in KINDS:
        register_kind(kind)
    register(*subjects.ACTIONS, *mandates.ACTIONS, *empowerments.ACTIONS)
    register_path(EnforcementSubject, SUBJECT_PATH)
    register_path(Mandate, MANDATE_PATH)
    register_path(Empowerment, EMPOWERMENT_PATH)
    register_rule_book("subjects", Path(__file__).parent / "rules.toml")
    for paper in papers.KINDS:
        register_document(paper)
    register_list_kind(cleanup.SUBJECTS)
    register_notice_kind(NoticeKind("subjects", _("执法主体")))
    register_navigation(NavigationItem(_("执法主体"), "subjects:subjects", 64, kinds=ENFORCING, group=PEOPLE))
    react("mandate.signed", mandates.let_body_see)
    for fact in sorted(reactions.TOLD):
        react(fact, reactions.tell)
