"""On the spot too the fine keeps to its tier (处罚法34条): a table of what was chosen and what answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from enforcement.catalogue import actions as catalogue
from enforcement.catalogue import forms
from enforcement.catalogue.models import AppliedTier, Tier
from enforcement.models import Case, Circumstance, Decision, PenaltyKind
from enforcement.summary import actions
from portal.documents.models import Document
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Invalid
from tests import case_scenes as scene
from tests import summary_scenes as street
from tests.cast import Cast, fresh
from tests.catalogue import scenes as lists
from tests.catalogue.test_pages import signed_in
from tests.scenes import item

pytestmark = pytest.mark.django_db
WARNING, FINE = PenaltyKind.WARNING.value, PenaltyKind.FINE.value
REDUCED = {
    "reduced_ground": "remedied",
    "reduced_facts": "当场清理完毕（虚构）",
    "reduced_reasons": "主动消除了危害后果（虚构）",
}


def small(**changes: Any) -> Any:
    """Tiers of 20 to 50, 50 to 100 and 100 to 200 yuan."""
    ranges = {"lowest": 20, "highest": 200, "low_1": 20, "high_1": 50, "low_2": 50, "high_2": 100, "low_3": 100}
    amounts = {name: Decimal(value) for name, value in (ranges | {"high_3": 200}).items()}
    return lists.benchmark_data(**amounts | changes)


def benchmark(cast: Cast, **changes: Any) -> Any:
    """On the item of the scenes, in force since long."""
    return lists.done(cast, lists.item_entry(cast), catalogue.BENCHMARK, small(**changes))


def tier(place: int) -> int:
    """By its place in all versions, the lightest of the first is 0."""
    return int(Tier.objects.order_by("benchmark__version", "place").values_list("pk", flat=True)[place])


def listed(cast: Cast, **changes: Any) -> int:
    """An entry of the list of what is punished less; the key of its version."""
    form = forms.AddLeniency(
        code="L-1", name="当场改正（虚构）", list_name="reduced", circumstances="当场改正", ground="示例清单（虚构）",
        effective_from=lists.SINCE, reason="设定",
    )  # fmt: skip
    found = lists.done(cast, None, catalogue.ADD_LENIENCY, replace(form, **changes))
    return int(found.leniency_versions.get().pk)


@dataclass(frozen=True)
class Row:
    """State in words with its article; tier by place; fine in yuan; the gate that answers and words of its sentence."""

    state: str
    tier: int | None
    fine: int | None
    gate: str = ""
    words: str = ""
    form: dict[str, Any] = field(default_factory=dict)


TABLE = [
    Row("没有选阶次：34条", None, 60, "inside_tier", "请选择适用的阶次"),
    Row("没有选阶次，只写理由：34条", None, 60, "inside_tier", "请选择适用的阶次", {"tier_reason": "理由（虚构）"}),
    Row("没有选阶次，只写裁量理由：34条", None, 60, "inside_tier", "请选择", {"discretion": "初次（虚构）"}),
    Row("在阶次之内：34条", 1, 60),
    Row("正在下限：34条", 1, 50),
    Row("正在上限：34条", 0, 50),
    Row("高于上限：34条", 0, 60, "inside_tier", "须写明理由"),
    Row("高于上限，写明理由：34条", 0, 60, form={"tier_reason": "当场拒不改正（虚构）"}),
    Row("高于上限，减轻情节不是理由：34条", 0, 60, "inside_tier", "须写明理由", REDUCED),
    Row("低于下限，没有情节：32条", 1, 40, "inside_tier", "认定了减轻处罚的情节"),
    Row("低于下限，只写理由：32条", 1, 40, "inside_tier", "认定了减轻", {"tier_reason": "经营困难（虚构）"}),
    Row("低于下限，有减轻情节：32条1项", 1, 40, form=REDUCED),
    Row("只给警告而阶次有罚款，没有情节：32条", 1, None, "inside_tier", "认定了减轻", {"kinds": (WARNING,)}),
    Row("只给警告，有减轻情节：32条1项", 1, None, form=REDUCED | {"kinds": (WARNING,)}),
    Row("阶次没有的处罚种类：34条", 2, 150, "inside_tier", "须写明理由", {"kinds": (WARNING, FINE)}),
]


@pytest.mark.parametrize("row", TABLE, ids=[row.state for row in TABLE])
def test_a_penalty_on_the_spot_keeps_to_its_tier(cast: Cast, row: Row) -> None:
    benchmark(cast)
    changes = {"tier": None if row.tier is None else tier(row.tier), "fine": row.fine and Decimal(row.fine)} | row.form
    if row.gate:
        with pytest.raises(Blocked) as blocked:
            street.decided(cast, **changes)
        found = {one.gate: one for one in blocked.value.unmet}
        assert set(found) == {row.gate}
        assert row.words in found[row.gate].sentence
        assert found[row.gate].citation
        assert not Case.objects.filter(procedure="summary").exists()
        return
    case = street.decided(cast, **changes)
    kept = AppliedTier.objects.get()
    assert (kept.act_id, kept.tier_id, kept.stage, kept.fine) == (case.pk, changes["tier"], "decided", changes["fine"])
    assert kept.decision == case.decisions.get()
    assert kept.inside == (not row.form)
    assert bool(kept.reason) == bool(row.form)
    letter = Document.objects.get(matter=case.matter).context["content"]["discretion"]
    assert f"的“{kept.tier.name}”阶次：罚款" in letter  # type: ignore[union-attr]  # a tier was chosen
    assert row.form.get("tier_reason", "") in letter
    assert row.form.get("reduced_facts", "") in letter
    assert Circumstance.objects.filter(act=case.pk, effect="reduced").count() == ("reduced_ground" in row.form)


def test_an_item_without_a_benchmark_asks_for_nothing(cast: Cast) -> None:
    case = street.decided(cast, fine=Decimal(1))
    assert not AppliedTier.objects.exists()
    assert "阶次" not in Decision.objects.get(act=case.pk).reasons


@pytest.mark.parametrize(
    ("day", "place", "allowed"),
    [  # the second version, of 150 to 200 yuan for the lightest tier, begins on the day after
        (street.DAY, 0, True),
        (street.DAY, 3, False),
        (street.DAY + dt.timedelta(days=1), 0, False),
        (street.DAY + dt.timedelta(days=1), 3, True),
    ],
)
def test_the_version_of_the_day_of_the_decision_binds(cast: Cast, day: dt.date, place: int, allowed: bool) -> None:
    entry = benchmark(cast)
    scene.with_remedies(cast)
    with scene.on(street.DAY - dt.timedelta(days=3)):
        lists.done(cast, entry, catalogue.BENCHMARK, small(effective_from=street.DAY + dt.timedelta(days=1)))
    with scene.on(day):
        form = street.decide_data(cast, tier=tier(place), fine=Decimal(30), happened_at=street.at(day, 9))
        if allowed:
            perform(None, actions.DECIDE, actor=fresh(cast.officer), data=form)
            assert AppliedTier.objects.get().inside
            return
        with pytest.raises(Blocked) as blocked:
            perform(None, actions.DECIDE, actor=fresh(cast.officer), data=form)
    assert "请选择适用的阶次" in blocked.value.unmet[0].sentence


def test_the_tier_of_another_item_is_none_of_this_one(cast: Cast) -> None:
    benchmark(cast)
    other = lists.done(cast, lists.item_entry(cast, code="9.99"), catalogue.BENCHMARK, small())
    foreign = Tier.objects.filter(benchmark__entry=other)[0]
    with pytest.raises(Blocked) as blocked:
        street.decided(cast, tier=foreign.pk, tier_reason="理由（虚构）")
    assert {one.gate for one in blocked.value.unmet} == {"inside_tier"}


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"reduced_ground": "nonsense"}, "reduced_ground"),
        ({"reduced_ground": ""}, "reduced_ground"),
        ({"reduced_facts": " "}, "reduced_facts"),
        ({"reduced_reasons": ""}, "reduced_reasons"),
        ({"reduced_ground": "by_law"}, "reduced_provision"),
        ({"reduced_provision": "某条"}, "reduced_provision"),
        ({"reduced_ground": "listed"}, "reduced_entry"),
        ({"reduced_entry": 999_999}, "reduced_entry"),
    ],
)
def test_the_circumstance_is_whole_or_not_there(cast: Cast, changes: dict[str, Any], name: str) -> None:
    with pytest.raises(Invalid) as refused:
        street.decided(cast, **REDUCED | changes)
    assert name in refused.value.fields


def test_a_listed_circumstance_is_about_the_item_and_in_force_that_day(cast: Cast) -> None:
    benchmark(cast)
    entry = listed(cast)
    lists.item_entry(cast, code="9.99")
    wrong = [
        listed(cast, code="L-2", effective_from=street.DAY + dt.timedelta(days=1)),
        listed(cast, code="L-3", item_codes=("9.99",)),
        listed(cast, code="L-4", list_name="lighter"),
    ]
    form = REDUCED | {"reduced_ground": "listed", "tier": tier(1), "fine": Decimal(40)}
    for key in wrong:
        with pytest.raises(Blocked) as blocked:
            street.decided(cast, **form, reduced_entry=key)
        assert {one.gate for one in blocked.value.unmet} == {"reduced_entry_fits"}
    case = street.decided(cast, **form, reduced_entry=entry)
    assert "减免责清单“当场改正（虚构）”" in case.decisions.get().lenience
    assert AppliedTier.objects.get().leniencies.get().pk == entry


def test_the_line_under_the_form_offers_the_tiers_of_the_item_that_day(cast: Cast, client: Client) -> None:
    benchmark(cast)
    own, browser, url = item(cast), signed_in(client, cast.officer), "/desk/catalogue/spot/standing/"
    assert url in browser.get("/desk/new/summary.decide/").content.decode()
    typed = {"item": str(own.pk), "tier": str(tier(1)), "fine": "40", "kinds": "fine", "on": street.DAY.isoformat()}

    def said(**changes: str) -> str:
        return browser.post(url, typed | changes).content.decode()

    assert "认定了减轻处罚的情节" in said()
    assert "依认定的减轻情节" in said(reduced_ground="remedied")
    assert "罚款 100 元以上 200 元以下" in said()
    assert f'<option value="{tier(1)}" selected>' in said()
    assert "没有施行的裁量基准" in said(on="2019-12-31")
    foreign = item(cast, "7.1", cast.city)
    for odd in ("", "x", "9" * 40, str(foreign.pk)):
        assert "先选执法事项" in said(item=odd)
    for odd in ("", "2025-8", "0000-00-00", "99999-01-01"):
        assert "之内" in said(on=odd, fine="60")
    for odd in ("1e999999", "九", "-1"):
        assert "认定了减轻处罚的情节" in said(fine=odd)
