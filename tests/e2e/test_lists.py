"""The list of cases in real browsers: a view kept, a file taken, cases assigned; and two people at one form."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from enforcement.cases import actions
from enforcement.models import ActOfficer, Case
from portal.web.models import Export
from portal.workflow import proposals
from tests import scenes
from tests.cast import fresh
from tests.e2e.conftest import Person, Stage
from tests.e2e.test_spine import eventually

pytestmark = pytest.mark.browser


def test_a_view_is_kept_a_file_is_taken_and_cases_are_assigned(people: dict[str, Person], stage: Stage) -> None:
    head, officers = people["head"], stage.officers()
    cases = [scenes.lead(stage.cast, party_name=f"示例分派 {place} 店（虚构）") for place in range(4)]
    page = head.page
    head.go("/desk/cases/")
    page.locator("main input[type=search]").fill("示例分派")
    page.locator("main form[role=search] button").click()
    page.get_by_label("线索").check()
    page.get_by_role("button", name="按所选筛选").click()
    page.locator("summary", has_text="栏目").click()
    for label in ("当事人", "办案人员"):
        page.locator(".zf-menu[open]").get_by_label(label, exact=True).check()
    page.get_by_role("button", name="显示所选栏目").click()
    page.locator("summary", has_text="视图").click()
    page.get_by_label("把现在的筛选、排序和栏目存为视图").fill("待分派的线索")
    page.locator(".zf-menu[open]").get_by_label("与本部门共用").check()
    head.look("lists-view-menu")
    head.press("保存视图")
    assert page.locator("summary", has_text="待分派的线索").count() == 1
    assert page.locator("main tbody tr").count() == 4
    head.look("lists-cases")

    page.locator("summary", has_text="导出").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[0] for row in rows[1:]] == [case.title for case in reversed(cases)]
    head.go("/desk/exports/")
    assert Export.objects.latest("pk").rows == 4
    head.look("lists-exports")
    head.go("/desk/views/")
    head.look("lists-views")
    page.get_by_role("link", name="修改", exact=True).first.click()
    page.wait_for_load_state()
    head.look("lists-view-form")

    scenes.filed(stage.cast, cases[3])
    head.go("/desk/cases/?q=示例分派&sort=registered_on")
    boxes = page.locator("main input[name=pick]")
    assert boxes.count() == 4
    boxes.nth(0).check()
    boxes.nth(3).check()
    head.press("分派办案人员：勾选的")
    head.fill(lead=str(officers[0]), officer=(str(officers[1]),))
    head.look("lists-assign")
    head.page.get_by_role("button", name="分派", exact=True).click()
    page.wait_for_selector(".zf-errors")
    head.fill(reason="按辖区分工（虚构）")
    with page.expect_navigation():
        page.get_by_role("button", name="分派", exact=True).click()
    text = page.locator("main").inner_text()
    assert "1 件没有分派" in text
    assert "1 件已分派" in text
    assert "没有变化" in text
    head.look("lists-assigned")
    assert set(ActOfficer.objects.filter(act_id=cases[0].pk, until=None).values_list("officer", flat=True)) == set(
        officers
    )
    assert not ActOfficer.objects.filter(act_id=cases[1].pk).exists()


def test_two_people_at_one_form_know_of_each_other_and_overwrite_nothing(
    people: dict[str, Person], stage: Stage
) -> None:
    case = scenes.lead(stage.cast, party_name="示例两人店（虚构）")
    form = f"/desk/do/{case.pk}/enforcement.case.amend/"
    first, second = people["officer"], people["second_officer"]
    first.go(form)
    first.fill(facts="第一个人改的事实（虚构）")
    first.page.locator("[name=facts]").blur()
    eventually(lambda: "草稿已自动保存" in first.page.locator(".zf-saved").inner_text(), 20)
    second.go(form)
    assert "陈示例正在填这张表" in second.page.locator("main").inner_text()
    second.look("together-second-opens")
    second.fill(facts="第二个人改的事实（虚构）")
    first.submit()
    with second.page.expect_navigation():
        second.page.locator("main form.zf-form button[type=submit]:not([name])").first.click()
    told = second.page.locator("main").inner_text()
    assert "您开始填写之后，这件事有了变化" in told
    assert "第一个人改的事实（虚构）" in told
    assert second.page.locator("[name=facts]").input_value() == "第二个人改的事实（虚构）"
    second.look("together-moved-on")
    case.refresh_from_db()
    assert case.facts == "第一个人改的事实（虚构）"
    second.submit()
    case.refresh_from_db()
    assert case.facts == "第二个人改的事实（虚构）"

    filing = f"/desk/do/{case.pk}/enforcement.case.file/"
    first.go(filing)
    first.fill(opinion="第一个人的意见（虚构）")
    other = proposals.request(
        case, actions.FILE, actor=fresh(stage.cast.second_officer), data=scenes.file_data(stage.cast)
    )
    proposals.approve(other, actor=fresh(stage.cast.head))
    with first.page.expect_navigation():
        first.page.locator("main form.zf-form button[type=submit]:not([name])").first.click()
    told = first.page.locator("main").inner_text()
    assert "已由赵示例于" in told
    assert "第一个人的意见（虚构）" in told
    first.look("together-overtaken")
    assert Case.objects.get(pk=case.pk).state == "filed"


def test_a_case_is_walked_by_single_keys(people: dict[str, Person], stage: Stage) -> None:
    case = scenes.filed(stage.cast, scenes.lead(stage.cast, party_name="示例快捷店（虚构）"))
    officer = people["officer"]
    officer.go(f"/desk/cases/{case.pk}/")
    keyboard, page = officer.page.keyboard, officer.page

    def focused() -> str:
        return str(
            page.evaluate("document.activeElement.getAttribute('aria-labelledby') || document.activeElement.innerText")
        )

    keyboard.press("j")
    assert focused() == "facts"
    keyboard.press("j")
    assert focused() == "evidence"
    keyboard.press("k")
    assert focused() == "facts"
    keyboard.press("n")
    assert page.evaluate("document.activeElement.closest('[aria-labelledby=next-steps]') !== null")
    keyboard.press("w")
    assert page.locator(".zf-why[open]").count() == 1
    officer.look("workspace-why-not")
    keyboard.press("t")
    assert page.locator(".zf-clock details[open]").count() == 1
    page.locator(".zf-tools input[type=search]").first.focus()
    page.keyboard.type("jk?")
    assert page.locator(".zf-tools input[type=search]").first.input_value() == "jk?"
    assert not page.locator("#keys").is_visible()
