"""What the law asks before a case's time is stopped or lengthened (处罚法60条)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.measures.data import timing as forms
from enforcement.measures.models import TimeBasis
from enforcement.models import Case
from portal.deadlines.models import Obligation
from portal.workflow.actions import Attempt, Gate

CaseAttempt = Attempt[Case, Any]
NINETY_DAYS = "case.decide"


def running_clock(case: Case) -> Obligation | None:
    """The clock of the ninety days while it runs."""
    return Obligation.objects.open().filter(matter=case.pk, rule=NINETY_DAYS).order_by("-number").first()


def last_day(case: Case) -> dt.date | None:
    """Its last day as it stands."""
    clock = running_clock(case)
    return clock.due_on if clock is not None else None


def _clock_runs(attempt: CaseAttempt) -> bool:
    return running_clock(attempt.subject) is not None


def _some(attempt: CaseAttempt, purpose: str) -> bool:
    options = forms.suspending if purpose == TimeBasis.Purpose.SUSPEND else forms.extending
    return bool(options(attempt.subject, None).exists())


def _chosen(attempt: CaseAttempt, purpose: str) -> TimeBasis | None:
    return TimeBasis.objects.filter(
        pk=attempt.data.basis, department=attempt.subject.department_id, purpose=purpose
    ).first()


def _basis_in_force(attempt: CaseAttempt, purpose: str) -> bool | str:
    basis = _chosen(attempt, purpose)
    if basis is None:
        return _t("所选的条款不是本部门登记的。")
    ended = basis.effective_to is not None and basis.effective_to < attempt.on
    if ended or basis.effective_from > attempt.on:
        return _t("《%(law)s》%(article)s在 %(day)s 没有施行。") % {
            "law": basis.law,
            "article": basis.article,
            "day": attempt.on.isoformat(),
        }
    return True


def _not_over(attempt: CaseAttempt) -> bool | str:
    clock = running_clock(attempt.subject)
    if clock is None or attempt.on <= clock.due_on:
        return True
    if clock.paused:  # the day it shows is the earliest there can be
        suspends = "case.suspended" in attempt.action.facts
        return suspends or _t("时间正在扣除，期限还不确定。请先恢复计算，再延期。")
    return _t("办案期限已于 %(day)s 届满，此后不能再扣除或者延长。") % {"day": clock.due_on.isoformat()}


def _next_step(attempt: CaseAttempt) -> bool | str:
    basis = _chosen(attempt, TimeBasis.Purpose.EXTEND)
    done = attempt.subject.extensions.count()
    if basis is None or basis.step == done + 1:
        return True
    if (basis.step or 0) <= done:
        return _t("已经延期 %(count)d 次，第 %(step)d 次延期的条款已经用过。") % {"count": done, "step": basis.step}
    return _t("先按第 %(step)d 次延期的条款办理：现在延期过 %(count)d 次。") % {"step": done + 1, "count": done}


def _suspended(attempt: CaseAttempt) -> bool:
    return bool(forms.suspended(attempt.subject, None).exists())


def _time_counts(attempt: CaseAttempt) -> bool | str:
    rows = list(forms.suspended(attempt.subject, None)[:1])
    if not rows:
        return True
    return _t("%(day)s 起的时间不计入办案期限，还没有恢复。请先恢复计算，期限才能确定。") % {
        "day": rows[0].begun_on.isoformat()
    }


def _order_waits(attempt: CaseAttempt) -> bool:
    return bool(forms.open_orders(attempt.subject, None).exists())


def _shown(attempt: CaseAttempt) -> bool:
    return bool(attempt.data.certificate_shown)


S, E = TimeBasis.Purpose.SUSPEND.value, TimeBasis.Purpose.EXTEND.value
clock_runs = Gate("clock_runs", _("办案期限没有在计算"), ("CF-04",), _clock_runs)
some_suspending = Gate(
    "time_basis",
    _("本部门没有登记可以不计入办案期限的法律、法规、规章条款"),
    ("CF-04",),
    lambda attempt: _some(attempt, S),
)
some_extending = Gate(
    "time_basis",
    _("本部门没有登记可以延长办案期限的法律、法规、规章条款"),
    ("CF-04",),
    lambda attempt: _some(attempt, E),
)
suspending_in_force = Gate(
    "time_basis_in_force",
    _("条款没有施行"),
    ("CF-04",),
    lambda attempt: _basis_in_force(attempt, S),
    needs_data=True,
)
extending_in_force = Gate(
    "time_basis_in_force",
    _("条款没有施行"),
    ("CF-04",),
    lambda attempt: _basis_in_force(attempt, E),
    needs_data=True,
)
not_over = Gate("before_expiry", _("办案期限已经届满"), ("CF-04",), _not_over, needs_data=True)
next_step = Gate("next_step", _("延期须逐次办理"), ("BM-03", "BM-09"), _next_step, needs_data=True)
suspended = Gate("suspended", _("没有不计入办案期限的时间"), ("CF-04",), _suspended)
time_counts = Gate("time_counts", _("办案期限还在扣除"), ("CF-04",), _time_counts)
order_waits = Gate("correction_ordered_once", _("没有待复查的责令改正"), ("处罚法28条",), _order_waits)
certificate_shown = Gate("shown_and_told", _("复查时应当出示执法证件"), ("CF-02",), _shown, needs_data=True)
