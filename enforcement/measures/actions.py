"""The actions of custody on a penalty case (WORKFLOWS.md 1a, rows «register-and-hold» and «seal / seize»)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from enforcement.cases import gates as case_gates
from enforcement.measures import gates
from enforcement.measures.bodies import custody as bodies
from enforcement.measures.bodies import records as record_bodies
from enforcement.measures.data import custody as forms
from enforcement.measures.data import keeping
from enforcement.measures.data import records as record_forms
from enforcement.measures.data.fields import only_party, running, running_seizures
from enforcement.models import Case, EnforcementAct
from portal.accounts.roles import Role
from portal.workflow.actions import Action

S = EnforcementAct.State
OFFICER = frozenset({Role.OFFICER.value})
HEADS = frozenset({Role.HEAD.value, Role.DEPUTY.value})
DONE = frozenset({S.DECIDED.value, S.SERVED.value, S.COURT_APPLIED.value, S.CLOSED.value})
BEFORE = frozenset(set(S.values) - {S.LEAD.value, S.NOT_FILED.value} - DONE)
# Things stay in custody beyond the decision, until each has its fate.
WHILE_HELD = frozenset(set(S.values) - {S.LEAD.value, S.NOT_FILED.value, S.CLOSED.value})


def one(rows: Any, name: str) -> dict[str, Any]:
    """The only row there is, chosen already."""
    keys = list(rows.values_list("pk", flat=True)[:2])
    return {name: keys[0]} if len(keys) == 1 else {}


def _order_initial(case: Case, actor: Any) -> dict[str, Any]:
    found = only_party(case, actor) | {"place": case.place}
    only = list(forms.powers(case, actor)[:2])
    return found | ({"item": only[0].pk, "basis": only[0].basis} if len(only) == 1 else {})


HOLD: Action[Case, forms.Hold] = Action(
    key="measures.hold",
    label=_("先行登记保存"),
    model=Case,
    source=BEFORE,
    target=None,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.Hold,
    initial=only_party,
    gates=(case_gates.two_certified_now, gates.hold_on_site, case_gates.decider_did_not_handle),
    body=bodies.hold,
    facts=("hold.begun",),
    papers=("measures.hold_notice", "measures.thing_list"),
    law=("CF-05",),
    rare=True,
)
ORDER_SEIZURE: Action[Case, forms.OrderSeizure] = Action(
    key="measures.order_seizure",
    label=_("决定查封、扣押"),
    model=Case,
    source=BEFORE,
    target=None,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.OrderSeizure,
    initial=_order_initial,
    gates=(
        gates.some_power,
        gates.power_given,
        gates.lawful_object,
        case_gates.two_certified_now,
        case_gates.decider_did_not_handle,
    ),
    body=bodies.order_seizure,
    facts=("seizure.ordered", "measure.settled"),
    papers=("measures.seizure_decision", "measures.thing_list"),
    law=("强制法18条", "强制法24条"),
    rare=True,
)
CARRY_OUT: Action[Case, forms.CarryOut] = Action(
    key="measures.carry_out",
    label=_("登记查封、扣押的实施"),
    model=Case,
    source=BEFORE,
    target=None,
    roles=OFFICER,
    data=forms.CarryOut,
    initial=lambda case, _actor: one(forms.ordered(case, None), "measure"),
    gates=(
        gates.seizure_ordered,
        gates.decision_printed,
        gates.seizure_on_site,
        case_gates.two_certified_now,
    ),
    body=bodies.carry_out,
    facts=("seizure.begun",),
    law=("强制法18条", "QZ-01"),
    later=True,
)
WITHDRAW_ORDER: Action[Case, forms.WithdrawOrder] = Action(
    key="measures.withdraw_order",
    label=_("不再实施查封、扣押"),
    model=Case,
    source=WHILE_HELD,
    target=None,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.WithdrawOrder,
    initial=lambda case, _actor: one(forms.ordered(case, None), "measure"),
    gates=(gates.seizure_ordered, case_gates.decider_did_not_handle),
    body=bodies.withdraw_order,
    facts=("measure.settled",),
    papers=("measures.release",),
    law=("强制法28条",),
    rare=True,
)
ON_THE_SPOT: Action[Case, forms.SeizeOnTheSpot] = Action(
    key="measures.seize_on_the_spot",
    label=_("当场查封、扣押（情况紧急）"),
    model=Case,
    source=BEFORE,
    target=None,
    roles=OFFICER,
    data=forms.SeizeOnTheSpot,
    initial=_order_initial,
    gates=(
        gates.some_power,
        gates.power_given,
        gates.lawful_object,
        gates.seizure_on_site,
        case_gates.two_certified_now,
    ),
    body=bodies.seize_on_the_spot,
    facts=("seizure.begun", "seizure.on_the_spot", "measure.settled"),
    papers=("measures.seizure_decision", "measures.thing_list"),
    law=("QZ-03",),
    rare=True,
)
CONFIRM: Action[Case, forms.Confirm] = Action(
    key="measures.confirm",
    label=_("补办查封、扣押的批准"),
    model=Case,
    source=WHILE_HELD,
    target=None,
    roles=HEADS,
    data=forms.Confirm,
    initial=lambda case, _actor: one(forms.on_the_spot(case, None), "measure"),
    gates=(gates.waits_for_head, case_gates.decider_did_not_handle),
    body=bodies.confirm,
    facts=("seizure.approved", "seizure.refused"),
    law=("QZ-03",),
    later=True,
)
EXTEND_SEIZURE: Action[Case, keeping.ExtendSeizure] = Action(
    key="measures.extend_seizure",
    label=_("延长查封、扣押期限"),
    model=Case,
    source=WHILE_HELD,
    target=None,
    roles=HEADS,
    proposes=OFFICER,
    data=keeping.ExtendSeizure,
    initial=lambda case, _actor: one(running_seizures(case), "measure"),
    gates=(
        gates.seizure_runs,
        gates.not_refused,
        gates.approved,
        gates.extended_once,
        gates.before_its_end,
        case_gates.decider_did_not_handle,
    ),
    body=bodies.extend_seizure,
    facts=("seizure.extended",),
    papers=("measures.seizure_extension",),
    law=("QZ-01",),
    rare=True,
)
BEGIN_APPRAISAL: Action[Case, keeping.BeginAppraisal] = Action(
    key="measures.begin_appraisal",
    label=_("查封、扣押物品送检测、检验、检疫、鉴定"),
    model=Case,
    source=WHILE_HELD,
    target=None,
    roles=HEADS,
    proposes=OFFICER,
    data=keeping.BeginAppraisal,
    initial=lambda case, _actor: one(running_seizures(case), "measure"),
    gates=(
        gates.seizure_runs,
        gates.not_refused,
        gates.approved,
        gates.before_its_end,
        case_gates.decider_did_not_handle,
    ),
    body=bodies.begin_appraisal,
    facts=("appraisal.begun", "appraisal.ended"),
    papers=("measures.appraisal_notice",),
    law=("QZ-02",),
    rare=True,
)
END_APPRAISAL: Action[Case, keeping.EndAppraisal] = Action(
    key="measures.end_appraisal",
    label=_("登记检测、检验、检疫、鉴定结果"),
    model=Case,
    source=WHILE_HELD,
    target=None,
    roles=OFFICER,
    data=keeping.EndAppraisal,
    initial=lambda case, _actor: one(keeping.appraisals(case, None), "appraisal"),
    gates=(gates.appraisal_runs,),
    body=bodies.end_appraisal,
    facts=("appraisal.ended", "appraisal.reported"),
    law=("QZ-02",),
    later=True,
)
DISPOSE: Action[Case, keeping.Dispose] = Action(
    key="measures.dispose",
    label=_("处理登记保存、查封、扣押的物品"),
    model=Case,
    source=WHILE_HELD,
    target=None,
    roles=HEADS,
    proposes=OFFICER,
    data=keeping.Dispose,
    initial=lambda case, _actor: one(running(case), "measure"),
    gates=(
        gates.something_runs,
        gates.fate_allowed,
        gates.confiscation_decided,
        gates.fate_grounded,
        gates.late_fate_explained,
        case_gates.decider_did_not_handle,
    ),
    body=bodies.dispose,
    facts=("things.disposed", "measure.settled"),
    papers=("measures.release", "measures.hold_disposal"),
    law=("CF-05", "强制法27条"),
    later=True,
)
HAND_OVER: Action[Case, keeping.HandOver] = Action(
    key="measures.hand_over",
    label=_("登记措施文书的告知"),
    model=Case,
    source=WHILE_HELD,
    target=None,
    roles=OFFICER,
    data=keeping.HandOver,
    initial=lambda case, actor: only_party(case, actor) | one(keeping.unhanded(case, None), "document"),
    gates=(gates.paper_to_hand, gates.chosen_paper_ready),
    body=bodies.hand_over,
    facts=("measure.told",),
    law=("强制法24条", "强制法25条"),
    later=True,
)
RECORD: Action[Case, record_forms.Record] = Action(
    key="measures.record",
    label=_("登记执法记录"),
    model=Case,
    source=WHILE_HELD,
    target=None,
    roles=OFFICER,
    data=record_forms.Record,
    gates=(gates.ticked, gates.film_of_its_day),
    body=record_bodies.record,
    facts=("recording.kept",),
    law=("处罚法47条", "SX-07", "SX-08"),
)
EXPLAIN: Action[Case, record_forms.Explain] = Action(
    key="measures.explain_missing",
    label=_("说明缺少的记录"),
    model=Case,
    source=WHILE_HELD,
    target=None,
    roles=OFFICER,
    data=record_forms.Explain,
    gates=(gates.something_missing,),
    body=record_bodies.explain,
    law=("SX-07", "SX-08"),
    rare=True,
)
DEVICE_EVIDENCE: Action[Case, record_forms.AddDeviceEvidence] = Action(
    key="measures.device_evidence",
    label=_("添加电子技术监控设备记录的证据"),
    model=Case,
    source=BEFORE,
    target=None,
    roles=OFFICER,
    data=record_forms.AddDeviceEvidence,
    gates=(gates.some_monitor, gates.monitor_lawful, gates.content_reviewed, case_gates.two_certified_now),
    body=record_bodies.add_device_evidence,
    law=("CF-41",),
    rare=True,
)
ALL = (
    RECORD,
    HOLD,
    ORDER_SEIZURE,
    CARRY_OUT,
    WITHDRAW_ORDER,
    ON_THE_SPOT,
    CONFIRM,
    EXTEND_SEIZURE,
    BEGIN_APPRAISAL,
    END_APPRAISAL,
    DISPOSE,
    HAND_OVER,
    EXPLAIN,
    DEVICE_EVIDENCE,
)
