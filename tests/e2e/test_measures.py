"""A seizure on a phone: decided, carried out, filmed, lengthened, told, lifted; and what the page says meanwhile."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import ViewportSize

from enforcement.measures.custody import balance_problem
from enforcement.measures.models import Measure
from portal.deadlines.models import Obligation
from portal.documents.models import Document
from tests.e2e.conftest import Person, Stage
from tests.e2e.test_spine import approve, papers_ready
from tests.e2e.test_supervision import eventually
from tests.e2e.test_training import local
from tests.enforcement.measures.scenes import power
from tests.scenes import filed

pytestmark = pytest.mark.browser
PHONE: ViewportSize = {"width": 360, "height": 740}
THINGS = "酸奶，200毫升/盒，6，盒，超过保质期\n电子秤，，1，台"


def test_seized_lengthened_and_lifted_from_a_phone(
    people: dict[str, Person], stage: Stage, django_db_blocker: Any
) -> None:
    officer, head = people["officer"], people["head"]
    with django_db_blocker.unblock():
        stage.officers()
        item = power(stage.cast).pk
        case = filed(stage.cast)
    page = f"/desk/cases/{case.pk}/"
    officer.page.set_viewport_size(PHONE)
    officer.go(f"/desk/do/{case.pk}/measures.order_seizure/")
    officer.look("measures-order")
    officer.page.set_viewport_size(PHONE)
    officer.fill(
        kind="seize", reason="经营超过保质期的食品，须扣押涉案物品（虚构）", place="经营场所", keeper="示例仓库",
        things=THINGS, item=item, related=True, no_necessities=True, not_elsewhere=True,
    )  # fmt: skip
    officer.submit()
    approve(head, case.pk, picture="measures-proposal")
    with django_db_blocker.unblock():
        eventually(lambda: papers_ready(case))
        assert Document.objects.get(matter=case.pk, kind="measures.seizure_decision").title == "扣押决定书"
    now = timezone.now()
    officer.go(page)
    officer.page.set_viewport_size(PHONE)
    officer.act(
        "登记查封、扣押的实施", at=local(now), present="party", present_name="王小虚", heard="没有提出",
        two_officers=True, certificate_shown=True, told=True, recorded=True, handed=True, filmed=True,
    )  # fmt: skip
    with django_db_blocker.unblock():
        measure = Measure.objects.get(case=case.pk)
        first = Obligation.objects.get(matter=case.pk, rule="measure.seizure").due_on
        assert first == timezone.localdate(now) + dt.timedelta(days=30)
    officer.go(page)
    officer.look("measures-seized")
    officer.page.set_viewport_size(PHONE)
    officer.go(f"/desk/do/{case.pk}/measures.record/")
    officer.fill(
        step="measure", medium="video", title="扣押现场录像", begun_at=local(now), ended_at=local(now), place="经营场所",
        recorders="陈示例、李示例", about=measure.about, device="执法记录仪 07", storage="采集站 01.mp4", sha256="ab" * 32,
    )  # fmt: skip
    officer.submit()
    officer.go(f"/desk/do/{case.pk}/measures.extend_seizure/")
    officer.fill(days="30", reason="案情复杂，需要进一步核实进货来源（虚构）")
    officer.look("measures-extend")
    officer.page.set_viewport_size(PHONE)
    officer.submit()
    approve(head, case.pk)
    with django_db_blocker.unblock():
        eventually(lambda: papers_ready(case))
        extension = Measure.objects.get(pk=measure.pk).extension
        assert (extension.old_due, extension.new_due) == (first, first + dt.timedelta(days=30))
        paper = extension.document.pk
    officer.go(f"/desk/do/{case.pk}/measures.hand_over/")
    officer.fill(document=paper, method="direct", receiver="王小虚")
    officer.submit()
    officer.go(page)
    assert officer.page.get_by_text("延长 30 日").first.is_visible()
    officer.act(
        "处理登记保存、查封、扣押的物品", kind="returned", ground="no_need", receiver="王小虚", note="已取证（虚构）"
    )
    approve(head, case.pk)
    officer.go(page)
    officer.look("measures-released")
    with django_db_blocker.unblock():
        assert Obligation.objects.get(matter=case.pk, rule="measure.seizure").closed_in_time
        assert balance_problem(case) == ""
    officer.go("/desk/measures/monitors/")
    officer.look("measures-monitors-empty")
    officer.go("/desk/measures/")
    officer.look("measures-bases-empty")
