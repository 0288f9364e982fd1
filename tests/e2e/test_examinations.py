"""From a file of questions to a result, in real browsers: the bureau, and an officer who closes his browser in between."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from personnel.examinations.models import Answer, Examination, QuestionFile, Sitting
from personnel.models import Officer
from tests.e2e.conftest import Person, Stage
from tests.e2e.test_supervision import eventually
from tests.e2e.test_training import local
from tests.examinations.files import BROKEN, bank_lines, content

pytestmark = pytest.mark.browser


def saved(person: Person, position: int) -> None:
    """Wait until the line under a question says so."""
    person.page.locator(f"#saved-{position}", has_text="已保存").wait_for()


def test_bank_examination_sitting_and_return(
    people: dict[str, Person], stage: Stage, chromium: Browser, tmp_path: Path, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock():
        newcomer, _known = Officer.objects.get_or_create(
            user=stage.cast.liaison, defaults={"department": stage.cast.market, "name": "崔示例"}
        )
    lu, yan = people["supervisor"], people["second_supervisor"]
    lu.go("/desk/examinations/bank/")
    lu.look("examinations-bank-empty")
    lu.go("/desk/examinations/bank/files/new/")
    lu.look("examinations-upload")
    file = tmp_path / "资格考试题库.txt"
    file.write_bytes(content(*bank_lines(), *BROKEN, encoding="gbk"))
    lu.fill(file=str(file), subjects="行政处罚法")
    lu.submit()
    lu.look("examinations-trial")
    with django_db_blocker.unblock():
        kept = QuestionFile.objects.get()
    yan.go(f"/desk/examinations/bank/files/{kept.pk}/")
    yan.act("复核并导入")
    yan.go("/desk/examinations/bank/")
    yan.look("examinations-bank")

    now = timezone.now()
    lu.go("/desk/new/examinations.prepare/")
    lu.look("examinations-prepare")
    lu.fill(
        purpose="qualification", title="示例资格考试（虚构）", opens_at=local(now - dt.timedelta(minutes=5)),
        closes_at=local(now + dt.timedelta(days=2)), minutes=30, points="6", attempts=2, wait_days=3,
    )  # fmt: skip
    lu.submit()
    with django_db_blocker.unblock():
        exam = Examination.objects.get()
    for kind, count, points in (("single", 4, "2"), ("judge", 2, "1"), ("multiple", 2, "2")):
        lu.go(f"/desk/examinations/{exam.pk}/")
        lu.act("添加组卷要求", kind=kind, count=count, points=points)
    lu.go(f"/desk/examinations/{exam.pk}/")
    lu.look("examinations-draft")
    lu.act("发布并通知考生")
    lu.go(f"/desk/examinations/{exam.pk}/")
    lu.look("examinations-published")

    officer = people["liaison"]
    officer.page.set_viewport_size({"width": 360, "height": 740})
    officer.go(f"/desk/examinations/{exam.pk}/")
    officer.look("examinations-invited")
    officer.press("开始答题")
    assert "正确答案" not in officer.page.content()
    officer.look("examinations-paper")
    officer.page.set_viewport_size({"width": 360, "height": 740})
    officer.page.locator("#q-1 .form-check").nth(1).click()
    saved(officer, 1)
    officer.page.locator("#q-1 .form-check").nth(2).click()
    officer.page.locator("#q-7 .form-check").nth(0).click()
    officer.page.locator("#q-7 .form-check").nth(2).click()
    saved(officer, 7)
    with django_db_blocker.unblock():
        eventually(lambda: sorted(len(one.chosen) for one in Answer.objects.all()) == [1, 2])
    address = officer.page.url
    officer.context.close()

    back = Person(chromium, stage, stage.cast.liaison.username)
    people["liaison"] = back
    back.page.set_viewport_size({"width": 360, "height": 740})
    back.go(f"/desk/examinations/{exam.pk}/")
    back.page.get_by_role("link", name="继续答题").click()
    back.page.wait_for_url(address)
    assert back.page.locator("#q-1 input").nth(2).is_checked()
    assert back.page.locator("#q-7 input:checked").count() == 2
    with django_db_blocker.unblock():
        sitting = Sitting.objects.get()
        Answer.objects.filter(item__position=1, item__sitting=sitting).update(revision=9, writer="elsewhere")
    back.page.locator("#q-1 .form-check").nth(0).click()
    back.page.get_by_text("这道题在另一个窗口或者设备上改过").wait_for()
    back.look("examinations-two-browsers")
    back.page.locator("#saved-1").get_by_role("button", name="用这里的答案").click()
    saved(back, 1)
    with back.page.expect_navigation():
        back.page.get_by_role("button", name="交卷").click()
    back.look("examinations-hand-in")
    back.press("确认交卷")
    back.look("examinations-result")
    with django_db_blocker.unblock():
        sitting.refresh_from_db()
        assert (sitting.state, sitting.ended_how, sitting.candidate.officer) == ("marked", "handed_in", newcomer)
    lu.go(f"/desk/examinations/{exam.pk}/candidates/")
    lu.look("examinations-candidates")
