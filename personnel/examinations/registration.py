"""What examinations tell the platform when it starts."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from personnel.examinations import bank, importing
from personnel.examinations.models import Bank, QuestionFile
from portal.accounts.roles import BUREAU_ROLES
from portal.matters.registry import MatterKind, register_kind
from portal.web.navigation import NavigationItem, register_navigation
from portal.workflow.registry import register

KINDS = (
    MatterKind("examinations_bank", _("题库"), Bank, lambda _matter: reverse("examinations:bank")),
    MatterKind(
        importing.FILE_KIND, _("试题文件"), QuestionFile, lambda matter: reverse("examinations:file", args=[matter.pk])
    ),
)


def register_all() -> None:
    """Register everything; safe to call twice."""
    for kind in KINDS:
        register_kind(kind)
    register(*bank.ACTIONS, importing.KEEP)
    register_navigation(NavigationItem(_("考试"), "examinations:bank", 61, roles=BUREAU_ROLES))
