"""Before the first case: departments, people, their certificates, the catalogue, the calendar."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from demo.names import Inventor, credit_code, identity, phone
from demo.sources import Body, bodies
from enforcement.catalogue import actions as catalogue
from enforcement.catalogue.citations import read_citations
from enforcement.catalogue.forms import AddItem
from enforcement.models import EnforcementItem
from personnel import actions as certificates
from personnel.models import Certificate, Officer
from personnel.staff import save_officer
from portal.accounts.demo import DOMAIN, demo_password
from portal.accounts.models import Department, RoleAssignment, User
from portal.accounts.roles import Role
from portal.deadlines import calendar_store
from portal.deadlines.calendars import YearDays
from portal.workflow import proposals
from portal.workflow.door import perform

GOVERNMENT, COURT = "克拉玛依市白碱滩区人民政府", "克拉玛依市白碱滩区人民法院"
ASSUMED = "演示假定：未查到自治区{year}年放假通知，按国务院办公厅的安排、无另加假日录入"
ISSUER = "新疆维吾尔自治区人民政府（示例）"
WHOLE_YEARS = dt.timedelta(days=1826)
# What the bureau finds when it looks at certificates: whose, and the days from today to the last day.
ENDING = {"scjgj.officer6": -12, "cgj.officer5": -40, "sthjj.officer4": 18, "wsjkw.officer4": 33, "zjj.officer4": 61}
SUSPENDED, RETURNED = "yjglj.officer4", "jtysj.officer4"
ADMINISTRATOR = "admin"


def usernames(body: Body) -> list[tuple[str, tuple[str, ...]]]:
    """Who works in a department: sign-in name and roles; a part that several play is numbered."""
    seen: dict[str, int] = {}
    found = []
    for roles in body.staff:
        part = "admin" if roles[0] == Role.DEPT_ADMIN else roles[0]
        several = sum(other[0] == roles[0] for other in body.staff) > 1
        seen[part] = seen.get(part, 0) + 1
        found.append((f"{body.code.lower()}.{part}{seen[part] if several else ''}", roles))
    return found


@dataclass
class District:
    """The people and things of the district by their names, as a process knows them."""

    @cached_property
    def departments(self) -> dict[str, Department]:
        """By code."""
        return {department.code: department for department in Department.objects.all()}

    @cached_property
    def people(self) -> dict[str, User]:
        """By sign-in name; roles are read once, as within a request."""
        return {user.username: user for user in User.objects.select_related("department")}

    @cached_property
    def officers(self) -> dict[str, int]:
        """Officers' keys by sign-in name."""
        return dict(Officer.objects.exclude(user=None).values_list("user__username", "pk"))

    @cached_property
    def items(self) -> dict[str, EnforcementItem]:
        """Items by code."""
        return {item.code: item for item in EnforcementItem.objects.all()}


def settle(today: dt.date) -> None:
    """Write departments, people and catalogue; certificates are registered by each department's administrator."""
    inventor = Inventor(random.Random("people"))  # noqa: S311 - invented people, the same every time
    word = make_password(demo_password())
    departments: dict[str, Department] = {}
    for number, body in enumerate(bodies(), start=1):
        departments[body.code] = _department(body, number, departments)
    for body in bodies():
        _people(body, departments[body.code], inventor, word)
    User.objects.create(username=ADMINISTRATOR, name="系统管理员", is_staff=True, is_superuser=True, password=word)
    district = District()
    for body in bodies():
        _catalogue(body, district, today)
        _officers(body, district, today, inventor)


def _department(body: Body, number: int, known: dict[str, Department]) -> Department:
    return Department.objects.create(
        code=body.code,
        name=body.name,
        short_name=body.short_name,
        kind=body.kind,
        lead=body.lead,
        parent=known.get(body.parent),
        credit_code=credit_code("11", number),
        document_prefix=body.prefix,
        address=f"克拉玛依市白碱滩区示例大道{number}号",
        phone=f"0990-000{number:04d}",
        reconsideration_body=(body.reconsideration or GOVERNMENT) if body.items else "",
        court=COURT if body.items else "",
    )


def _people(body: Body, department: Department, inventor: Inventor, word: str) -> None:
    for username, roles in usernames(body):
        user = User.objects.create(
            username=username,
            name=inventor.person(),
            department=department,
            password=word,
            phone=phone(9000 + inventor.number()),
        )
        for role in roles:
            RoleAssignment.objects.create(user=user, role=role, principal=role == Role.HEAD)


