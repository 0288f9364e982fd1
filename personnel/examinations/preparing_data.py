"""What is asked when an examination is prepared, announced, prolonged or cancelled."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.examinations.models import BlueprintRow, Examination, ExaminationSetting, QuestionVersion
from personnel.examinations.models.bank import Kind
from personnel.examinations.points import PointsProblem, read_points, shown
from portal.accounts.models import Department
from portal.workflow.actions import Attempt
from portal.workflow.data import entry

Purpose = Examination.Purpose
MINUTES = (5, 480)
MOST_ATTEMPTS, MOST_WAIT_DAYS, MOST_QUESTIONS, MOST_ROWS = 10, 365, 300, 30
MOST_HALVES = 200
LONGEST_WINDOW = dt.timedelta(days=366)


def earlier(_subject: Any, _actor: Any) -> Any:
    """Examinations that are over."""
    return Examination.objects.filter(state=Examination.State.CLOSED).order_by("-closes_at")


def subjects_known(_subject: Any = None, _actor: Any = None) -> list[tuple[str, str]]:
    """Subjects of the questions in use."""
    rows = QuestionVersion.objects.filter(version=F("question__version"), in_use=True).values_list(
        "subjects", flat=True
    )
    return [(one, one) for one in sorted({subject for subjects in rows for subject in subjects})]


def window_problems(opens_at: dt.datetime, closes_at: dt.datetime, now: dt.datetime) -> dict[str, str]:
    """A window that can be held: it ends after it begins, not in the past, and within a year."""
    if closes_at <= opens_at:
        return {"closes_at": _gettext("截止不晚于开放，请核对。")}
    if closes_at <= now:
        return {"closes_at": _gettext("截止时间已经过了。")}
    if closes_at - opens_at > LONGEST_WINDOW or opens_at - now > LONGEST_WINDOW:
        return {"closes_at": _gettext("开放时间应当在一年之内，请核对年份。")}
    return {}


@dataclass(frozen=True)
class Details:
    """Name, window, minutes, pass mark, retakes."""

    title: str = entry(_("名称"), longest=80, help=_("例如：2026 年第二次行政执法资格考试"))
    opens_at: dt.datetime = entry(_("开放"), "moment", help=_("从这时起可以开始答题"))
    closes_at: dt.datetime = entry(_("截止"), "moment", help=_("到这时一律收卷，晚开始的时间相应缩短"))
    minutes: int = entry(_("答题分钟数"), "integer", help=_("从本人开始答题起算，5 到 480 分钟"))
    points: str = entry(_("合格分"), help=_("本地：法律没有规定分数，由司法行政部门定"))
    attempts: int = entry(_("每人最多考几次"), "integer", help=_("本地：1 表示不补考"))
    wait_days: int = entry(
        _("不合格后隔几日才能再考"), "integer", help=_("本地：从交卷的第二天起算，0 表示当天可以再考")
    )
    same_paper: bool = entry(
        _("全体同卷"), "flag", default=False, help=_("不勾选的，每人从题库各抽一卷；勾选的，题目相同")
    )

    def problems(self, attempt: Attempt[Examination, Any]) -> dict[str, str]:
        """What the form tells field by field."""
        found = window_problems(self.opens_at, self.closes_at, attempt.now)
        if not self.title.strip():
            found["title"] = _gettext("请写考试的名称。")
        if not MINUTES[0] <= self.minutes <= MINUTES[1]:
            found["minutes"] = _gettext("答题时间应当在 5 到 480 分钟之间。")
        if not 1 <= self.attempts <= MOST_ATTEMPTS:
            found["attempts"] = _gettext("次数应当在 1 到 10 之间。")
        if not 0 <= self.wait_days <= MOST_WAIT_DAYS:
            found["wait_days"] = _gettext("日数应当在 0 到 365 之间。")
        try:
            read_points(self.points, least=1)
        except PointsProblem as problem:
            found["points"] = str(problem)
        return found

    def values(self) -> dict[str, Any]:
        """As they are kept."""
        return {
            "title": self.title.strip(),
            "opens_at": self.opens_at,
            "closes_at": self.closes_at,
            "minutes": self.minutes,
            "pass_halves": read_points(self.points, least=1),
            "attempts": self.attempts,
            "wait_days": self.wait_days,
            "same_paper": self.same_paper,
        }


@dataclass(frozen=True)
class Aim:
    """What it is for."""

    purpose: str = entry(_("目的"), "choice", options=lambda _subject, _actor: Purpose.choices)


@dataclass(frozen=True)
class Prepare(Details, Aim):
    """A new examination; one after retraining names the one that was failed."""

    after: int | None = entry(
        _("针对哪一场考试"),
        "record",
        default=None,
        options=earlier,
        help=_("补训后再考必填：通知那一场不合格和缺考的人"),
    )

    def problems(self, attempt: Attempt[Examination, Any]) -> dict[str, str]:
        """Those of the details, and whether the earlier one fits."""
        found = super().problems(attempt)
        if self.purpose not in Purpose.values:
            found["purpose"] = _gettext("请选择目的。")
        if self.purpose == Purpose.RETRAINING and not self.after:
            found["after"] = _gettext("请选针对哪一场考试。")
        if self.after and (
            self.purpose != Purpose.RETRAINING or not earlier(None, None).filter(pk=self.after).exists()
        ):
            found["after"] = _gettext("只有补训后再考才选，而且只能选已经结束的考试。")
        return found


def usual(_subject: Any, _actor: Any) -> dict[str, Any]:
    """A new form begins with the bureau's local numbers: tomorrow at nine, for a week."""
    setting = ExaminationSetting.current()
    opens = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)
    return {
        "opens_at": opens,
        "closes_at": opens + dt.timedelta(days=7, hours=9),
        "minutes": 90,
        "points": str(setting.pass_percent),
        "attempts": setting.attempts,
        "wait_days": setting.wait_days,
    }


