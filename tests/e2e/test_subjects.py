"""The register of subjects in real browsers: applied for, confirmed by two, announced, shown to the public."""

from __future__ import annotations

from typing import Any

import pytest

from personnel.subjects.models import EnforcementSubject
from portal.documents.models import Document
from portal.workflow.models import Proposal
from tests.e2e.conftest import Person, Stage
from tests.e2e.test_supervision import eventually
from tests.subjects import scenes

pytestmark = pytest.mark.browser


def test_applied_confirmed_by_two_announced_and_public(
    people: dict[str, Person], stage: Stage, django_db_blocker: Any
) -> None:
    admin, bureau, head = people["dept_admin"], people["supervisor"], people["supervision_head"]
    bureau.go("/desk/subjects/")
    bureau.look("subjects-empty")
    admin.go("/desk/subjects/")
    admin.page.locator("main").get_by_role("link", name="申报执法主体资格").first.click()
    admin.look("subjects-apply")
    admin.fill(
        leader="赵示例", basis="《示例区机构改革方案》（示编〔2019〕1 号，虚构）",
        duties="食品、药品、特种设备和市场秩序的监督管理（虚构）", area="示例区行政区域",
    )  # fmt: skip
    admin.submit()
    with django_db_blocker.unblock():
        subject = EnforcementSubject.objects.get()
    bureau.go(f"/desk/subjects/{subject.pk}/")
    bureau.act("确认主体资格", opinion="核对了机构编制文件，符合条件（虚构）")
    with django_db_blocker.unblock():
        proposal = Proposal.objects.get(action="subjects.confirm")
    head.go(f"/desk/proposals/{proposal.pk}/")
    head.press("批准")
    bureau.go(f"/desk/subjects/{subject.pk}/")
    bureau.act("公告主体资格")
    bureau.go(f"/desk/subjects/{subject.pk}/")
    bureau.look("subjects-subject")
    with django_db_blocker.unblock():
        body = scenes.entrusted_body(stage.cast)
        mandate = scenes.mandate(stage.cast, body, valid_to=scenes.day(40))
        decision = scenes.empowered(stage.cast, stage.cast.street, valid_to=scenes.day(400))
        eventually(lambda: not Document.objects.filter(kind__startswith="subjects.", state="pending").exists())
    people["head"].go(f"/desk/subjects/mandates/{mandate.pk}/")
    people["head"].look("subjects-mandate")
    people["street_head"].go(f"/desk/subjects/empowerments/{decision.pk}/")
    people["street_head"].look("subjects-empowerment")
    bureau.go("/desk/subjects/")
    bureau.look("subjects-list")
    bureau.go("/desk/subjects/mandates/")
    bureau.look("subjects-mandates")
    bureau.go("/desk/new/subjects.empowerment.register/")
    bureau.look("subjects-register-decision")
