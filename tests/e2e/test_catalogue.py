"""Catalogue, radar and the comparison of decisions: from a proposal to the public page and to the case that uses it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from enforcement.cases import actions as case_actions
from enforcement.catalogue.models import AppliedTier, Entry, Tier
from portal.workflow.door import perform
from portal.workflow.models import Proposal
from tests import case_scenes, scenes
from tests.cast import fresh
from tests.e2e.conftest import Person, Stage
from tests.e2e.test_spine import eventually, register

pytestmark = pytest.mark.browser
FIRST, SECOND = "对销售过期糕点的处罚（虚构）", "对销售过期糕点和饮品的处罚（虚构）"
CONTENT = {
    "act_kind": "penalty",
    "field": scenes.FIELD,
    "violation": "销售过期糕点",
    "basis": "《食品安全法》第一百二十四条第一款第五项",
    "handler": "食品科",
    "reviewer": "法规科",
    "approver": "分管负责人",
}
TIERS = (
    ("较轻", "首次", "1,000", "4,000"),
    ("一般", "二次", "4,000", "10,000"),
    ("严重", "三次以上", "10,000", "20,000"),
)


def approved(head: Person, action: str, *, picture: str = "") -> None:
    """The head approves what an action has put forward."""
    waiting = Proposal.objects.get(action=f"enforcement.catalogue.{action}", state=Proposal.State.REQUESTED)
    head.go(f"/desk/proposals/{waiting.pk}/")
    if picture:
        head.look(picture)
    head.press("批准，")


def test_an_item_is_proposed_approved_published_and_used_in_the_version_of_its_day(
    people: dict[str, Person], stage: Stage
) -> None:
    officer, head, anyone = people["officer"], people["head"], people["anonymous"]
    today = timezone.localdate()
    officer.go("/desk/catalogue/")
    officer.act(
        "新增执法事项",
        code="9.01",
        name=FIRST,
        effective_from=today.isoformat(),
        reason="首次入目录（虚构）",
        **CONTENT,
    )
    approved(head, "add_item", picture="catalogue-proposal")
    entry = Entry.objects.get(department=stage.cast.market, code="9.01")
    page = f"/desk/catalogue/{entry.pk}/"

    officer.go(page)
    tiers = {
        f"{name}_{number}": value
        for number, tier in enumerate(TIERS, start=1)
        for name, value in zip(("name", "when", "low", "high"), tier, strict=True)
    }
    officer.act(
        "编制裁量基准",
        measure="yuan",
        lowest="1,000",
        highest="20,000",
        source="示例区裁量基准（虚构）",
        effective_from=today.isoformat(),
        reason="编制（虚构）",
        **tiers,
    )
    approved(head, "set_benchmark")
    officer.go(page)
    officer.act(
        "提出事项的新版本",
        name=SECOND,
        effective_from=(today + dt.timedelta(days=1)).isoformat(),
        reason="扩大范围（虚构）",
    )
    approved(head, "revise_item")
    officer.go(page)
    officer.look("catalogue-entry")
    officer.go("/desk/catalogue/?view=all")
    officer.look("catalogue-list")

    eventually(lambda: FIRST in anyone.go(stage.public + "/items/?q=过期糕点").content())
    anyone.look("catalogue-public")

    officer.stage_item = lambda: int(entry.items.get(version=1).pk)  # type: ignore[method-assign]  # the item this test is about
    case = register(officer, "示例糕点店（虚构）")
    item = case.item
    assert item is not None
    assert (item.name, item.version) == (FIRST, 1)
    text = officer.go(f"/desk/cases/{case.pk}/").locator("main").inner_text()
    assert FIRST in text
    assert SECOND not in text
    filed = scenes.filed(stage.cast, case)
    evidence = case_scenes.evidence_data(obtained_on=timezone.localdate())
    perform(filed, case_actions.ADD_EVIDENCE, actor=fresh(stage.cast.officer), data=evidence)
    penalty_against_its_tier(officer, case.pk)


def penalty_against_its_tier(officer: Person, case: int) -> None:
    """While the fine is typed the page says whether it lies in the tier."""
    officer.go(f"/desk/cases/{case}/")
    officer.page.locator("main").get_by_role("link", name="调查终结", exact=True).first.click()
    live = officer.page.locator(".zf-live")
    eventually(lambda: "请选择适用的阶次" in live.inner_text())
    tier = Tier.objects.get(benchmark__entry__code="9.01", place=2)
    officer.fill(kinds=("fine",), tier=str(tier.pk))
    for typed, words in (
        ("3,999", "只有认定了减轻处罚的情节"),
        ("4,000", "之内"),
        ("10,000.01", "4,000 元至 10,000 元"),
        ("", ""),
    ):
        field = officer.page.locator("[name=fine]")
        field.fill("")
        field.press_sequentially(typed)
        eventually(lambda words=words: words in live.inner_text(), 15)
    officer.look("catalogue-tier")


def test_decisions_on_an_item_are_compared_in_a_chart_with_its_table(people: dict[str, Person], stage: Stage) -> None:
    entry = Entry.objects.get(department=stage.cast.market, code="9.01")
    tiers = {tier.place: tier for tier in Tier.objects.filter(benchmark__entry=entry)}
    for place, fine in enumerate((1000, 1100, 1200, 1300, 1400, 1500, 1600, 4000, 500)):
        AppliedTier.objects.create(
            act=scenes.lead(stage.cast, party_name=f"示例比较 {place} 店（虚构）"),
            tier=tiers[1],
            stage=AppliedTier.Stage.DECIDED,
            fine=Decimal(fine),
            inside=fine >= 1000,
            reason="" if fine >= 1000 else "当事人确有困难（虚构）",
            on=timezone.localdate(),
        )
    supervisor = people["supervisor"]
    supervisor.go(f"/desk/catalogue/{entry.pk}/")
    supervisor.page.get_by_role("link", name="裁量对照").click()
    supervisor.page.wait_for_load_state()
    outstanding = supervisor.page.locator("[aria-labelledby=outstanding] tbody tr")
    assert outstanding.count() == 2
    assert supervisor.page.locator("main svg circle").count() == 7
    assert (
        "不在阶次之内：当事人确有困难（虚构）" in outstanding.all_inner_texts()[-1] + outstanding.all_inner_texts()[0]
    )
    supervisor.look("catalogue-outliers")


def test_both_departments_are_told_of_the_same_party_and_item(people: dict[str, Person], stage: Stage) -> None:
    party = "示例雷达店（虚构）"
    own = register(people["officer"], party)
    city = scenes.item(stage.cast, "7.1", stage.cast.city).pk
    other = scenes.lead(stage.cast, stage.cast.foreign_officer, item=city, party_name=party, address="对方才知道的地址")
    told: dict[str, Any] = {"officer": own, "foreign_officer": other}
    for part, case in told.items():
        person = people[part]
        text = person.go(f"/desk/cases/{case.pk}/").locator("main").inner_text()
        assert "其他部门可能在办同一件事" in text
        assert ("示例区城市管理局" if part == "officer" else "示例区市场监督管理局") in text
    assert "对方才知道的地址" not in people["officer"].page.content()
    people["officer"].look("radar-case")
    people["foreign_officer"].go("/desk/")
    people["foreign_officer"].look("radar-workbench")
    supervision_head = people["supervision_head"]
    supervision_head.go("/desk/radar/settings/")
    supervision_head.fill(days="20", alike="0.6", ground="示例纪要（虚构）")
    supervision_head.page.locator("main form button[type=submit]:not([name])").first.click()
    supervision_head.page.wait_for_selector(".zf-errors")
    supervision_head.fill(days="365")
    supervision_head.submit()
    supervision_head.look("radar-settings")
