"""For a lawyer: in which state which step is blocked by which gate; and that no gate of enforcement is left out."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from enforcement.cases import actions as steps
from enforcement.cases import data
from enforcement.catalogue.models import Batch
from enforcement.execution import actions as after
from enforcement.execution import data as after_data
from enforcement.hearing import actions as hearings
from enforcement.lightacts import actions as light_steps
from enforcement.lightacts import data as light_data
from enforcement.measures import actions as seizing
from enforcement.measures.data import keeping
from enforcement.measures.models import Measure
from enforcement.models import Case, Statement
from enforcement.people.assigning import ASSIGN, Assign
from enforcement.review import actions as reviews
from enforcement.summary import actions as spot
from enforcement.summary import data as spot_data
from portal.matters.models import Matter
from portal.workflow import proposals
from portal.workflow.availability import availability
from portal.workflow.door import perform
from portal.workflow.registry import action_named, all_actions, gates_of
from tests import case_scenes as scene
from tests import hearing_scenes as hearing
from tests import light_scenes as light
from tests import summary_scenes as summary
from tests.cast import Cast, fresh
from tests.catalogue import scenes as lists
from tests.enforcement.execution import test_execution as execution
from tests.enforcement.measures import scenes as measures
from tests.enforcement.review import scenes as review
from tests.scenes import certified

TESTS = Path(__file__).parents[2]
WHERE = ("enforcement", "catalogue", "subjects", "applications", "web")


class Row(NamedTuple):
    """A step tried in the scene's state, the gate that answers, why in words with the article; who tries it."""

    action: str
    gate: str
    why: str
    who: str = "officer"


def unanswered(cast: Cast) -> Any:
    """A statement that nobody has answered; no form lets one through, so the row is changed underneath."""
    case = scene.notice_served(cast)
    with scene.on(scene.SERVED):
        form = scene.waiver(case, Statement.Kind.STATEMENT.value, content="请求从轻（虚构）", answer="复核（虚构）")
        perform(Case.objects.get(pk=case.pk), steps.STATEMENT, actor=fresh(cast.officer), data=form)
    Statement.objects.filter(notice__case=case.pk).update(answer="")
    return Case.objects.get(pk=case.pk)


def suspected(cast: Cast) -> Any:
    case = scene.notice_served(cast)
    review.suspect(cast, case)
    return case


def in_review(cast: Cast) -> Any:
    case = scene.notice_served(cast)
    review.submit(cast, case)
    return case


def seized_on_the_spot(cast: Cast) -> Any:
    """Seized at once; nobody has approved it yet."""
    case = scene.filed(cast)
    at = measures.moment(measures.SEIZED)
    with scene.on(measures.SEIZED):
        perform(case, seizing.ON_THE_SPOT, actor=fresh(cast.officer), data=measures.spot_data(cast, case, at))
    return measures.again(case)


def summons_unprinted(cast: Cast) -> Any:
    """The hearing is arranged; its notice is still being made."""
    case = hearing.asked(cast)
    with scene.on(hearing.SCHEDULED):
        form = hearing.schedule_data(cast)
        proposal = proposals.request(hearing.again(case), hearings.SCHEDULE, actor=fresh(cast.officer), data=form)
        proposals.approve(proposal, actor=fresh(cast.head))
    return hearing.again(case)


def paid(cast: Cast) -> Any:
    return execution.pay(cast, scene.served(cast), 5000, "PJ-1", dt.date(2025, 8, 19))


def annulled(cast: Cast) -> Any:
    case = scene.served(cast)
    with scene.on(scene.DECIDED, 15):
        form = data.Annul(outcome="revoked", by_whom="本机关", ground="示例（虚构）")
        perform(Case.objects.get(pk=case.pk), steps.ANNUL, actor=fresh(cast.head), data=form)
    return Case.objects.get(pk=case.pk)


def court_asked(cast: Cast) -> Any:
    return execution.applied(cast, scene.served(cast))


def urging_unprinted(cast: Cast) -> Any:
    """Urged; the paper is still being made."""
    case = scene.served(cast)
    with scene.on(dt.date(2026, 2, 2)):
        form = after_data.Urge(party=execution.party_of(case))
        proposal = proposals.request(Case.objects.get(pk=case.pk), after.URGE, actor=fresh(cast.officer), data=form)
        proposals.approve(proposal, actor=fresh(cast.head))
    return Case.objects.get(pk=case.pk)


def incomplete(cast: Cast) -> Any:
    """As an imported decision that lacks something."""
    case = scene.decided(cast)
    Case.objects.filter(pk=case.pk).update(to_complete=["content"], origin="imported")
    return Case.objects.get(pk=case.pk)


def spot_filed(cast: Cast) -> Any:
    case = summary.handed_over(cast)
    with scene.on(summary.DAY, 13):
        form = spot_data.FileWithAgency(file=summary.photo(cast, case))
        perform(case, spot.FILE, actor=fresh(cast.officer), data=form)
    return Case.objects.get(pk=case.pk)


def on_review(cast: Cast) -> Any:
    act = light.recorded(cast, light.accepted(cast))
    form = light_data.SubmitReview(proposal="示例决定内容（虚构）")
    return light.do(cast, act, light_steps.SUBMIT, form)


