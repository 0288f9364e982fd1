"""The gates of the penalty case: what the law asks before a step, each with its article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import standards
from enforcement.cases.duplicates import duplicates, fined, where
from enforcement.models import (
    Case,
    EnforcementItem,
    PenaltyKind,
    PenaltyNotice,
    Service,
    Statement,
)
from personnel.models import Officer
from personnel.qualification import assignment_problem, certificate_problem
from personnel.turns import share_turn, take_turn
from portal.deadlines.services import window_end, window_over
from portal.workflow.actions import Attempt, Gate

MINIMUM_OFFICERS = 2
SHORT_LIMIT_YEARS, LONG_LIMIT_YEARS = 2, 5
ALWAYS_HEARING = frozenset(
    {
        PenaltyKind.LOWER_GRADE,
        PenaltyKind.REVOKE_LICENCE,
        PenaltyKind.SUSPEND_BUSINESS,
        PenaltyKind.CLOSE_BUSINESS,
        PenaltyKind.RESTRICT_EMPLOYMENT,
    }
)
CaseAttempt = Attempt[Case, Any]


def _item_in_force(attempt: Attempt[Any, Any]) -> bool | str:
    item = EnforcementItem.objects.filter(pk=attempt.data.item).first()
    if item is None or item.department_id != attempt.actor.department_id:
        return _t("这一事项不在本部门的执法事项目录里。没有处罚依据的处罚无效。")
    if not item.is_in_force(attempt.on):
        return _t("“%(item)s”在 %(day)s 没有施行中的版本，请改选当日有效的事项。") % {
            "item": item.name,
            "day": attempt.on.isoformat(),
        }
    return True


def _two_certified_chosen(attempt: CaseAttempt) -> bool | str:
    chosen = list(Officer.objects.filter(pk__in=attempt.data.officers, department=attempt.subject.department_id))
    return _certified(chosen, attempt, assignment_problem)


def _two_certified_now(attempt: CaseAttempt) -> bool | str:
    handling = attempt.subject.act_officers.filter(until=None).select_related("officer")
    return _certified([link.officer for link in handling], attempt, certificate_problem)


def _certified(officers: list[Officer], attempt: CaseAttempt, asked: Callable[..., str | None]) -> bool | str:
    share_turn(officer.pk for officer in officers)
    field = attempt.subject.item.field if attempt.subject.item else ""
    problems = [problem.rstrip("。") for officer in officers if (problem := asked(officer, on=attempt.on, field=field))]
    if problems:
        return "；".join(problems)
    if len(officers) < MINIMUM_OFFICERS:
        return _t("办案人员不得少于两人，现有 %(count)d 人。") % {"count": len(officers)}
    return True


def _recusal_declared(attempt: CaseAttempt) -> bool:
    return bool(attempt.data.recusal_declared)


def years_later(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def last_day_of_prosecution(case: Case) -> dt.date | None:
    """The last day on which the act could be discovered and still punished (CF-22); nothing without its day."""
    start = case.ended_on or case.occurred_on
    return years_later(start, LONG_LIMIT_YEARS if case.endangers else SHORT_LIMIT_YEARS) if start else None


def _within_limitation(attempt: CaseAttempt) -> bool | str:
    case = attempt.subject
    answered = bool(attempt.data.limitation_answer.strip())
    start, last = case.ended_on or case.occurred_on, last_day_of_prosecution(case)
    if start is None or last is None:
        return answered or _t("没有登记违法行为发生日，请说明没有超过追责期限的理由。")
    discovered = case.discovered_on or attempt.on
    if discovered <= last:
        return True
    return answered or _t(
        "违法行为%(start)s终了，%(years)d 年的追责期限到 %(last)s 届满，%(found)s 才发现。认为仍应追究的，请说明理由。"
    ) % {
        "start": start.isoformat(),
        "years": LONG_LIMIT_YEARS if case.endangers else SHORT_LIMIT_YEARS,
        "last": last.isoformat(),
        "found": discovered.isoformat(),
    }


def _duplicates_answered(attempt: CaseAttempt) -> bool | str:
    found = duplicates(attempt.subject)
    if not found or attempt.data.duplicate_answer.strip():
        return True
    return _t("同一当事人、同一事项另有案件：%(where)s。请说明不是同一违法行为，或者与对方协商管辖。") % {
        "where": where(found)
    }


def _decider_did_not_handle(attempt: CaseAttempt) -> bool:
    if attempt.actor is None:
        return True
    if attempt.subject.act_officers.filter(officer__user=attempt.actor).exists():
        return False
    chosen = getattr(attempt.data, "officers", ())
    return not Officer.objects.filter(pk__in=chosen, user=attempt.actor).exists()


def _has_evidence(attempt: CaseAttempt) -> bool:
    return attempt.subject.evidence.exists()


def _hearing_right(attempt: CaseAttempt) -> bool | str:
    data = attempt.data
    if data.hearing_offered:
        return True
    heavy = ALWAYS_HEARING.intersection(data.kinds)
    if heavy:
        names = "、".join(str(PenaltyKind(kind).label) for kind in PenaltyKind.values if kind in heavy)
        return _t("拟作出%(kinds)s，应当告知听证权利。") % {"kinds": names}
    taken, limit = (data.fine or 0) + (data.confiscation or 0), standards.hearing_amount(attempt.subject, attempt.on)
    if limit is not None:
        return taken < limit or _t(
            "罚没 %(taken)s 元，达到本部门 %(limit)s 元的听证标准（本地），应当告知听证权利。"
        ) % {
            "taken": taken,
            "limit": limit,
        }
    if taken and not data.hearing_ground.strip():
        return _t("本部门没有设定“较大数额”的标准，不告知听证权利的须写明为什么不属于较大数额。")
    return True


def current_notice(case: Case) -> PenaltyNotice | None:
    """The notice that counts: the last one not replaced."""
    return case.notices.filter(replaced_by=None).order_by("-pk").first()


def _notice_served(attempt: CaseAttempt) -> bool | str:
    notice = current_notice(attempt.subject)
    if notice is None:
        return _t("还没有告知。")
    served = set(Service.objects.filter(notice=notice, effective_on__isnull=False).values_list("party_id", flat=True))
    missing = [party.name for party in attempt.subject.parties.all() if party.pk not in served]
    if missing:
        return _t("告知书还没有送达%(names)s。") % {"names": "、".join(missing)}
    return True


def _period_over(attempt: CaseAttempt, rule: str, waivers: set[str]) -> bool | str:
    notice = current_notice(attempt.subject)
    if notice is None:
        return True
    waived = set(notice.statements.filter(kind__in=waivers).values_list("party_id", flat=True))
    running = []
    for party in attempt.subject.parties.all():
        about = f"{notice.about} {party.about}"
        if party.pk in waived or window_over(attempt.matter, rule, about, attempt.on):
            continue
        end = window_end(attempt.matter, rule, about)
        if end is None:  # not served yet: the gate before this one says so
            continue
        running.append(_t("%(name)s到 %(day)s") % {"name": party.name, "day": end.isoformat()})
    return "、".join(running) if running else True


def _statement_period_over(attempt: CaseAttempt) -> bool | str:
    answer = _period_over(attempt, "case.statement", {Statement.Kind.WAIVER})
    return answer if answer is True else _t("陈述、申辩期未满：%(until)s，或者由当事人书面放弃。") % {"until": answer}


def _hearing_period_over(attempt: CaseAttempt) -> bool | str:
    notice = current_notice(attempt.subject)
    if notice is None or not notice.hearing_offered:
        return True
    answer = _period_over(attempt, "case.hearing_request", {Statement.Kind.HEARING_WAIVER})
    return answer if answer is True else _t("听证申请期未满：%(until)s，或者由当事人书面放弃。") % {"until": answer}


def _statements_answered(attempt: CaseAttempt) -> bool:
    notice = current_notice(attempt.subject)
    return notice is None or not notice.statements.filter(kind=Statement.Kind.STATEMENT, answer="").exists()


def _not_heavier(attempt: CaseAttempt) -> bool | str:
    notice, data = current_notice(attempt.subject), attempt.data
    if notice is None:
        return True
    added = set(data.kinds) - set(notice.kinds)
    if added:
        names = "、".join(str(PenaltyKind(kind).label) for kind in PenaltyKind.values if kind in added)
        return _t("告知书里没有%(kinds)s。加重处罚须重新告知，并且不得因陈述、申辩而加重。") % {"kinds": names}
    for amount, told, name in (
        (data.fine, notice.fine, _t("罚款")),
        (data.confiscation, notice.confiscation, _t("没收")),
    ):
        if (amount or 0) > (told or 0):
            return _t("%(name)s %(amount)s 元高于告知的 %(told)s 元。加重须重新告知，并且不得因陈述、申辩而加重。") % {
                "name": name,
                "amount": amount,
                "told": told or 0,
            }
    lighter = set(data.kinds) != set(notice.kinds) or (data.fine or 0) < (notice.fine or 0)
    if lighter and not data.lighter_reason.strip():
        return _t("比告知的处罚轻，请写明理由。")
    return True


def _not_fined_before(attempt: CaseAttempt) -> bool | str:
    if not attempt.data.fine or attempt.subject.duplicate_answer.strip():
        return True
    before = fined(duplicates(attempt.subject))
    if not before:
        return True
    return _t("%(department)s已就同一当事人、同一事项作出罚款决定，同一违法行为不得再次罚款。") % {
        "department": before[0].department.name
    }


def _correction_ordered(attempt: CaseAttempt) -> bool:
    return bool(attempt.subject.correction_ordered.strip())


def _remedy_body_known(attempt: CaseAttempt) -> bool:
    department = attempt.matter.department
    return bool(department.reconsideration_body and department.court)


def _party_addressed(attempt: CaseAttempt) -> bool | str:
    missing = [party.name for party in attempt.subject.parties.all() if not party.address.strip()]
    return (
        _t("决定书应当载明当事人的地址：%(names)s没有登记地址。") % {"names": "、".join(missing)} if missing else True
    )


item_in_force = Gate(
    "item_in_force", _("没有当日有效的执法事项"), ("处罚法38条", "CF-36"), _item_in_force, needs_data=True
)
two_certified_chosen = Gate(
    "two_certified_officers",
    _("办案人员不得少于两人，且都持有当日有效的执法证"),
    ("CF-01",),
    _two_certified_chosen,
    needs_data=True,
)
two_certified_now = Gate(
    "two_certified_officers",
    _("办案人员不得少于两人，且都持有当日有效的执法证"),
    ("CF-01",),
    _two_certified_now,
    shared=True,
)
recusal_declared = Gate(
    "recusal_declared", _("办案人员还没有声明是否应当回避"), ("CF-33",), _recusal_declared, needs_data=True
)
within_limitation = Gate("within_limitation", _("可能超过追责期限"), ("CF-22",), _within_limitation, needs_data=True)
duplicates_answered = Gate(
    "duplicates_answered", _("同一当事人另有案件"), ("CF-34", "CF-28"), _duplicates_answered, needs_data=True
)
decider_did_not_handle = Gate(
    "decider_did_not_handle",
    _("审批人不能是本案的办案人员，请由其他负责人审批"),
    ("CF-33",),
    _decider_did_not_handle,
    at_approval=True,
)
has_evidence = Gate("has_evidence", _("还没有任何证据"), ("处罚法46条", "处罚法54条"), _has_evidence)
hearing_right = Gate("hearing_right", _("应当告知听证权利"), ("CF-08",), _hearing_right, needs_data=True)
notice_served = Gate("notice_served", _("告知书还没有送达"), ("CF-13", "处罚法62条"), _notice_served)
statement_period_over = Gate(
    "statement_period_over", _("陈述、申辩期未满"), ("CF-44", "处罚法62条"), _statement_period_over
)
hearing_period_over = Gate("hearing_period_over", _("听证申请期未满"), ("CF-06",), _hearing_period_over)
statements_answered = Gate(
    "statements_answered", _("还有陈述、申辩没有复核"), ("处罚法45条", "处罚法62条"), _statements_answered
)
not_heavier = Gate("not_heavier_than_notified", _("重于告知的处罚"), ("CF-14",), _not_heavier, needs_data=True)
not_fined_before = Gate("not_fined_before", _("同一违法行为已被罚款"), ("CF-34",), _not_fined_before, needs_data=True)
correction_ordered = Gate(
    "correction_ordered", _("还没有责令改正，或者写明无须改正的原因"), ("处罚法28条",), _correction_ordered
)
remedy_body_known = Gate(
    "remedy_body_known",
    _("部门资料里没有登记复议机关和管辖法院，决定书无法写明救济途径，请平台管理员补上"),
    ("CF-42", "处罚法59条"),
    _remedy_body_known,
)
party_addressed = Gate("party_addressed", _("当事人没有地址"), ("CF-42",), _party_addressed)


def _no_open_cases(attempt: Attempt[Any, Any]) -> bool | str:
    officer = attempt.subject.officer
    take_turn(officer.pk)
    open_cases = (
        Case.objects.filter(act_officers__officer=officer, act_officers__until=None, matter__closed_at=None)
        .distinct()
        .order_by("pk")[:5]
    )
    names = [case.number or case.title for case in open_cases]
    if not names:
        return True
    return _t("%(name)s还在办%(cases)s，先依法更换办案人员再注销。") % {"name": officer.name, "cases": "、".join(names)}


no_open_cases = Gate("no_open_cases", _("还有未办结的案件"), ("ZJX-02",), _no_open_cases)
