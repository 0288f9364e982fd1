"""Who sees which matter: the queryset and the predicate give one answer for the whole cast."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.grants import end_grants, grant_matter
from portal.matters.models import Matter
from tests.cast import Cast, fresh, matter

NOW = timezone.now


@pytest.fixture
def granted(cast: Cast) -> dict[str, Matter]:
    """A matter of every department; some of the city's lent to others: alive, run out, ended."""
    made = {part: matter(department) for part, department in cast.departments.items()}
    for name in ("alive", "until_tomorrow", "run_out", "ended", "to_person"):
        made[name] = matter(cast.city, title=f"{name}（虚构）")
    later, earlier = NOW() + dt.timedelta(days=1), NOW() - dt.timedelta(seconds=1)
    grant_matter(made["alive"], to=cast.police, ground="移送（虚构）")
    grant_matter(made["until_tomorrow"], to=cast.police, ground="移送（虚构）", until=later)
    grant_matter(made["run_out"], to=cast.police, ground="移送（虚构）", until=earlier)
    grant_matter(made["ended"], to=cast.police, ground="移送（虚构）")
    end_grants(made["ended"], to=cast.police)
    grant_matter(made["to_person"], to=cast.counsel, ground="法律顾问（虚构）")
    return made


def test_queryset_and_predicate_agree_for_everybody(cast: Cast, granted: dict[str, Matter]) -> None:
    for part, person in cast.everybody.items():
        user = fresh(person)
        listed = set(Matter.objects.visible_to(user).values_list("pk", flat=True))
        asked = {one.pk for one in Matter.objects.all() if one.is_visible_to(user)}
        assert listed == asked, part
    assert len(granted) == 14


def seen(person: Any, granted: dict[str, Matter]) -> set[str]:
    user = fresh(person)
    return {name for name, one in granted.items() if one.is_visible_to(user)}


def test_a_right_ends_by_its_date_or_by_an_action(cast: Cast, granted: dict[str, Matter]) -> None:
    assert seen(cast.policeman, granted) == {"police", "alive", "until_tomorrow"}
    assert seen(cast.counsel, granted) == {"to_person"}  # a guest of the bureau, not one of its own


def test_the_bureaus_supervisors_see_everything_and_other_officers_only_their_own(
    cast: Cast, granted: dict[str, Matter]
) -> None:
    assert seen(cast.supervisor, granted) == set(granted)
    assert seen(cast.bureau_admin, granted) == {"bureau"}
    assert seen(cast.officer, granted) == {"market"}


def test_an_administrator_of_the_system_sees_no_matter(cast: Cast, granted: dict[str, Matter]) -> None:
    assert seen(cast.system_administrator, granted) == set()
    assert not Matter.objects.visible_to(fresh(cast.system_administrator)).exists()


def test_lending_twice_prolongs_one_right(cast: Cast, granted: dict[str, Matter]) -> None:
    grant_matter(granted["alive"], to=cast.police, ground="补充材料（虚构）", until=NOW() + dt.timedelta(days=3))
    assert granted["alive"].department_grants.count() == 1
    assert granted["alive"].department_grants.get().ground == "补充材料（虚构）"


def test_the_right_is_an_object_permission_of_a_live_grant(cast: Cast, granted: dict[str, Matter]) -> None:
    policeman = fresh(cast.policeman)
    assert policeman.has_perm("matters.view_matter", granted["alive"])
    assert not policeman.has_perm("matters.view_matter", granted["run_out"])
    assert not policeman.has_perm("matters.change_matter", granted["alive"])