def empty_batch(cast: Cast) -> Any:
    return Batch.objects.create(
        matter=Matter.objects.create(
            kind="enforcement.catalogue_file", department=cast.market, title="示例", opened_at=timezone.now()
        ),
        department=cast.market,
        file_name="清单.csv",
        digest="0" * 64,
        target="item",
        effective_from=scene.FILED,
    )


SCENES: list[tuple[str, Callable[[Cast], Any], tuple[Row, ...]]] = [
    (
        "刚立案：没有措施、没有责令、没有情节",
        scene.filed,
        (
            Row("measures.carry_out", "seizure_ordered", "没有批准的查封、扣押：强制法18条"),
            Row("measures.confirm", "waits_for_head", "没有当场采取、等待补批的措施：QZ-03"),
            Row("measures.begin_appraisal", "seizure_runs", "没有正在查封、扣押的：QZ-02"),
            Row("measures.end_appraisal", "appraisal_runs", "没有正在鉴定的：QZ-02"),
            Row("measures.dispose", "something_in_custody", "没有保存、查封、扣押的物品：强制法27条"),
            Row("measures.hand_over", "paper_to_hand", "没有待交付的决定书：强制法24条"),
            Row("measures.check_correction", "correction_ordered_once", "没有待复查的责令改正：处罚法28条"),
            Row("enforcement.case.unmitigate", "some_circumstance", "没有认定从轻、减轻情节：处罚法32条"),
            Row("review.clear_suspicion", "suspicion_open", "没有记录涉嫌犯罪：处罚法57条1款4项"),
            Row("review.chair", "returned_and_not_chaired", "没有被退回的审核：118号（十四）"),
            Row("review.withdraw", "round_waits", "没有等待审核的送审：CF-10"),
            Row("review.opine", "own_round", "没有由本人承办的审核：CF-10"),
            Row("people.decide_recusal", "recusal_asked", "没有等待决定的回避：CF-33"),
            Row("hearing.serve", "summons_to_serve", "没有待送达的听证通知书：CF-07"),
            Row("hearing.hold", "hearing_ahead", "没有已安排的听证：处罚法64条"),
            Row("hearing.report", "report_due", "没有等待报告的听证：处罚法65条"),
        ),
    ),
    (
        "陈述、申辩没有复核",
        unanswered,
        (Row("enforcement.case.decide", "statements_answered", "申辩须复核：处罚法45条、62条"),),
    ),
    (
        "已经记录涉嫌犯罪",
        suspected,
        (Row("review.suspect", "suspicion_new", "已经记录，没有排除：处罚法27条"),),
    ),
    (
        "已送审，还没有人承办",
        in_review,
        (Row("review.opine", "own_round", "还没有审核人员承办：CF-10"),),
    ),
    (
        "听证已经安排，通知书还没有送达",
        hearing.scheduled,
        (
            Row("hearing.schedule", "no_hearing_ahead", "听证已经安排：处罚法64条"),
            Row("hearing.hold", "hearing_day_come", "没有到听证的时间：CF-07"),
        ),
    ),
    (
        "决定已送达，罚款没有到期",
        scene.served,
        (
            Row("execution.end_remedy", "remedy_running", "没有正在进行的复议、诉讼：处罚法73条"),
            Row("execution.serve_urging", "urging_on_its_way", "没有待送达的催告书：强制法54条"),
            Row("execution.court_answer", "application_pending", "没有等待法院处理的申请：QZ-06"),
            Row("execution.answer_application", "application_waits", "没有等待决定的申请：处罚法66条"),
            Row("execution.answer_opinion", "opinion_open", "没有等待复核的意见：强制法36条"),
        ),
    ),
    (
        "决定已作出，还没有送达",
        scene.decided,
        (
            Row("execution.defer", "decision_served", "缴款期限没有开始：CF-19"),
            Row("execution.apply_court", "served_on_all", "决定没有送达：强制法53条、CF-15"),
            Row("measures.extend", "clock_runs", "办案期限已经停止：CF-04"),
        ),
    ),
    (
        "罚款已经缴清",
        paid,
        (
            Row("enforcement.case.pay", "something_due", "没有待缴的款项：CF-19"),
            Row("execution.defer", "fine_unpaid", "缴清的不须分期：处罚法66条2款"),
            Row("execution.urge", "something_left", "没有可催告的：强制法53条"),
        ),
    ),
    ("决定已被撤销", annulled, (Row("enforcement.case.annul", "decision_in_force", "已不是有效状态：CF-17", "head"),)),
    (
        "已申请法院强制执行",
        court_asked,
        (Row("enforcement.case.close", "no_application_pending", "法院还没有结果：强制法53条"),),
    ),
    (
        "已催告，催告书还在制作",
        urging_unprinted,
        (Row("execution.serve_urging", "urging_rendered", "没有做好的文书不能送达：强制法54条"),),
    ),
    (
        "听证已经安排，通知书还在制作",
        summons_unprinted,
        (Row("hearing.serve", "summons_ready", "没有做好的通知书不能送达：CF-07"),),
    ),
    (
        "归集的决定，信息还没有补正完整",
        incomplete,
        (
            Row("people.assign", "handled_here", "不在本平台办理的不分派：CF-01", "head"),
            Row("enforcement.case.confirm_service", "service_begun", "没有开始而未生效的送达：CF-15"),
            Row("enforcement.case.serve_decision", "nothing_to_complete", "先补正：SX-03"),
        ),
    ),
    (
        "线索，还没有办案人员",
        scene.registered,
        (
            Row("people.reassign", "somebody_handles", "没有可更换的：CF-01"),
            Row("people.declare_recusal", "acts_in_the_case", "不办案的人不须回避：CF-33", "legal"),
            Row("measures.explain_missing", "something_missing", "没有缺少的记录：SX-07、SX-08"),
        ),
    ),
    (
        "当场处罚，罚款到银行缴纳，已报备案",
        spot_filed,
        (
            Row("summary.file", "not_filed_with_agency_yet", "已经报备案：CF-24"),
            Row("summary.hand_in", "cash_with_officers", "没有当场收缴款：CF-26"),
            Row("summary.bank", "cash_with_agency", "机关没有待缴的当场收缴款：CF-26"),
        ),
    ),
    (
        "许可申请已经受理",
        light.accepted,
        (
            Row("lightacts.execute", "needs_execution", "许可没有执行环节：SX-03"),
            Row("lightacts.urge", "not_urged_yet", "只有强制执行须催告：强制法35条"),
            Row("lightacts.accept", "not_accepted_yet", "已经受理：许可法32条"),
            Row("lightacts.refuse", "not_accepted_yet", "已经受理的不能不予受理：许可法32条"),
        ),
    ),
    ("送审人自己审核", on_review, (Row("lightacts.opine", "reviewer_did_not_handle", "须由他人审核：SX-11"),)),
    (
        "目录中的执法事项",
        lists.item_entry,
        (Row("enforcement.catalogue.revise_review", "catalogue_kind", "另一种目录的步骤：处罚法38条"),),
    ),
    (
        "文件里没有可以采用的行",
        empty_batch,
        (Row("enforcement.catalogue.adopt", "batch_has_rows", "没有可以采用的：处罚法38条"),),
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "build", "rows"), SCENES, ids=[scene_[0] for scene_ in SCENES])
def test_in_this_state_the_step_is_blocked_by_its_gate(
    cast: Cast, state: str, build: Callable[[Cast], Any], rows: tuple[Row, ...]
) -> None:
    subject = build(cast)
    with scene.on(scene.DECIDED + dt.timedelta(days=1)):
        for row in rows:
            found = availability(subject, action_named(row.action), fresh(getattr(cast, row.who))).unmet
            answered = {one.gate: one for one in found}
            assert row.gate in answered, (state, row, sorted(answered))
            assert answered[row.gate].citation, row
            assert answered[row.gate].sentence, row


