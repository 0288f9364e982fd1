"""What is asked for when somebody should stay out of a case, or another takes it over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases.options import officers, parties
from enforcement.models import Party
from enforcement.people.models import Recusal
from personnel.models import Officer
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.workflow.actions import Attempt
from portal.workflow.data import entry

LATE = _("日期早于上一个工作日的，写明为何迟录和凭证")
HEADS = (Role.HEAD.value, Role.DEPUTY.value)


def _day_problems(attempt: Attempt[Any, Any], text: str, field: str, found: dict[str, str]) -> dict[str, str]:
    if not text.strip():
        found[field] = _t("请写明理由。")
    if attempt.on > attempt.today:
        found["on"] = _t("日期 %(on)s 在将来，请填已经发生的日期。") % {"on": attempt.on}
    return found


def on_the_case(subject: Any, _actor: Any) -> Any:
    """Officers handling the case now."""
    return Officer.objects.filter(act_roles__act=subject.pk, act_roles__until=None).order_by("name", "pk")


def heads(subject: Any, _actor: Any) -> Any:
    """Those who decide in the department of the case."""
    return User.objects.filter(
        department=subject.department_id, is_active=True, role_assignments__role__in=HEADS
    ).distinct()


def pending(subject: Any, _actor: Any) -> Any:
    """Applications that nobody has decided."""
    return Recusal.objects.filter(act=subject.pk, outcome=Recusal.Outcome.PENDING)


@dataclass(frozen=True)
class Declare:
    """Somebody says of himself that he must stay out."""

    ground: str = entry(
        _("回避理由"), "long", law=("CF-33",), help=_("与案件有直接利害关系，或者有其他关系可能影响公正执法")
    )
    on: dt.date | None = entry(_("提出日期"), "date", default=None, help=_("不填为今天"))
    late_reason: str = entry(_("补录说明"), "long", default="", help=LATE)

    def problems(self, attempt: Attempt[Any, Declare]) -> dict[str, str]:
        """What the form tells field by field."""
        found = _day_problems(attempt, self.ground, "ground", {})
        if asked(attempt.subject, attempt.actor, None):
            found["ground"] = _t("您的回避申请已经提出，等待决定。")
        return found


def asked(case: Any, person: User | None, officer: Officer | None) -> bool:
    """Whether an application about this person waits for its decision."""
    about = Q(pk__in=[])
    if person is not None:
        about |= Q(person=person) | Q(officer__user=person)
    if officer is not None:
        about |= Q(officer=officer)
        if officer.user_id:
            about |= Q(person=officer.user_id)
    return Recusal.objects.filter(about, act=case.pk, outcome=Recusal.Outcome.PENDING).exists()


@dataclass(frozen=True)
class Apply:
    """A party asks that an officer or a head stay out."""

    party: int = entry(_("申请的当事人"), "record", options=parties)
    ground: str = entry(_("当事人说明的理由"), "long", law=("CF-33",))
    officer: int | None = entry(_("被申请回避的办案人员"), "record", options=on_the_case, default=None)
    head: int | None = entry(
        _("被申请回避的负责人"), "record", options=heads, default=None, help=_("办案人员和负责人选填一项")
    )
    on: dt.date | None = entry(_("提出日期"), "date", default=None, help=_("不填为今天"))
    late_reason: str = entry(_("补录说明"), "long", default="", help=LATE)

    def problems(self, attempt: Attempt[Any, Apply]) -> dict[str, str]:
        """What the form tells field by field."""
        found = _day_problems(attempt, self.ground, "ground", {})
        case = attempt.subject
        if not Party.objects.filter(pk=self.party, act_id=case.pk).exists():
            found["party"] = _t("当事人不在本案中。")
        if (self.officer is None) == (self.head is None):
            found["officer"] = _t("办案人员和负责人选填一项。")
            return found
        officer = on_the_case(case, None).filter(pk=self.officer).first() if self.officer else None
        head = heads(case, None).filter(pk=self.head).first() if self.head else None
        if officer is None and head is None:
            found["officer" if self.officer else "head"] = _t("所选的人不办理本案。")
        elif asked(case, head, officer):
            found["officer" if officer else "head"] = _t("对这个人的回避申请正在等待决定。")
        return found


@dataclass(frozen=True)
class Decide:
    """The head's decision on one application."""

    recusal: int = entry(_("回避申请"), "record", options=pending)
    granted: str = entry(
        _("决定"),
        "choice",
        options=lambda _s, _a: [
            (Recusal.Outcome.GRANTED.value, Recusal.Outcome.GRANTED.label),
            (Recusal.Outcome.REFUSED.value, Recusal.Outcome.REFUSED.label),
        ],
    )
    reason: str = entry(_("决定理由"), "long", law=("CF-33",))
    successor: int | None = entry(
        _("接替的办案人员"),
        "record",
        options=officers,
        default=None,
        help=_("决定办案人员回避的，可以同时选定接替的人；以后更换也可以"),
    )
    on: dt.date | None = entry(_("决定日期"), "date", default=None, help=_("不填为今天"))
    late_reason: str = entry(_("补录说明"), "long", default="", help=LATE)

    def problems(self, attempt: Attempt[Any, Decide]) -> dict[str, str]:
        """What the form tells field by field."""
        found = _day_problems(attempt, self.reason, "reason", {})
        recusal = pending(attempt.subject, None).filter(pk=self.recusal).first()
        if recusal is None:
            found["recusal"] = _t("这份申请已经决定，或者不属于本案。")
        elif attempt.on < recusal.asked_on:
            found["on"] = _t("决定日期早于提出日期 %(day)s。") % {"day": recusal.asked_on.isoformat()}
        if self.granted not in {Recusal.Outcome.GRANTED, Recusal.Outcome.REFUSED}:
            found["granted"] = _t("请选择决定。")
        if self.successor and (self.granted != Recusal.Outcome.GRANTED or (recusal and recusal.officer_id is None)):
            found["successor"] = _t("只有决定办案人员回避时才填接替的人。")
        return found


@dataclass(frozen=True)
class Reassign:
    """One officer hands the case over to another."""

    leaving: int = entry(_("原办案人员"), "record", options=on_the_case)
    successor: int = entry(_("接替的办案人员"), "record", options=officers, law=("CF-01",))
    reason: str = entry(_("更换理由"), "long", help=_("例如：调离执法岗位，某年某月某号文件"))
    on: dt.date | None = entry(_("更换日期"), "date", default=None, help=_("不填为今天"))
    late_reason: str = entry(_("补录说明"), "long", default="", help=LATE)

    def problems(self, attempt: Attempt[Any, Reassign]) -> dict[str, str]:
        """What the form tells field by field."""
        found = _day_problems(attempt, self.reason, "reason", {})
        link = attempt.subject.act_officers.filter(officer=self.leaving, until=None).first()
        if link is None:
            found["leaving"] = _t("这名人员现在不办理本案，可能已经更换。")
        elif attempt.on < link.since:
            found["on"] = _t("更换日期早于其接办日期 %(day)s。") % {"day": link.since.isoformat()}
        if attempt.subject.act_officers.filter(officer=self.successor, until=None).exists():
            found["successor"] = _t("接替的人已经在办理本案，请另选一人：办案人员不得少于两人。")
        return found
