"""The steps of a hearing, all of them on the case that it belongs to (WORKFLOWS.md 1a)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enforcement.cases import gates as case_gates
from enforcement.hearing import bodies, gates
from enforcement.hearing import data as forms
from enforcement.hearing.course import course_of, forget
from enforcement.hearing.notice_days import earliest
from enforcement.hearing.options import PRESIDING
from enforcement.models import Case, EnforcementAct
from portal.accounts.roles import Role
from portal.workflow import registry
from portal.workflow.actions import Action, Attempt

OFFICER = frozenset({Role.OFFICER.value})
HEADS = frozenset({Role.HEAD.value, Role.DEPUTY.value})
NOTIFIED = frozenset({EnforcementAct.State.NOTIFIED.value})
USUAL_HOUR = dt.time(10, 30)


def _body(body: Callable[[Attempt[Case, Any]], None]) -> Callable[[Attempt[Case, Any]], None]:
    """The body, after which the case no longer remembers how its hearing stood."""

    def carried_out(attempt: Attempt[Case, Any]) -> None:
        body(attempt)
        forget(attempt.subject)

    return carried_out


def _safe_moment() -> dt.datetime:
    safe = earliest(timezone.localdate()).safe
    return timezone.make_aware(dt.datetime.combine(safe, USUAL_HOUR))


def _only(field: str, found: Sequence[Any]) -> dict[str, Any]:
    """The only request or party there is to choose."""
    return {field: found[0].pk} if len(found) == 1 else {}


def _schedule_initial(case: Case, _actor: Any) -> dict[str, Any]:
    return {"held_at": _safe_moment(), "place": case.department.address[:120], "public": True}


def _postpone_initial(case: Case, _actor: Any) -> dict[str, Any]:
    summons = course_of(case).summons
    return {"held_at": _safe_moment(), "place": summons.place if summons else ""}


def _hold_initial(case: Case, _actor: Any) -> dict[str, Any]:
    summons = course_of(case).summons
    if summons is None:
        return {}
    return {"started_at": summons.held_at, "present": "\n".join(_expected(case)), "presented": case.found_facts}


def _expected(case: Case) -> list[str]:
    parties = [f"{party.name}（当事人）" for party in course_of(case).parties]
    links = case.act_officers.filter(until=None).select_related("officer")
    return parties + [f"{link.officer.name}（调查人员，执法证号 {link.certificate_number}）" for link in links]


def _end_initial(case: Case, _actor: Any) -> dict[str, Any]:
    summons = course_of(case).summons
    return {"on": summons.day} if summons else {}


REFUSE: Action[Case, forms.Refuse] = Action(
    key="hearing.refuse",
    label=_("不组织听证"),
    model=Case,
    source=NOTIFIED,
    target=None,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.Refuse,
    initial=lambda case, _actor: _only("statement", course_of(case).owed),
    gates=(gates.asked, gates.request_refusable, case_gates.decider_did_not_handle),
    body=_body(bodies.refuse),
    facts=("hearing.refused",),
    law=("CF-06", "CF-08"),
    rare=True,
)
SCHEDULE: Action[Case, forms.Schedule] = Action(
    key="hearing.schedule",
    label=_("安排听证"),
    model=Case,
    source=NOTIFIED,
    target=None,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.Schedule,
    initial=_schedule_initial,
    gates=(
        gates.asked,
        gates.none_ahead,
        gates.chair_fit,
        gates.notice_possible,
        case_gates.decider_did_not_handle,
    ),
    body=_body(bodies.schedule),
    facts=("hearing.scheduled", "hearing.summoned"),
    papers=("hearing.summons",),
    law=("处罚法63条", "CF-07", "CF-09"),
    primary=True,
    later=True,
)
SERVE: Action[Case, forms.Serve] = Action(
    key="hearing.serve",
    label=_("登记听证通知书送达"),
    model=Case,
    source=NOTIFIED,
    target=None,
    roles=OFFICER,
    data=forms.Serve,
    initial=lambda case, _actor: _only("party", course_of(case).unserved),
    gates=(gates.somebody_unserved, gates.summons_ready),
    body=_body(bodies.serve),
    facts=("hearing.summons_served",),
    law=("CF-07",),
    primary=True,
    later=True,
)
POSTPONE: Action[Case, forms.Postpone] = Action(
    key="hearing.postpone",
    label=_("听证延期"),
    model=Case,
    source=NOTIFIED,
    target=None,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.Postpone,
    initial=_postpone_initial,
    gates=(gates.ahead, gates.notice_possible, case_gates.decider_did_not_handle),
    body=_body(bodies.postpone),
    facts=("hearing.postponed", "hearing.summoned"),
    papers=("hearing.summons",),
    law=("CF-07",),
    rare=True,
)
CHALLENGE: Action[Case, forms.Challenge] = Action(
    key="hearing.challenge",
    label=_("听证主持人回避、更换"),
    model=Case,
    source=NOTIFIED,
    target=None,
    roles=HEADS,
    data=forms.Challenge,
    initial=lambda case, _actor: _only("party", course_of(case).parties),
    gates=(gates.ahead, gates.not_about_oneself, case_gates.decider_did_not_handle),
    body=_body(bodies.challenge),
    facts=("hearing.challenged",),
    law=("处罚法64条4项",),
    rare=True,
)
HOLD: Action[Case, forms.Hold] = Action(
    key="hearing.hold",
    label=_("登记听证举行"),
    model=Case,
    source=NOTIFIED,
    target=None,
    roles=PRESIDING,
    data=forms.Hold,
    initial=_hold_initial,
    gates=(
        gates.ahead,
        gates.presides,
        gates.chair_still_fit,
        gates.nobody_unserved,
        gates.notice_in_time,
        gates.day_has_come,
        gates.on_its_day,
    ),
    body=_body(bodies.hold),
    facts=("hearing.held",),
    papers=("hearing.record",),
    law=("处罚法64条",),
    primary=True,
    later=True,
)
END: Action[Case, forms.End] = Action(
    key="hearing.end",
    label=_("听证终止（当事人拒不出席）"),
    model=Case,
    source=NOTIFIED,
    target=None,
    roles=PRESIDING,
    data=forms.End,
    initial=_end_initial,
    gates=(
        gates.ahead,
        gates.presides,
        gates.chair_still_fit,
        gates.nobody_unserved,
        gates.notice_clearly_in_time,
        gates.day_has_come,
        gates.on_its_day,
    ),
    body=_body(bodies.end),
    facts=("hearing.ended",),
    law=("处罚法64条6项",),
    rare=True,
)
WITHDRAW: Action[Case, forms.Withdraw] = Action(
    key="hearing.withdraw",
    label=_("登记撤回听证申请"),
    model=Case,
    source=NOTIFIED,
    target=None,
    roles=OFFICER,
    data=forms.Withdraw,
    initial=lambda case, _actor: _only("statement", course_of(case).owed),
    gates=(gates.asked,),
    body=_body(bodies.withdraw),
    facts=("hearing.withdrawn", "hearing.ended"),
    law=("处罚法63条",),
    rare=True,
)
REPORT: Action[Case, forms.Report] = Action(
    key="hearing.report",
    label=_("提出听证报告（参照）"),
    model=Case,
    source=NOTIFIED,
    target=None,
    roles=PRESIDING,
    data=forms.Report,
    gates=(gates.report_due, gates.reports_himself),
    body=_body(bodies.report),
    facts=("hearing.reported",),
    papers=("hearing.report",),
    law=("处罚法65条",),
    later=True,
)
ALL = (SCHEDULE, SERVE, HOLD, REPORT, POSTPONE, CHALLENGE, END, WITHDRAW, REFUSE)


def register() -> None:
    """Put the steps on the register; no decision while a hearing is owed, and after one on its record."""
    registry.register(*ALL)
    registry.add_gate("enforcement.case.decide", gates.hearing_held)
    registry.add_gate("enforcement.case.decide", gates.rests_on_record)
    registry.add_gate("enforcement.case.no_penalty", gates.rests_on_record)
