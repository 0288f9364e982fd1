"""From a lead to filing: open, declare, assign, file, decline."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt
from portal.workflow.data import entry
from portal.workflow.errors import Overtaken
from supervision import gates
from supervision.actions.entries import blank, day, late, not_in_future
from supervision.models import Alert, CaseAlert, CaseSupervisor, SupervisionCase
from supervision.people import (
    SUPERVISION_HEADS,
    SUPERVISORS,
    alert_choices,
    bureau,
    bureau_supervisors,
    colleagues,
    supervised_departments,
)

State = SupervisionCase.State


@dataclass(frozen=True)
class OpenLead:
    """What is known of a possible fault of a department, in the order of the filing form."""

    target: int = entry(_("被监督机关"), "record", options=supervised_departments)
    source: str = entry(_("线索来源"), "choice", options=lambda _s, _a: SupervisionCase.Source.choices)
    grounds: tuple[str, ...] = entry(
        _("监督事由"), "choices", options=lambda _s, _a: SupervisionCase.Ground.choices, law=("JD-02",)
    )
    facts: str = entry(_("初步事实"), "long", wide=True)
    colleague: int = entry(_("另一名监督人员"), "record", options=colleagues, help=_("您本人是第一名"), law=("WS-08",))
    alerts: tuple[str, ...] = entry(
        _("期限预警"),
        "choices",
        default=(),
        options=alert_choices,
        help=_("同一部门、同一类期限的，可以并入一案；从“预警”页成批带入更方便"),
    )
    source_note: str = entry(_("来源说明"), default="", help=_("来件文号、转来机关等"))
    mode: str = entry(
        _("监督方式"),
        "choice",
        default=SupervisionCase.Mode.DAILY.value,
        options=lambda _s, _a: SupervisionCase.Mode.choices,
        help=_("专项监督由省级以上监督机构开展，这里不设"),
        law=("JD-05", "JD-15"),
    )
    no_conflict: bool = entry(
        _("本人与本案没有利害关系"), "flag", default=False, help=_("不勾选的，立案前另行声明"), law=("CF-33",)
    )

    def problems(self, attempt: Attempt[SupervisionCase, OpenLead]) -> dict[str, str]:
        """What the form tells field by field."""
        found = blank(self, facts=_("初步事实"))
        if not supervised_departments().filter(pk=self.target).exists():
            found["target"] = _gettext("请选一个行政执法部门。")
        if not all(key.isdigit() for key in self.alerts):
            found["alerts"] = _gettext("请重新选择预警。")
        if not set(self.grounds) <= set(SupervisionCase.Ground.values) or not self.grounds:
            found["grounds"] = _gettext("至少选一项监督事由。")
        if self.source not in SupervisionCase.Source.values:
            found["source"] = _gettext("请选线索来源。")
        if self.mode not in SupervisionCase.Mode.values:
            found["mode"] = _gettext("请选监督方式。")
        if not colleagues(None, attempt.actor).filter(pk=self.colleague).exists():
            found["colleague"] = _gettext("请选另一名监督人员。")
        return found


def _open(attempt: Attempt[SupervisionCase, OpenLead]) -> None:
    data = attempt.data
    target = Department.objects.get(pk=data.target)
    attempt.matter = Matter.objects.create(
        kind="supervision",
        department=bureau(),
        title=_gettext("对%(target)s的执法监督") % {"target": target.name},
        opened_at=attempt.now,
    )
    case = SupervisionCase(
        matter=attempt.matter,
        target=target,
        source=data.source,
        source_note=data.source_note.strip(),
        mode=data.mode,
        grounds=list(data.grounds),
        facts=data.facts.strip(),
    )
    case.save()
    attempt.subject = case
    CaseSupervisor.objects.create(case=case, user=attempt.actor, declared_at=attempt.now if data.no_conflict else None)
    CaseSupervisor.objects.create(case=case, user_id=data.colleague)
    _take_up(attempt, case)
    attempt.label(target=target.code, source=data.source, grounds=list(data.grounds), alerts=len(data.alerts))


def _take_up(attempt: Attempt[SupervisionCase, OpenLead], case: SupervisionCase) -> None:
    """Raises Overtaken when a colleague has taken one of the alerts in the same moment."""
    alerts = Alert.objects.select_for_update(of=("self",)).filter(pk__in=attempt.data.alerts).order_by("pk")
    for alert in alerts:
        if alert.state != Alert.State.NEW:
            raise Overtaken(str(alert.get_state_display()), "", "")
        alert.state = Alert.State.LINKED.value
        alert.save()
        CaseAlert.objects.create(case=case, alert=alert)


OPEN = Action[SupervisionCase, OpenLead](
    "supervision.open",
    _("登记监督线索"),
    source=frozenset(),
    target=State.LEAD.value,
    roles=SUPERVISORS,
    data=OpenLead,
    gates=(gates.ALERTS_NAMED, gates.ALERTS_OF_THE_TARGET, gates.ALERTS_OF_ONE_RULE, gates.ALERTS_OPEN),
    body=_open,
    model=SupervisionCase,
    law=("JD-01", "JD-02"),
    primary=True,
)


@dataclass(frozen=True)
class Declare:
    """One's own word on recusal."""

    conflict: str = entry(
        _("利害关系"), "long", default="", help=_("没有利害关系的不填；有的写明，须更换监督人员"), law=("CF-33",)
    )


