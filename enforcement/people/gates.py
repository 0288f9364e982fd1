"""Gates about people: nobody acts in a case he must stay out of; officers are certified on the day that counts."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases.gates import MINIMUM_OFFICERS
from enforcement.models import Evidence
from enforcement.people.models import Recusal
from personnel.models import Officer
from personnel.qualification import assignment_problem, certificate_problem
from personnel.turns import share_turn
from portal.workflow.actions import Attempt, Gate

CaseAttempt = Attempt[Any, Any]
ON_SITE = frozenset({Evidence.Kind.RECORD.value})


def recused(case: Any, *, person: Any = None, officers: Any = ()) -> list[str]:
    """Names of those among the person and the officers who were told to stay out of the case."""
    about = Q(officer__in=list(officers))
    if person is not None:
        about |= Q(person=person) | Q(officer__user=person)
    rows = Recusal.objects.filter(about, act=case.pk, outcome=Recusal.Outcome.GRANTED)
    return list(dict.fromkeys(rows.values_list("name", flat=True)))


def _granted_against(case: Any, person: Any) -> Recusal | None:
    """The recusal that keeps the person out of the case; asked once for a page that judges many steps.

    The door reads the case anew for every attempt, so an attempt never sees an old answer.
    """
    known: dict[Any, Recusal | None] = case.__dict__.setdefault("_kept_out", {})
    if person.pk not in known:
        found = Recusal.objects.filter(
            Q(person=person) | Q(officer__user=person), act=case.pk, outcome=Recusal.Outcome.GRANTED
        )
        known[person.pk] = found.order_by("pk").first()
    return known[person.pk]


def kept_out(case: Any, person: Any) -> bool:
    """Whether the person was told to stay out of the case; asked by other apps through enforcement.cases."""
    return bool(recused(case, person=person))


def _actor_not_recused(attempt: CaseAttempt) -> bool | str:
    if attempt.actor is None or attempt.subject is None:
        return True
    row = _granted_against(attempt.subject, attempt.actor)
    if row is None or row.decided_on is None:
        return True
    return _t("%(name)s已于 %(day)s 被决定回避，不能再参与本案的办理和审批。") % {
        "name": row.name,
        "day": row.decided_on.isoformat(),
    }


def _chosen_not_recused(attempt: CaseAttempt) -> bool | str:
    found = recused(attempt.subject, officers=attempt.data.officers)
    return _t("%(names)s已被决定回避，不能承办本案。") % {"names": "、".join(found)} if found else True


def _recusals_decided(attempt: CaseAttempt) -> bool | str:
    rows = Recusal.objects.filter(act=attempt.subject.pk, outcome=Recusal.Outcome.PENDING).order_by("pk")
    found = [row.name for row in rows]
    if not found:
        return True
    return _t("对%(names)s的回避申请还没有决定：决定作出之前不停止调查，但是不得作出处罚决定。") % {
        "names": "、".join(found)
    }


def _field(case: Any) -> str:
    return case.item.field if case.item else ""


def _certified_on_site(attempt: CaseAttempt) -> bool | str:
    data, case = attempt.data, attempt.subject
    if data.kind not in ON_SITE:
        return True
    day = data.obtained_on
    links = list(case.act_officers.select_related("officer").order_by("pk"))
    then = [one for one in links if one.since <= day and (one.until is None or day < one.until)]
    # Before it was filed nobody was on the case yet: those who took it up stand for what was done.
    handling = then or [one for one in links if one.until is None]
    problems = [
        problem.rstrip("。")
        for one in handling
        if (problem := certificate_problem(one.officer, on=day, field=_field(case)))
    ]
    if problems:
        return "；".join(problems)
    if len(handling) < MINIMUM_OFFICERS:
        return _t("取证当日（%(day)s）办案人员不得少于两人，当日 %(count)d 人。") % {
            "day": day.isoformat(),
            "count": len(handling),
        }
    return True


def _successor_fit(attempt: CaseAttempt) -> bool | str:
    if not attempt.data.successor:
        return True
    case = attempt.subject
    officer = Officer.objects.filter(pk=attempt.data.successor, department=case.department_id).first()
    if officer is None:
        return _t("接替的人不是本部门的执法人员。")
    if found := recused(case, officers=[officer.pk]):
        return _t("%(names)s已被决定回避，不能承办本案。") % {"names": "、".join(found)}
    share_turn([officer.pk])
    return assignment_problem(officer, on=attempt.on, field=_field(case)) or True


def _not_about_oneself(attempt: CaseAttempt) -> bool | str:
    recusal = Recusal.objects.filter(pk=attempt.data.recusal).select_related("officer").first()
    if recusal is None or attempt.actor is None:
        return True
    concerned = recusal.person_id or (recusal.officer.user_id if recusal.officer else None)
    if concerned != attempt.actor.pk:
        return True
    return _t("不能决定自己的回避。负责人的回避由其他负责人或者上级机关的决定为准，由另一名负责人登记。")


def _somebody_waits(attempt: CaseAttempt) -> bool:
    return Recusal.objects.filter(act=attempt.subject.pk, outcome=Recusal.Outcome.PENDING).exists()


def _somebody_handles(attempt: CaseAttempt) -> bool:
    return bool(attempt.subject.act_officers.filter(until=None).exists())


def _acts_in_the_case(attempt: CaseAttempt) -> bool:
    if attempt.actor is None:
        return False
    return attempt.actor.has_role("head", "deputy") or Officer.objects.filter(user=attempt.actor, active=True).exists()


actor_not_recused = Gate("actor_not_recused", _("已被决定回避"), ("CF-33",), _actor_not_recused, shared=True)
chosen_not_recused = Gate("chosen_not_recused", _("已被决定回避"), ("CF-33",), _chosen_not_recused, needs_data=True)
recusals_decided = Gate("recusals_decided", _("回避申请还没有决定"), ("CF-33",), _recusals_decided)
certified_on_site = Gate(
    "certified_on_site", _("取证当日办案人员没有执法资格"), ("CF-01",), _certified_on_site, needs_data=True
)
successor_fit = Gate("successor_fit", _("接替的人不能承办本案"), ("CF-01", "CF-33"), _successor_fit, needs_data=True)
not_about_oneself = Gate(
    "not_about_oneself", _("不能决定自己的回避"), ("CF-33",), _not_about_oneself, needs_data=True, at_approval=True
)
somebody_waits = Gate("recusal_asked", _("没有等待决定的回避申请"), ("CF-33",), _somebody_waits)
somebody_handles = Gate("somebody_handles", _("本案还没有办案人员"), ("CF-01",), _somebody_handles)
acts_in_the_case = Gate(
    "acts_in_the_case", _("您没有登记为在岗执法人员，不参与办案，不须申请回避"), ("CF-33",), _acts_in_the_case
)
