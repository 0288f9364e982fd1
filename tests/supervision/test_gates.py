"""Every gate of every step of a supervision case: unmet with its sentence and article, and met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from portal.workflow.errors import Blocked
from portal.workflow.proposals import request
from portal.workflow.registry import gates_of
from supervision.actions import ACTIONS
from supervision.actions.answers import Answer, Object
from supervision.actions.disposition import Issue
from supervision.actions.entries import Words
from supervision.actions.leads import Assign, Declare, Decline, OpenLead
from supervision.actions.rectification import Check
from supervision.actions.service import Serve
from supervision.alerts import DismissAlert
from tests.cast import Cast
from tests.supervision import scenes
from tests.supervision.scenes import DISPOSE, FILE, MEASURE, named

WORDS = Words(text="示例说明")
CHECK = Check(note="现场核查")
LATE = "补录，附原件"


@dataclass
class Stage:
    """Cast and clock of one scene."""

    cast: Cast
    move_to: Callable[[dt.datetime], Any]

    def later(self, days: int) -> None:
        """So many days pass."""
        self.move_to(timezone.now() + dt.timedelta(days=days))

    def at(self, day: dt.date) -> None:
        """It is noon of a day."""
        self.move_to(timezone.make_aware(dt.datetime.combine(day, dt.time(12))))


Scene = Callable[[Stage], tuple[Any, Any, User]]  # subject, data, actor


def opening(**changes: Any) -> Scene:
    def scene(stage: Stage) -> tuple[Any, Any, User]:
        cast = stage.cast
        alerts = scenes.alerts_for(cast.market, 2)
        data = OpenLead(
            target=cast.market.pk,
            source="alert",
            grounds=("procedure",),
            facts="示例",
            colleague=cast.second_supervisor.pk,
            alerts=tuple(str(alert.pk) for alert in alerts),
        )
        return None, replace(data, **{name: value(stage) for name, value in changes.items()}), cast.supervisor

    return scene


def _taken_alert(stage: Stage) -> tuple[Any, Any, User]:
    subject, data, actor = opening()(stage)
    perform(None, named("open"), actor=actor, data=data)
    return subject, data, actor


def _two_rules(stage: Stage) -> tuple[Any, Any, User]:
    case = scenes.up_to(stage.cast, "served")
    subject, data, actor = opening()(stage)
    stage.later(40)
    scenes.swept()
    from supervision.models import Alert

    other = Alert.objects.get(matter=case.matter, rule="supervision.report")
    return subject, replace(data, alerts=(*data.alerts, str(other.pk))), actor


def _foreign_alert(stage: Stage) -> tuple[str, ...]:
    return tuple(str(alert.pk) for alert in scenes.alerts_for(stage.cast.city))


def at(stage_name: str, data: Any, actor: str = "supervisor", alerts: int = 0) -> Scene:
    def scene(stage: Stage) -> tuple[Any, Any, User]:
        cast = stage.cast
        found = scenes.alerts_for(cast.market, alerts) if alerts else None
        case = scenes.up_to(cast, stage_name, found)
        return case, data, scenes.fresh(getattr(cast, actor))

    return scene


def stranger(stage_name: str, data: Any) -> Scene:
    """The head of supervision brings in another pair; the first supervisor has no part any more."""

    def scene(stage: Stage) -> tuple[Any, Any, User]:
        cast = stage.cast
        case = scenes.up_to(cast, stage_name)
        pair = (cast.second_supervisor.pk, cast.supervision_head.pk)
        perform(case, named("assign"), actor=cast.supervision_head, data=Assign(supervisors=pair, reason="工作调整"))
        return case, data, cast.supervisor

    return scene


def silent(stage_name: str, data: Any) -> Scene:
    """A newcomer among the supervisors has not declared yet."""

    def scene(stage: Stage) -> tuple[Any, Any, User]:
        cast = stage.cast
        case = scenes.up_to(cast, stage_name)
        pair = (cast.supervisor.pk, cast.supervision_head.pk)
        perform(case, named("assign"), actor=cast.supervision_head, data=Assign(supervisors=pair, reason="工作调整"))
        return case, data, cast.supervisor

    return scene


def alone(stage_name: str, data: Any) -> Scene:
    """The second supervisor has left the service."""

    def scene(stage: Stage) -> tuple[Any, Any, User]:
        case = scenes.up_to(stage.cast, stage_name)
        User.objects.filter(pk=stage.cast.second_supervisor.pk).update(is_active=False)
        return case, data, stage.cast.supervisor

    return scene


def issuing(**changes: Any) -> Scene:
    def scene(stage: Stage) -> tuple[Any, Any, User]:
        case = scenes.up_to(stage.cast, "disposed")
        today = timezone.localdate()
        data = Issue(report_on=today + dt.timedelta(days=30))
        return case, replace(data, **{name: value(today) for name, value in changes.items()}), stage.cast.supervisor

    return scene


def _issuing_too_early(stage: Stage) -> tuple[Any, Any, User]:
    """Prepared as a letter of the regulation, issued before its day."""
    stage.at(dt.date(2026, 1, 20))
    case = scenes.up_to(stage.cast, "disposed")
    return case, Issue(report_on=dt.date(2026, 3, 1)), stage.cast.supervisor


def _issuing_to_ecology(stage: Stage) -> tuple[Any, Any, User]:
    cast = stage.cast
    case = scenes.lead(cast, target=cast.ecology.pk)
    for step in (scenes.declared, scenes.filed, scenes.investigated, scenes.disposed):
        case = step(cast, case)
    return (
        case,
        Issue(report_on=timezone.localdate() + dt.timedelta(days=30), superior="示例市生态环境局"),
        cast.supervisor,
    )


def _unprinted(data: Any, actor: str) -> Scene:
    def scene(stage: Stage) -> tuple[Any, Any, User]:
        case = scenes.issued(stage.cast, scenes.up_to(stage.cast, "disposed"), printed=False)
        return case, data, scenes.fresh(getattr(stage.cast, actor))

    return scene


def _long_issued(data: Any, actor: str) -> Scene:
    def scene(stage: Stage) -> tuple[Any, Any, User]:
        case = scenes.up_to(stage.cast, "issued")
        stage.later(31)
        return case, data, scenes.fresh(getattr(stage.cast, actor))

    return scene


def _overdue(stage: Stage) -> tuple[Any, Any, User]:
    case = scenes.up_to(stage.cast, "served")
    stage.later(31)
    return case, Nothing(), stage.cast.supervisor


def _undone(stage: Stage) -> tuple[Any, Any, User]:
    case = scenes.up_to(stage.cast, "reported", scenes.alerts_for(stage.cast.market, 2))
    return case, CHECK, stage.cast.supervisor


def _all_done(stage: Stage) -> tuple[Any, Any, User]:
    alerts = scenes.alerts_for(stage.cast.market, 2)
    case = scenes.up_to(stage.cast, "reported", alerts)
    for alert in alerts:
        scenes.disclosed(alert.matter, timezone.localdate())
    return case, CHECK, stage.cast.supervisor


def objected(stage_name: str, data: Any, actor: str) -> Scene:
    def scene(stage: Stage) -> tuple[Any, Any, User]:
        case = scenes.objected(stage.cast, scenes.up_to(stage.cast, stage_name))
        return case, data, scenes.fresh(getattr(stage.cast, actor))

    return scene


def _standing_alert(stage: Stage) -> tuple[Any, Any, User]:
    (alert,) = scenes.alerts_for(stage.cast.market)
    return alert, DismissAlert(reason="系统停机"), stage.cast.supervision_head


def _lifted_alert(stage: Stage) -> tuple[Any, Any, User]:
    alert, data, actor = _standing_alert(stage)
    scenes.disclosed(alert.matter, scenes.days_ago(58))
    return alert, data, actor


DECLINE = Decline(ground="unfounded", reason="核实不成立")
ANSWER = Answer(answer="维持")
SERVE = Serve(method="direct", receiver="甲示例")
NOTICE = replace(DISPOSE, kind="notice", authority="示例规定")
OBJECT = Object(reasons="示例理由")

UNMET: list[tuple[str, str, Scene, str]] = [
    ("alert.dismiss", "alert_stands", _lifted_alert, "已因更正记录而消除"),
    ("supervision.open", "alerts_named", opening(alerts=lambda _stage: ()), "须选定预警"),
    ("supervision.open", "alerts_of_the_target", opening(alerts=_foreign_alert), "不是这个部门的，一份文书只能写给一个部门"),
    ("supervision.open", "alerts_of_one_rule", _two_rules, "不是同一类期限"),
    ("supervision.open", "alerts_open", _taken_alert, "的预警现在是“已并入监督案件”，不能再并入"),
    ("supervision.declare", "handles_the_case", stranger("lead", Declare()), "由承办本案的监督人员办理"),
    ("supervision.file", "handles_the_case", stranger("declared", FILE), "由承办本案的监督人员办理"),
    ("supervision.file", "two_supervisors", alone("declared", FILE), "监督人员现有 1 名，至少两名"),
    ("supervision.file", "recusal_declared", at("lead", FILE), "严示例还没有作回避声明"),
    ("supervision.file", "no_pending_remedy", at("declared", replace(FILE, remedy="litigation")), "正在行政诉讼，不重复监督"),
    ("supervision.decline", "handles_the_case", stranger("lead", DECLINE), "由承办本案的监督人员办理"),
    ("supervision.measure", "handles_the_case", stranger("filed", MEASURE), "由承办本案的监督人员办理"),
    ("supervision.measure", "recusal_declared", silent("filed", MEASURE), "陶示例还没有作回避声明"),
    ("supervision.terminate", "handles_the_case", stranger("investigating", WORDS), "由承办本案的监督人员办理"),
    ("supervision.terminate", "measure_taken", at("filed", WORDS), "还没有记录任何监督措施"),
    ("supervision.dispose", "handles_the_case", stranger("investigating", DISPOSE), "由承办本案的监督人员办理"),
    ("supervision.dispose", "two_supervisors", alone("investigating", DISPOSE), "至少两名"),
    ("supervision.dispose", "recusal_declared", silent("investigating", DISPOSE), "陶示例还没有作回避声明"),
    ("supervision.dispose", "measure_taken", at("filed", DISPOSE), "还没有记录任何监督措施"),
    ("supervision.dispose", "kind_fits_fault", at("investigating", replace(DISPOSE, fault="unlawful")),
     "督办函用于应当履行而未履行职责"),
    ("supervision.dispose", "kind_fits_fault", at("investigating", replace(DISPOSE, kind="opinion")),
     "意见书用于违法或者明显不当"),
    ("supervision.dispose", "kind_known_then", at("investigating", NOTICE), "应当用督办函或者意见书"),
    ("supervision.dispose", "leaves_the_decision", at("investigating", replace(DISPOSE, leaves_the_decision=False)),
     "监督机构不得代替部门作出执法决定"),
    ("supervision.issue", "kind_of_its_day", _issuing_too_early, "2026-01-20 制发的，应当用处理决定通知书"),
    ("supervision.issue", "not_before_approval",
     issuing(on=lambda today: today - dt.timedelta(days=5), late_reason=lambda _today: LATE), "早于批准日期"),
    ("supervision.issue", "report_after_issue", issuing(report_on=lambda today: today), "须晚于制发日期"),
    ("supervision.issue", "superior_told", _issuing_to_ecology, "实行垂直管理，须同时告知上一级主管部门；还缺：告知日期、告知方式"),
    ("supervision.receive", "paper_ready", _unprinted(Nothing(), "officer"), "文书还没有生成"),
    ("supervision.receive", "report_after_receipt", _long_issued(Nothing(), "officer"), "没有留下办理时间"),
    ("supervision.serve", "paper_ready", _unprinted(SERVE, "supervisor"), "文书还没有生成"),
    ("supervision.serve", "not_before_issue",
     at("issued", replace(SERVE, on=dt.date(2026, 3, 2), late_reason=LATE)), "送达日期 2026-03-02 早于制发日期"),
    ("supervision.serve", "report_after_service", _long_issued(SERVE, "supervisor"), "没有留下办理时间"),
    ("supervision.remind", "report_overdue", at("served", Nothing()), "尚未届满"),
    ("supervision.accept", "handles_the_case", stranger("reported", CHECK), "由承办本案的监督人员办理"),
    ("supervision.accept", "duties_done", _undone, "还有 2 件没有办理"),
    ("supervision.reject", "handles_the_case", stranger("reported", CHECK), "由承办本案的监督人员办理"),
    ("supervision.reject", "reported_or_reminded", at("served", CHECK), "部门还没有报送；请先在期限届满后催报"),
    ("supervision.close", "no_open_objection", objected("verified", WORDS, "supervision_head"), "异议还没有答复"),
    ("supervision.object", "no_open_objection", objected("served", OBJECT, "officer"), "异议还没有答复"),
    ("supervision.maintain", "open_objection", at("served", ANSWER), "没有待答复的异议"),
    ("supervision.withdraw", "open_objection", at("served", ANSWER), "没有待答复的异议"),
]  # fmt: skip

MET: list[tuple[str, Scene]] = [
    ("alert.dismiss", _standing_alert),
    ("supervision.open", opening()),
    ("supervision.declare", at("lead", Declare(), "second_supervisor")),
    ("supervision.file", at("declared", FILE)),
    ("supervision.decline", at("lead", DECLINE)),
    ("supervision.measure", at("filed", MEASURE)),
    ("supervision.terminate", at("investigating", WORDS)),
    ("supervision.dispose", at("investigating", DISPOSE)),
    ("supervision.dispose", at("investigating", replace(DISPOSE, kind="opinion", fault="improper"))),
    ("supervision.issue", issuing()),
    ("supervision.receive", at("issued", Nothing(), "officer")),
    ("supervision.serve", at("issued", SERVE)),
    ("supervision.remind", _overdue),
    ("supervision.accept", _all_done),
    ("supervision.reject", at("reported", CHECK)),
    ("supervision.close", at("verified", WORDS, "supervision_head")),
    ("supervision.object", at("issued", OBJECT, "officer")),
    ("supervision.object", at("verified", OBJECT, "officer")),
    ("supervision.maintain", objected("served", ANSWER, "supervisor")),
    ("supervision.withdraw", objected("served", ANSWER, "supervisor")),
]


def attempt(key: str, subject: Any, data: Any, actor: User) -> Any:
    """Put forward or do, whichever the action wants."""
    action = next(one for one in ACTIONS if one.key == key)
    if action.proposes:
        return request(subject, action, actor=actor, data=data)
    return perform(subject, action, actor=actor, data=data)


@pytest.fixture
def stage(cast: Cast, time_machine: Any) -> Stage:
    """A scene at the present day."""
    return Stage(cast, time_machine.move_to)


@pytest.mark.parametrize(("key", "gate", "scene", "words"), UNMET, ids=[f"{row[0]}:{row[1]}" for row in UNMET])
def test_a_gate_says_why_not_and_by_which_article(stage: Stage, key: str, gate: str, scene: Scene, words: str) -> None:
    subject, data, actor = scene(stage)
    with pytest.raises(Blocked) as refused:
        attempt(key, subject, data, actor)
    found = {item.gate: item for item in refused.value.unmet}
    assert words in found[gate].sentence
    assert found[gate].citation


@pytest.mark.parametrize(("key", "scene"), MET, ids=[f"{place}:{row[0]}" for place, row in enumerate(MET)])
def test_with_every_gate_met_it_is_done(stage: Stage, key: str, scene: Scene) -> None:
    subject, data, actor = scene(stage)
    assert attempt(key, subject, data, actor)


def test_the_tables_name_every_gate_and_every_action_that_has_one() -> None:
    every = {(action.key, gate.key) for action in ACTIONS for gate in gates_of(action)}
    assert {(key, gate) for key, gate, _scene, _words in UNMET} == every
    assert {key for key, _scene in MET} == {key for key, _gate in every}
