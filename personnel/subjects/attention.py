"""What is missing in the register and what runs out soon: a fixed number of statements, whatever the district's size."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from personnel.subjects.models import Empowerment, EnforcementSubject, Mandate
from personnel.subjects.who_and_when import ENFORCING
from portal.accounts.models import Department, User

NEAR_DAYS = 90
State = EnforcementSubject.State


@dataclass(frozen=True)
class Attention:
    """One line: whose, how urgent, what, and where to go."""

    department: str
    shape: str
    words: str
    url: str = ""


def looked_at(user: User) -> Any:
    """The departments whose standing the person looks after: the own and its entrusted bodies; all for the bureau."""
    rows = Department.objects.filter(kind__in=ENFORCING, is_active=True).order_by("code")
    return rows if user.sees_everything else rows.filter(Q(pk=user.home_id) | Q(parent=user.home_id, kind="entrusted"))


def attention(user: User, today: dt.date) -> list[Attention]:
    """Everything that is missing or runs out within 90 days, the urgent first."""
    departments = list(looked_at(user))
    keys = [one.pk for one in departments]
    subjects = {row.department_id: row for row in EnforcementSubject.objects.filter(department__in=keys)}
    mandates: dict[int, list[Mandate]] = defaultdict(list)
    for mandate in Mandate.objects.filter(body__in=keys).order_by("-valid_to"):
        mandates[mandate.body_id].append(mandate)
    decisions: dict[int, list[Empowerment]] = defaultdict(list)
    for decision in Empowerment.objects.filter(department__in=keys).order_by("-valid_from"):
        decisions[decision.department_id].append(decision)
    found: list[Attention] = []
    for one in departments:
        found += _of_subject(one, subjects.get(one.pk), today)
        if one.kind == "entrusted":
            found += _of_mandates(one, mandates[one.pk], today)
        if one.kind == "street":
            found += _of_decisions(one, decisions[one.pk], today)
    rank = {"red": 0, "amber": 1, "grey": 2, "open": 3}
    return sorted(found, key=lambda line: rank[line.shape])


def _of_subject(one: Department, subject: EnforcementSubject | None, _today: dt.date) -> list[Attention]:
    if subject is None:
        return [Attention(one.short_name, "open", _("没有申报主体资格：立案不受登记簿的限制"))]
    url = reverse("subjects:subject", args=[subject.pk])
    words: dict[str, tuple[str, str]] = {
        State.APPLIED.value: ("amber", _("等待司法行政部门确认；确认以前不能立案")),
        State.RETURNED.value: ("amber", _("已退回，等待补正；确认以前不能立案")),
        State.CONFIRMED.value: ("grey", _("已确认，还没有公告")),
        State.WITHDRAWN.value: ("grey", _("主体资格已撤销，不能立案")),
    }
    line = words.get(subject.state)
    return [Attention(one.short_name, line[0], line[1], url)] if line else []


def _of_mandates(one: Department, mandates: list[Mandate], today: dt.date) -> list[Attention]:
    lines = [
        Attention(
            one.short_name, "amber", _("委托书已签发，还没有公布：公布以前不能据以办案"),
            reverse("subjects:mandate", args=[row.pk]),
        )
        for row in mandates
        if row.state == Mandate.State.SIGNED and row.valid_to >= today
    ]  # fmt: skip
    live = [row for row in mandates if row.is_in_force(today)]
    if not live:
        return [Attention(one.short_name, "red", _("没有正在施行的委托书"), _latest(mandates, "mandate")), *lines]
    return lines + _running_out(one, live, today, "mandate", _("委托书"))


def _of_decisions(one: Department, decisions: list[Empowerment], today: dt.date) -> list[Attention]:
    lines = [
        Attention(
            one.short_name, "amber", _("赋权决定已登记，还没有公布"), reverse("subjects:empowerment", args=[row.pk])
        )
        for row in decisions
        if row.state == Empowerment.State.REGISTERED
    ]
    for row in decisions:
        if row.state == Empowerment.State.PUBLISHED and row.evaluate_by and _near(row.evaluate_by, today):
            late = row.evaluate_by < today
            lines.append(
                Attention(
                    one.short_name, "red" if late else "amber",
                    _("赋权评估不迟于 %(day)s（本地）") % {"day": row.evaluate_by.isoformat()},
                    reverse("subjects:empowerment", args=[row.pk]),
                )
            )  # fmt: skip
    live = [row for row in decisions if row.is_in_force(today)]
    if not live:
        return [
            Attention(one.short_name, "red", _("没有正在施行的赋权决定"), _latest(decisions, "empowerment")),
            *lines,
        ]
    return lines + _running_out(one, live, today, "empowerment", _("赋权决定"))


def _near(day: dt.date, today: dt.date) -> bool:
    return day <= today + dt.timedelta(days=NEAR_DAYS)


def _latest(rows: list[Any], name: str) -> str:
    return reverse(f"subjects:{name}", args=[rows[0].pk]) if rows else ""


def last_day(row: Any) -> dt.date | None:
    """The last day of a mandate or decision: by its term, or the day before it was ended."""
    days = [row.valid_to, row.ended_on - dt.timedelta(days=1) if row.ended_on else None]
    return min((day for day in days if day is not None), default=None)


def _running_out(one: Department, live: list[Any], today: dt.date, name: str, label: str) -> list[Attention]:
    """The one that lasts longest, when it ends soon."""
    ends = [(last_day(row), row) for row in live]
    if any(day is None for day, _row in ends):
        return []
    day, row = max(((day, row) for day, row in ends if day is not None), key=lambda pair: pair[0])
    if not _near(day, today):
        return []
    words = _("%(what)s %(day)s 期满，剩 %(left)d 日") % {
        "what": label, "day": day.isoformat(), "left": (day - today).days
    }  # fmt: skip
    return [Attention(one.short_name, "amber", words, reverse(f"subjects:{name}", args=[row.pk]))]
