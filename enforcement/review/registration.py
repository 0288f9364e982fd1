"""What the app tells the platform: papers, actions, clock, reactions, pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enforcement.cases.sections import add_section
from enforcement.models import Case
from enforcement.review import actions, page, papers, reactions
from enforcement.review.rounds import open_round
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.deadlines.registry import register_rule_book
from portal.inbox.kinds import NoticeKind, register_notice_kind
from portal.web.action_views import register_own_page
from portal.web.navigation import HANDLING, NavigationItem, register_navigation

USERS = frozenset(
    {
        *BUREAU_ROLES,
        Role.LEGAL.value,
        Role.COUNSEL.value,
        Role.OFFICER.value,
        Role.HEAD.value,
        Role.DEPUTY.value,
    }
)


def _desk(case: Case) -> Any:
    """The page with the eight points, once somebody has the file; the queue before."""
    found = open_round(case)
    return reverse("review:opine", args=[found.pk]) if found is not None else reverse("review:queue")


def register_all(rules: Path) -> None:
    """Called once in ready()."""
    papers.register()
    actions.register()
    reactions.register()
    register_rule_book("review", rules)
    register_notice_kind(NoticeKind("review", _("法制审核")))
    register_own_page(actions.OPINE.key, _desk)
    add_section(page.section)
    register_navigation(NavigationItem(_("法制审核"), "review:queue", 25, roles=USERS, group=HANDLING))
