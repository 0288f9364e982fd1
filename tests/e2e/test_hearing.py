"""A party asks for a hearing and gets it; another case ends without a penalty; by those whose steps they are."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.utils import timezone

from enforcement.hearing import actions
from enforcement.hearing.models import Hearing
from enforcement.models import Case
from enforcement.review import actions as review_actions
from enforcement.review import data as review_data
from portal.workflow.door import perform
from tests import case_scenes as scene
from tests import hearing_scenes as hearing
from tests.cast import fresh
from tests.e2e.conftest import Person, Stage
from tests.e2e.test_spine import PDF, approve, eventually, papers_ready
from tests.enforcement.review import scenes as review

pytestmark = pytest.mark.browser
HEARD = "请求减轻：当天已经下架，没有售出（虚构）。"


def days_ago(count: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=count)


def asked_long_ago(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case whose notice was served five weeks ago; its days are moved from August into the near past."""
    for name, day in (("FILED", 40), ("CONCLUDED", 38), ("NOTIFIED", 37), ("SERVED", 36)):
        monkeypatch.setattr(scene, name, days_ago(day))
    return hearing.asked(stage.cast, day=days_ago(35), party={"party_name": "听证示例店（虚构）"})


def reviewed(stage: Stage, case: Case) -> None:
    """Sent to review and passed by Wang, after the hearing."""
    review.qualified(stage.cast.legal)
    for actor, action, form in (
        (stage.cast.officer, review_actions.SUBMIT, review.submit_data(case)),
        (stage.cast.legal, review_actions.TAKE, review_data.Take()),
        (stage.cast.legal, review_actions.OPINE, review.opine_data()),
    ):
        perform(Case.objects.get(pk=case.pk), action, actor=fresh(actor), data=form)


def test_a_hearing_is_arranged_and_its_notice_served(
    stage: Stage, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    officer, head, chair = people["officer"], people["head"], people["legal"]
    case = asked_long_ago(stage, monkeypatch)
    page = f"/desk/cases/{case.pk}/"
    officer.go(page)
    officer.look("hearing-asked")

    officer.page.locator("main").get_by_role("link", name="安排听证", exact=True).first.click()
    officer.page.wait_for_load_state()
    officer.look("hearing-schedule")
    officer.fill(chair=str(stage.cast.legal.pk), recorder=str(stage.cast.dept_admin.pk), public="true")
    officer.submit()
    approve(head, case.pk, picture="hearing-approve")
    eventually(lambda: papers_ready(case))
    officer.go(page)
    officer.look("hearing-ahead")
    today = timezone.localdate().isoformat()
    officer.act("登记听证通知书送达", method="direct", served_on=today, receiver="王小虚")
    chair.go(page)
    chair.look("hearing-told")
    # The day has not come: nothing to enter yet, and no decision.
    assert chair.page.locator("main").get_by_role("link", name="登记听证举行", exact=True).count() == 0
    officer.go(page)
    assert officer.page.get_by_role("button", name="作出处罚决定").get_attribute("aria-disabled") == "true"


def test_the_day_of_the_hearing(
    stage: Stage, people: dict[str, Person], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = tmp_path / "听证笔录.pdf"
    signed.write_bytes(PDF)
    case = asked_long_ago(stage, monkeypatch)
    yesterday = days_ago(1)
    with scene.on(days_ago(30)):
        form = hearing.schedule_data(stage.cast, yesterday)
        hearing.by_head(stage.cast, case, actions.SCHEDULE, form)
    hearing.told(stage.cast, case, days_ago(29))
    page = f"/desk/cases/{case.pk}/"

    chair, officer = people["legal"], people["officer"]
    chair.go(page)
    chair.page.locator("main").get_by_role("link", name="登记听证举行", exact=True).first.click()
    chair.page.wait_for_load_state()
    chair.look("hearing-record-form")
    chair.fill(ended_at=f"{yesterday.isoformat()}T12:00", defence=HEARD, signed="signed", file=str(signed))
    chair.submit()
    assert Hearing.objects.get(act=case.pk).outcome == "held"
    chair.go(page)
    chair.act("提出听证报告（参照）", report="争议在下架的时间（虚构）。", advice="建议采纳减轻的意见（虚构）。")
    chair.go(page)
    chair.look("hearing-held")
    officer.go(page)
    officer.look("hearing-after")
    reviewed(stage, case)
    officer.go(page)
    officer.act("作出处罚决定", answered=True, hearing_opinion="下架的时间属实，裁量时已经考虑（虚构）。")
    approve(people["head"], case.pk, picture="hearing-decision")
    assert Case.objects.get(pk=case.pk).state == "decided"


def test_a_case_ends_without_penalty(stage: Stage, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, day in (("FILED", 10), ("CONCLUDED", 8)):
        monkeypatch.setattr(scene, name, days_ago(day))
    case = scene.investigated(stage.cast, party_name="首违示例店（虚构）")
    officer, head = people["officer"], people["head"]
    page = f"/desk/cases/{case.pk}/"
    officer.go(page)
    officer.page.locator("main details summary", has_text="其他动作").first.click()
    officer.page.locator("main").get_by_role("link", name="决定不予处罚", exact=True).first.click()
    officer.page.wait_for_load_state()
    officer.look("no-penalty-form")
    officer.fill(ground="first", reasons="初次违法，当天下架，没有售出（虚构）。")
    with officer.page.expect_navigation():
        officer.page.locator("main form.zf-form button[type=submit]:not([name])").first.click()
    officer.look("no-penalty-refused")
    officer.fill(
        corrected="检查当日下架销毁，次日复查属实（虚构）。", education="当面宣讲进货查验和保质期管理（虚构）。"
    )
    officer.submit()
    approve(head, case.pk, picture="no-penalty-approve")
    eventually(lambda: papers_ready(case))
    today = timezone.localdate().isoformat()
    officer.go(page)
    officer.act("登记决定书送达", method="direct", begun_on=today, effective_on=today, receiver="王小虚")
    officer.go(page)
    officer.look("no-penalty-served")
    officer.act("结案", ground="no_penalty", opinion="决定书已送达（虚构）。")
    approve(head, case.pk)
    assert Case.objects.get(pk=case.pk).state == "closed"
