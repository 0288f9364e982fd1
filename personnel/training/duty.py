"""The duty of the year (PX-01): begun for every department, judged at its end, reminded of, and what may follow."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.models import Certificate, Provenance, Suspension
from personnel.training.models import QuotaDuty, QuotaSetting, Standing, TrainingHours
from personnel.training.standings import Swept, sweep
from personnel.turns import take_turn
from portal.accounts.models import Department, User
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.deadlines.models import Fact, Obligation
from portal.deadlines.services import replay, void_fact
from portal.inbox import notify
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt
from portal.workflow.door import perform

RULE = "training.quota"
MARKS = ((4, 1), (7, 1), (10, 1), (12, 1))  # the quarters' ends, and thirty days before the year's
REMIND_WITHIN = dt.timedelta(days=30)
CHIEFS = frozenset({Role.HEAD.value, Role.DEPUTY.value, Role.DEPT_ADMIN.value})
RUNNING = frozenset({QuotaDuty.State.RUNNING.value})


@dataclass(frozen=True)
class Begin:
    """Whose duty."""

    department: int


def _begin(attempt: Attempt[QuotaDuty, Begin]) -> None:
    department = Department.objects.get(pk=attempt.data.department)
    attempt.matter = Matter.objects.create(
        kind="training_quota",
        department=department,
        title=_gettext("%(department)s执法人员年度培训学时") % {"department": department.short_name},
        opened_at=attempt.now,
    )
    attempt.subject = QuotaDuty(matter=attempt.matter, department=department)
    attempt.fact("training.duty_begun")


@dataclass(frozen=True)
class Judge:
    """The year, and why it is entered when it is."""

    year: int
    late_reason: str = ""


def _meet(attempt: Attempt[QuotaDuty, Judge]) -> None:
    year = attempt.data.year
    attempt.label(year=year)
    last = dt.date(year, 12, 31)
    attempt.fact("training.quota_met", at=last if attempt.today > last else attempt.now, about=f"year:{year}")


def _take_back(attempt: Attempt[QuotaDuty, Judge]) -> None:
    """A counter-entry or a certificate entered late has made somebody short: the year is open again."""
    year = attempt.data.year
    for fact in _met_facts(attempt.subject, year):
        void_fact(fact, event=None, reason=_gettext("学时更正后，有人员不足规定学时"))
    replay(attempt.matter)
    attempt.label(year=year)


def _met_facts(subject: QuotaDuty, year: int) -> Any:
    return Fact.objects.filter(matter=subject.pk, name="training.quota_met", about=f"year:{year}", void=None)


@dataclass(frozen=True)
class Short:
    """Which year's hours are missing, and how many tenths."""

    year: int
    missing: int


def _suspend(attempt: Attempt[Certificate, Short]) -> None:
    take_turn(attempt.subject.officer_id)
    ground = _gettext("%(year)d 年度培训学时不足 60 学时（学时规则设定）") % {"year": attempt.data.year}
    Suspension.objects.create(certificate=attempt.subject, begun_on=attempt.on, ground=ground)
    attempt.label(year=attempt.data.year, missing=attempt.data.missing)
    attempt.fact("certificate.suspended", value={"training_year": attempt.data.year})


def _system(key: str, label: Any, source: frozenset[str], target: str | None, **more: Any) -> Action[Any, Any]:
    return Action(
        key, label, source=source, target=target, roles=frozenset(), law=("PX-01",), system=True, hidden=True, **more
    )


BEGIN = _system(
    "training.quota.begin", _("年度学时职责开始"), frozenset(), QuotaDuty.State.RUNNING.value, data=Begin, body=_begin,
    model=QuotaDuty, facts=("training.duty_begun",),
)  # fmt: skip
MEET = _system(
    "training.quota.meet", _("年度学时全部达标"), RUNNING, None, data=Judge, body=_meet, model=QuotaDuty,
    facts=("training.quota_met",),
)  # fmt: skip
TAKE_BACK = _system(
    "training.quota.take_back", _("年度学时重新认定为不足"), RUNNING, None, data=Judge, body=_take_back, model=QuotaDuty
)
SUSPEND_SHORT = _system(
    "training.quota.suspend", _("学时不足暂扣"), frozenset({Certificate.State.ISSUED.value}),
    Certificate.State.SUSPENDED.value, data=Short, body=_suspend, model=Certificate, facts=("certificate.suspended",),
)  # fmt: skip
ACTIONS = (BEGIN, MEET, TAKE_BACK, SUSPEND_SHORT)


def run(now: dt.datetime) -> list[Swept]:
    """The daily run: standings, duties, reminders, and the suspension if it is switched on. Idempotent."""
    today = timezone.localdate(now)
    swept = []
    for year in (today.year - 1, today.year):
        if year == today.year or TrainingHours.objects.filter(on__year=year).exists():
            swept.append(sweep(year, now))
            begin_duties(year)
            if today >= dt.date(year, 12, 31):
                judge(year, now)
                tell_of_the_end(year, today)
                suspend_short(year, today)
    remind(today)
    return swept