def _declare(attempt: Attempt[SupervisionCase, Declare]) -> None:
    row = attempt.subject.supervisors.get(user=attempt.actor, relieved_on=None)
    row.declared_at = attempt.now
    row.conflict = attempt.data.conflict.strip()
    row.save()
    attempt.label(conflict=bool(row.conflict))


DECLARE = Action[SupervisionCase, Declare](
    "supervision.declare",
    _("回避声明"),
    source=frozenset({State.LEAD.value, State.FILED.value, State.INVESTIGATING.value}),
    target=None,
    roles=SUPERVISORS | SUPERVISION_HEADS,
    data=Declare,
    gates=(gates.HANDLES_THE_CASE,),
    body=_declare,
    model=SupervisionCase,
    law=("CF-33",),
)


@dataclass(frozen=True)
class Assign:
    """Who handles the case from now on."""

    supervisors: tuple[int, ...] = entry(_("监督人员"), "records", options=bureau_supervisors, law=("WS-08",))
    reason: str = entry(_("理由"), "long", help=_("例如：回避、工作调整"))

    def problems(self, _attempt: Attempt[SupervisionCase, Assign]) -> dict[str, str]:
        """What the form tells field by field."""
        found = blank(self, reason=_("理由"))
        chosen = set(self.supervisors)
        if len(chosen) < 2 or bureau_supervisors().filter(pk__in=chosen).count() != len(chosen):
            found["supervisors"] = _gettext("请选至少两名监督人员。")
        return found


def _assign(attempt: Attempt[SupervisionCase, Assign]) -> None:
    case = attempt.subject
    chosen = set(attempt.data.supervisors)
    for row in case.supervisors.filter(relieved_on=None):
        if row.user_id in chosen:
            chosen.discard(row.user_id)
        else:
            row.relieved_on = attempt.today
            row.save()
    for key in sorted(chosen):
        CaseSupervisor.objects.create(case=case, user_id=key)
    names = case.supervisors.filter(relieved_on=None).values_list("user__username", flat=True)
    attempt.label(supervisors=list(names))


ASSIGN = Action[SupervisionCase, Assign](
    "supervision.assign",
    _("更换监督人员"),
    source=frozenset(set(State.values) - SupervisionCase.ENDED),
    target=None,
    roles=SUPERVISION_HEADS,
    data=Assign,
    body=_assign,
    model=SupervisionCase,
    law=("WS-08", "CF-33"),
    initial=lambda case, _actor: {
        "supervisors": list(case.supervisors.filter(relieved_on=None).values_list("user_id", flat=True))
    },
    rare=True,
)

REMEDIES = (
    ("none", _("没有")),
    ("reconsideration", _("正在行政复议")),
    ("litigation", _("正在行政诉讼")),
    ("over", _("曾有，已经终结")),
)


