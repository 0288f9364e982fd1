"""What the law asks before a decision on the spot, and of its filing and its cash; each with its article."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases.dues import unpaid
from enforcement.cases.duplicates import fined, same_party, similar_acts, where
from enforcement.cases.gates import MINIMUM_OFFICERS, years_later
from enforcement.models import Case, Decision, EnforcementItem, Party, PenaltyKind
from enforcement.summary.data import Decide, collection_of
from enforcement.summary.limits import (
    KINDS,
    LIGHTER_AGE,
    LIMITATION_YEARS,
    NO_PENALTY_AGE,
    SMALL_FINE,
    age_on,
    limit_for,
)
from enforcement.summary.models import OnSpot
from personnel.models import Officer
from personnel.qualification import assignment_problem
from personnel.turns import share_turn
from portal.accounts.encryption import keyed_hash
from portal.workflow.actions import Attempt, Gate

DecideAttempt = Attempt[Case, Decide]
CaseAttempt = Attempt[Case, Any]
ORDINARY = _("请按普通程序立案办理。")


def _item(attempt: DecideAttempt) -> EnforcementItem | None:
    return EnforcementItem.objects.filter(
        pk=attempt.data.item, department=attempt.actor.department_id, kind=EnforcementItem.Kind.PENALTY
    ).first()


def _item_in_force(attempt: DecideAttempt) -> bool | str:
    item = _item(attempt)
    if item is None:
        return _t("这一事项不在本部门的行政处罚事项目录里。没有处罚依据的处罚无效。")
    if not item.is_in_force(attempt.on):
        return _t("“%(item)s”在 %(day)s 没有施行中的版本，请改选当日有效的事项。") % {
            "item": item.name,
            "day": attempt.on.isoformat(),
        }
    return True


def _two_certified(attempt: DecideAttempt) -> bool | str:
    item = _item(attempt)
    chosen = list(Officer.objects.filter(pk__in=attempt.data.officers, department=attempt.actor.department_id))
    share_turn(officer.pk for officer in chosen)
    problems = [
        problem.rstrip("。")
        for officer in chosen
        if (problem := assignment_problem(officer, on=attempt.on, field=item.field if item else ""))
    ]
    if problems:
        return "；".join(problems)
    if len(chosen) < MINIMUM_OFFICERS:
        return _t("现场执法人员不得少于两人，现有 %(count)d 人。") % {"count": len(chosen)}
    return True


def _was_there(attempt: DecideAttempt) -> bool:
    return Officer.objects.filter(pk__in=attempt.data.officers, user=attempt.actor).exists()


def _within_limits(attempt: DecideAttempt) -> bool | str:
    data = attempt.data
    beyond = [str(kind.label) for kind in PenaltyKind if kind.value in data.kinds and kind.value not in KINDS]
    if beyond:
        return _t("简易程序只能给予警告或者罚款，不能作出%(kinds)s。%(ordinary)s") % {
            "kinds": "、".join(beyond),
            "ordinary": ORDINARY,
        }
    limit, fine = limit_for(data.party_kind), data.fine or Decimal(0)
    if fine <= limit:
        return True
    who = {
        Party.Kind.COMPANY: _t("对法人或者其他组织"),
        Party.Kind.BUSINESS: _t("对个体工商户按公民的限额（从严）"),
    }.get(Party.Kind(data.party_kind), _t("对公民"))
    return _t("%(who)s当场罚款不得超过 %(limit)s 元，现为 %(fine)s 元。%(ordinary)s") % {
        "who": who,
        "limit": limit,
        "fine": fine,
        "ordinary": ORDINARY,
    }


def _punishable(attempt: DecideAttempt) -> bool | str:
    data, born = attempt.data, attempt.data.born()
    age = age_on(born, timezone.localdate(data.happened_at)) if born else None
    if age is not None and age < NO_PENALTY_AGE:
        return _t("当事人违法时%(age)d周岁，未满十四周岁，不予行政处罚，责令监护人加以管教。") % {"age": age}
    if age is not None and age < LIGHTER_AGE and not data.discretion.strip():
        return _t("当事人违法时%(age)d周岁，未满十八周岁，应当从轻或者减轻处罚：请在裁量理由里写明。") % {"age": age}
    return bool(data.punishable)


def _not_too_old(attempt: DecideAttempt) -> bool | str:
    day = timezone.localdate(attempt.data.happened_at)
    last = years_later(day, LIMITATION_YEARS)
    return attempt.on <= last or _t("违法行为发生于 %(day)s，已超过二年，不能当场处罚。%(ordinary)s") % {
        "day": day.isoformat(),
        "ordinary": ORDINARY,
    }


def _others(attempt: DecideAttempt) -> list[Any]:
    data = attempt.data
    number, identity = data.credit_code.strip().upper(), keyed_hash(data.identity.strip().upper())
    item = _item(attempt)
    if connection.in_atomic_block:  # two officers at once: the second sees what the first has decided
        with connection.cursor() as cursor:
            key = number or identity or data.party_name.strip()
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 51))", [key])
    party = same_party(name=data.party_name.strip(), credit_code=number, identity_hash=identity)
    return similar_acts(party, item, attempt.on) if item is not None else []


def _not_fined_before(attempt: DecideAttempt) -> bool | str:
    found = _others(attempt)
    if not found or attempt.data.duplicate_answer.strip():
        return True
    before = fined(found)
    if before and attempt.data.fine:
        return _t(
            "%(department)s已就同一当事人、同一事项作出罚款决定，同一违法行为不得再次罚款。不是同一违法行为的，请说明。"
        ) % {"department": before[0].department.name}
    return _t("同一当事人、同一事项另有案件：%(where)s。请说明不是同一违法行为，或者与对方协商管辖。") % {
        "where": where(found)
    }


def _collected_lawfully(attempt: DecideAttempt) -> bool | str:
    data = attempt.data
    if data.paid_by != OnSpot.PaidBy.SMALL or (data.fine or 0) <= SMALL_FINE:
        return True
    return _t("罚款 %(fine)s 元，超过一百元，不能以此当场收缴。请改选其他情形，或者到银行缴纳。") % {"fine": data.fine}


def _remedy_body_known(attempt: DecideAttempt) -> bool:
    department = attempt.actor.department
    return bool(department.reconsideration_body and department.court)


def _ticked(name: str) -> Any:
    return lambda attempt: bool(getattr(attempt.data, name))


def _not_filed_yet(attempt: CaseAttempt) -> bool:
    return attempt.subject.on_spot.filed_on is None


def _decision(attempt: CaseAttempt) -> Decision | None:
    return attempt.subject.decisions.order_by("-pk").first()


def _may_collect(attempt: CaseAttempt) -> bool:
    return attempt.subject.on_spot.collects


def _fine_unpaid(attempt: CaseAttempt) -> bool:
    return unpaid(attempt.subject) > 0


def _on_the_spot(attempt: CaseAttempt) -> bool | str:
    decided: dt.date | None = attempt.subject.decided_on
    if attempt.subject.on_spot.paid_by == OnSpot.PaidBy.REMOTE or decided is None or attempt.on <= decided:
        return True
    return _t("当场收缴只能在作出决定当日（%(day)s），现在请当事人到银行缴纳。") % {"day": decided.isoformat()}


def _cash_with_officers(attempt: CaseAttempt) -> bool:
    one = collection_of(attempt.subject)
    return one is not None and one.handed_on is None


def _cash_with_agency(attempt: CaseAttempt) -> bool:
    one = collection_of(attempt.subject)
    return one is not None and one.handed_on is not None and one.banked_on is None


def _is_summary(case: Any) -> bool:
    """Decided on the spot through the portal; an imported decision has neither form nor cash here."""
    return bool(case.procedure == Case.Procedure.SUMMARY and hasattr(case, "on_spot"))


def _filed_before_closing(attempt: CaseAttempt) -> bool:
    return not _is_summary(attempt.subject) or attempt.subject.on_spot.filed_on is not None


def _banked_before_closing(attempt: CaseAttempt) -> bool | str:
    one = collection_of(attempt.subject) if _is_summary(attempt.subject) else None
    if one is None or one.banked_on:
        return True
    return _t("当场收缴的罚款还没有缴付银行。") if one.handed_on else _t("当场收缴的罚款还没有交至行政机关。")


def _reconsideration_first(attempt: CaseAttempt) -> bool | str:
    data = attempt.data
    if not _is_summary(attempt.subject) or data.kind != "litigation":
        return True
    decision = _decision(attempt)
    asked = decision is not None and decision.remedies_sought.filter(party_id=data.party, kind="reconsideration")
    return bool(asked and asked.exists())


item_in_force = Gate(
    "item_in_force", _("没有当日有效的处罚事项"), ("处罚法38条", "CF-36"), _item_in_force, needs_data=True
)
two_certified = Gate(
    "two_certified_officers",
    _("现场执法人员不得少于两人，且都持有当日有效的执法证"),
    ("CF-01",),
    _two_certified,
    needs_data=True,
)
was_there = Gate(
    "decided_by_who_was_there",
    _("当场处罚由现场执法人员作出：填表人应当是所选执法人员之一"),
    ("处罚法51条", "处罚法52条1款"),
    _was_there,
    needs_data=True,
)
certificates_shown = Gate(
    "certificates_shown",
    _("还没有向当事人出示执法证件"),
    ("处罚法52条1款",),
    _ticked("certificates_shown"),
    needs_data=True,
)
facts_clear = Gate(
    "facts_clear",
    _("违法事实不确凿、需要进一步调查的，不能当场处罚，请按普通程序立案办理"),
    ("处罚法51条",),
    _ticked("facts_clear"),
    needs_data=True,
)
told = Gate(
    "told_and_heard",
    _("还没有告知当事人拟处罚的内容、事实、理由、依据和权利"),
    ("处罚法44条", "处罚法45条"),
    _ticked("told"),
    needs_data=True,
)
recusal_declared = Gate(
    "recusal_declared",
    _("执法人员还没有声明是否应当回避"),
    ("CF-33",),
    _ticked("recusal_declared"),
    needs_data=True,
)
within_limits = Gate("within_summary_limits", _("超过简易程序的限额"), ("CF-23",), _within_limits, needs_data=True)
punishable = Gate(
    "punishable",
    _("还没有核对不予处罚的情形；属于其中之一的，不能当场处罚"),
    ("处罚法30条", "处罚法31条", "CF-30"),
    _punishable,
    needs_data=True,
)
not_too_old = Gate("within_limitation", _("超过追责期限"), ("CF-22",), _not_too_old, needs_data=True)
not_fined_before = Gate(
    "not_fined_before", _("同一当事人另有案件"), ("CF-34", "CF-28"), _not_fined_before, needs_data=True
)
collected_lawfully = Gate(
    "collected_lawfully", _("不属于可以当场收缴的情形"), ("CF-25",), _collected_lawfully, needs_data=True
)
remedy_body_known = Gate(
    "remedy_body_known",
    _("部门资料里没有登记复议机关和管辖法院，决定书无法写明救济途径，请平台管理员补上"),
    ("处罚法52条2款", "FY-06"),
    _remedy_body_known,
)
not_filed_yet = Gate("not_filed_with_agency_yet", _("已经报备案"), ("CF-24",), _not_filed_yet)
may_collect = Gate(
    "may_collect", _("决定书写明到银行缴纳，执法人员不得自行收缴"), ("CF-25", "处罚法67条"), _may_collect
)
fine_unpaid = Gate("fine_unpaid", _("没有待缴的罚款"), ("CF-19",), _fine_unpaid)
on_the_spot = Gate("collected_on_the_spot", _("已过当场收缴的时候"), ("CF-25",), _on_the_spot)
cash_with_officers = Gate("cash_with_officers", _("没有待交至机关的当场收缴款"), ("CF-26",), _cash_with_officers)
cash_with_agency = Gate("cash_with_agency", _("没有待缴付银行的当场收缴款"), ("CF-26",), _cash_with_agency)
filed_before_closing = Gate(
    "filed_with_agency", _("当场处罚决定还没有报所属机关备案"), ("CF-24",), _filed_before_closing
)
banked_before_closing = Gate("cash_banked", _("当场收缴的罚款还没有缴付银行"), ("CF-26",), _banked_before_closing)
reconsideration_first = Gate(
    "reconsideration_first",
    _("对当场作出的处罚决定不服的，应当先申请行政复议，对复议决定不服再起诉"),
    ("FY-06",),
    _reconsideration_first,
    needs_data=True,
)
