"""Whether a department may file: by what the register says of it on the day. A table a lawyer can read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from enforcement.cases import actions, data
from enforcement.cases.qualified import QUALIFIED
from enforcement.models import Case
from personnel.subjects import empowerments, questions
from portal.accounts.models import Department, RoleAssignment, User
from portal.accounts.roles import Role
from portal.workflow.actions import Attempt
from portal.workflow.door import perform
from tests.cast import Cast, fresh
from tests.scenes import item, register_data
from tests.subjects import scenes
from tests.subjects.scenes import day


def officer_of(department: Department) -> User:
    """An officer of the department, made when it has none."""
    found = User.objects.filter(department=department, role_assignments__role=Role.OFFICER).first()
    if found is None:
        found = User.objects.create(username=f"o-{department.code.lower()}", name="办示例", department=department)
        RoleAssignment.objects.create(user=found, department=department, role=Role.OFFICER)
    return fresh(found)


def lead_of(cast: Cast, department: Department, code: str = "4.17") -> Case:
    """A lead that the department has registered."""
    given = register_data(cast, item=item(cast, code, department).pk)
    found: Case = perform(None, actions.REGISTER, actor=officer_of(department), data=given).subject
    return found


def unmet(case: Case, on: dt.date) -> dict[str, str]:
    """The gates of the register that are not met on the day, with their sentences."""
    attempt: Attempt[Any, Any] = Attempt(
        case, case.matter, actions.FILE, None, data.File((), "", False), on, None  # type: ignore[arg-type]
    )  # fmt: skip
    found = [gate.check(attempt) for gate in QUALIFIED]
    assert all(one.citation for one in found if one)
    return {one.gate: one.sentence for one in found if one}


def brigade(cast: Cast) -> Department:
    """The entrusted body, its subject confirmed on a mandate of which 4.17 is part."""
    body = scenes.entrusted_body(cast)
    scenes.mandate(cast, body, valid_to=day(100))
    scenes.confirmed(cast, body)
    return body


def street_with_list(cast: Cast) -> Department:
    """The street, confirmed, with a list of which 4.17 is part from today."""
    scenes.empowered(cast, cast.street, valid_to=day(100))
    scenes.confirmed(cast, cast.street)
    return cast.street


def street_without_list(cast: Cast) -> Department:
    """The street, confirmed, its decision registered but not published."""
    scenes.registered(cast, cast.street)
    scenes.confirmed(cast, cast.street)
    return cast.street


def street_item_taken_back(cast: Cast) -> Department:
    """4.17 was taken back today."""
    street = street_with_list(cast)
    decision = street.empowerments.get()
    item_row = decision.items.get(code="4.17")
    given = empowerments.TakeBack((item_row.pk,), day(0), "示政发〔2026〕2 号（虚构）")
    scenes.approved(decision, empowerments.TAKE_BACK, cast.supervisor, cast.supervision_head, given)
    return street


def brigade_signed_only(cast: Cast) -> Department:
    """Confirmed on a mandate that has run out since; the new one is signed and not published."""
    body = scenes.entrusted_body(cast)
    scenes.mandate(cast, body, valid_to=day(0))
    scenes.confirmed(cast, body)
    scenes.signed(cast, body)
    return body


def of(stage: Callable[..., Any], department: str) -> Callable[[Cast], Department]:
    """A department of the cast at a stage of its subject."""

    def make(cast: Cast) -> Department:
        place: Department = getattr(cast, department)
        if stage is scenes.applied:
            stage(place)
        else:
            stage(cast, place)
        return place

    return make


def nobody(department: str) -> Callable[[Cast], Department]:
    """A department that stands not in the register."""
    return lambda cast: getattr(cast, department)


TABLE = [
    # who and how it stands, item, day from today → the gate that is not met and words of its sentence
    ("不在登记簿上的机关", nobody("market"), "4.17", 0, None, ""),
    ("不在登记簿上的街道", nobody("street"), "4.17", 0, None, ""),
    ("不在登记簿上的受委托组织", scenes.entrusted_body, "4.17", 0, None, ""),
    ("已申报、没有确认", of(scenes.applied, "market"), "4.17", 0, "subject_confirmed", "还没有确认"),
    ("已确认", of(scenes.confirmed, "market"), "4.17", 0, None, ""),
    ("确认以前的一天", of(scenes.confirmed, "market"), "4.17", -1, "subject_confirmed", "才确认"),
    ("已公告", of(scenes.published, "market"), "4.17", 0, None, ""),
    ("已撤销", of(scenes.withdrawn, "market"), "4.17", 0, "subject_confirmed", "起撤销"),
    ("受委托组织，委托范围内", brigade, "4.17", 0, None, ""),
    ("受委托组织，委托的最后一天", brigade, "4.17", 100, None, ""),
    ("受委托组织，期满后一天", brigade, "4.17", 101, "within_mandate", "没有示例区市场监督管理局签发并公布"),
    ("受委托组织，委托范围外", brigade, "5.01", 0, "within_mandate", "不在示例区市场监督管理局委托的事项里"),
    ("受委托组织，委托书没有公布", brigade_signed_only, "4.17", 1, "within_mandate", "签发并公布"),
    ("街道，清单内", street_with_list, "4.17", 0, None, ""),
    ("街道，清单外", street_with_list, "5.01", 0, "within_empowerment", "应当移送有权的部门"),
    ("街道，决定期满后一天", street_with_list, "4.17", 101, "within_empowerment", "没有已经公布、正在施行"),
    ("街道，决定没有公布", street_without_list, "4.17", 0, "within_empowerment", "没有已经公布"),
    ("街道，事项已收回", street_item_taken_back, "4.17", 0, "within_empowerment", "赋权清单"),
]
ARTICLES = {
    "subject_confirmed": ("CF-40",),
    "within_mandate": ("处罚法20条", "CF-36"),
    "within_empowerment": ("CF-39",),
}


@pytest.mark.parametrize(("_who", "make", "code", "days", "gate", "words"), TABLE, ids=[row[0] for row in TABLE])
def test_who_may_file(
    cast: Cast, _who: str, make: Callable[[Cast], Department], code: str, days: int, gate: str | None, words: str
) -> None:
    case = lead_of(cast, make(cast), code)
    found = unmet(case, day(days))
    assert set(found) == ({gate} if gate else set())
    if gate:
        assert words in found[gate]
        assert {one.key: one.citation for one in QUALIFIED}[gate] == ARTICLES[gate]


def test_the_gates_stand_before_filing_and_deciding() -> None:
    from portal.workflow.registry import gates_of

    for action in (actions.FILE, actions.DECIDE):
        assert set(QUALIFIED) <= set(gates_of(action))


def test_a_mandate_of_somebody_else_than_the_delegator_does_not_count(cast: Cast) -> None:
    body = brigade(cast)
    Department.objects.filter(pk=body.pk).update(parent=cast.city)
    body = Department.objects.get(pk=body.pk)
    assert "示例区城市管理局签发并公布" in (questions.mandate_problem(body, "4.17", day(0)) or "")


def test_a_street_is_shown_whom_to_transfer_to(cast: Cast, sign_in: Any) -> None:
    street = street_item_taken_back(cast)
    item(cast, "4.17", cast.market)
    case = lead_of(cast, street)
    shown = sign_in(fresh(cast.street_officer)).get(f"/desk/cases/{case.pk}/").content.decode()
    assert "本街道没有这一事项的处罚权" in shown
    assert "建议移送" in shown
    assert "处罚法24条" in shown
    assert "示例区市场监督管理局" in shown
    assert "区市场监管局" in shown


def test_the_case_of_an_entrusted_body_names_mandate_and_delegator(cast: Cast, sign_in: Any) -> None:
    body = brigade(cast)
    case = lead_of(cast, body)
    assert case.acting_name == "示例区市场监督管理局"
    shown = sign_in(officer_of(body)).get(f"/desk/cases/{case.pk}/").content.decode()
    assert "以谁的名义" in shown
    assert body.held_mandates.get().number in shown


def test_the_gates_cost_the_same_for_long_lists(cast: Cast, django_assert_max_num_queries: Any) -> None:
    lines = "\n".join(f"{number}.99 事项{number}" for number in range(300))
    scenes.empowered(cast, cast.street, items=f"{scenes.DELEGATED}\n{lines}")
    scenes.confirmed(cast, cast.street)
    case = lead_of(cast, cast.street)
    with django_assert_max_num_queries(8):
        assert unmet(case, day(0)) == {}