@pytest.mark.django_db
def test_a_seizure_on_the_spot_is_not_extended_before_it_is_approved(cast: Cast) -> None:
    """QZ-03: it waits for the head; the form says which seizure is meant, so the gate needs it."""
    case = seized_on_the_spot(cast)
    with scene.on(measures.SEIZED, 12):
        form = keeping.ExtendSeizure(measure=Measure.objects.get(case=case.pk).pk, days=30, reason="案情复杂（虚构）")
        found = measures.refused(
            lambda: proposals.request(case, seizing.EXTEND_SEIZURE, actor=fresh(cast.officer), data=form)
        )
    assert "approved_afterwards" in found


@pytest.mark.django_db
def test_who_records_a_deliberation_took_part_in_it(cast: Cast) -> None:
    """CF-12: a record by somebody who was not there is none."""
    case = scene.notice_served(cast)
    form = review.deliberate_data(cast, case, participants=(cast.deputy.pk,))
    with scene.on(review.REVIEWED):
        found = review.unmet(lambda: perform(case, reviews.DELIBERATE, actor=fresh(cast.head), data=form))
    assert "chair_present" in found


@pytest.mark.django_db
def test_a_lead_is_assigned_to_two_officers_at_least(cast: Cast) -> None:
    """CF-01: one alone cannot handle a case."""
    case = scene.registered(cast)
    with scene.on(scene.FILED):
        first, _second = certified(cast)
        form = Assign(officers=(first.pk,), reason="示例（虚构）")
        found = review.unmet(lambda: perform(case, ASSIGN, actor=fresh(cast.head), data=form))
    assert "两人" in found["all_fit"]


def named_in_tests() -> set[str]:
    """Every string the tests of these rooms write."""
    found: set[str] = set()
    for folder in WHERE:
        for path in sorted((TESTS / folder).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found |= {
                node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return found


def test_no_gate_of_enforcement_is_left_without_a_test() -> None:
    gates = {
        gate.key: action.key
        for action in all_actions()
        if action.model.__module__.startswith("enforcement")
        for gate in gates_of(action)
    }
    assert len(gates) > 100
    left_out = sorted(set(gates) - named_in_tests())
    assert left_out == []
