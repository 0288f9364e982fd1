"""What the law asks before a step after the decision."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases.dues import unpaid
from enforcement.execution.data import decision_of
from enforcement.execution.models import CourtApplication, Remedy
from enforcement.execution.money import computed, court_ended, due_parts, fine_left, last_surcharge
from enforcement.models import Case, Decision, Service
from portal.deadlines.models import Obligation
from portal.deadlines.services import window_end, window_over
from portal.workflow.actions import Attempt, Gate

CaseAttempt = Attempt[Case, Any]
APPLY_RULES = ("decision.apply_court", "deferred.apply_court", "reconsidered.apply_court")


def _in_force(attempt: CaseAttempt) -> Decision | None:
    decision = decision_of(attempt.subject)
    return decision if decision is not None and decision.outcome == Decision.Outcome.IN_FORCE else None


def running_remedies(decision: Decision | None) -> list[Remedy]:
    """Remedies without an outcome."""
    return list(decision.remedies_sought.filter(ended_on=None).select_related("party")) if decision else []


def _no_remedy_pending(attempt: CaseAttempt) -> bool | str:
    running = running_remedies(decision_of(attempt.subject))
    if not running:
        return True
    which = "、".join(f"{one.party.name}{one.get_kind_display()}" for one in running)
    return _t("%(which)s还没有结果。") % {"which": which}


def _remedy_running(attempt: CaseAttempt) -> bool:
    return bool(running_remedies(decision_of(attempt.subject)))


def _opinion_open(attempt: CaseAttempt) -> bool:
    return Obligation.objects.open().filter(matter=attempt.matter, rule="reconsideration.report").exists()


def _fine_left(attempt: CaseAttempt) -> bool:
    decision = _in_force(attempt)
    return decision is not None and fine_left(decision) > 0


def _served(attempt: CaseAttempt) -> bool:
    decision = _in_force(attempt)
    return decision is not None and bool(due_parts(decision))


def _late(attempt: CaseAttempt) -> bool | str:
    decision = _in_force(attempt)
    result = computed(decision, attempt.on) if decision is not None else None
    if result is not None and result.amount > 0:
        return True
    parts = due_parts(decision) if decision is not None else []
    if not parts:
        return _t("缴款期限还没有开始。")
    return _t("到 %(day)s 没有逾期未缴的罚款，不产生加处罚款。") % {"day": attempt.on.isoformat()}


def _performance_over(attempt: CaseAttempt) -> bool | str:
    decision = _in_force(attempt)
    parts = due_parts(decision) if decision is not None else []
    last = max((part.on for part in parts), default=None)
    if last is None:
        return True
    if attempt.on > last:
        return True
    return _t("缴款期限到 %(day)s，届满后才能催告。") % {"day": last.isoformat()}


def _something_left(attempt: CaseAttempt) -> bool:
    return unpaid(attempt.subject) > 0


def _surcharge_settled(attempt: CaseAttempt) -> bool | str:
    decision = _in_force(attempt)
    if decision is None or last_surcharge(decision) is not None or court_ended(decision):
        return True
    result = computed(decision, attempt.on)
    if result is None or result.amount == 0:
        return True
    return _t("逾期缴款 %(days)d 日，应加处罚款 %(amount)s 元：请先确认加处罚款，减免的写明理由。") % {
        "days": result.days,
        "amount": result.amount,
    }


def _urging_rendered(attempt: CaseAttempt) -> bool | str:
    decision = decision_of(attempt.subject)
    waiting = decision.urgings.filter(served_on=None).select_related("document") if decision else []
    for urging in waiting:
        if urging.document is None or urging.document.state != "ready":
            return _t("催告书还在制作，做好后才能送达。")
    return True


def _urging_on_its_way(attempt: CaseAttempt) -> bool:
    decision = decision_of(attempt.subject)
    return decision is not None and decision.urgings.filter(served_on=None).exists()


def _urged_long_enough(attempt: CaseAttempt) -> bool | str:
    decision = _in_force(attempt)
    if decision is None:
        return True
    for party in attempt.subject.parties.all():
        about = f"{decision.about} {party.about}"
        if not decision.urgings.filter(party=party, served_on__isnull=False).exists():
            return _t("还没有向%(name)s送达催告书。") % {"name": party.name}
        if not window_over(attempt.matter, "execution.urged", about, attempt.on):
            end = window_end(attempt.matter, "execution.urged", about)
            return _t("向%(name)s送达催告书未满十个工作日，到 %(day)s 届满。") % {
                "name": party.name,
                "day": end.isoformat() if end else "",
            }
    return True


def _remedy_periods_over(attempt: CaseAttempt) -> bool | str:
    decision = _in_force(attempt)
    if decision is None:
        return True
    for party in attempt.subject.parties.all():
        about = f"{decision.about} {party.about}"
        for rule, name in (
            ("decision.reconsideration", _t("申请行政复议")),
            ("decision.litigation", _t("提起行政诉讼")),
            ("reconsideration.litigation", _t("不服复议决定起诉")),
        ):
            if _used_reconsideration(decision, party.pk, rule):
                continue
            end = window_end(attempt.matter, rule, about)
            if end is not None and not window_over(attempt.matter, rule, about, attempt.on):
                return _t("%(name)s%(remedy)s的期限到 %(day)s，届满后三个月内才能申请。") % {
                    "name": party.name,
                    "remedy": name,
                    "day": end.isoformat(),
                }
    return True


def _used_reconsideration(decision: Decision, party: int, rule: str) -> bool:
    """After a reconsideration decision the fifteen days to sue take the place of the six months."""
    ended = decision.remedies_sought.filter(party_id=party, kind=Remedy.Kind.RECONSIDERATION, ended_on__isnull=False)
    return rule == "decision.litigation" and ended.filter(outcome=Remedy.Outcome.UPHELD).exists()


def _within_application(attempt: CaseAttempt) -> bool | str:
    rows = Obligation.objects.filter(matter=attempt.matter, rule__in=APPLY_RULES, cancelled_at=None)
    last: dt.date | None = max((row.due_on for row in rows), default=None)
    if last is None or attempt.on <= last or attempt.data.late_ground.strip():
        return True
    return _t("申请期限已于 %(day)s 届满。有正当理由的，请写明。") % {"day": last.isoformat()}


def _no_application_pending(attempt: CaseAttempt) -> bool:
    decision = decision_of(attempt.subject)
    pending = decision.court_applications.all() if decision is not None else []
    return not any(one.is_pending for one in pending)


def _application_pending(attempt: CaseAttempt) -> bool:
    return CourtApplication.objects.filter(
        decision__act_id=attempt.subject.pk
    ).exists() and not _no_application_pending(attempt)


def _served_on_all(attempt: CaseAttempt) -> bool:
    decision = _in_force(attempt)
    if decision is None:
        return False
    served = Service.objects.filter(decision=decision, effective_on__isnull=False).count()
    return served >= attempt.subject.parties.count()


no_remedy_pending = Gate(
    "no_remedy_pending", _("复议、诉讼或者化解还没有结果"), ("处罚法73条", "QZ-06"), _no_remedy_pending
)
remedy_running = Gate("remedy_running", _("没有正在进行的复议、诉讼或者化解"), ("处罚法73条",), _remedy_running)
opinion_open = Gate("opinion_open", _("没有待报送落实情况的行政复议意见书"), ("FY-03",), _opinion_open)
fine_unpaid = Gate("fine_unpaid", _("罚款已经缴清，不须暂缓或者分期"), ("处罚法66条2款",), _fine_left)
decision_served = Gate("decision_served", _("缴款期限还没有开始"), ("CF-19",), _served)
paid_late = Gate("paid_late", _("没有逾期未缴的罚款"), ("CF-20",), _late)
performance_over = Gate("performance_over", _("缴款期限未满"), ("强制法53条", "CF-19"), _performance_over)
something_left = Gate("something_left", _("没有待缴的款项"), ("强制法53条",), _something_left)
surcharge_settled = Gate(
    "surcharge_settled", _("逾期缴款的加处罚款还没有确认"), ("CF-20", "强制法42条"), _surcharge_settled
)
urging_on_its_way = Gate("urging_on_its_way", _("没有待送达的催告书"), ("强制法54条",), _urging_on_its_way)
urging_rendered = Gate("urging_rendered", _("催告书还在制作"), ("强制法54条",), _urging_rendered)
urged_long_enough = Gate("urged_long_enough", _("催告书送达未满十个工作日"), ("QZ-05",), _urged_long_enough)
remedy_periods_over = Gate(
    "remedy_periods_over", _("复议、诉讼期限未满"), ("强制法53条", "QZ-06"), _remedy_periods_over
)
within_application = Gate("within_application", _("申请期限已经届满"), ("QZ-06",), _within_application, needs_data=True)
no_application_pending = Gate(
    "no_application_pending", _("已申请法院强制执行，还没有最后结果"), ("强制法53条",), _no_application_pending
)
application_pending = Gate(
    "application_pending", _("没有等待结果的强制执行申请"), ("强制法53条",), _application_pending
)
served_on_all = Gate("served_on_all", _("决定书还没有送达全部当事人"), ("强制法53条", "CF-15"), _served_on_all)
