"""What can be done with a session: arrange, change, sign in, close, cancel; and correct an entry of hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.models import Officer
from personnel.training import session_data as data
from personnel.training.codes import is_current
from personnel.training.hours import read_tenths
from personnel.training.models import Attendance, Session, SessionDay, TrainingHours
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import Nothing

State = Session.State
HOSTS = frozenset({Role.DEPT_ADMIN.value, Role.SUPERVISOR.value})
OPEN, CLOSED = frozenset({State.OPEN.value}), frozenset({State.CLOSED.value})


def _arrange(attempt: Attempt[Session, data.Arrange]) -> None:
    given = attempt.data
    attempt.matter = Matter.objects.create(
        kind="training_session",
        department=attempt.actor.department,
        title=_gettext("培训：%(topic)s") % {"topic": given.topic.strip()},
        opened_at=attempt.now,
    )
    session = Session(
        matter=attempt.matter, item_id=given.item, for_all=given.for_all, open_to=sorted(set(given.open_to)),
        **_details(given),
    )  # fmt: skip
    session.save()
    _set_days(session, given.by_day())
    attempt.subject = session
    attempt.label(form=given.form, days={day.isoformat(): tenths for day, tenths in given.by_day().items()})


def _details(given: data.Details) -> dict[str, Any]:
    return {
        "form": given.form,
        "topic": given.topic.strip(),
        "teacher": given.teacher.strip(),
        "place": given.place.strip(),
        "begins_at": given.begins_at,
        "ends_at": given.ends_at,
    }


def _set_days(session: Session, days: dict[dt.date, int]) -> None:
    session.days.exclude(on__in=days).delete()
    for day, tenths in days.items():
        row = session.days.filter(on=day).first() or SessionDay(session=session, on=day)
        if row.tenths != tenths:
            row.tenths = tenths
            row.save()


def _amend(attempt: Attempt[Session, data.Details]) -> None:
    for name, value in _details(attempt.data).items():
        setattr(attempt.subject, name, value)
    _set_days(attempt.subject, attempt.data.by_day())
    title = _gettext("培训：%(topic)s") % {"topic": attempt.data.topic.strip()}
    Matter.objects.filter(pk=attempt.matter.pk).update(title=title)


def _sign(attempt: Attempt[Session, Any], rows: Iterable[tuple[int, dt.date]], way: str, by: User) -> int:
    """Add who is not there yet; the lock on the matter and the constraint see to it that nobody is there twice."""
    known = set(attempt.subject.attendances.values_list("officer", "on"))
    new = [row for row in dict.fromkeys(rows) if row not in known]
    Attendance.objects.bulk_create(
        Attendance(session=attempt.subject, officer_id=officer, on=on, way=way, by=by, at=attempt.now)
        for officer, on in new
    )
    attempt.label(way=way, signed=len(new), officers=[officer for officer, _on in new])
    return len(new)


def _sign_list(attempt: Attempt[Session, data.SignList]) -> None:
    day = dt.date.fromisoformat(attempt.data.day)
    rows = ((officer, day) for officer in attempt.data.officers)
    _sign(attempt, rows, Attendance.Way.LIST.value, attempt.actor)


def _sign_rows(attempt: Attempt[Session, data.SignRows]) -> None:
    pairs = zip(attempt.data.officers, attempt.data.days, strict=True)
    rows = ((officer, dt.date.fromisoformat(day)) for officer, day in pairs)
    _sign(attempt, rows, Attendance.Way.FILE.value, attempt.actor)


def _sign_code(attempt: Attempt[Session, data.SignCode]) -> None:
    rows = [(attempt.data.officer, attempt.today)]
    _sign(attempt, rows, Attendance.Way.CODE.value, User.objects.get(pk=attempt.data.user))


def _close(attempt: Attempt[Session, Nothing]) -> None:
    """Each day signed is credited on that day; days of two years count in two years."""
    session, days = attempt.subject, attempt.subject.days_of()
    signed = list(session.attendances.order_by("on", "pk"))
    TrainingHours.objects.bulk_create(
        TrainingHours(
            session=session, officer_id=one.officer_id, on=one.on, tenths=days[one.on],
            made_by=attempt.actor, made_at=attempt.now,
        )
        for one in signed
    )  # fmt: skip
    Matter.objects.filter(pk=attempt.matter.pk).update(closed_at=attempt.now)
    attempt.label(entries=len(signed), tenths=sum(days[one.on] for one in signed))
    attempt.fact("training.session_closed")


def _cancel(attempt: Attempt[Session, data.Cancel]) -> None:
    attempt.subject.reason = attempt.data.reason.strip()
    Matter.objects.filter(pk=attempt.matter.pk).update(closed_at=attempt.now)


def _correct(attempt: Attempt[Session, data.Correct]) -> None:
    row = TrainingHours.objects.get(pk=attempt.data.record)
    difference = read_tenths(attempt.data.hours) - data.standing_of(row)
    made = TrainingHours.objects.create(
        session=attempt.subject, officer_id=row.officer_id, on=row.on, tenths=difference, corrects=row,
        reason=attempt.data.reason.strip(), made_by=attempt.actor, made_at=attempt.now,
    )  # fmt: skip
    attempt.label(corrects=row.pk, entry=made.pk, tenths=difference)
    attempt.fact("training.hours_corrected")


def _is_live(attempt: Attempt[Session, data.SignCode]) -> bool | str:
    if not attempt.subject.admits(attempt.now):
        return _gettext("现在不是这次培训的签到时间：开始前半小时到结束后半小时内可以扫码。")
    return is_current(attempt.subject.pk, attempt.data.code, attempt.now)


def _is_for_him(attempt: Attempt[Session, data.SignCode]) -> bool:
    return attempt.subject.takes(Officer.objects.get(pk=attempt.data.officer))


NOBODY_YET = Gate(
    "nobody_signed_in",
    _("已经有人签到，不能再改时间和学时；确有错误的，结束后逐条冲正。"),
    ("PX-01",),
    lambda attempt: not attempt.subject.attendances.exists(),
)
OVER = Gate(
    "session_is_over",
    _("培训还没有结束，结束后才能计入学时。"),
    ("PX-01",),
    lambda attempt: attempt.now >= attempt.subject.ends_at,
)
SOMEBODY = Gate(
    "somebody_signed_in",
    _("还没有一个人签到：先登记签到；没有举办的，请取消。"),
    ("PX-01",),
    lambda attempt: attempt.subject.attendances.exists(),
)
CURRENT = Gate(
    "code_is_current", _("这个码已经过期。码每 30 秒换一次，请对着投影重新扫。"), ("PX-01",), _is_live, needs_data=True
)
FOR_HIM = Gate("session_is_for_him", _("这次培训不面向您所在的部门。"), ("PX-01",), _is_for_him, needs_data=True)


def _action(key: str, label: Any, source: frozenset[str], target: State | None, **more: Any) -> Action[Any, Any]:
    return Action(
        f"training.session.{key}",
        label,
        source=source,
        target=target.value if target else None,
        model=Session,
        law=("PX-01",),
        **more,
    )


ARRANGE = _action(
    "arrange", _("安排培训"), frozenset(), State.OPEN, roles=HOSTS, data=data.Arrange, body=_arrange, primary=True
)
AMEND = _action(
    "amend", _("修改安排"), OPEN, None, roles=HOSTS, data=data.Details, body=_amend, gates=(NOBODY_YET,),
    initial=data.details_of,
)  # fmt: skip
SIGN_LIST = _action("sign_list", _("按名册登记签到"), OPEN, None, roles=HOSTS, data=data.SignList, body=_sign_list)
SIGN_ROWS = _action(
    "sign_rows", _("表格导入签到"), OPEN, None, roles=HOSTS, data=data.SignRows, body=_sign_rows, hidden=True
)
SIGN_CODE = _action(
    "sign_code", _("扫码签到"), OPEN, None, roles=frozenset(), data=data.SignCode, body=_sign_code,
    gates=(CURRENT, FOR_HIM), system=True, hidden=True,
)  # fmt: skip
CLOSE = _action(
    "close", _("结束并计入学时"), OPEN, State.CLOSED, roles=HOSTS, data=Nothing, body=_close,
    gates=(OVER, SOMEBODY), facts=("training.session_closed",), primary=True,
)  # fmt: skip
CANCEL = _action(
    "cancel", _("取消培训"), OPEN, State.CANCELLED, roles=HOSTS, data=data.Cancel, body=_cancel, gates=(NOBODY_YET,),
    rare=True,
)  # fmt: skip
CORRECT = _action(
    "correct", _("冲正学时"), CLOSED, None, roles=HOSTS, data=data.Correct, body=_correct,
    facts=("training.hours_corrected",), rare=True,
)  # fmt: skip
ACTIONS = (ARRANGE, SIGN_LIST, CLOSE, AMEND, CORRECT, CANCEL, SIGN_ROWS, SIGN_CODE)
