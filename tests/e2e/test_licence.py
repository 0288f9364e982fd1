"""A licence from the application to the public page, in real browsers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from disclosure.models import Disclosure
from enforcement.lightacts.models import LightAct
from portal.documents.models import Document
from tests.e2e.conftest import SHOTS, Person, Stage
from tests.e2e.test_spine import approve, eventually
from tests.light_scenes import item_of

pytestmark = pytest.mark.browser


def test_received_accepted_granted_delivered_and_public(
    stage: Stage, people: dict[str, Person], django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock():
        item = item_of(stage.cast, "licence").pk
    officer, head, colleague = people["officer"], people["head"], people["second_officer"]
    officer.go("/desk/acts/")
    officer.look("acts-empty")
    officer.go("/desk/acts/new/")
    officer.look("acts-new")
    officer.act(
        "收到许可申请",
        item=item,
        request="食品经营许可（虚构）",
        party_kind="company",
        party_name="示例餐饮有限公司（虚构）",
        address="示例区示例路 9 号",
    )
    with django_db_blocker.unblock():
        act = LightAct.objects.get()
    page = f"/desk/acts/{act.pk}/"
    today = timezone.localdate()
    officer.go(page)
    officer.act("受理")
    officer.go(page)
    officer.act(
        "添加记录和材料",
        kind="documentary",
        name="申请材料",
        proves="申请人符合条件（虚构）",
        obtained_on=today.isoformat(),
        collectors="陈示例、李示例",
    )
    officer.go(page)
    officer.look("licence-accepted")
    officer.act(
        "作出许可决定",
        granted="true",
        facts="申请材料齐全，现场符合要求（虚构）。",
        basis="《示例许可办法》第三条（虚构）",
        content="准予从事餐饮服务（虚构）",
        licence_name="食品经营许可证",
        licence_number="JY26502040000001（虚构）",
        valid_from=today.isoformat(),
        valid_to=dt.date(today.year + 5, 1, 1).isoformat(),
    )
    with django_db_blocker.unblock():
        approve(head, act.pk)
        eventually(lambda: Document.objects.filter(matter_id=act.pk, state="ready").exists())
        letter = Document.objects.get(matter_id=act.pk)
    (SHOTS / "licence-letter.pdf").write_bytes(
        officer.page.request.get(f"{stage.desk}/desk/documents/{letter.pk}/file/").body()
    )
    officer.go(page)
    officer.act("登记送达", method="direct")
    officer.go(page)
    officer.look("licence-served")
    with django_db_blocker.unblock():
        disclosure = Disclosure.objects.get(act_id=act.pk)
    officer.go(f"/desk/disclosure/{disclosure.pk}/mask/")
    officer.look("licence-masking")
    while officer.page.locator("[data-hide]").count():
        left = officer.page.locator("[data-span]").count()
        officer.page.locator("[data-hide]").first.click()
        officer.page.wait_for_function("n => document.querySelectorAll('[data-span]').length < n", arg=left)
    officer.press("提交审批")
    head.go(f"/desk/disclosure/{disclosure.pk}/")
    head.act("批准公示", display_months="36")
    colleague.go(f"/desk/disclosure/{disclosure.pk}/")
    colleague.act("发布")
    with django_db_blocker.unblock():
        disclosure.refresh_from_db()
        key = disclosure.snapshots.get().key
    anybody = people["anonymous"]
    anybody.go(f"{stage.public}/decisions/{key}/")
    anybody.look("licence-public")
    assert "许可内容" in anybody.page.locator("main").inner_text()
