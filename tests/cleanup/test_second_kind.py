"""Another room's list goes through the same campaign: frozen, confirmed, found, reported, counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from personnel import campaigns as kinds
from personnel.campaigns import Done, Finding, Frozen, ListKind, Now
from personnel.cleanup import lines, rolls
from personnel.cleanup.statistics import found, statistics
from portal.accounts.models import Department
from portal.ledger.verification import verify
from portal.workflow import registry
from portal.workflow.actions import Attempt
from portal.workflow.data import entry
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden
from tests.cast import Cast, fresh
from tests.cleanup import scenes


@dataclass(frozen=True)
class Moved:
    """The new address."""

    address: str = entry("地址")


def frozen(_on: dt.date, departments: Sequence[int] | None) -> list[Frozen]:
    """Every department's own entry in the directory."""
    rows = Department.objects.filter(kind="organ")
    if departments is not None:
        rows = rows.filter(pk__in=departments)
    return [Frozen(one.pk, one.pk, one.name, (one.address,)) for one in rows]


def look(listed: Sequence[Any], _department: int) -> dict[int, Now]:
    """In use, or not; a department without telephone is a doubt."""
    rows = {one.pk: one for one in Department.objects.filter(pk__in=[line.key for line in listed])}
    return {
        key: Now("在用", doubts=() if one.phone else ("没有电话",)) if one.is_active else Now("停用", gone="停用")
        for key, one in rows.items()
    }


def move(attempt: Attempt[Any, Moved]) -> Done:
    """The directory follows."""
    Department.objects.filter(pk=attempt.subject.key).update(address=attempt.data.address)
    return Done(f"地址改为{attempt.data.address}")


@pytest.fixture
def directory(monkeypatch: pytest.MonkeyPatch) -> ListKind:
    """A kind of list of another room, registered for the length of a test."""
    kind = ListKind(
        "directory", "部门地址", "个", frozen, look, lambda _department, _keys: [], lambda key: f"/desk/?d={key}",
        findings=(Finding("moved", "地址有误", "更正", Moved, move),),
    )  # fmt: skip
    monkeypatch.setitem(kinds._kinds, kind.key, kind)
    action = lines.finding_action(kind, kind.findings[0])
    monkeypatch.setitem(lines._findings, kind.key, {"moved": action})
    monkeypatch.setitem(registry._actions, action.key, action)
    return kind


def test_a_kind_registered_by_another_room_is_gone_through_like_the_officers(
    cast: Cast, directory: ListKind, sign_in: Any
) -> None:
    campaign = scenes.opened(cast, kind="directory", departments=(str(cast.market.pk), str(cast.city.pk)))
    roll = scenes.roll_of(campaign, cast.market)
    line = roll.lines.get()
    moved = lines.finding_actions(directory)["moved"]
    with pytest.raises(Forbidden):
        perform(line, moved, actor=cast.head, data=Moved("示例新路 1 号"))
    page = sign_in(cast.dept_admin).get(f"/desk/cleanup/lines/{line.pk}/").content.decode()
    assert "地址有误" in page
    assert "执法证应当注销" not in page
    perform(line, moved, actor=fresh(cast.dept_admin), data=Moved("示例新路 1 号"))
    assert scenes.reported(cast, roll).state == "reported"
    told = {one.department: one.found for one in statistics(campaign)}
    assert told == {cast.city.name: {"moved": 0}, cast.market.name: {"moved": 1}}
    assert [(one.what, one.settled) for one in found(campaign)] == [("地址有误", True)]
    assert Department.objects.get(pk=cast.market.pk).address == "示例新路 1 号"
    assert list(verify()) == []


def test_a_finding_of_one_kind_is_no_finding_of_another(cast: Cast, directory: ListKind) -> None:
    officer = scenes.staffed(cast, "甲示例")[0]
    campaign = scenes.opened(cast)
    with pytest.raises(Blocked):
        perform(
            scenes.line_of(campaign, officer), lines.finding_actions(directory)["moved"], actor=cast.dept_admin,
            data=Moved("x"),
        )  # fmt: skip


def test_doubts_of_the_kind_keep_a_line_out_of_the_plain_ones(cast: Cast, directory: ListKind) -> None:
    Department.objects.filter(pk=cast.market.pk).update(phone="")
    roll = scenes.roll_of(scenes.opened(cast, kind=directory.key), cast.market)
    assert rolls.plain(roll) == []
