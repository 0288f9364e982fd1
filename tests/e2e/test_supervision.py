"""From a late disclosure to a closed supervision case, in real browsers: bureau, department, and nobody else."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from portal.documents.models import Document
from supervision.models import Alert, SupervisionCase
from tests.e2e.conftest import Person, Stage
from tests.personnel import scenes as personnel
from tests.supervision import scenes

pytestmark = pytest.mark.browser


def eventually(question: Callable[[], Any], seconds: float = 60) -> Any:
    """Ask until the answer is true; the worker is another process."""
    deadline = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < deadline, "the worker has not come to it"
        time.sleep(0.3)
    return answer


@pytest.fixture
def late(stage: Stage, django_db_blocker: Any) -> Any:
    """Fifteen disclosures of the market bureau, three of them late; two late ones of the city management."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            scenes.calendars()
            for place in range(12):
                made = scenes.decided(stage.cast.market, scenes.days_ago(80 + place))
                scenes.disclosed(made, scenes.days_ago(78 + place))
            for place in range(3):
                scenes.decided(stage.cast.market, scenes.days_ago(60 + place))
            for place in range(2):
                scenes.decided(stage.cast.city, scenes.days_ago(50 + place))
            for place in range(10):
                made = scenes.decided(stage.cast.ecology, scenes.days_ago(80 + place))
                scenes.disclosed(made, scenes.days_ago(79 + place))
        scenes.swept()
        yield Alert.objects.filter(department=stage.cast.market, rule=scenes.RULE, state="new")


def ready() -> bool:
    """Whether the worker has made every PDF."""
    return not Document.objects.filter(state="pending").exists()


def approve(head: Person, label: str) -> None:
    """The head opens what waits and approves it."""
    head.go("/desk/")
    head.page.get_by_role("link", name=label).first.click()
    head.page.wait_for_load_state()
    head.press("批准")


@pytest.mark.usefixtures("late")
def test_a_late_disclosure_ends_in_a_closed_supervision_case(
    late: Any, people: dict[str, Person], stage: Stage
) -> None:
    supervisor, second, head = (people[part] for part in ("supervisor", "second_supervisor", "supervision_head"))
    officer, chief = people["officer"], people["head"]
    assert late.count() == 3
    alerts = list(late)

    supervisor.go("/desk/supervision/")
    supervisor.look("supervision-board")
    supervisor.go("/desk/supervision/alerts/")
    supervisor.look("supervision-alerts")
    supervisor.go(f"/desk/supervision/alerts/group/?department=SCJGJ&rule={scenes.RULE}")
    supervisor.look("supervision-group")
    supervisor.press("用勾选的登记监督线索")
    supervisor.look("supervision-lead-form")
    supervisor.fill(grounds=("procedure",), colleague=str(stage.cast.second_supervisor.pk), no_conflict=True)
    supervisor.submit()
    case = SupervisionCase.objects.get()
    page = f"/desk/supervision/cases/{case.pk}/"
    supervisor.look("supervision-case-lead")

    second.go(page)
    second.act("回避声明")
    supervisor.go(page)
    supervisor.act("立案", opinion="事实清楚，建议立案。", remedy="none", remedy_check="电话核实，无复议、诉讼")
    approve(head, "立案")
    supervisor.go(page)
    supervisor.act("记录监督措施", kind="records", content="调阅三件案卷和公示记录，均未公示。")
    supervisor.act(
        "提出处理意见",
        requirements="十个工作日内公示所涉处罚决定。\n查明原因，防止再次逾期。",
        leaves_the_decision="true",
        opinion="建议制发督办函。",
    )
    approve(head, "提出处理意见")
    assert officer.page.request.get(f"{stage.desk}{page}").status == 404
    supervisor.go(page)
    supervisor.act("制发文书")
    supervisor.look("supervision-case-issued")
    eventually(ready)
    letter = Document.objects.get(kind="supervision.urging_letter")
    supervisor.go(f"/desk/documents/{letter.pk}/")
    supervisor.look("supervision-letter")

    officer.go(page)
    officer.look("supervision-case-department")
    officer.act("签收")
    for alert in alerts:
        scenes.disclosed(alert.matter, dt.datetime.now(tz=dt.UTC).date())
    officer.act("报送纠正情况", text="三件均已公示，修订了公示流程。")
    approve(chief, "报送纠正情况")
    supervisor.go(page)
    supervisor.act("核验通过", note="逐件核对公示页面，属实。")
    head.go(page)
    head.act("结案", text="整改完毕。")
    head.look("supervision-case-closed")
    case.refresh_from_db()
    assert case.state == "closed"
    foreign = people["foreign_officer"]
    assert foreign.page.request.get(f"{stage.desk}{page}").status == 404
    supervisor.go("/desk/supervision/cases/")
    supervisor.look("supervision-cases")


def test_the_pages_of_personnel_read_well_at_every_width(
    people: dict[str, Person], stage: Stage, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), transaction.atomic():
        soon = dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=40)
        held = personnel.certificate(
            personnel.officer(stage.cast.market, "丁示例", identity=personnel.identity_number(44)), valid_to=soon
        )
    admin = people["dept_admin"]
    for path, name in (
        ("/desk/personnel/", "personnel-officers"),
        (f"/desk/personnel/officers/{held.officer_id}/", "personnel-officer"),
        ("/desk/personnel/officers/new/", "personnel-officer-form"),
        ("/desk/personnel/certificates/", "personnel-certificates"),
        (f"/desk/personnel/certificates/{held.pk}/", "personnel-certificate"),
        ("/desk/new/certificate.register/", "personnel-register"),
    ):
        admin.go(path)
        admin.look(name)
    admin.go(f"/desk/personnel/officers/{held.officer_id}/")
    admin.press("显示（会留记录）")
    assert personnel.identity_number(44) in admin.page.content()