def begin_duties(year: int) -> None:
    """Every department with a holder has the duty."""
    holding = Department.objects.filter(pk__in=Standing.objects.filter(year=year).values("department"))
    for department in holding.filter(quota_duty=None).order_by("pk"):
        perform(None, BEGIN, actor=None, data=Begin(department.pk))


def judge(year: int, now: dt.datetime) -> None:
    """At the year's end and after it: met where nobody is short, taken back where somebody has become so."""
    short = set(Standing.objects.filter(year=year, missing__gt=0).values_list("department", flat=True))
    rows = Obligation.objects.filter(rule=RULE, about=f"year:{year}", cancelled_at=None)
    settled = dict(rows.values_list("matter", "settled_at"))
    for duty in QuotaDuty.objects.filter(pk__in=settled).order_by("pk"):
        is_met = _met_facts(duty, year).exists()
        if duty.department_id in short and is_met:
            perform(duty, TAKE_BACK, actor=None, data=Judge(year), now=now)
        elif duty.department_id not in short and not is_met:
            reason = _gettext("年度学时以12月31日为准，当年的学时在年后补记")
            perform(duty, MEET, actor=None, data=Judge(year, reason), now=now)


def remind(today: dt.date) -> None:
    """After each quarter and thirty days before the end: whoever is short, and his department's administrator."""
    marks = [day for month, number in MARKS if (day := dt.date(today.year, month, number)) <= today]
    if not marks or today - marks[-1] > REMIND_WITHIN:
        return
    year, key = today.year, f"training:{marks[-1].isoformat()}"
    short = Standing.objects.filter(year=year, missing__gt=0)
    people = User.objects.filter(is_active=True, officer__in=short.values("officer"))
    text = _gettext("您 %(year)d 年的培训学时还不足，请在12月31日前完成，差多少见“我的学时”") % {"year": year}
    notify(people, text, kind="training", url=reverse("training:me"), key=key)
    for department, count in _counted(short):
        words = _gettext("本部门 %(year)d 年还有 %(count)d 名持证人员学时不足") % {"year": year, "count": count}
        notify(_chiefs(department), words, kind="training", url=_list(year), key=f"{key}:department")


def tell_of_the_end(year: int, today: dt.date) -> None:
    """At the year's end: department and bureau, once, for thirty days."""
    if today - dt.date(year, 12, 31) > REMIND_WITHIN:
        return
    short = Standing.objects.filter(year=year, missing__gt=0)
    for department, count in _counted(short):
        words = _gettext("%(year)d 年度结束，本部门 %(count)d 名持证人员学时不足") % {"year": year, "count": count}
        notify(_chiefs(department), words, kind="training", url=_list(year), key=f"training:{year}:end")
    if total := short.count():
        bureau = User.objects.filter(is_active=True, role_assignments__role__in=BUREAU_ROLES).distinct()
        words = _gettext("%(year)d 年度结束，全区 %(count)d 名持证人员学时不足") % {"year": year, "count": total}
        notify(bureau, words, kind="training", url=_list(year), key=f"training:{year}:end")


def _counted(short: Any) -> list[tuple[int, int]]:
    rows = short.order_by("department").values_list("department").annotate(count=Count("pk"))
    return [(int(department), int(count)) for department, count in rows]


def _chiefs(department: int) -> Any:
    return User.objects.filter(
        Q(role_assignments__role__in=CHIEFS), is_active=True, role_assignments__department=department
    ).distinct()


def _list(year: int) -> str:
    return f"{reverse('training:standings')}?year={year}&standing=short"


def suspend_short(year: int, today: dt.date) -> int:
    """When the bureau has switched it on: take in the certificates of whoever is short, once a year each."""
    setting = QuotaSetting.of(year)
    if not setting.suspends or today < dt.date(year, 12, 31) + dt.timedelta(days=setting.grace_days):
        return 0
    done = Fact.objects.filter(name="certificate.suspended", value__training_year=year).values("matter")
    missing = dict(Standing.objects.filter(year=year, missing__gt=0).values_list("officer", "missing"))
    held = Certificate.objects.valid_on(today).filter(officer__in=missing, state=Certificate.State.ISSUED)
    held = held.exclude(provenance__source=Provenance.Source.MINISTRY)  # its issuer's to decide
    count = 0
    for certificate in held.exclude(pk__in=done).order_by("pk"):
        with transaction.atomic():
            perform(certificate, SUSPEND_SHORT, actor=None, data=Short(year, missing[certificate.officer_id]))
        count += 1
    return count
