"""From the plan to the statement of hours, in real browsers: administrator, bureau, and an officer's phone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from personnel.training.models import Attendance, Session, TrainingHours, TrainingPlan
from portal.documents.models import Document
from tests.e2e.conftest import Person, Stage
from tests.e2e.test_supervision import eventually

pytestmark = pytest.mark.browser


def local(moment: dt.datetime) -> str:
    """As the browser's control wants it."""
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def test_planned_approved_signed_by_phone_credited_and_certified(
    people: dict[str, Person], stage: Stage, django_db_blocker: Any
) -> None:
    stage.officers()
    admin, bureau, officer = people["dept_admin"], people["supervisor"], people["officer"]
    admin.go("/desk/training/plans/")
    admin.look("training-plans-empty")
    admin.go("/desk/new/training.plan.draw/")
    admin.fill(year=timezone.localdate().year)
    admin.submit()
    with django_db_blocker.unblock():
        plan = TrainingPlan.objects.get()
    admin.go(f"/desk/training/plans/{plan.pk}/")
    admin.act("添加计划项目", form="special", topic="行政执法证据采集", month="11", hours="4", audience="全体执法人员")
    admin.go(f"/desk/training/plans/{plan.pk}/")
    admin.act("报送司法行政部门")
    bureau.go(f"/desk/training/plans/{plan.pk}/")
    bureau.act("批准计划", opinion="同意。")
    bureau.go(f"/desk/training/plans/{plan.pk}/")
    bureau.look("training-plan")

    now = timezone.now()
    with django_db_blocker.unblock():
        item = plan.items.get()
    admin.go("/desk/new/training.session.arrange/")
    admin.look("training-arrange")
    admin.fill(
        form="special", topic="行政执法证据采集", teacher="钱示例", place="示例会议室", hours="4",
        begins_at=local(now - dt.timedelta(minutes=5)), ends_at=local(now + dt.timedelta(minutes=1)), item=item.pk,
    )  # fmt: skip
    admin.submit()
    with django_db_blocker.unblock():
        session = Session.objects.get()
    admin.go(f"/desk/training/sessions/{session.pk}/code/")
    admin.look("training-code")
    address = admin.page.get_by_role("link", name="在这台设备上签到").get_attribute("href")
    assert address
    officer.page.set_viewport_size({"width": 360, "height": 740})
    officer.go(address)
    officer.press("签到")
    assert officer.page.get_by_text("已签到").first.is_visible()
    officer.look("training-signed")
    with django_db_blocker.unblock():
        assert Attendance.objects.filter(way="code").count() == 1
    eventually(lambda: timezone.now() >= session.ends_at, seconds=90)
    admin.go(f"/desk/training/sessions/{session.pk}/")
    admin.act("结束并计入学时")
    admin.go(f"/desk/training/sessions/{session.pk}/")
    admin.look("training-session")
    with django_db_blocker.unblock():
        assert TrainingHours.objects.total() == 40
    officer.go("/desk/training/me/")
    officer.look("training-me")
    with django_db_blocker.unblock():
        own = stage.cast.officer.officer.pk
    officer.act("出具学时证明", officer=own, year=timezone.localdate().year)
    with django_db_blocker.unblock():
        paper = Document.objects.get(kind="training.statement")
        eventually(lambda: Document.objects.get(pk=paper.pk).state == "ready")
        assert paper.number
    bureau.go("/desk/training/hours/")
    bureau.look("training-hours")
    people["supervision_head"].go("/desk/training/settings/")
    people["supervision_head"].look("training-settings")
