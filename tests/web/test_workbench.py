"""The workbench and the pages around it: what is due, what waits, and how many questions that costs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.deadlines.models import Obligation
from portal.ledger.models import Event
from portal.matters.models import Matter
from portal.web.navigation import Card, NavigationItem, cards_for, navigation_for
from portal.web.workbench import workbench
from portal.workflow.models import Proposal
from tests import scenes
from tests.cast import Cast, fresh, matter

NOW = dt.datetime(2026, 11, 24, 2, tzinfo=dt.UTC)
FULL_LIST, WORKBENCH = 14, 24


@pytest.fixture(autouse=True)
def at_ten_on_a_tuesday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def due(place: Matter, days: int, **more: Any) -> Obligation:
    """An open duty of the matter's department that ends so many days from today."""
    day = timezone.localdate() + dt.timedelta(days=days)
    end = timezone.make_aware(dt.datetime.combine(day, dt.time.max))
    values: dict[str, Any] = {
        "matter": place, "rule": "case.decide", "law": "CF-04", "kind": "duty", "bound": "department",
        "department": place.department, "unit": "days", "opened_at": NOW - dt.timedelta(days=30), "due_at": end,
        "due_on": day, "near_at": end - dt.timedelta(days=2), "calendar_version": "xinjiang-0",
    }  # fmt: skip
    return Obligation.objects.create(**values | more)


def body(answer: Any) -> str:
    return str(answer.content.decode())


def test_duties_stand_in_the_order_of_their_dates_under_three_heads(cast: Cast) -> None:
    place = scenes.lead(cast).matter
    Obligation.objects.all().delete()
    for number, days in enumerate((9, -3, 0, 1)):
        due(place, days, about=f"decision:{number}")
    bench = workbench(fresh(cast.head))
    assert [(group.title, [duty.due_on for duty in group.duties]) for group in bench.groups] == [
        ("已逾期", [dt.date(2026, 11, 21)]),
        ("两个工作日内", [dt.date(2026, 11, 24), dt.date(2026, 11, 25)]),
        ("之后", [dt.date(2026, 12, 3)]),
    ]
    assert bench.today == 2
    assert [group.duties[0].words for group in bench.groups] == ["逾期 3 日", "今天到期", "剩 9 日"]


def test_another_departments_duties_are_not_shown(cast: Cast, sign_in: Any) -> None:
    due(matter(cast.city, title="别人的案件（虚构）"), 1)
    assert "别人的案件" not in body(sign_in(cast.head).get("/desk/"))
    assert "别人的案件" in body(sign_in(cast.foreign_head).get("/desk/"))


def test_an_officer_sees_his_own_matters_first_and_the_departments_on_request(cast: Cast, sign_in: Any) -> None:
    scenes.lead(cast, party_name="示例甲店（虚构）")
    scenes.lead(cast, cast.second_officer, party_name="示例乙店（虚构）")
    own = body(sign_in(cast.officer).get("/desk/"))
    assert "示例甲店" in own
    assert "示例乙店" not in own
    assert "示例乙店" in body(sign_in(cast.officer).get("/desk/?scope=department"))


def test_a_duty_offers_the_step_that_settles_it_when_the_case_is_ready_for_it(cast: Cast, sign_in: Any) -> None:
    case = scenes.lead(cast)
    page = body(sign_in(cast.officer).get("/desk/"))
    assert f'href="/desk/do/{case.pk}/enforcement.case.file/"' in page
    scenes.filed(cast, case)
    page = body(sign_in(cast.officer).get("/desk/"))
    assert "enforcement.case.decide" not in page
    assert "看下一步" in page


def test_what_waits_what_came_back_and_what_is_mine(cast: Cast, sign_in: Any) -> None:
    proposal = scenes.requested(cast)
    head = body(sign_in(cast.head).get("/desk/"))
    assert f'href="/desk/proposals/{proposal.pk}/"' in head
    assert "11-24 提交" in head
    officer = body(sign_in(cast.officer).get("/desk/"))
    assert "没有在等别人的事项" not in officer
    sign_in(cast.head).post(f"/desk/proposals/{proposal.pk}/", {"verdict": "return", "reason": "写得太简单"})
    officer = body(sign_in(cast.officer).get("/desk/"))
    assert "写得太简单" in officer
    assert f'href="/desk/do/{proposal.matter_id}/enforcement.case.file/"' in officer


def test_an_empty_workbench_says_what_will_appear(cast: Cast, sign_in: Any) -> None:
    page = body(sign_in(cast.judge).get("/desk/"))
    for words in ("今天没有到期的事", "没有待办的期限", "没有等您审批的事项", "没有被退回的事项", "还没有您办过的案件"):
        assert words in page


