"""The actions on a case's time, orders to correct, and the department's registers behind them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from enforcement.cases import gates as case_gates
from enforcement.measures import timing_gates as gates
from enforcement.measures.actions import BEFORE, HEADS, OFFICER, WHILE_HELD, one
from enforcement.measures.bodies import records as record_bodies
from enforcement.measures.bodies import timing as bodies
from enforcement.measures.data import records as record_forms
from enforcement.measures.data import timing as forms
from enforcement.measures.data.fields import only_party
from enforcement.measures.models import Monitor, TimeBasis
from enforcement.models import Case
from portal.accounts.roles import Role
from portal.workflow.actions import Action

KEEPERS = frozenset({Role.OFFICER.value, Role.LEGAL.value, Role.DEPT_ADMIN.value})
LAW_28 = "《中华人民共和国行政处罚法》第二十八条第一款"


def _next_step(case: Case, _actor: Any) -> dict[str, Any]:
    step = case.extensions.count() + 1
    basis = forms.extending(case, None).filter(step=step).first()
    return {"basis": basis.pk, "days": basis.days} if basis is not None else {}


def _order_initial(case: Case, actor: Any) -> dict[str, Any]:
    return only_party(case, actor) | {"violated": case.proposed_violated, "basis": LAW_28}


SUSPEND: Action[Case, forms.Suspend] = Action(
    key="measures.suspend",
    label=_("开始不计入办案期限的时间"),
    model=Case,
    source=BEFORE,
    target=None,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.Suspend,
    initial=lambda case, _actor: one(forms.suspending(case, None), "basis"),
    gates=(
        gates.some_suspending,
        gates.clock_runs,
        gates.suspending_in_force,
        gates.not_over,
        case_gates.decider_did_not_handle,
    ),
    body=bodies.suspend,
    facts=("case.suspended",),
    papers=("measures.suspension_form",),
    law=("CF-04",),
    rare=True,
)
RESUME: Action[Case, forms.Resume] = Action(
    key="measures.resume",
    label=_("恢复计算办案期限"),
    model=Case,
    source=BEFORE,
    target=None,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.Resume,
    initial=lambda case, _actor: one(forms.suspended(case, None), "suspension"),
    gates=(gates.suspended, case_gates.decider_did_not_handle),
    body=bodies.resume,
    facts=("case.resumed",),
    papers=("measures.suspension_form",),
    law=("CF-04",),
    later=True,
)
EXTEND: Action[Case, forms.Extend] = Action(
    key="measures.extend",
    label=_("延长办案期限"),
    model=Case,
    source=BEFORE,
    target=None,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.Extend,
    initial=_next_step,
    gates=(
        gates.some_extending,
        gates.clock_runs,
        gates.extending_in_force,
        gates.next_step,
        gates.not_over,
        case_gates.decider_did_not_handle,
    ),
    body=bodies.extend,
    facts=("case.extended",),
    papers=("measures.extension_form",),
    law=("CF-04", "BM-03", "BM-09"),
    rare=True,
)
ORDER_CORRECTION: Action[Case, forms.OrderCorrection] = Action(
    key="measures.order_correction",
    label=_("责令改正"),
    model=Case,
    source=BEFORE,
    target=None,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.OrderCorrection,
    initial=_order_initial,
    gates=(case_gates.two_certified_now, case_gates.decider_did_not_handle),
    body=bodies.order_correction,
    facts=("correction.ordered",),
    papers=("measures.correction_notice",),
    law=("处罚法28条",),
    rare=True,
)
CHECK_CORRECTION: Action[Case, forms.CheckCorrection] = Action(
    key="measures.check_correction",
    label=_("复查改正情况"),
    model=Case,
    source=WHILE_HELD,
    target=None,
    roles=OFFICER,
    data=forms.CheckCorrection,
    initial=lambda case, _actor: one(forms.open_orders(case, None), "order"),
    gates=(gates.order_waits, gates.certificate_shown, case_gates.two_certified_now),
    body=bodies.check_correction,
    facts=("correction.checked",),
    law=("处罚法28条", "CF-02"),
    later=True,
)
ADD_BASIS: Action[TimeBasis, forms.AddBasis] = Action(
    key="measures.add_basis",
    label=_("登记办案时限条款"),
    model=TimeBasis,
    source=frozenset(),
    target=None,
    roles=HEADS,
    proposes=KEEPERS,
    data=forms.AddBasis,
    body=bodies.add_basis,
    facts=(bodies.CHANGED,),
    law=("CF-04", "BM-03", "BM-09"),
)
END_BASIS: Action[TimeBasis, forms.EndUse] = Action(
    key="measures.end_basis",
    label=_("停用这一条款"),
    model=TimeBasis,
    source=frozenset({TimeBasis.State.IN_FORCE.value}),
    target=TimeBasis.State.ENDED.value,
    roles=HEADS,
    proposes=KEEPERS,
    data=forms.EndUse,
    body=bodies.end_basis,
    facts=(bodies.CHANGED,),
    law=("CF-04",),
)
ADD_MONITOR: Action[Monitor, record_forms.AddMonitor] = Action(
    key="measures.add_monitor",
    label=_("登记电子技术监控设备"),
    model=Monitor,
    source=frozenset(),
    target=None,
    roles=HEADS,
    proposes=KEEPERS,
    data=record_forms.AddMonitor,
    body=record_bodies.add_monitor,
    facts=(record_bodies.CHANGED,),
    law=("CF-41",),
)
END_MONITOR: Action[Monitor, forms.EndUse] = Action(
    key="measures.end_monitor",
    label=_("停用这台设备"),
    model=Monitor,
    source=frozenset({Monitor.State.IN_USE.value}),
    target=Monitor.State.ENDED.value,
    roles=HEADS,
    proposes=KEEPERS,
    data=forms.EndUse,
    body=record_bodies.end_monitor,
    facts=(record_bodies.CHANGED,),
    law=("CF-41",),
)
ALL = (
    SUSPEND,
    RESUME,
    EXTEND,
    ORDER_CORRECTION,
    CHECK_CORRECTION,
    ADD_BASIS,
    END_BASIS,
    ADD_MONITOR,
    END_MONITOR,
)
