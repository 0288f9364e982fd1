"""Conditions on the steps of an application that look at more than the application's own papers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from personnel.applications.models import Application, Rule
from personnel.applications.requirements import NO_POST, ON_DUTY, QUALIFIED, missing, staffed_as_typed
from personnel.results import best_result
from portal.workflow.actions import Attempt, Gate


def _own(application: Application, actor: Any) -> bool:
    return actor is not None and application.officer.user_id == actor.pk


def _shown(attempt: Attempt[Any, Any]) -> bool | str:
    application, way = attempt.subject, attempt.data.way
    if way == Application.Exam.RESULT:
        result = best_result(application.officer, attempt.today)
        if result is None:
            return _t("平台上没有%(name)s的考试成绩：先参加考试，或者凭平台外的成绩证明登记。") % {
                "name": application.officer.name
            }
        if not result.passed:
            return _t("%(name)s在%(title)s（%(day)s）得 %(points)s 分，未合格，不能申领；补考合格后再办。") % {
                "name": application.officer.name,
                "title": result.title,
                "day": result.taken_on.isoformat(),
                "points": result.points,
            }
    if way == Application.Exam.EXEMPT:
        if not Rule.current().exempts_qualified:
            return _t("没有设定“取得法律职业资格的免于考试”（本地规则），须有合格成绩。")
        if not application.officer.legal_qualified:
            return _t("%(name)s没有登记法律职业资格，不能免试。") % {"name": application.officer.name}
    return True


def problems_of(applications: Any, *, actor: Any, wanted: frozenset[str], whole: bool) -> list[str]:
    """Why some of the applications cannot travel in one letter, each with the officer's name.

    `whole`: their papers are looked at as well, as for a submission; otherwise only the officer.
    """
    found = []
    for application in applications:
        name = application.officer.name
        if application.state not in wanted:
            reasons = [_t("现在的状态是“%(state)s”") % {"state": application.get_state_display()}]
        elif whole:
            reasons = [sentence.rstrip("。") for sentence, _citation in missing(application)]
        else:
            reasons = [ON_DUTY.lacking(application).rstrip("。")] if ON_DUTY.lacking(application) else []
        if _own(application, actor):
            reasons.append(_t("本人的申领不能由本人审批"))
        found += [f"{name}：{reason}" for reason in reasons]
    return found


def _still_passes(attempt: Attempt[Any, Any]) -> bool:
    application = attempt.subject
    if application.exam_way != Application.Exam.RESULT:
        return True
    result = best_result(application.officer, attempt.today)
    return result is not None and result.passed


STAFFED_AS_TYPED = Gate("staffed_post", NO_POST, ("ZJX-01",), staffed_as_typed, needs_data=True)
EXAM_SHOWN = Gate("exam_shown", _("没有合格的考试成绩。"), QUALIFIED, _shown, needs_data=True)
RESULT_STANDS = Gate(
    "result_stands", _("所依据的考试成绩已更正为不合格：退回补正，补考合格后再报。"), QUALIFIED, _still_passes
)
NOT_ONES_OWN = Gate(
    "not_ones_own",
    _("本人的申领不能由本人审查、审批，请其他人办理。"),
    QUALIFIED,
    lambda attempt: not _own(attempt.subject, attempt.actor),
    at_approval=True,
)