def test_a_card_of_another_room_stands_beside_the_workbench_for_whom_it_is_meant(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.web import navigation

    for_heads = Card("tests", 1, "theme/empty.html", lambda user: {"n": 1} if user.has_role("head") else None)
    monkeypatch.setattr(navigation, "_cards", [for_heads])
    assert cards_for(fresh(cast.head)) == [{"template": "theme/empty.html", "n": 1}]
    assert cards_for(fresh(cast.officer)) == []


def test_the_bar_shows_what_is_for_this_person_and_where_he_is(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from portal.web import navigation

    items = [
        NavigationItem("工作台", "web:workbench", 0),
        NavigationItem("审批", "web:proposals", 1, roles=frozenset({"head"})),
        NavigationItem("期限", "web:deadlines", 2, kinds=frozenset({"court"})),
        NavigationItem("没有这一页", "web:unheard-of", 3),
    ]
    monkeypatch.setattr(navigation, "_items", items)
    bar = [(link.label, link.current) for link in navigation_for(fresh(cast.head), "/desk/proposals/7/")]
    assert bar == [("工作台", False), ("审批", True)]
    bar = [(link.label, link.current) for link in navigation_for(fresh(cast.judge), "/desk/")]
    assert bar == [("工作台", True), ("期限", False)]


def test_entries_of_a_group_share_a_place_in_the_bar_and_one_alone_is_the_place(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.web import navigation

    group = navigation.Group("人员", 1)
    items = [
        NavigationItem("工作台", "web:workbench", 0),
        NavigationItem("审批", "web:proposals", 5, roles=frozenset({"head"}), group=group),
        NavigationItem("期限", "web:deadlines", 6, group=group),
    ]
    monkeypatch.setattr(navigation, "_items", items)
    top, people = navigation_for(fresh(cast.head), "/desk/proposals/7/")
    assert (top.label, people.label, people.url, people.current) == ("工作台", "人员", "", True)
    assert [(link.label, link.current) for link in people.links] == [("审批", True), ("期限", False)]
    assert [link.label for link in navigation_for(fresh(cast.officer), "/desk/")] == ["工作台", "期限"]


def test_the_month_lists_its_days_and_leads_to_the_next(cast: Cast, sign_in: Any) -> None:
    place = matter(cast.market, title="十二月的案件（虚构）")
    due(place, 20)
    browser = sign_in(cast.officer)
    november = body(browser.get("/desk/deadlines/"))
    assert "这个月没有到期的事" in november
    assert "?month=2026-12" in november
    december = body(browser.get("/desk/deadlines/?month=2026-12"))
    assert "2026-12-14 星期一" in december
    assert "十二月的案件" in december
    assert "?month=2027-01" in december
    assert "2026年11月" in body(browser.get("/desk/deadlines/?month=quatsch"))


def questions(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


def fill(cast: Cast, count: int) -> None:
    """So many matters of Chen's, each with duties, an event and a proposal of every state."""
    for number in range(count):
        place = matter(cast.market, kind="enforcement.case", title=f"示例案件 {number:02d}（虚构）")
        due(place, number - 3)
        Event.objects.create(
            matter=place, sequence=1, name="tests", actor=cast.officer, happened_at=NOW, recorded_at=NOW, canonical="{}"
        )
        for state in (Proposal.State.REQUESTED, Proposal.State.RETURNED, Proposal.State.DRAFT):
            Proposal.objects.create(
                matter=place, department=cast.market, action="enforcement.case.file", subject_id=place.pk + 1000 * len(state),
                title=place.title, state=state, proposed_by=cast.officer, requested_at=NOW,
            )  # fmt: skip


@pytest.mark.parametrize(
    ("address", "budget"),
    [
        ("/desk/", WORKBENCH),
        ("/desk/?scope=department", WORKBENCH),
        ("/desk/deadlines/", FULL_LIST),
        ("/desk/proposals/?which=own", FULL_LIST),
        ("/desk/proposals/?which=drafts", FULL_LIST),
        ("/desk/search/?q=示例", FULL_LIST),
    ],
)
def test_a_page_asks_as_many_questions_for_fifty_rows_as_for_five(
    cast: Cast, sign_in: Any, address: str, budget: int
) -> None:
    browser = sign_in(cast.officer)
    fill(cast, 5)
    few = questions(browser, address)
    fill(cast, 45)
    assert questions(browser, address) == few <= budget


def test_what_waits_for_a_head_costs_the_same_for_fifty_as_for_five(cast: Cast, sign_in: Any) -> None:
    browser = sign_in(cast.head)
    fill(cast, 5)
    few = questions(browser, "/desk/proposals/")
    fill(cast, 45)
    assert questions(browser, "/desk/proposals/") == few <= FULL_LIST
    assert questions(browser, "/desk/") <= WORKBENCH