@dataclass(frozen=True)
class File:
    """The proposal to file."""

    opinion: str = entry(_("承办意见"), "long", wide=True)
    remedy: str = entry(_("同一争议的复议、诉讼"), "choice", options=lambda _s, _a: REMEDIES, law=("JD-13",))
    remedy_check: str = entry(_("怎样核查的"), help=_("例如：向部门法制机构电话核实，无复议、应诉"))
    on: dt.date | None = day(_("立案日期"))
    late_reason: str = late()

    def problems(self, attempt: Attempt[SupervisionCase, File]) -> dict[str, str]:
        """What the form tells field by field."""
        found = blank(self, opinion=_("承办意见"), remedy_check=_("怎样核查的")) | not_in_future(attempt)
        if self.remedy not in dict(REMEDIES):
            found["remedy"] = _gettext("请回答有没有复议、诉讼。")
        return found


def _file(attempt: Attempt[SupervisionCase, File]) -> None:
    case = attempt.subject
    case.filed_on = attempt.on
    case.filing_opinion = attempt.data.opinion.strip()
    answer = str(dict(REMEDIES)[attempt.data.remedy])
    case.remedy_check = f"{answer}；{attempt.data.remedy_check.strip()}"

    def number(document: Any) -> None:
        Matter.objects.filter(pk=case.pk).update(number=document.number)

    attempt.paper("supervision.filing_form", then=number, approved_by=attempt.actor.name)
    attempt.label(remedy=attempt.data.remedy)
    attempt.fact("supervision.filed")


FILE = Action[SupervisionCase, File](
    "supervision.file",
    _("立案"),
    source=frozenset({State.LEAD.value}),
    target=State.FILED.value,
    roles=SUPERVISION_HEADS,
    proposes=SUPERVISORS,
    data=File,
    gates=(
        gates.HANDLES_THE_CASE,
        gates.TWO_SUPERVISORS,
        gates.RECUSAL_DECLARED,
        gates.NO_PENDING_REMEDY,
    ),
    body=_file,
    model=SupervisionCase,
    facts=("supervision.filed",),
    papers=("supervision.filing_form",),
    law=("JD-02", "JD-13"),
    primary=True,
)


DECLINE_GROUNDS = (
    ("remedy", _("同一争议已进入行政复议、行政诉讼")),
    ("not_ours", _("不属于本机关监督范围，移送有权机关")),
    ("unfounded", _("没有事实依据或者已经核实不成立")),
)


@dataclass(frozen=True)
class Decline:
    """Why no case is opened; the alerts go back to the board."""

    ground: str = entry(
        _("不予立案的情形"),
        "choice",
        options=lambda _s, _a: DECLINE_GROUNDS,
    )
    reason: str = entry(_("理由"), "long", help=_("写明核查情况；已复议、诉讼的，写明怎样书面引导当事人"), wide=True)

    def problems(self, _attempt: Attempt[SupervisionCase, Decline]) -> dict[str, str]:
        """What the form tells field by field."""
        found = blank(self, reason=_("理由"))
        if self.ground not in dict(DECLINE_GROUNDS):
            found["ground"] = _gettext("请选不予立案的情形。")
        return found


def _decline(attempt: Attempt[SupervisionCase, Decline]) -> None:
    case = attempt.subject
    end(attempt, f"{dict(DECLINE_GROUNDS)[attempt.data.ground]}：{attempt.data.reason.strip()}")
    for row in case.taken_up.filter(released=False).select_related("alert"):
        row.released = True
        row.save()
        row.alert.state = Alert.State.NEW.value
        row.alert.save()
    attempt.label(ground=attempt.data.ground)
    attempt.fact("supervision.declined")


def end(attempt: Attempt[SupervisionCase, Any], ground: str) -> None:
    """Note on case and matter that it is over."""
    attempt.subject.ended_on = attempt.on
    attempt.subject.ended_ground = ground
    Matter.objects.filter(pk=attempt.matter.pk).update(closed_at=timezone.now())


DECLINE = Action[SupervisionCase, Decline](
    "supervision.decline",
    _("不予立案"),
    source=frozenset({State.LEAD.value}),
    target=State.DECLINED.value,
    roles=SUPERVISION_HEADS,
    proposes=SUPERVISORS,
    data=Decline,
    gates=(gates.HANDLES_THE_CASE,),
    body=_decline,
    model=SupervisionCase,
    facts=("supervision.declined",),
    law=("JD-13",),
)
