"""What the room of campaigns tells the platform when it starts."""

from __future__ import annotations

from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from personnel.campaigns import on_list_kind, register_list_kind
from personnel.cleanup import campaigns, lines, reactions, rolls
from personnel.cleanup.confirmation import RollConfirmation
from personnel.cleanup.models import Campaign, Roll
from personnel.cleanup.officers import OFFICERS
from personnel.cleanup.papers import CampaignReport
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.deadlines.registry import register_rule_book
from portal.documents.kinds import register_kind as register_document
from portal.inbox.kinds import NoticeKind, register_notice_kind
from portal.matters.registry import MatterKind, register_kind
from portal.web.navigation import PEOPLE, NavigationItem, register_navigation
from portal.workflow.registry import Step, react, register, register_path

KINDS = (
    MatterKind(
        "cleanup_campaign", _("资格清理"), Campaign, lambda matter: reverse("cleanup:campaign", args=[matter.pk])
    ),
    MatterKind("cleanup_roll", _("清理名单"), Roll, lambda matter: reverse("cleanup:roll", args=[matter.pk])),
)
CONCERNED = frozenset({*BUREAU_ROLES, Role.HEAD.value, Role.DEPUTY.value, Role.DEPT_ADMIN.value})
ROLL_PATH = (
    Step(_("逐一核实"), frozenset({"open"}), "cleanup.frozen"),
    Step(_("报送"), frozenset({"reported", "ended"}), "cleanup.reported"),
)


def register_all() -> None:
    """Register everything; safe to call twice."""
    for kind in KINDS:
        register_kind(kind)
    register(*campaigns.ACTIONS, *rolls.ACTIONS, *lines.ACTIONS)
    on_list_kind(lines.take_kind)
    register_list_kind(OFFICERS)
    register_path(Roll, ROLL_PATH)
    register_rule_book("cleanup", Path(__file__).parent / "rules.toml")
    register_document(CampaignReport)
    register_document(RollConfirmation)
    register_notice_kind(NoticeKind("cleanup", _("资格清理")))
    register_navigation(NavigationItem(_("资格清理"), "cleanup:rolls", 63, roles=CONCERNED, group=PEOPLE))
    for fact in reactions.TOLD:
        react(fact, reactions.tell)
