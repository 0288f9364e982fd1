"""What the room of completeness tells the platform when it starts."""

from __future__ import annotations

from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from enforcement.completeness import explaining, reports
from enforcement.completeness.models import Explanation, MonthReport
from enforcement.completeness.papers import MonthReportPaper
from portal.accounts.roles import Role
from portal.deadlines.registry import register_rule_book
from portal.documents.kinds import register_kind as register_document
from portal.inbox import notify_department_roles
from portal.inbox.kinds import NoticeKind, register_notice_kind
from portal.matters.registry import MatterKind, register_kind, url_of
from portal.web.navigation import HANDLING, NavigationItem, register_navigation
from portal.workflow.registry import Stated, Step, react, register, register_path

KINDS = (
    MatterKind(
        explaining.KIND,
        _("缺号说明"),
        Explanation,
        lambda matter: reverse("completeness:explanation", args=[matter.pk]),
    ),
    MatterKind(
        reports.KIND, _("归集月报"), MonthReport, lambda matter: reverse("completeness:report", args=[matter.pk])
    ),
)
PATH = (
    Step(_("汇总"), frozenset({"open"}), "completeness.month_opened"),
    Step(_("报送"), frozenset({"reported"}), "completeness.reported"),
)


def tell(stated: Stated) -> None:
    """Reaction: the department's administrator learns of the month's report and of what is missing."""
    report = stated.subject
    text = (
        _gettext("%(title)s已经汇总：缺 %(missing)d 个号，请补录或者说明后报送")
        if report.missing
        else _gettext("%(title)s已经汇总：没有缺号，请核对后报送")
    )
    notify_department_roles(
        stated.matter.department,
        [Role.DEPT_ADMIN],
        text % {"title": stated.matter.title, "missing": report.missing},
        kind="completeness",
        url=url_of(stated.matter),
        matter=stated.matter,
        key=f"completeness:{report.department_id}:{report.month.isoformat()}",
    )


def register_all() -> None:
    """Register everything; safe to call twice."""
    for kind in KINDS:
        register_kind(kind)
    register(*explaining.ACTIONS, *reports.ACTIONS)
    register_path(MonthReport, PATH)
    register_rule_book("completeness", Path(__file__).parent / "rules.toml")
    register_document(MonthReportPaper)
    register_notice_kind(NoticeKind("completeness", _("应归尽归")))
    register_navigation(
        NavigationItem(_("应归尽归"), "completeness:overview", 41, when=reports.concerned, group=HANDLING)
    )
    react("completeness.month_opened", tell)
