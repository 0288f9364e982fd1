"""What is asked when a session is arranged, changed, signed, closed, or an entry of hours is corrected."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.models import Officer
from personnel.training.hours import HoursProblem, days_text, read_day, read_days, read_tenths, shown
from personnel.training.models import Form, PlanItem, Session, TrainingHours
from portal.accounts.models import Department
from portal.workflow.actions import Attempt
from portal.workflow.data import entry

MOST_DAYS = 60


def own_items(subject: Session | None, actor: Any) -> Any:
    """Items of approved plans of the department that arranges."""
    department = subject.matter.department_id if subject is not None else actor.department_id
    return PlanItem.objects.filter(plan__department=department, plan__state="approved", dropped=False).order_by(
        "-plan__year", "month", "pk"
    )


def other_departments(_subject: Session | None, actor: Any) -> Any:
    """Whom else it can be open to."""
    return Department.objects.filter(is_active=True).exclude(pk=actor.department_id).order_by("code")


def attendable(session: Session) -> Any:
    """Officers on duty of the departments it is for."""
    officers = Officer.objects.filter(active=True).select_related("department")
    if session.for_all:
        return officers
    return officers.filter(department__in=[session.matter.department_id, *session.open_to])


@dataclass(frozen=True)
class Details:
    """Form, topic, teacher, place, time and class hours."""

    form: str = entry(_("形式"), "choice", options=lambda _subject, _actor: Form.choices)
    topic: str = entry(_("主题"), longest=120)
    teacher: str = entry(_("主讲人"), longest=60)
    place: str = entry(_("地点"), longest=120, help=_("线上培训写平台和会议号"))
    begins_at: dt.datetime = entry(_("开始"), "moment")
    ends_at: dt.datetime = entry(_("结束"), "moment")
    hours: str = entry(_("学时"), default="", help=_("当天结束的培训填这里，最多一位小数，例如 4.5"))
    days: str = entry(
        _("逐日学时"), "long", default="",
        help=_("跨天的培训逐日填写，每行一天，例如“2026-12-31 4”。跨年的各计入各的年度"),
    )  # fmt: skip

    def problems(self, _attempt: Attempt[Session, Any]) -> dict[str, str]:
        """What the form tells field by field."""
        if self.ends_at <= self.begins_at:
            return {"ends_at": _gettext("结束不晚于开始，请核对。")}
        first, last = timezone.localdate(self.begins_at), timezone.localdate(self.ends_at)
        try:
            days = self.by_day()
        except HoursProblem as problem:
            return {"days" if self.days.strip() else "hours": str(problem)}
        if not days:
            name = "hours" if first == last else "days"
            words = _gettext("请填写学时。") if first == last else _gettext("跨天的培训，请逐日填写学时。")
            return {name: words}
        outside = [day.isoformat() for day in days if not first <= day <= last]
        if outside:
            return {"days": _gettext("%(days)s 不在培训的起止日期之内。") % {"days": "、".join(outside)}}
        return {"days": _gettext("最多 %(most)d 天。") % {"most": MOST_DAYS}} if len(days) > MOST_DAYS else {}

    def by_day(self) -> dict[dt.date, int]:
        """Days with tenths of class hours. Raises HoursProblem."""
        if self.days.strip():
            return read_days(self.days)
        first, last = timezone.localdate(self.begins_at), timezone.localdate(self.ends_at)
        if first != last or not self.hours.strip():
            return {}
        return {first: read_day(self.hours)}


@dataclass(frozen=True)
class Arrange(Details):
    """A new session: also which item of the plan it carries out, and for whom it is."""

    item: int | None = entry(_("对应的计划项目"), "record", default=None, options=own_items, help=_("计划外的培训不填"))
    for_all: bool = entry(_("面向全区"), "flag", default=False, help=_("全区各部门的执法人员都能参加"))
    open_to: tuple[int, ...] = entry(
        _("同时面向的部门"), "records", default=(), options=other_departments, help=_("只有本部门参加的不填")
    )

    def problems(self, attempt: Attempt[Session, Any]) -> dict[str, str]:
        """Those of the details, and whether the records are among those offered."""
        found = super().problems(attempt)
        if self.item and not own_items(None, attempt.actor).filter(pk=self.item).exists():
            found["item"] = _gettext("这个项目不在本部门已批准的计划里。")
        known = set(other_departments(None, attempt.actor).values_list("pk", flat=True))
        if not set(self.open_to) <= known:
            found["open_to"] = _gettext("有的部门不在可选范围之内。")
        return found


def details_of(session: Session, _actor: Any) -> dict[str, Any]:
    """The form of a change begins with what is there."""
    days = session.days_of()
    one = len(days) == 1
    return {
        "form": session.form,
        "topic": session.topic,
        "teacher": session.teacher,
        "place": session.place,
        "begins_at": session.begins_at,
        "ends_at": session.ends_at,
        "hours": shown(next(iter(days.values()))) if one else "",
        "days": "" if one else days_text(days),
    }


def day_choices(session: Session, _actor: Any) -> list[tuple[str, str]]:
    """The session's days that have come."""
    today = timezone.localdate()
    return [
        (day.isoformat(), f"{day.isoformat()}（{shown(tenths)} 学时）")
        for day, tenths in session.days_of().items()
        if day <= today
    ]


