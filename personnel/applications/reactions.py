"""What follows a step: the programme looks at the examination, and the other side is told."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from personnel.applications import actions, bodies
from personnel.applications import data as forms
from personnel.applications.models import OPEN, Application
from personnel.models import Officer
from portal.accounts.models import User
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.inbox import notify
from portal.matters.registry import url_of
from portal.workflow.door import perform
from portal.workflow.errors import Overtaken
from portal.workflow.registry import Stated

TO_BUREAU = {
    "application.submitted": _("%(title)s：已报送，请核对考试成绩并初审"),
    "application.withdrawn": _("%(title)s：已撤回"),
}
TO_DEPARTMENT = {
    "application.returned": _("%(title)s：已退回，请按意见补正后再报"),
    "application.passed": _("%(title)s：初审通过"),
    "application.forwarded": _("%(title)s：已转报发证机关"),
    "application.issued": _("%(title)s：已发证并登记"),
    "application.refused": _("%(title)s：不予发证，理由见申领页"),
}


def look_at_the_examination(stated: Stated) -> None:
    """Reaction: a submission whose result is on the portal goes on by itself."""
    application = stated.subject
    if bodies.may_go_on(application):
        perform(application, actions.GO_ON, actor=None, data=forms.Carried(0))
        application.refresh_from_db()


def tell(stated: Stated) -> None:
    """Reaction: the bureau hears of what comes in, the department and the officer of the answer."""
    name, matter = stated.fact.name, stated.matter
    if name in TO_BUREAU:
        people = User.objects.filter(role_assignments__role__in=BUREAU_ROLES)
        if name == "application.withdrawn" and not stated.subject.submissions:
            return
    else:
        home = User.objects.filter(department=matter.department_id, role_assignments__role=Role.DEPT_ADMIN)
        people = home | User.objects.filter(officer=stated.subject.officer_id)
    notify(
        people.filter(is_active=True).distinct(),
        str((TO_BUREAU | TO_DEPARTMENT)[name]) % {"title": matter.title},
        kind="applications",
        url=url_of(matter),
        matter=matter,
        key=f"{name}:{stated.fact.pk}",
    )


def look_again(stated: Stated) -> None:
    """Reaction: a result was corrected; an open application that rests on it is looked at, by the bureau if it was failed."""
    officer = stated.subject.candidate.officer_id
    for application in Application.objects.filter(officer=officer, state__in=OPEN).select_related("matter"):
        if application.state == Application.State.SUBMITTED:
            if bodies.may_go_on(application):
                perform(application, actions.GO_ON, actor=None, data=forms.Carried(0))
        elif application.exam_way == Application.Exam.RESULT and not stated.fact.value.get("passed"):
            people = User.objects.filter(is_active=True, role_assignments__role__in=BUREAU_ROLES).distinct()
            words = _("%(title)s：所依据的考试成绩已更正为不合格，请重新核对") % {"title": application.matter.title}
            notify(
                people, words, kind="applications", url=url_of(application.matter), matter=application.matter,
                key=f"corrected:{stated.fact.pk}:{application.pk}",
            )  # fmt: skip


def take_back(officer: Officer, _on: dt.date, ground: str, actor: User) -> None:
    """Hook of leaving: whoever left his post cannot be applied for; his open application ends at once."""
    for application in Application.objects.filter(officer=officer, state__in=OPEN):
        try:
            perform(application, actions.LEFT, actor=None, data=forms.LeftDuty(ground, actor.name))
        except Overtaken:
            continue  # it has just come to its end
