"""From a file of questions to a result, in real browsers: the bureau, and an officer who closes his browser in between."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from personnel.examinations.answering import Given, save
from personnel.examinations.models import Answer, Examination, ExaminationSetting, QuestionFile, Sitting
from personnel.examinations.sittings import hand_in
from personnel.models import Officer
from portal.documents.models import Document
from portal.workflow.models import Proposal
from tests.e2e.conftest import Person, Stage
from tests.e2e.test_supervision import eventually
from tests.e2e.test_training import local
from tests.examinations import scenes
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
    with django_db_blocker.unblock():
        ExaminationSetting.objects.create(
            second_marking=True, threshold_percent=20, ground="示例通知", made_by=stage.cast.supervision_head
        )
        scenes.case_question(stage.cast)
        second = scenes.published(stage.cast, title="示例案例考试（虚构）", rows=(("case", 1, "20"),))
        written = scenes.begun(second, stage.cast.liaison)
        item = written.items.select_related("version__question").get()
        given = Given(text="两名执法人员出示证件，先告知后决定。\n当事人签字确认。", writer="w")
        assert save(item, "case", given, now=timezone.now()).how == "saved"
    back.go(f"/desk/examinations/sittings/{written.pk}/")
    back.look("examinations-case")
    with django_db_blocker.unblock():
        hand_in(written, user=stage.cast.liaison)
    lu.go("/desk/examinations/marking/")
    lu.look("examinations-marking")
    script = lu.page.locator("main table tbody a").first.get_attribute("href")
    assert script
    for person, points in ((lu, "15.5"), (yan, "8"), (people["supervision_head"], "9.5")):
        person.go(script)
        assert "崔示例" not in person.page.locator("main").inner_text()
        assert person is lu or "15.5" not in person.page.locator("main").inner_text()
        person.look(f"examinations-script-{points}")
        person.fill(points=points, remark="要点基本齐全")
        person.submit()
        person.go(script)
        person.look(f"examinations-read-{points}")
    with django_db_blocker.unblock():
        written.refresh_from_db()
        assert (written.state, written.halves) == ("marked", 18)  # 8 and 9.5 are nearest: 8.75 counts up to 9
    lu.go("/desk/examinations/statistics/")
    lu.look("examinations-statistics")
    lu.go(f"/desk/examinations/sittings/{written.pk}/")
    lu.act_rarely("更正成绩", item=str(item.pk), points="12", reason="复核认定第三点也对")
    with django_db_blocker.unblock():
        waiting = Proposal.objects.filter(state="requested", action="examinations.sitting.correct").latest("pk")
    chief = people["supervision_head"]
    chief.go(f"/desk/proposals/{waiting.pk}/")
    chief.press("批准")
    back.go(f"/desk/examinations/sittings/{written.pk}/")
    assert "9 → 12" in back.page.locator("main").inner_text()
    back.look("examinations-corrected")
    admin = people["dept_admin"]
    admin.go(f"/desk/examinations/sittings/{written.pk}/")
    admin.act("出具成绩单")
    with django_db_blocker.unblock():
        eventually(lambda: Document.objects.filter(kind="examinations.sheet", state="ready").exists())
    admin.go(f"/desk/examinations/sittings/{written.pk}/")
    admin.look("examinations-sheet")
    chief.go("/desk/examinations/settings/")
    chief.look("examinations-settings")