def details_of(examination: Examination, _actor: Any) -> dict[str, Any]:
    """The form of a change begins with what is there."""
    names = ("title", "opens_at", "closes_at", "minutes", "attempts", "wait_days", "same_paper")
    return {name: getattr(examination, name) for name in names} | {"points": shown(examination.pass_halves)}


@dataclass(frozen=True)
class AddRow:
    """So many questions of a kind."""

    kind: str = entry(_("题型"), "choice", options=lambda _subject, _actor: Kind.choices)
    count: int = entry(_("题数"), "integer")
    points: str = entry(_("每题分值"), help=_("整数或者半分，例如 2 或者 1.5"))
    subject: str = entry(_("科目"), "choice", default="", options=subjects_known, help=_("不选的，从全部科目里抽"))

    def problems(self, attempt: Attempt[Examination, Any]) -> dict[str, str]:
        """What the form tells field by field."""
        found: dict[str, str] = {}
        if self.kind not in Kind.values:
            found["kind"] = _gettext("请选择题型。")
        if not 1 <= self.count <= MOST_QUESTIONS:
            found["count"] = _gettext("题数应当在 1 到 300 之间。")
        if self.subject and (self.subject, self.subject) not in subjects_known():
            found["subject"] = _gettext("题库里没有这个科目的题。")
        if attempt.subject.live_rows().count() >= MOST_ROWS:
            found["kind"] = _gettext("组卷要求最多 30 行。")
        try:
            read_points(self.points, least=1, most=MOST_HALVES)
        except PointsProblem as problem:
            found["points"] = str(problem)
        return found


@dataclass(frozen=True)
class DropRow:
    """Which row goes."""

    row: int = entry(
        _("组卷要求"), "record",
        options=lambda subject, _actor: subject.live_rows() if subject is not None else BlueprintRow.objects.none(),
    )  # fmt: skip

    def problems(self, attempt: Attempt[Examination, Any]) -> dict[str, str]:
        """What the form tells field by field."""
        known = attempt.subject.live_rows().filter(pk=self.row).exists()
        return {} if known else {"row": _gettext("这一行不在组卷要求里。")}


def departments(_subject: Any = None, _actor: Any = None) -> Any:
    """Whose people can be asked."""
    return Department.objects.filter(is_active=True).order_by("code")


@dataclass(frozen=True)
class Invite:
    """Whose people are asked to sit; nothing chosen: everybody whom the purpose is about."""

    departments: tuple[int, ...] = entry(
        _("只通知这些部门"), "records", default=(), options=departments, help=_("不选的，通知全区各部门符合条件的人员")
    )

    def problems(self, _attempt: Attempt[Examination, Any]) -> dict[str, str]:
        """What the form tells field by field."""
        known = departments().filter(pk__in=self.departments).count() == len(set(self.departments))
        return {} if known else {"departments": _gettext("有的部门不在可选范围之内。")}


MOST_EXTRA = 240


def still_sitting(subject: Any, _actor: Any = None) -> list[tuple[int, str]]:
    """Who has not passed yet, by department and name."""
    if subject is None:
        return []
    rows = subject.candidates.exclude(outcome="passed").order_by("department__code", "officer__name", "pk")
    return [
        (pk, f"{name}（{department}）")
        for pk, name, department in rows.values_list("pk", "officer__name", "department__short_name")
    ]


@dataclass(frozen=True)
class Extra:
    """More time for one person, and why."""

    candidate: int = entry(_("考生"), "record", options=still_sitting)
    minutes: int = entry(
        _("加时（分钟）"), "integer", help=_("1 到 240；再次加时的，填总共加多少；已经开始答题的，到时时间相应推迟")
    )
    ground: str = entry(_("理由"), longest=200, help=_("例如：视力残疾；考场停电 20 分钟"))

    def problems(self, attempt: Attempt[Examination, Any]) -> dict[str, str]:
        """What the form tells field by field."""
        found: dict[str, str] = {}
        row = attempt.subject.candidates.exclude(outcome="passed").filter(pk=self.candidate).first()
        if row is None:
            found["candidate"] = _gettext("请选这场考试里还没有合格的考生。")
        if not 1 <= self.minutes <= MOST_EXTRA:
            found["minutes"] = _gettext("加时应当在 1 到 240 分钟之间。")
        elif row is not None and self.minutes <= row.extra_minutes:
            found["minutes"] = _gettext("已经加时 %(minutes)d 分钟，只能再增加。") % {"minutes": row.extra_minutes}
        if not self.ground.strip():
            found["ground"] = _gettext("请写明理由。")
        return found


@dataclass(frozen=True)
class Prolong:
    """A later end, and why."""

    closes_at: dt.datetime = entry(_("新的截止时间"), "moment")
    reason: str = entry(_("理由"), "long")

    def problems(self, attempt: Attempt[Examination, Any]) -> dict[str, str]:
        """What the form tells field by field."""
        found = window_problems(attempt.subject.opens_at, self.closes_at, attempt.now)
        if not found and self.closes_at <= attempt.subject.closes_at:
            found["closes_at"] = _gettext("新的截止时间应当晚于现在的截止时间。")
        return found if self.reason.strip() else found | {"reason": _gettext("请写明理由。")}
