"""Officers on cases in real browsers: the board, a cancel that waits, and all open cases handed over in one step."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from enforcement.cases import actions as case_actions
from enforcement.models import ActOfficer
from personnel.models import Certificate, Officer, Posting
from personnel.postings import leave
from portal.ledger.models import Event
from portal.workflow import proposals
from portal.workflow.models import Proposal
from tests.cast import fresh
from tests.e2e.conftest import Person, Stage
from tests.personnel.scenes import certificate, identity_number
from tests.scenes import file_data, lead

pytestmark = pytest.mark.browser


def on_two_cases(stage: Stage) -> tuple[Officer, Officer, list[int]]:
    """Somebody who has just retired from two open cases, and a colleague who may take them over."""
    made = []
    for place, name in enumerate(("席示例", "麦示例")):
        officer = Officer.objects.create(department=stage.cast.market, name=name, identity=identity_number(210 + place))
        certificate(officer, by=stage.cast.dept_admin)
        made.append(officer)
    leaver, successor = made
    cases = []
    for party in ("移交甲示例店（虚构）", "移交乙示例店（虚构）"):
        data = file_data(stage.cast, officers=(*stage.officers(), leaver.pk))
        proposal = proposals.request(
            lead(stage.cast, party_name=party), case_actions.FILE, actor=fresh(stage.cast.officer), data=data
        )
        cases.append(proposals.approve(proposal, actor=fresh(stage.cast.head)).subject.pk)
    leave(
        leaver,
        on=timezone.localdate(),
        ending=Posting.Ending.RETIRED,
        ground="示例退休文件",
        actor=stage.cast.dept_admin,
    )
    return leaver, successor, cases


def test_board_waiting_cancel_and_handing_over(people: dict[str, Person], stage: Stage, django_db_blocker: Any) -> None:
    head, bureau, chief = (people[part] for part in ("head", "supervisor", "supervision_head"))
    with django_db_blocker.unblock():
        leaver, successor, cases = on_two_cases(stage)
        held = Certificate.objects.get(officer=leaver)
    for person, name in ((bureau, "people-board-bureau"), (head, "people-board-department")):
        person.go("/desk/people/")
        assert "席示例" in person.page.locator("main").inner_text()
        person.look(name)
    page = f"/desk/personnel/certificates/{held.pk}/"
    bureau.go(page)
    said = bureau.page.content()
    assert bureau.page.locator("main").get_by_role("link", name="注销", exact=True).count() == 0
    assert "先依法更换办案人员再注销" in said
    bureau.look("people-cancel-waits")

    head.go(f"/desk/people/handover/{leaver.pk}/")
    head.look("people-handover")
    head.page.locator("select[name=all]").select_option(str(successor.pk))
    head.page.locator("textarea[name=reason]").fill("退休，示例退休文件")
    head.press("移交")
    assert "没有在办案件" in head.page.locator("main").inner_text()
    head.look("people-handover-done")
    with django_db_blocker.unblock():
        for case in cases:
            assert Event.objects.filter(matter=case, name="people.reassign").count() == 1
            now = set(ActOfficer.objects.filter(act=case, until=None).values_list("officer", flat=True))
            assert now == {*stage.officers(), successor.pk}

    bureau.go(page)
    bureau.act_rarely("注销", ground="退休，案件已移交")
    with django_db_blocker.unblock():
        waiting = Proposal.objects.filter(state="requested", action="certificate.cancel").latest("pk")
    chief.go(f"/desk/proposals/{waiting.pk}/")
    chief.press("批准")
    bureau.go(page)
    bureau.look("people-cancelled")
    with django_db_blocker.unblock():
        held.refresh_from_db()
        assert held.state == "cancelled"
