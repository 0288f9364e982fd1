"""A clean-up in real browsers: deployed by the bureau, confirmed and reported by a department, closed with its report."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from personnel.cleanup.models import Campaign, Line, Roll
from personnel.models import Officer
from portal.documents.models import Document
from portal.workflow.models import Proposal
from tests.e2e.conftest import Person, Stage
from tests.e2e.test_supervision import eventually
from tests.personnel.scenes import certificate, identity_number

pytestmark = pytest.mark.browser


def agree(person: Person, blocker: Any) -> None:
    """The one who decides opens the newest request and approves it."""
    with blocker.unblock():
        waiting = Proposal.objects.filter(state="requested", action__startswith="cleanup.").latest("pk")
    person.go(f"/desk/proposals/{waiting.pk}/")
    person.press("批准")


def test_deployed_confirmed_found_reported_and_closed(
    people: dict[str, Person], stage: Stage, django_db_blocker: Any
) -> None:
    admin, head, bureau, chief = (people[part] for part in ("dept_admin", "head", "supervisor", "supervision_head"))
    with django_db_blocker.unblock():
        for place, name in enumerate(("齐示例", "葛示例", "柳示例", "阮示例")):
            officer = Officer.objects.create(
                department=stage.cast.market,
                name=name,
                identity=identity_number(110 + place),
                position="一级行政执法员",
            )
            if place < 3:
                certificate(officer, by=stage.cast.dept_admin)
    admin.go("/desk/cleanup/")
    admin.look("cleanup-empty")
    bureau.go("/desk/cleanup/campaigns/")
    bureau.look("cleanup-none")
    bureau.go("/desk/new/cleanup.open/")
    bureau.look("cleanup-form")
    today = timezone.localdate()
    bureau.fill(
        kind="officers", name="行政执法人员资格清理（示例）", ground="示例文件〔2026〕1号", frozen_on=today.isoformat(),
        due_on=(today + dt.timedelta(days=30)).isoformat(), departments=str(stage.cast.market.pk),
    )  # fmt: skip
    bureau.submit()
    agree(chief, django_db_blocker)
    with django_db_blocker.unblock():
        campaign = Campaign.objects.get()
        roll = Roll.objects.get()
        lines = {line.title: line.pk for line in Line.objects.all()}
    admin.go(f"/desk/cleanup/rolls/{roll.pk}/")
    admin.look("cleanup-roll")
    admin.go(f"/desk/cleanup/lines/{lines['齐示例']}/")
    admin.act("已离岗，登记离岗并收回执法证", ending="retired", left_on=today.isoformat(), ground="示例退休文件")
    admin.go(f"/desk/cleanup/lines/{lines['葛示例']}/")
    admin.act("执法证应当注销", reason="不再从事执法工作")
    admin.go(f"/desk/cleanup/lines/{lines['阮示例']}/")
    admin.look("cleanup-line")
    admin.act("核实无误", note="新录用，正在申领执法证")
    admin.go(f"/desk/cleanup/rolls/{roll.pk}/")
    admin.act("批量核实无误")
    with django_db_blocker.unblock():
        assert set(Line.objects.filter(state="found").values_list("finding", flat=True)) == {"left", "cancel"}
        doubtful = list(Line.objects.filter(state="open").values_list("pk", flat=True))
    for key in doubtful:
        admin.go(f"/desk/cleanup/lines/{key}/")
        admin.act("核实无误", note="已核对档案")
    admin.go(f"/desk/cleanup/rolls/{roll.pk}/")
    admin.act("报送清理结果", opinion="已逐人核实，结果属实。")
    agree(head, django_db_blocker)
    bureau.go(f"/desk/cleanup/campaigns/{campaign.pk}/")
    bureau.look("cleanup-campaign")
    bureau.press("提请暂扣、注销")
    bureau.go(f"/desk/cleanup/campaigns/{campaign.pk}/")
    bureau.act("结束清理，出具报告", summary="各部门已逐人核实，发现的问题已经处理或者提请处理。")
    agree(chief, django_db_blocker)
    bureau.go(f"/desk/cleanup/campaigns/{campaign.pk}/")
    bureau.look("cleanup-closed")
    with django_db_blocker.unblock():
        paper = Document.objects.get(kind="cleanup.report")
        eventually(lambda: Document.objects.get(pk=paper.pk).state == "ready")
        assert paper.number
