"""Plans, sessions and hours for tests, made through the door like real ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

import time_machine
from django.utils import timezone

from personnel.models import Officer
from personnel.training import duty, plans, sessions, statements
from personnel.training import session_data as data
from personnel.training.models import HoursStatement, QuotaDuty, Session, TrainingPlan
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from tests.cast import Cast


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A local moment."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def plan(cast: Cast, *, by: User | None = None, year: int | None = None) -> TrainingPlan:
    """A plan with one item, drawn up by the market bureau."""
    actor = by or cast.dept_admin
    made = perform(None, plans.DRAW, actor=actor, data=plans.Draw(year or timezone.localdate().year)).subject
    item = plans.Item("special", "行政执法证据采集", "11", "4", "全体执法人员")
    return perform(made, plans.ADD, actor=actor, data=item).subject  # type: ignore[no-any-return]


def approved(cast: Cast) -> TrainingPlan:
    """The same, submitted and approved."""
    made = plan(cast)
    perform(made, plans.SUBMIT, actor=cast.dept_admin, data=Nothing())
    return perform(made, plans.APPROVE, actor=cast.supervisor, data=plans.Approve()).subject  # type: ignore[no-any-return]


def session(by: User, days: dict[dt.date, str], **more: Any) -> Session:
    """A session on these days, from nine to eleven on the last."""
    first, last = min(days), max(days)
    given = data.Arrange(
        form="central",
        topic=more.pop("topic", "行政处罚案卷评析"),
        teacher="钱示例",
        place="示例会议室",
        begins_at=more.pop("begins_at", moment(first, 9)),
        ends_at=more.pop("ends_at", moment(last, 11)),
        days="\n".join(f"{day.isoformat()} {hours}" for day, hours in days.items()),
        **more,
    )
    made: Session = perform(None, sessions.ARRANGE, actor=by, data=given).subject
    return made


def signed(one: Session, by: User, day: dt.date, *officers: Officer) -> Session:
    """Officers sign the paper list of a day."""
    listed = data.SignList(day.isoformat(), tuple(officer.pk for officer in officers))
    return perform(one, sessions.SIGN_LIST, actor=by, data=listed).subject  # type: ignore[no-any-return]


def held(by: User, days: dict[dt.date, str], *officers: Officer, **more: Any) -> Session:
    """A session at which everybody named was there on every day, closed on the evening of the last."""
    with time_machine.travel(moment(max(days), 18), tick=True):
        made = session(by, days, **more)
        for day in days:
            signed(made, by, day, *officers)
        return perform(made, sessions.CLOSE, actor=by, data=Nothing()).subject  # type: ignore[no-any-return]


def corrected(one: Session, by: User, record: int, hours: str) -> Session:
    """A counter-entry."""
    given = data.Correct(record, hours, "签到表核对：当天请假")
    return perform(one, sessions.CORRECT, actor=by, data=given).subject  # type: ignore[no-any-return]


def admin_of(officer: Officer) -> User:
    """The platform administrator of his department."""
    return User.objects.get(department=officer.department, role_assignments__role=Role.DEPT_ADMIN)


def quota_duty(department: Any) -> QuotaDuty:
    """The yearly duty of a department."""
    made: QuotaDuty = perform(None, duty.BEGIN, actor=None, data=duty.Begin(department.pk)).subject
    return made


def statement(officer: Officer, by: User) -> HoursStatement:
    """A statement of this year's hours."""
    given = statements.Ask(officer.pk, timezone.localdate().year)
    made: HoursStatement = perform(None, statements.ISSUE, actor=by, data=given).subject
    return made
