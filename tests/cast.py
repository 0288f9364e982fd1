"""The cast of every test: five departments, the district around them, and the people with their roles.

Chen and Li handle cases at the market bureau, Zhao decides them, Wang reviews. Sun and Qian of the city
management must not see them. The justice bureau's supervisors see everything. All names are invented.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone

from portal.accounts.credit_code import check_character
from portal.accounts.models import Department, RoleAssignment, User
from portal.accounts.roles import Role
from portal.matters.models import Matter

PASSWORD = "示例口令-不用于生产-2026"
Kind = Department.Kind
Lead = Department.Lead

DEPARTMENTS: dict[str, tuple[str, str, str, str, str, str]] = {
    # attribute: code, full name, short name, kind, lead, document prefix
    "bureau": ("SFJ", "示例区司法局", "区司法局", Kind.BUREAU, Lead.OWN, "示司"),
    "market": ("SCJGJ", "示例区市场监督管理局", "区市场监管局", Kind.ORGAN, Lead.OWN, "示市监"),
    "city": ("CGJ", "示例区城市管理局", "区城管局", Kind.ORGAN, Lead.OWN, "示城管"),
    "ecology": ("STHJJ", "示例市生态环境局示例区分局", "区生态环境分局", Kind.DISPATCHED, Lead.VERTICAL, "示环"),
    "street": ("ZXJD", "示例区中心街道办事处", "中心街道", Kind.STREET, Lead.OWN, "示中街"),
    "government": ("QZF", "示例区人民政府", "区政府", Kind.GOVERNMENT, Lead.OWN, "示政"),
    "police": ("GAJ", "示例区公安分局", "区公安分局", Kind.POLICE, Lead.DUAL, "示公"),
    "procuratorate": ("JCY", "示例区人民检察院", "区检察院", Kind.PROCURATORATE, Lead.DUAL, "示检"),
    "court": ("FY", "示例区人民法院", "区法院", Kind.COURT, Lead.DUAL, "示法"),
}
PEOPLE: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    # attribute: username, name, department, roles
    "officer": ("chen", "陈示例", "market", (Role.OFFICER,)),
    "second_officer": ("li", "李示例", "market", (Role.OFFICER,)),
    "legal": ("wang", "王示例", "market", (Role.LEGAL,)),
    "head": ("zhao", "赵示例", "market", (Role.HEAD,)),
    "deputy": ("zhou", "周示例", "market", (Role.DEPUTY,)),
    "dept_admin": ("wu", "吴示例", "market", (Role.DEPT_ADMIN,)),
    "liaison": ("cui", "崔示例", "market", (Role.LIAISON,)),
    "newcomer": ("xin", "辛示例", "market", ()),
    "foreign_officer": ("sun", "孙示例", "city", (Role.OFFICER,)),
    "foreign_head": ("qian", "钱示例", "city", (Role.HEAD,)),
    "ecology_officer": ("shi", "石示例", "ecology", (Role.OFFICER,)),
    "street_officer": ("feng", "冯示例", "street", (Role.OFFICER,)),
    "street_head": ("he", "何示例", "street", (Role.HEAD, Role.LEGAL)),
    "judicial_officer": ("gu", "顾示例", "street", (Role.JUDICIAL_OFFICE,)),
    "supervisor": ("lu", "陆示例", "bureau", (Role.SUPERVISOR,)),
    "second_supervisor": ("yan", "严示例", "bureau", (Role.SUPERVISOR,)),
    "supervision_head": ("tao", "陶示例", "bureau", (Role.SUPERVISION_HEAD,)),
    "bureau_admin": ("jiang", "蒋示例", "bureau", (Role.DEPT_ADMIN,)),
    "counsel": ("xu", "徐示例", "bureau", (Role.COUNSEL,)),
    "social_supervisor": ("mo", "莫示例", "bureau", (Role.SOCIAL_SUPERVISOR,)),
    "coordinator": ("ye", "叶示例", "government", (Role.COORDINATOR, Role.GOVERNMENT)),
    "policeman": ("du", "杜示例", "police", (Role.POLICE,)),
    "procurator": ("ren", "任示例", "procuratorate", (Role.PROCURATOR,)),
    "judge": ("fan", "范示例", "court", (Role.COURT,)),
}
PRINCIPALS = {"head", "foreign_head", "street_head"}


@dataclass(frozen=True)
class Cast:
    """Departments and people by the part they play."""

    bureau: Department
    market: Department
    city: Department
    ecology: Department
    street: Department
    government: Department
    police: Department
    procuratorate: Department
    court: Department
    officer: User
    second_officer: User
    legal: User
    head: User
    deputy: User
    dept_admin: User
    liaison: User
    newcomer: User
    foreign_officer: User
    foreign_head: User
    ecology_officer: User
    street_officer: User
    street_head: User
    judicial_officer: User
    supervisor: User
    second_supervisor: User
    supervision_head: User
    bureau_admin: User
    counsel: User
    social_supervisor: User
    coordinator: User
    policeman: User
    procurator: User
    judge: User
    system_administrator: User

    @property
    def everybody(self) -> dict[str, User]:
        """Every person with an account, by part."""
        return {field.name: person for field in fields(self) if isinstance(person := getattr(self, field.name), User)}

    @property
    def departments(self) -> dict[str, Department]:
        """Every department, by part."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: department for name, department in found.items() if isinstance(department, Department)}


def assemble() -> Cast:
    """Write the cast to the database: a handful of statements, no history."""
    groups = Group.objects.bulk_create([Group(name=f"department:{row[0]}") for row in DEPARTMENTS.values()])
    made = [
        Department(
            code=code, name=name, short_name=short, kind=kind, lead=lead, document_prefix=prefix, group=group,
            credit_code=_credit_code(number), address=f"示例路 {number} 号", phone=f"0990-000{number:04d}",
            reconsideration_body="示例区人民政府", court="示例区人民法院",
        )
        for number, ((code, name, short, kind, lead, prefix), group) in enumerate(
            zip(DEPARTMENTS.values(), groups, strict=True), start=1
        )
    ]  # fmt: skip
    departments = dict(zip(DEPARTMENTS, Department.objects.bulk_create(made), strict=True))
    users = [
        User(
            username=username,
            name=name,
            department=departments[place],
            password=_password(),
            email=f"{username}@example.invalid",
        )
        for username, name, place, _roles in PEOPLE.values()
    ]
    users.append(User(username="root", name="系统管理员", is_staff=True, is_superuser=True, password=_password()))
    people = dict(zip([*PEOPLE, "system_administrator"], User.objects.bulk_create(users), strict=True))
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            user=people[part], department=departments[place], role=role,
            principal=part in PRINCIPALS and role == Role.HEAD,
        )
        for part, (_username, _name, place, roles) in PEOPLE.items()
        for role in roles
    )  # fmt: skip
    everything: dict[str, Any] = departments | people
    return Cast(**everything)


def matter(department: Department, *, kind: str = "case", title: str = "示例案件（虚构）", **more: Any) -> Matter:
    """A bare matter, for tests that need nothing but somebody's."""
    return Matter.objects.create(department=department, kind=kind, title=title, opened_at=timezone.now(), **more)


def fresh(person: User) -> User:
    """The same person as a new request would read him: no remembered roles or grants."""
    return User.objects.select_related("department").get(pk=person.pk)


@cache
def _password() -> str:
    return make_password(PASSWORD)


def _credit_code(number: int) -> str:
    start = f"11650204MB{number:07d}"
    return start + check_character(start)
