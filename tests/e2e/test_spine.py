"""One decision from filing to the public page, in real browsers, with everybody's eyes."""

from __future__ import annotations

import datetime as dt
import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from disclosure.models import Disclosure
from enforcement.models import Case
from portal.documents.models import Document
from portal.workflow.models import Proposal
from tests.e2e.conftest import Person, Stage

pytestmark = pytest.mark.browser
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
FACTS = "当事人经营者王小虚销售超过保质期的酸奶 6 盒，身份证号 650204199001010015，电话 13900000000（虚构）。"


def eventually(question: Any, seconds: float = 60) -> Any:
    """Ask until the answer is true; the worker is another process."""
    deadline = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < deadline, "the worker has not come to it"
        time.sleep(0.3)
    return answer


def papers_ready(case: Case) -> bool:
    """Whether the worker has made every PDF of the case."""
    return not Document.objects.filter(matter_id=case.pk, state="pending").exists()


def the_case(party: str) -> Case:
    """The case on a party; the newest, for other tests have been here before."""
    found: Case = Case.objects.filter(party_names=party).latest("pk")
    return found


def register(officer: Person, party: str, *, found_on: dt.date | None = None) -> Case:
    """A lead comes in."""
    officer.go("/desk/")
    officer.page.get_by_role("link", name="登记线索").first.click()
    officer.fill(
        source="inspection",
        item=str(officer.stage_item()),
        party_kind="company",
        party_name=party,
        address="示例区示例路 21 号",
        representative="王小虚",
        facts=FACTS,
        occurred_on=(found_on or timezone.localdate()).isoformat(),
    )
    if found_on:
        officer.fill(on=found_on.isoformat(), late_reason="此前为纸质登记，今天补录（虚构）")
    officer.submit()
    return the_case(party)


def approve(head: Person, matter: int, *, picture: str = "") -> None:
    """The head opens what waits for his decision and approves it."""
    waiting = Proposal.objects.get(matter_id=matter, state=Proposal.State.REQUESTED)
    head.go("/desk/proposals/")
    head.page.locator(f"main a[href$='/desk/proposals/{waiting.pk}/']").first.click()
    head.page.wait_for_load_state()
    if picture:
        head.look(picture)
    head.press("批准，")


def test_from_filing_to_the_public_page(stage: Stage, people: dict[str, Person], tmp_path: Path) -> None:
    officer, colleague, head = people["officer"], people["second_officer"], people["head"]
    party = "示例便利店之春（虚构）"
    waiver = tmp_path / "放弃陈述申辩.pdf"
    waiver.write_bytes(PDF)

    officer.go("/desk/")
    officer.look("01-workbench-empty")
    case = register(officer, party)
    officer.look("02-case-lead")
    page = f"/desk/cases/{case.pk}/"

    officers = tuple(str(pk) for pk in stage.officers())
    officer.act("立案", officers=officers, opinion="符合立案标准（虚构）", recusal_declared=True)
    approve(head, case.pk, picture="03-proposal-file")
    assert the_case(party).state == "filed"

    officer.go(page)
    officer.act(
        "添加证据",
        kind="record",
        name="现场检查笔录",
        proves="货架上有超过保质期的酸奶（虚构）",
        obtained_on=timezone.localdate().isoformat(),
        collectors="陈示例、李示例",
        certificate_shown=True,
        file=str(waiver),
    )
    officer.go(page)
    officer.act(
        "调查终结",
        found_facts=FACTS,
        violated="《中华人民共和国食品安全法》第三十四条第十项",
        basis="《中华人民共和国食品安全法》第一百二十四条第一款第五项",
        kinds=("warning", "fine"),
        content="警告\n罚款5,000元",
        discretion="初次违法，情节一般（虚构）",
        fine="5,000",
        correction="示市监责改〔2026〕1号（虚构）",
    )
    officer.go(page)
    officer.look("04-case-investigated")
    officer.page.locator("main").get_by_role("link", name="事先告知", exact=True).first.click()
    officer.look("05-form-notice")
    officer.fill(hearing_ground="罚款五千元不属于较大数额（虚构）")
    officer.submit()
    approve(head, case.pk)
    eventually(lambda: papers_ready(case))

    officer.go(page)
    assert officer.page.get_by_role("button", name="作出处罚决定").get_attribute("aria-disabled") == "true"
    today = timezone.localdate().isoformat()
    served = {"method": "direct", "begun_on": today, "effective_on": today, "receiver": "王小虚"}
    officer.act("登记告知书送达", party=str(case.parties.get().pk), **served)
    officer.go(page)
    officer.look("06-case-why-not")
    officer.act("登记陈述申辩", party=str(case.parties.get().pk), kind="waiver", file=str(waiver))
    officer.go(page)
    officer.act("作出处罚决定", answered=True)
    approve(head, case.pk, picture="07-proposal-decide")
    eventually(lambda: papers_ready(case))
    officer.go(page)
    officer.act("登记决定书送达", party=str(case.parties.get().pk), **served)
    assert the_case(party).state == "served"
    officer.go(page)
    officer.look("08-case-served")

    disclosure = Disclosure.objects.get(act_id=case.pk)
    officer.go(f"/desk/disclosure/{disclosure.pk}/")
    officer.look("09-disclosure-pending")
    officer.go(f"/desk/disclosure/{disclosure.pk}/mask/")
    officer.look("10-masking")
    while officer.page.locator("[data-hide]").count():
        left = officer.page.locator("[data-span]").count()
        officer.page.locator("[data-hide]").first.click()
        officer.page.wait_for_function("n => document.querySelectorAll('[data-span]').length < n", arg=left)
    officer.look("11-masking-done")
    officer.press("提交审批")

    head.go(f"/desk/disclosure/{disclosure.pk}/")
    head.act("批准公示", display_months="12")
    colleague.go(f"/desk/disclosure/{disclosure.pk}/")
    colleague.act("发布")
    colleague.go(f"/desk/disclosure/{disclosure.pk}/")
    colleague.look("12-disclosure-published")

    anyone = people["anonymous"]
    anyone.go(stage.public + "/")
    anyone.look("13-public-home")
    anyone.page.locator("input[type=search]").first.fill("便利店")
    anyone.page.locator("main button[type=submit], main .btn").first.click()
    anyone.page.wait_for_load_state()
    anyone.look("14-public-list")
    anyone.page.get_by_role("link", name=re.compile("示例便利店")).first.click()
    anyone.page.wait_for_load_state()
    text = anyone.page.locator("main").inner_text()
    assert "5,000" in text
    for private in ("王小虚", "13900000000", "650204199001010015"):
        assert private not in anyone.page.content()
    anyone.look("15-public-decision")
