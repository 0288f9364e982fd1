"""What the training room tells the platform when it starts."""

from __future__ import annotations

from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from personnel.registration import ENFORCING
from personnel.training import card, duty, plans, reactions, sessions, statements
from personnel.training.models import HoursStatement, QuotaDuty, Session, TrainingPlan
from portal.deadlines.registry import register_rule_book
from portal.documents.kinds import register_kind as register_document
from portal.inbox.kinds import NoticeKind, register_notice_kind
from portal.matters.registry import MatterKind, register_kind
from portal.web.navigation import PEOPLE, Card, NavigationItem, register_card, register_navigation
from portal.workflow.registry import Step, react, register, register_path

KINDS = (
    MatterKind(
        "training_plan", _("年度培训计划"), TrainingPlan, lambda matter: reverse("training:plan", args=[matter.pk])
    ),
    MatterKind("training_session", _("培训"), Session, lambda matter: reverse("training:session", args=[matter.pk])),
    MatterKind(
        "training_quota", _("年度学时职责"), QuotaDuty, lambda matter: reverse("training:duty", args=[matter.pk])
    ),
    MatterKind(
        "hours_statement", _("学时证明"), HoursStatement, lambda matter: reverse("training:statement", args=[matter.pk])
    ),
)
PLAN_PATH = (
    Step(_("拟订"), frozenset({"draft", "returned"})),
    Step(_("报送"), frozenset({"submitted"}), "training.plan_submitted"),
    Step(_("批准"), frozenset({"approved"}), "training.plan_approved"),
    Step(_("完成"), frozenset({"done"}), "training.plan_done"),
)
SESSION_PATH = (
    Step(_("待举办"), frozenset({"open"})),
    Step(_("结束，计入学时"), frozenset({"closed"}), "training.session_closed"),
)


def register_all() -> None:
    """Register everything; safe to call twice."""
    for kind in KINDS:
        register_kind(kind)
    register(*plans.ACTIONS, *sessions.ACTIONS, *duty.ACTIONS, statements.ISSUE)
    register_path(TrainingPlan, PLAN_PATH)
    register_path(Session, SESSION_PATH)
    register_rule_book("training", Path(__file__).parent / "rules.toml")
    register_document(statements.Statement)
    register_notice_kind(NoticeKind("training", _("培训")))
    register_navigation(NavigationItem(_("培训"), "training:sessions", 62, kinds=ENFORCING, group=PEOPLE))
    register_card(Card("training", 45, "training/_card.html", card.values))
    for fact in ("training.session_closed", "training.hours_corrected"):
        react(fact, reactions.count_again)
    for fact in reactions.TOLD:
        react(fact, reactions.tell)
