"""Assigning cases to officers: one case by its own step, several of a list in one go, each through the door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases.gates import MINIMUM_OFFICERS
from enforcement.cases.handling import handling, put_on
from enforcement.cases.options import officers
from enforcement.models import Case, EnforcementAct
from enforcement.people.gates import recused
from personnel.models import Officer
from personnel.qualification import assignment_problem
from personnel.turns import share_turn
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import entry
from portal.workflow.door import perform
from portal.workflow.errors import DoorError

S = EnforcementAct.State
HEADS = frozenset({Role.HEAD.value, Role.DEPUTY.value})
OPEN = frozenset(set(S.values) - {S.NOT_FILED.value, S.CLOSED.value})
LATE = _("日期早于上一个工作日的，写明为何迟录和凭证")


@dataclass(frozen=True)
class Assign:
    """Who handles the case from now on."""

    officers: tuple[int, ...] = entry(
        _("办案人员"),
        "records",
        options=officers,
        law=("CF-01",),
        help=_("不得少于两人，第一人为主办；没有选的原办案人员不再办理"),
    )
    reason: str = entry(_("分派理由"), "long", help=_("例如：按辖区分工；某某调离执法岗位"))
    on: dt.date | None = entry(_("分派日期"), "date", default=None, help=_("不填为今天"))
    late_reason: str = entry(_("补录说明"), "long", default="", help=LATE)

    def problems(self, attempt: Attempt[Any, Assign]) -> dict[str, str]:
        """What the form tells field by field."""
        found = {}
        if not self.reason.strip():
            found["reason"] = _t("请写明理由。")
        if attempt.on > attempt.today:
            found["on"] = _t("日期 %(on)s 在将来，请填已经发生的日期。") % {"on": attempt.on}
        elif attempt.on < attempt.subject.registered_on:
            found["on"] = _t("分派日期早于登记日期 %(day)s。") % {"day": attempt.subject.registered_on.isoformat()}
        if list(self.officers) == handling(attempt.subject):
            found["officers"] = _t("本案现在就由这些人员办理，没有变化。")
        elif self._goes_back(attempt):
            found["on"] = _t("分派日期早于现在的办案人员接办的日期。")
        return found

    def _goes_back(self, attempt: Attempt[Any, Assign]) -> bool:
        links = attempt.subject.act_officers.filter(until=None)
        return bool(links.exclude(officer__in=self.officers).filter(since__gt=attempt.on).exists())


def _handled_here(attempt: Attempt[Any, Any]) -> bool:
    return bool(attempt.subject.origin == EnforcementAct.Origin.DESK)


def _all_fit(attempt: Attempt[Any, Assign]) -> bool | str:
    case, keys = attempt.subject, attempt.data.officers
    found = {one.pk: one for one in Officer.objects.filter(pk__in=keys, department=case.department_id)}
    if set(keys) - set(found):
        return _t("所选的人里有不是本部门执法人员的。")
    if len(found) < MINIMUM_OFFICERS:
        return _t("办案人员不得少于两人，现有 %(count)d 人。") % {"count": len(found)}
    if names := recused(case, officers=keys):
        return _t("%(names)s已被决定回避，不能承办本案。") % {"names": "、".join(names)}
    share_turn(keys)
    field = case.item.field if case.item else ""
    problems = [assignment_problem(found[key], on=attempt.on, field=field) for key in keys]
    return "；".join(one.rstrip("。") for one in problems if one) or True


handled_here = Gate("handled_here", _("归集的决定不在本平台办理，不分派办案人员"), ("CF-01",), _handled_here)
all_fit = Gate("all_fit", _("所选的人不能承办本案"), ("CF-01", "CF-33"), _all_fit, needs_data=True)


def _assign(attempt: Attempt[Case, Assign]) -> None:
    before = handling(attempt.subject)
    put_on(attempt.subject, attempt.data.officers, attempt.on)
    chosen = list(attempt.data.officers)
    attempt.label(officers=chosen, before=before)
    attempt.fact("case.assigned", value={"officers": chosen, "before": before})


ASSIGN: Action[Case, Assign] = Action(
    key="people.assign",
    label=_("分派办案人员"),
    model=Case,
    source=OPEN,
    target=None,
    roles=HEADS,
    data=Assign,
    initial=lambda case, _actor: {"officers": handling(case)},
    gates=(handled_here, all_fit),
    body=_assign,
    facts=("case.assigned",),
    law=("CF-01",),
    rare=True,
)


@dataclass(frozen=True)
class Assigned:
    """What became of one case; `refusal` empty: it has its officers."""

    case: Case
    refusal: str = ""


def can_be_picked(case: Any, user: User) -> bool:
    """Whether the box before a case of the list is offered to the person."""
    return case.state in OPEN and case.origin == EnforcementAct.Origin.DESK and case.department_id == user.department_id


def picked(keys: Iterable[int], user: User) -> Any:
    """The cases among the keys that the person may see, in the list's own order."""
    return (
        Case.objects.visible_to(user)
        .filter(pk__in=list(keys))
        .select_related("department", "item")
        .order_by("-registered_on", "-pk")
    )


def assign(
    cases: Iterable[Case], chosen: Sequence[int], *, reason: str, actor: User, request_id: str = ""
) -> list[Assigned]:
    """Assign each case by itself: a transaction, an event and the check of CF-01 each; a refusal leaves the rest done."""
    done = []
    for case in cases:
        try:
            perform(
                case, ASSIGN, actor=actor, data=Assign(officers=tuple(chosen), reason=reason), request_id=request_id
            )
        except DoorError as error:
            done.append(Assigned(case, error.sentence))
        else:
            done.append(Assigned(case))
    return done
