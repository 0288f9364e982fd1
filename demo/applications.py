"""Newcomers of three departments apply for their certificates; one application stands at every station."""

from __future__ import annotations

import datetime as dt
from typing import Any

import time_machine
from django.utils import timezone

from demo.files import picture, sheet
from demo.names import identity, phone
from personnel.applications import actions, data, letters
from personnel.applications.models import Application
from personnel.gallery import keep_picture
from personnel.models import Officer, OfficerPicture
from personnel.staff import save_officer
from portal.accounts.models import Department, User
from portal.accounts.roles import Role
from portal.attachments import store
from portal.inbox.models import Notice
from portal.workflow.door import perform
from portal.workflow.proposals import approve, request

DEPARTMENTS = ("SCJGJ", "CGJ", "WSJKW")
ISSUER = "自治区司法厅（示例）"
# Who comes to each department, and how far the application has come.
NEWCOMERS = (
    (("甲新例", "issued"), ("乙新例", "forwarded"), ("丙新例", "draft")),
    (("丁新例", "forwarded"), ("戊新例", "returned")),
    (("己新例", "submitted"), ("庚新例", "passed")),
)
PROOF = "机构编制部门证明：该同志为本单位在编人员。本页由程序生成，全文为虚构。"


def carry_out(today: dt.date) -> None:
    """The past six weeks: drawn up, sent, examined, forwarded in one letter, one certificate back."""
    bureau = Department.objects.get(kind=Department.Kind.BUREAU)
    supervisor, chief = holder(bureau, Role.SUPERVISOR), holder(bureau, Role.SUPERVISION_HEAD)
    number = 9100
    made: list[tuple[Application, str]] = []
    for code, people in zip(DEPARTMENTS, NEWCOMERS, strict=True):
        department = Department.objects.filter(code=code).first()
        if department is None:
            continue
        for name, goal in people:
            number += 1
            with _at(today - dt.timedelta(days=42), 9):
                made.append((_drawn(department, name, number, whole=goal != "draft"), goal))
    with _at(today - dt.timedelta(days=35), 10):
        for application, goal in made:
            if goal != "draft":
                _sent(application)
    with _at(today - dt.timedelta(days=28), 10):
        for application, goal in made:
            if goal not in {"draft", "submitted"}:
                _looked_at(application, goal, supervisor)
    with _at(today - dt.timedelta(days=14), 15):
        going = [str(one.pk) for one, goal in made if goal in {"forwarded", "issued"}]
        given = letters.Forward(tuple(going), "region", ISSUER)
        approve(request(None, letters.FORWARD, actor=supervisor, data=given), actor=chief)
    with _at(today - dt.timedelta(days=3), 11):
        for application, goal in made:
            if goal == "issued":
                _issued(application, supervisor)
    Notice.objects.filter(kind="applications", created_at__date__lt=today - dt.timedelta(days=4)).update(
        read_at=timezone.now()
    )


def holder(department: Department, role: Role) -> User:
    """Who plays the part in a department."""
    rows = User.objects.filter(department=department, role_assignments__role=role, is_active=True)
    return rows.select_related("department").order_by("pk").first()  # type: ignore[return-value]  # every body of the demo has its people


def _drawn(department: Department, name: str, number: int, *, whole: bool) -> Application:
    admin = holder(department, Role.DEPT_ADMIN)
    field = _field(department)
    officer = save_officer(
        Officer(
            name=name,
            gender=Officer.Gender.MALE if number % 2 else Officer.Gender.FEMALE,
            identity=identity(dt.date(1995, 3, 1) + dt.timedelta(days=101 * (number - 9100)), number),
            phone=phone(number),
            position="四级行政执法员",
        ),
        department=department,
        actor=admin,
    )
    if whole:
        keep_picture(officer, OfficerPicture.Kind.PHOTO, picture("photo.png", number).read(), actor=admin)
    given = data.Draw(
        officer=officer.pk,
        staffing="civil" if number % 2 else "institution",
        post="综合执法岗位",
        fields=(field,),
        area="克拉玛依市白碱滩区",
        staffing_file=f"示编〔{timezone.localdate().year}〕{number - 9100}号（虚构）",
        education="本科",
    )
    application: Application = perform(None, actions.DRAW, actor=admin, data=given).subject
    if whole:
        amended = data.as_it_stands(application, admin)
        amended["proof"] = store(application.matter, sheet("在编证明.pdf", "在编证明（示例）", PROOF), admin).pk
        amended["fields"] = tuple(amended["fields"])
        perform(application, actions.AMEND, actor=admin, data=data.Amend(**amended))
    return _now(application)


def _field(department: Department) -> str:
    officer = Officer.objects.filter(department=department, certificates__isnull=False).order_by("pk").first()
    held: Any = officer.certificates.order_by("pk").first() if officer is not None else None
    return str(held.fields[0]) if held is not None else "综合"


def _sent(application: Application) -> None:
    department = application.department
    head = holder(department, Role.HEAD)
    given = data.Submit("材料属实，同意申领。")
    admin = holder(department, Role.DEPT_ADMIN)
    approve(request(_now(application), actions.SUBMIT, actor=admin, data=given), actor=head)


def _looked_at(application: Application, goal: str, supervisor: User) -> None:
    found = _now(application)
    if goal == "returned":
        words = "在编证明没有加盖公章，请补盖后重新上传。"
        perform(found, actions.RETURN, actor=supervisor, data=data.Return(words))
        return
    if found.state == Application.State.SUBMITTED:
        proof = store(
            found.matter, sheet("成绩单.pdf", "成绩单（示例）", "行政执法资格考试成绩合格。全文为虚构。"), supervisor
        )
        given = data.Examine(
            way="recorded",
            title="行政执法资格考试（示例）",
            taken_on=timezone.localdate() - dt.timedelta(days=60),
            points="86 分，合格",
            proof=proof.pk,
        )
        perform(found, actions.EXAMINE, actor=supervisor, data=given)
    perform(_now(application), actions.PASS, actor=supervisor, data=data.Pass())


def _issued(application: Application, supervisor: User) -> None:
    found, today = _now(application), timezone.localdate()
    given = data.Issue(
        number=f"65020499{90000 + application.officer_id % 1000:05d}",
        issuer=ISSUER,
        fields=tuple(found.fields),
        area=found.area,
        valid_from=today,
        valid_to=today + dt.timedelta(days=5 * 365),
    )
    perform(found, actions.ISSUE, actor=supervisor, data=given)


def _now(application: Application) -> Application:
    return Application.objects.select_related("department", "matter", "officer").get(pk=application.pk)


def _at(day: dt.date, hour: int) -> Any:
    moment = dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone())
    return time_machine.travel(moment, tick=True)
