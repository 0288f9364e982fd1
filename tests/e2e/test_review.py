"""A file sent to review, returned, mended, passed, decided: officer, legal officer and head in real browsers."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from enforcement.cases import actions as steps
from enforcement.models import Case
from enforcement.review.models import Round
from enforcement.review.points import POINTS
from portal.attachments import store
from portal.documents.models import Document
from portal.workflow.door import perform
from tests import case_scenes as scene
from tests.cast import fresh
from tests.e2e.conftest import Person, Stage
from tests.e2e.test_spine import PDF, approve, eventually

pytestmark = pytest.mark.browser


def waived(stage: Stage) -> Case:
    """A case whose party has given up its statement: it can be decided today but for the review."""
    now = timezone.now()
    days = {"FILED": 6, "CONCLUDED": 5, "NOTIFIED": 4, "SERVED": 3}
    with pytest.MonkeyPatch.context() as patch:
        for name, back in days.items():
            patch.setattr(scene, name, timezone.localdate() - dt.timedelta(days=back))
        case = scene.notice_served(stage.cast)
        with time_machine.travel(now - dt.timedelta(days=2), tick=True):
            file = SimpleUploadedFile("放弃陈述申辩.pdf", PDF, content_type="application/pdf")
            paper = int(store(case.matter, file, stage.cast.officer).pk)
            perform(case, steps.STATEMENT, actor=fresh(stage.cast.officer), data=scene.waiver(case, file=paper))
    return case


def round_of(case: Case) -> Round:
    """The newest round of the case; other tests have sent files to review before."""
    return Round.objects.filter(act_id=case.pk).latest("pk")


def answer_all(person: Person, **problems: str) -> None:
    """Every point is answered, a problem is named."""
    for point in POINTS:
        person.fill(**{point.key: "problem" if point.key in problems else "fine"})
        if point.key in problems:
            person.fill(**{f"{point.key}_note": problems[point.key]})


def name_focused(person: Person) -> str:
    """The name of the field that has the focus."""
    return str(person.page.evaluate("document.activeElement.name || ''"))


def single_keys(legal: Person) -> None:
    """From point to point without the mouse; nothing happens while words are typed; they can be turned off."""
    keyboard = legal.page.keyboard
    legal.page.locator("h1").click()
    for key, name in (("1", "subject"), ("j", "staff"), ("j", "procedure"), ("k", "staff"), ("8", "crime")):
        keyboard.press(key)
        assert name_focused(legal) == name, key
    keyboard.press("ArrowRight")
    keyboard.press("9")
    assert name_focused(legal) == "verdict"
    note = legal.page.locator("[name=opinion]")
    note.fill("")
    note.press_sequentially("jk18?")
    assert note.input_value() == "jk18?"
    assert name_focused(legal) == "opinion"
    assert not legal.page.locator("#keys").is_visible()
    legal.page.locator("h1").click()
    keyboard.press("Control+j")
    keyboard.press("?")
    assert legal.page.locator("#keys").is_visible()
    legal.look("review-keys")
    keyboard.press("j")
    assert legal.page.locator("#keys").is_visible()
    legal.page.locator("[data-keys-off]").check()
    keyboard.press("Escape")
    legal.page.locator("h1").click()
    keyboard.press("3")
    assert name_focused(legal) != "procedure"
    legal.page.locator("[data-keys-open]").click()
    legal.page.locator("[data-keys-off]").uncheck()
    keyboard.press("Escape")


def test_sent_returned_mended_passed_and_decided(people: dict[str, Person], stage: Stage) -> None:
    stage.officers()
    officer, legal, head = people["officer"], people["legal"], people["head"]
    legal.go("/desk/review/")
    legal.look("review-queue-empty")
    head.go("/desk/review/settings/")
    head.look("review-settings")
    head.go("/desk/review/reviewers/")
    head.fill(user=stage.cast.legal.pk, standing="exam", certificate="A20256502000001", ground="示例任命文件（虚构）")
    head.submit()
    head.look("review-reviewers")
    case = waived(stage)
    page = f"/desk/cases/{case.pk}/"

    officer.go(page)
    officer.act("送法制审核", reasons=("complicated",), note="拟处罚意见见送审表（虚构）")
    legal.go("/desk/review/")
    legal.look("review-queue")
    first = round_of(case)
    legal.go(f"/desk/review/{first.pk}/")
    legal.look("review-round-waiting")
    legal.act("承办法制审核")
    legal.go(f"/desk/review/{first.pk}/opine/")
    single_keys(legal)
    answer_all(legal, evidence="缺少进货时间的证据（虚构）")
    legal.fill(verdict="returned", opinion="关键事实缺少证据，退回补充（虚构）")
    legal.page.locator("[name=opinion]").blur()
    saved = legal.page.locator(".zf-saved")
    eventually(lambda: "草稿已自动保存" in saved.inner_text(), 20)
    legal.look("review-opine")
    legal.page.reload()
    assert legal.page.locator("[name=evidence_note]").input_value() == "缺少进货时间的证据（虚构）"
    legal.page.locator("main form.zf-form button[type=submit]:not([name])").first.click()
    legal.page.wait_for_selector(".zf-errors")
    legal.look("review-opine-incomplete")
    legal.fill(to_mend="补充进货凭证（虚构）")
    legal.submit()
    assert round_of(case).state == "returned"

    officer.go(page)
    officer.look("review-case-returned")
    officer.act(
        "添加证据",
        kind="documentary",
        name="进货凭证",
        proves="进货时间（虚构）",
        obtained_on=timezone.localdate().isoformat(),
        collectors="陈示例、李示例",
        certificate_shown=True,
    )
    officer.go(page)
    officer.act("送法制审核", mended="已补充进货凭证（虚构）")
    second = round_of(case)
    assert second.pk != first.pk
    legal.go(f"/desk/review/{second.pk}/")
    legal.act("承办法制审核")
    legal.go(f"/desk/review/{second.pk}/opine/")
    answer_all(legal)
    legal.fill(verdict="passed", opinion="事实清楚，证据充分，裁量适当，同意（虚构）")
    legal.submit()
    head.go(f"/desk/review/{second.pk}/")
    head.look("review-round-passed")

    head.go(page)
    both = [stage.cast.head, stage.cast.deputy]
    head.act(
        "登记集体讨论",
        report="案情、证据和承办意见已汇报（虚构）",
        positions="\n".join(f"{one.name}：同意承办意见和审核意见（虚构）" for one in both),
        conclusion="一致同意拟处罚意见（虚构）",
    )
    officer.go(page)
    officer.act("作出处罚决定", complicated=True, major=True, answered=True)
    approve(head, case.pk, picture="review-proposal-decide")
    head.go(page)
    head.look("review-case-decided")
    head.go("/desk/review/board/")
    head.look("review-board")
    people["supervisor"].go("/desk/review/board/")
    people["supervisor"].look("review-board-bureau")
    assert Case.objects.get(pk=case.pk).state == "decided"
    kinds = ("review.submission", "review.opinion", "review.deliberation")
    eventually(lambda: Document.objects.filter(matter=case.matter_id, kind__in=kinds, state="ready").count() == 5)
