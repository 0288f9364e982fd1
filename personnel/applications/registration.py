"""What the room of applications tells the platform when it starts."""

from __future__ import annotations

from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from personnel.applications import actions, letters, own, papers, reactions
from personnel.applications.models import Application, Letter
from personnel.own import register_own_section
from personnel.postings import left_duty
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.deadlines.registry import register_rule_book
from portal.inbox.kinds import NoticeKind, register_notice_kind
from portal.matters.registry import MatterKind, register_kind
from portal.web.action_views import register_own_page
from portal.web.navigation import PEOPLE, NavigationItem, register_navigation
from portal.workflow.registry import Step, react, register, register_path

KINDS = (
    MatterKind(
        "certificate_application",
        _("执法证申领"),
        Application,
        lambda matter: reverse("applications:application", args=[matter.pk]),
    ),
    MatterKind(
        "application_letter",
        _("申领名单"),
        Letter,
        lambda matter: reverse("applications:letter", args=[matter.pk]),
    ),
)
# An officer finds his own application on «我的执法资格».
CONCERNED = frozenset({*BUREAU_ROLES, Role.HEAD.value, Role.DEPUTY.value, Role.DEPT_ADMIN.value})
PATH = (
    Step(_("拟订"), frozenset({"draft", "returned"}), "application.drawn"),
    Step(_("报送"), frozenset({"submitted"}), "application.submitted"),
    Step(_("考试"), frozenset({"examined"}), "application.examined"),
    Step(_("初审"), frozenset({"passed"}), "application.passed"),
    Step(_("转报"), frozenset({"forwarded"}), "application.forwarded"),
    Step(_("发证"), frozenset({"issued"}), "application.issued"),
)


def register_all() -> None:
    """Register everything; safe to call twice."""
    for kind in KINDS:
        register_kind(kind)
    register(*actions.ACTIONS, *letters.ACTIONS)
    register_own_page(actions.FORWARD.key, lambda _one: reverse("web:act-new", args=[letters.FORWARD.key]))
    register_path(Application, PATH)
    register_rule_book("applications", Path(__file__).parent / "rules.toml")
    papers.register()
    register_notice_kind(NoticeKind("applications", _("执法证申领")))
    register_navigation(NavigationItem(_("执法证申领"), "applications:list", 61, roles=CONCERNED, group=PEOPLE))
    register_own_section(own.SECTION)
    left_duty(reactions.take_back)
    react("application.submitted", reactions.look_at_the_examination)
    react("examinations.corrected", reactions.look_again)
    for fact in (*reactions.TO_BUREAU, *reactions.TO_DEPARTMENT):
        react(fact, reactions.tell)
