"""A fine on the street, from the form to the bank: an officer with a phone, and the head who closes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import ViewportSize

from enforcement.models import Case
from enforcement.summary.models import Collection
from portal.documents.models import Document
from tests.attachments.files import CONTENT
from tests.e2e.conftest import SHOTS, Person, Stage
from tests.e2e.test_spine import approve, eventually, papers_ready

pytestmark = pytest.mark.browser
PHONE: ViewportSize = {"width": 360, "height": 740}


def test_decided_handed_over_collected_filed_banked_and_closed(
    stage: Stage, people: dict[str, Person], tmp_path: Path, django_db_blocker: Any
) -> None:
    photo = tmp_path / "签收的决定书.png"
    photo.write_bytes(CONTENT["现场.png"])
    first, second = stage.officers()
    officer, head = people["officer"], people["head"]
    officer.page.set_viewport_size(PHONE)
    officer.go("/desk/")
    officer.page.get_by_role("link", name="当场处罚").first.click()
    officer.page.wait_for_load_state()
    officer.look("summary-form")
    officer.page.set_viewport_size(PHONE)
    officer.fill(
        officers=(str(first), str(second)),
        item=str(officer.stage_item()),
        happened_at=timezone.localtime().strftime("%Y-%m-%dT00:00"),
        place="示例区示例路与样例路交叉口",
        facts="当事人在人行道上摆摊销售水果（虚构）。",
        evidence="现场照片 2 张",
        party_kind="natural",
        party_name="王示例（虚构）",
        address="示例区示例小区 1 栋",
        identity="650204199001010015",
        kinds=("fine",),
        fine="300",
        violated="《示例区市容管理办法》第十条（虚构）",
        basis="《示例区市容管理办法》第二十条（虚构）",
        correction="当场改正",
        paid_by="small",
        statement_made="false",
        certificates_shown=True,
        told=True,
        facts_clear=True,
        punishable=True,
        recusal_declared=True,
    )
    with officer.page.expect_navigation():
        officer.page.locator("main form.zf-form button[type=submit]:not([name])").first.click()
    said = officer.page.locator("main").inner_text()
    assert "对公民当场罚款不得超过 200 元" in said, said[:600]
    officer.look("summary-blocked")
    officer.page.set_viewport_size(PHONE)
    officer.fill(fine="50")
    officer.submit()
    with django_db_blocker.unblock():
        case = Case.objects.get(procedure="summary")
        eventually(lambda: papers_ready(case))
        letter = Document.objects.get(matter_id=case.pk)
    officer.go(f"/desk/cases/{case.pk}/")
    officer.look("summary-decided")
    SHOTS.mkdir(parents=True, exist_ok=True)
    (SHOTS / "summary-letter.pdf").write_bytes(
        officer.page.request.get(f"{stage.desk}/desk/documents/{letter.pk}/file/").body()
    )
    officer.page.set_viewport_size(PHONE)
    officer.act("当场交付决定书", signed="signed", file=str(photo))
    officer.go(f"/desk/cases/{case.pk}/")
    officer.act("当场收缴罚款", receipt="新财 00000001")
    officer.go(f"/desk/cases/{case.pk}/")
    officer.act("报所属机关备案")
    officer.go(f"/desk/cases/{case.pk}/")
    officer.act("收缴款交至机关", received_by="钱示例")
    officer.go(f"/desk/cases/{case.pk}/")
    officer.look("summary-served")
    officer.act("收缴款缴付银行", bank_receipt="回单 0001")
    with django_db_blocker.unblock():
        assert Collection.objects.get().banked_on == timezone.localdate()
    officer.go(f"/desk/cases/{case.pk}/")
    officer.act("结案", ground="performed", opinion="罚款当场收缴并已缴付银行（虚构）。")
    with django_db_blocker.unblock():
        approve(head, case.pk)
    head.go(f"/desk/cases/{case.pk}/")
    head.look("summary-closed")
    with django_db_blocker.unblock():
        assert Case.objects.get(pk=case.pk).state == "closed"