@dataclass(frozen=True)
class SignList:
    """Who was there on a day, from the paper list."""

    day: str = entry(_("日期"), "choice", options=day_choices)
    officers: tuple[int, ...] = entry(
        _("签到人员"), "choices",
        options=lambda session, _actor: [
            (officer.pk, f"{officer.name}（{officer.department.short_name}）") for officer in attendable(session)
        ],
        help=_("已经签到的再选一次不会重复"),
    )  # fmt: skip

    def problems(self, attempt: Attempt[Session, SignList]) -> dict[str, str]:
        """What the form tells field by field."""
        if self.day not in dict(day_choices(attempt.subject, attempt.actor)):
            return {"day": _gettext("请选这次培训已经到了的一天。")}
        wanted = set(self.officers)
        known = set(attendable(attempt.subject).filter(pk__in=wanted).values_list("pk", flat=True))
        if wanted - known:
            return {"officers": _gettext("有的人员不在这次培训的范围之内，或者已经离岗。")}
        return {} if wanted else {"officers": _gettext("请至少选一名签到人员。")}


@dataclass(frozen=True)
class SignRows:
    """Rows of a file that were understood: officer and day, as pairs of key and ISO date."""

    officers: tuple[int, ...] = ()
    days: tuple[str, ...] = ()

    def problems(self, attempt: Attempt[Session, SignRows]) -> dict[str, str]:
        """Everybody is of a department it is for, every day is one of its days."""
        days = dict(day_choices(attempt.subject, attempt.actor))
        known = attendable(attempt.subject).filter(pk__in=self.officers).count()
        if not self.officers or known != len(set(self.officers)) or not set(self.days) <= set(days):
            return {"officers": _gettext("名单里有不在这次培训范围之内的人员或者日期，请重新导入。")}
        return {}


@dataclass(frozen=True)
class SignCode:
    """Who scanned the code, and the code, which is judged again inside the door."""

    officer: int
    user: int
    code: str


@dataclass(frozen=True)
class Cancel:
    """Why it is not held."""

    reason: str = entry(_("取消理由"), "long")

    def problems(self, _attempt: Attempt[Any, Any]) -> dict[str, str]:
        """What the form tells field by field."""
        return {} if self.reason.strip() else {"reason": _gettext("请写明取消的理由。")}


def credits_of(session: Session) -> Any:
    """The credited entries of a session, without the counter-entries."""
    return TrainingHours.objects.filter(session=session, corrects=None).select_related("officer__department")


def credit_choices(session: Session, _actor: Any) -> list[tuple[int, str]]:
    """Each with its name, day, and what stands after earlier corrections."""
    rows = credits_of(session).annotate(counter=Coalesce(Sum("corrections__tenths"), 0))
    return [
        (row.pk, f"{row.officer.name} {row.on.isoformat()}（现计 {shown(row.tenths + row.counter)} 学时）")
        for row in rows
    ]


def standing_of(row: TrainingHours) -> int:
    """What an entry counts with its counter-entries."""
    return TrainingHours.objects.filter(Q(pk=row.pk) | Q(corrects=row.pk)).total()


@dataclass(frozen=True)
class Correct:
    """An entry, what it ought to be, and why."""

    record: int = entry(_("学时记录"), "choice", options=credit_choices)
    hours: str = entry(_("应计学时"), help=_("没有参加的填 0"))
    reason: str = entry(_("理由"), "long", help=_("原记录不动，另记一笔冲正，写明依据"))

    def problems(self, attempt: Attempt[Session, Correct]) -> dict[str, str]:
        """What the form tells field by field."""
        found: dict[str, str] = {}
        row = credits_of(attempt.subject).filter(pk=self.record).first()
        if row is None:
            found["record"] = _gettext("这条学时记录不在您能更正的范围之内。")
        if not self.reason.strip():
            found["reason"] = _gettext("请写明更正的理由。")
        try:
            right = read_tenths(self.hours)
        except HoursProblem as problem:
            return found | {"hours": str(problem)}
        if row is not None and right > row.tenths:
            found["hours"] = _gettext("不能多于这一天的 %(hours)s 学时。") % {"hours": shown(row.tenths)}
        elif row is not None and right == standing_of(row):
            found["hours"] = _gettext("现在就是 %(hours)s 学时，没有可更正的。") % {"hours": shown(right)}
        return found