def _catalogue(body: Body, district: District, today: dt.date) -> None:
    """Each item is put forward by an officer and approved by the head, like any other."""
    code = body.code.lower()
    for item in body.items:
        proposal = proposals.request(
            None,
            catalogue.ADD_ITEM,
            actor=district.people[f"{code}.officer1"],
            data=AddItem(
                code=item.code,
                name=item.name,
                act_kind=EnforcementItem.Kind.PENALTY,
                field=body.field,
                violation=item.did,
                basis=f"{_cited(item.violated)}\n{_cited(item.basis)}",
                handler="业务科室（示例）",
                reviewer="法制机构（示例）",
                approver="部门负责人",
                effective_from=dt.date(today.year - 5, 1, 1),
                reason="编制执法事项目录（示例）",
            ),
        )
        proposals.approve(proposal, actor=district.people[f"{code}.head"])


def _cited(text: str) -> str:
    """A basis with law and article; an invented one stands in an invented law, told apart at a glance."""
    pieces = [part for part in text.split("；") if part.strip()]
    whole = all(not read_citations(part)[1] for part in pieces)
    return text if whole else f"《示例规定（虚构）》第一条：{text.replace('；', '，')}"


def _officers(body: Body, district: District, today: dt.date, inventor: Inventor) -> None:
    if not body.items:
        return
    admin = district.people[f"{body.code.lower()}.admin"]
    for place, (username, roles) in enumerate(usernames(body)):
        if roles[0] != Role.OFFICER:
            continue
        user, number = district.people[username], inventor.number()
        last = today + dt.timedelta(days=ENDING.get(username, 400 + 37 * number % 600))
        officer = save_officer(
            Officer(
                user=user,
                name=user.name,
                gender=Officer.Gender.FEMALE if number % 3 == 0 else Officer.Gender.MALE,
                identity=identity(dt.date(1976, 1, 1) + dt.timedelta(days=211 * number % 9000), number),
                phone=user.phone,
                position="一级行政执法员",
                legal_qualified=place == 0,
                legal_number=f"示例{number:06d}（虚构）" if place == 0 else "",
            ),
            department=district.departments[body.code],
            actor=admin,
            entered_on=min(last - WHOLE_YEARS, timezone.localdate()),
        )
        perform(
            None,
            certificates.REGISTER,
            actor=admin,
            data=certificates.Register(
                officer=officer.pk,
                number=f"65020499{number:05d}",
                issuer=ISSUER,
                fields=(body.field,),
                area="克拉玛依市白碱滩区",
                valid_from=last - WHOLE_YEARS,
                valid_to=last,
            ),
        )


def take_in(username: str, ground: str) -> None:
    """The bureau suspends somebody's certificate: proposed by a supervisor, decided by the head."""
    _decide(username, certificates.SUSPEND, ground)


def give_back(username: str, ground: str) -> None:
    """The bureau returns it."""
    _decide(username, certificates.RESUME, ground)


def _decide(username: str, action: object, ground: str) -> None:
    people = {user.username: user for user in User.objects.filter(username__startswith="sfj.")}
    certificate = Certificate.objects.get(officer__user__username=username)
    proposal = proposals.request(
        certificate,
        action,  # type: ignore[arg-type]  # one of two actions on certificates
        actor=people["sfj.supervisor1"],
        data=certificates.Ground(ground=ground),
    )
    proposals.approve(proposal, actor=people["sfj.supervision_head"])


def enter_calendar(year: int) -> None:
    """The bureau enters the region's own days of a year: none, and it says that this is an assumption."""
    if year in calendar_store.published_years(calendar_store.XINJIANG):
        return
    if year not in calendar_store.published_years(calendar_store.NATIONAL):
        return
    source = ASSUMED.format(year=year)
    actor = User.objects.get(username="sfj.supervisor1")
    calendar_store.publish_year(YearDays(year, {}, {}, source), key=calendar_store.XINJIANG, actor=actor, source=source)


def give_addresses() -> None:
    """Last of all everybody gets a mail address: two years of notices are not mailed, and the sign-in page shows them."""
    users = list(User.objects.filter(email="").exclude(username=ADMINISTRATOR))
    for user in users:
        user.email = f"{user.username}@{DOMAIN}"
    User.objects.bulk_update(users, ["email"])


def local_now() -> dt.datetime:
    """Now in the district."""
    return timezone.localtime()
