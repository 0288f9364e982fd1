"""What the supervision room tells the platform when it starts."""

from __future__ import annotations

from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal import outbox
from portal.accounts.roles import BUREAU_ROLES
from portal.deadlines.registry import register_rule_book
from portal.documents.kinds import register_kind as register_document
from portal.inbox.kinds import NoticeKind, register_notice_kind
from portal.matters.registry import MatterKind, register_kind
from portal.web.navigation import SUPERVISING, NavigationItem, register_navigation
from portal.workflow.registry import Step, react, register, register_path
from supervision import alerts, notices, papers
from supervision.actions import ACTIONS
from supervision.actions.disposition import let_target_see
from supervision.models import SupervisionCase
from supervision.people import STAFF

CASE = MatterKind(
    "supervision",
    _("监督案件"),
    SupervisionCase,
    lambda matter: reverse("supervision:case", args=[matter.pk]),
    reserved=True,
)

PATH = (
    Step(_("线索"), frozenset({"lead"})),
    Step(_("立案"), frozenset({"filed"}), "supervision.filed"),
    Step(_("调查"), frozenset({"investigating"})),
    Step(_("批准处理"), frozenset({"disposed"}), "supervision.disposed"),
    Step(_("制发文书"), frozenset({"issued"}), "supervision.issued"),
    Step(_("送达整改"), frozenset({"served", "not_corrected"}), "supervision.served"),
    Step(_("报送"), frozenset({"reported"}), "supervision.reported"),
    Step(_("核验"), frozenset({"verified"}), "supervision.verified"),
    Step(_("结案"), frozenset({"closed"}), "supervision.closed"),
)


NAVIGATION = (
    NavigationItem(_("监督"), "supervision:board", 50, roles=BUREAU_ROLES, group=SUPERVISING),
    NavigationItem(
        _("预警"), "supervision:alerts", 50, roles=STAFF, when=lambda user: not user.sees_everything, group=SUPERVISING
    ),
    NavigationItem(
        _("监督文书"),
        "supervision:cases",
        51,
        roles=STAFF,
        when=lambda user: not user.sees_everything,
        group=SUPERVISING,
    ),
)


def register_all() -> None:
    """Register everything; safe to call twice."""
    register_kind(CASE)
    register(*ACTIONS)
    register_path(SupervisionCase, PATH)
    register_rule_book("supervision", Path(__file__).parent / "rules.toml")
    register_navigation(*NAVIGATION)
    for kind in papers.KINDS:
        register_document(kind)
    register_notice_kind(NoticeKind("alert", _("逾期预警")))
    register_notice_kind(NoticeKind("supervision", _("执法监督")))
    react("supervision.issued", let_target_see)
    for fact in notices.TOLD:
        react(fact, notices.queue)
    outbox.handles("deadlines.missed")(alerts.on_missed)
    outbox.handles("supervision.told")(notices.tell)
