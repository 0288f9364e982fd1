"""The catalogues: four eyes, versions by day, tiers without gaps, and what a case must answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from disclosure.public.models import PublishedItem
from enforcement.cases import actions as cases
from enforcement.catalogue import actions, batches, forms, queries
from enforcement.catalogue.models import AppliedTier, Batch, Benchmark, Entry, HearingThreshold
from enforcement.catalogue.tiers import tier_problems
from enforcement.models import EnforcementItem
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid
from tests import case_scenes
from tests.cast import Cast, fresh
from tests.catalogue import scenes

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + dt.timedelta(days=1)


def test_nobody_approves_his_own_entry(cast: Cast) -> None:
    proposal = proposals.request(None, actions.ADD_ITEM, actor=fresh(cast.officer), data=scenes.item_data())
    assert not EnforcementItem.objects.exists()
    with pytest.raises(Forbidden):
        proposals.approve(proposal, actor=fresh(cast.officer))
    proposals.approve(proposal, actor=fresh(cast.head))
    made = EnforcementItem.objects.get()
    assert made.citations[0] | {"text": ""} == {
        "law": "食品安全法", "article": "一百二十四", "paragraph": "一", "item": "五", "text": "",
    }  # fmt: skip


def test_a_new_version_ends_the_one_before_and_the_case_keeps_its_own(cast: Cast) -> None:
    entry = scenes.item_entry(cast)
    case = case_scenes.registered(cast)
    revised = forms.ReviseItem(
        **{name: getattr(scenes.item_data(), name) for name in forms.ReviseItem.__dataclass_fields__}
        | {"name": "第二版（虚构）", "effective_from": TOMORROW}
    )
    scenes.done(cast, entry, actions.REVISE_ITEM, revised)
    first, second = EnforcementItem.objects.order_by("version")
    assert (first.effective_to, second.effective_from) == (TOMORROW - dt.timedelta(days=1), TOMORROW)
    case.refresh_from_db()
    assert case.item == first
    assert Entry.objects.get(pk=entry.pk).title == "第二版（虚构）"


def test_a_new_version_cannot_begin_in_the_past(cast: Cast) -> None:
    entry = scenes.item_entry(cast)
    revised = forms.ReviseItem(
        **{name: getattr(scenes.item_data(), name) for name in forms.ReviseItem.__dataclass_fields__}
        | {"effective_from": dt.date(2021, 1, 1)}
    )
    with pytest.raises(Invalid) as error:
        proposals.request(entry, actions.REVISE_ITEM, actor=fresh(cast.officer), data=revised)
    assert set(error.value.fields) == {"effective_from"}


def test_two_versions_of_one_entry_cannot_be_in_force_on_one_day(cast: Cast) -> None:
    entry = scenes.done(cast, None, actions.ADD_HEARING, scenes.hearing_data())
    with pytest.raises(IntegrityError), transaction.atomic():
        HearingThreshold.objects.create(
            entry=entry, version=2, natural=1, organisation=1, ground="x", effective_from=dt.date(2026, 1, 1)
        )


@pytest.mark.parametrize(
    ("tiers", "wrong"),
    [
        ([(10, 40), (40, 70), (70, 100)], []),
        ([(10, 40), (50, 70), (70, 100)], [1]),
        ([(10, 40), (30, 70), (70, 100)], [1]),
        ([(20, 40), (40, 70), (70, 90)], [0, 2]),
        ([(None, None), (10, 40), (40, 100)], []),
        ([(10, None), (40, 100)], [0]),
    ],
)
def test_tiers_have_no_gap_and_no_overlap(tiers: list[Any], wrong: list[int]) -> None:
    rows = [
        SimpleNamespace(name=str(n), lowest=low and Decimal(low), highest=high and Decimal(high))
        for n, (low, high) in enumerate(tiers)
    ]
    assert [place for place, _why in tier_problems("yuan", Decimal(10), Decimal(100), rows)] == wrong


def test_fewer_than_three_tiers_need_a_reason(cast: Cast) -> None:
    entry = scenes.item_entry(cast)
    two = scenes.benchmark_data(name_3="", high_2=Decimal(20000))
    with pytest.raises(Blocked) as error:
        proposals.request(entry, actions.BENCHMARK, actor=fresh(cast.officer), data=two)
    assert [unmet.gate for unmet in error.value.unmet] == ["enough_tiers"]
    scenes.done(cast, entry, actions.BENCHMARK, replace(two, fewer_reason="幅度很窄（虚构）"))
    assert Benchmark.objects.get().tiers.count() == 2


def test_a_penalty_outside_its_tier_needs_a_reason(cast: Cast) -> None:
    scenes.done(cast, scenes.item_entry(cast), actions.BENCHMARK, scenes.benchmark_data())
    case = case_scenes.filed(cast)
    light, middle, _heavy = queries.tiers_of(case)
    with case_scenes.on(case_scenes.CONCLUDED):
        actor = fresh(cast.officer)
        perform(case, cases.ADD_EVIDENCE, actor=actor, data=case_scenes.evidence_data())
        for tier, reason in ((None, ""), (light.pk, ""), (None, "理由"), (999_999, "理由")):
            with pytest.raises(Blocked) as error:
                perform(
                    case, cases.CONCLUDE, actor=actor, data=case_scenes.conclude_data(tier=tier, tier_reason=reason)
                )
            assert [unmet.gate for unmet in error.value.unmet] == ["inside_tier"]
        perform(case, cases.CONCLUDE, actor=actor, data=case_scenes.conclude_data(tier=middle.pk))
    kept = AppliedTier.objects.get()
    assert (kept.inside, kept.fine, kept.stage) == (True, Decimal(5000), "proposed")


def test_a_reason_lets_a_penalty_leave_its_tier_and_is_kept(cast: Cast) -> None:
    scenes.done(cast, scenes.item_entry(cast), actions.BENCHMARK, scenes.benchmark_data())
    case = case_scenes.filed(cast)
    light = queries.tiers_of(case)[0]
    with case_scenes.on(case_scenes.CONCLUDED):
        actor = fresh(cast.officer)
        perform(case, cases.ADD_EVIDENCE, actor=actor, data=case_scenes.evidence_data())
        form = case_scenes.conclude_data(tier=light.pk, tier_reason="拒不改正（虚构）")
        perform(case, cases.CONCLUDE, actor=actor, data=form)
    kept = AppliedTier.objects.get()
    assert (kept.tier, kept.inside, kept.reason) == (light, False, "拒不改正（虚构）")


def test_a_tier_of_another_item_is_not_kept(cast: Cast) -> None:
    other = scenes.done(cast, scenes.item_entry(cast, code="9.99"), actions.BENCHMARK, scenes.benchmark_data())
    foreign = Benchmark.objects.get(entry=other).tiers.first()
    assert foreign is not None
    case = case_scenes.filed(cast)
    with case_scenes.on(case_scenes.CONCLUDED):
        actor = fresh(cast.officer)
        perform(case, cases.ADD_EVIDENCE, actor=actor, data=case_scenes.evidence_data())
        form = case_scenes.conclude_data(tier=foreign.pk, tier_reason="理由（虚构）")
        perform(case, cases.CONCLUDE, actor=actor, data=form)
    assert not AppliedTier.objects.exists()


def test_the_review_catalogue_blocks_a_decision_whatever_was_ticked(cast: Cast) -> None:
    rule = forms.AddReview(
        code="SH-1", name="五千元以上罚款", text="五千元以上", organisation=Decimal(5000), natural=Decimal(5000),
        ground="示例（虚构）", effective_from=scenes.SINCE, reason="设定",
    )  # fmt: skip
    scenes.done(cast, None, actions.ADD_REVIEW, rule)
    case = case_scenes.notice_served(cast)
    with case_scenes.on(case_scenes.DECIDED), pytest.raises(Blocked) as error:
        proposals.request(case, cases.DECIDE, actor=fresh(cast.officer), data=case_scenes.decide_data(case))
    assert [unmet.gate for unmet in error.value.unmet] == ["review_passed"]
    assert "五千元以上罚款" in error.value.unmet[0].sentence


def test_a_benchmark_of_tomorrow_does_not_bind_a_case_of_today(cast: Cast) -> None:
    scenes.done(cast, scenes.item_entry(cast), actions.BENCHMARK, scenes.benchmark_data(effective_from=TOMORROW))
    assert not queries.tiers_of(case_scenes.registered(cast)).exists()


def test_a_fine_that_reaches_the_departments_amount_carries_the_right_to_a_hearing(cast: Cast) -> None:
    scenes.done(cast, None, actions.ADD_HEARING, scenes.hearing_data(organisation=Decimal(5000)))
    case = case_scenes.investigated(cast)
    with case_scenes.on(case_scenes.NOTIFIED):
        actor = fresh(cast.officer)
        with pytest.raises(Blocked) as error:
            proposals.request(case, cases.NOTIFY, actor=actor, data=case_scenes.notify_data(case))
        assert "5000" in error.value.unmet[0].sentence
        offered = case_scenes.notify_data(case, hearing_offered=True)
        assert proposals.request(case, cases.NOTIFY, actor=actor, data=offered).pk


def test_below_the_amount_nothing_need_be_answered(cast: Cast) -> None:
    scenes.done(cast, None, actions.ADD_HEARING, scenes.hearing_data())
    case = case_scenes.investigated(cast)
    with case_scenes.on(case_scenes.NOTIFIED):
        data = case_scenes.notify_data(case, hearing_ground="")
        assert proposals.request(case, cases.NOTIFY, actor=fresh(cast.officer), data=data).pk


def test_the_review_catalogue_says_why_an_outcome_needs_review(cast: Cast) -> None:
    rule = forms.AddReview(
        code="SH-1", name="大额罚没", text="大额", organisation=Decimal(100000), penalty_kinds=("revoke_licence",),
        ground="示例（虚构）", effective_from=scenes.SINCE, reason="设定",
    )  # fmt: skip
    scenes.done(cast, None, actions.ADD_REVIEW, rule)
    case = case_scenes.registered(cast)
    small = SimpleNamespace(kinds=["fine"], fine=Decimal(99999), confiscation=None)
    assert queries.major_review_reasons(case, small) == []
    large = SimpleNamespace(kinds=["fine"], fine=Decimal(99999), confiscation=Decimal(1))
    assert queries.major_review_reasons(case, large) == ["大额罚没（罚没 100,000 元，达到 100,000 元）"]
    heavy = SimpleNamespace(kinds=["revoke_licence"], fine=None, confiscation=None)
    assert queries.major_review_reasons(case, heavy) == ["大额罚没（吊销许可证件）"]


LIST = """序号,事项名称,执法类别,承办机构,依据
1,对甲的处罚,PENALTY,监管科,《示例条例》第38条
2,对乙的处罚,PENALTY,监管科,
3,对丙的检查,INSPECTION,监管科,《示例条例》第77条
3,对丁的检查,INSPECTION,监管科,《示例条例》第79条
"""


def take(cast: Cast, path: Path) -> tuple[Batch, bool]:
    """The file sent in by Chen."""
    defaults = {"field": "医疗保障", "reviewer": "法规科", "approver": "分管负责人"}
    return batches.take_in(
        path, department=cast.market, file_name="清单.csv", effective_from=timezone.localdate(), defaults=defaults,
        now=timezone.now(),
    )  # fmt: skip


def test_a_file_brings_its_good_rows_and_tells_the_others(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    batch, fresh_file = take(cast, path)
    assert fresh_file
    assert [row["code"] for row in batch.rows] == ["1", "3"]
    assert [(one["line"], one["column"], one["value"]) for one in batch.faults] == [(3, "依据", ""), (5, "序号", "3")]
    assert take(cast, path) == (batch, False)
    assert not EnforcementItem.objects.exists()
    scenes.done(cast, batch, actions.ADOPT, batches.Adopt(reason="示例清单（虚构）"))
    assert EnforcementItem.objects.count() == Entry.objects.count() == 2
    with path.open("a", encoding="utf-8") as file:
        file.write("\n")
    again, _fresh = take(cast, path)
    assert (again.rows, again.unchanged) == ([], 2)


def test_an_approved_item_is_public_at_once(cast: Cast) -> None:
    scenes.item_entry(cast)
    assert PublishedItem.objects.get(department_code=cast.market.code).name == "对销售超过保质期食品的处罚"
