"""Figures of the board: true counts, rates only from ten on, intervals, and no penalty counted."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from personnel.actions import REVOKE
from portal.deadlines.services import replay, state_fact
from portal.deadlines.sweeping import sweep
from supervision import statistics
from supervision.statistics import Share
from supervision.views.board import comparison, per_cent, tile
from tests.cast import Cast
from tests.personnel.scenes import certificate, officer, on, proposed
from tests.supervision import scenes

YEAR = timezone.localdate().year


def test_under_ten_there_is_no_rate() -> None:
    assert per_cent(Share(9, 9)) == "不足 10 件"
    assert per_cent(Share(9, 10)) == "90.0 %"
    assert Share(9, 9).interval is None


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(10, 10, 72.2467, 100.0), (95, 100, 88.8248, 97.8455), (0, 20, 0.0, 16.1125), (114, 118, 91.6072, 98.6740)],
)
def test_the_interval_is_wilsons(part: int, whole: int, low: float, high: float) -> None:
    """Expected values computed by hand from Wilson's formula with z = 1.959964."""
    found = Share(part, whole).interval
    assert found is not None
    assert found == pytest.approx((low, high), abs=0.001)


def test_disclosures_in_time_are_counted_by_department(cast: Cast) -> None:
    scenes.calendars()
    for place in range(9):
        made = scenes.decided(cast.market, scenes.days_ago(60 + place))
        scenes.disclosed(made, scenes.days_ago(58 + place))
    late = scenes.decided(cast.market, scenes.days_ago(60))
    scenes.disclosed(late, scenes.days_ago(5))
    scenes.decided(cast.market, scenes.days_ago(70))
    scenes.decided(cast.market, timezone.localdate())
    scenes.decided(cast.city, scenes.days_ago(60))
    exempt = scenes.decided(cast.city, scenes.days_ago(61))
    state_fact(exempt, "disclosure.exempted", at=scenes.days_ago(60), about="decision:1", late_reason=scenes.LATE)
    replay(exempt)
    scenes.swept()
    rows = {row.department.code: row for row in statistics.departments(YEAR)}
    assert rows["SCJGJ"].disclosed_in_time == Share(9, 11)
    assert rows["SCJGJ"].overdue_disclosures == 1
    assert (rows["SCJGJ"].alerts, rows["SCJGJ"].undone) == (2, 1)
    assert rows["CGJ"].disclosed_in_time == Share(0, 1)
    assert rows["ZXJD"].disclosed_in_time == Share()
    assert "SFJ" not in rows


def test_the_light_of_a_tile_is_its_worst_alert(cast: Cast) -> None:
    scenes.calendars()
    undone = scenes.alerts_for(cast.market)
    made_good = scenes.alerts_for(cast.city)
    scenes.disclosed(made_good[0].matter, scenes.days_ago(1))
    tiles = {row.department.code: tile(row) for row in statistics.departments(YEAR)}
    assert (tiles["SCJGJ"].shape, tiles["SCJGJ"].words) == ("red", "1 个预警")
    assert (tiles["CGJ"].shape, tiles["CGJ"].words) == ("amber", "1 个预警")
    assert (tiles["ZXJD"].shape, tiles["ZXJD"].words) == ("green", "无预警")
    assert tiles["SCJGJ"].bars[0].text == "不足 10 件"
    assert tiles["SCJGJ"].bars[0].value is None
    scenes.lead(cast, undone)
    assert {row.department.code: tile(row) for row in statistics.departments(YEAR)}["SCJGJ"].shape == "green"


def test_certificates_expiring_within_ninety_days_are_counted(cast: Cast) -> None:
    today = timezone.localdate()
    certificate(officer(cast.market, "甲示例"), valid_to=today + dt.timedelta(days=90))
    certificate(officer(cast.market, "乙示例"), valid_to=today + dt.timedelta(days=91))
    ended = certificate(officer(cast.market, "丙示例"), valid_to=today + dt.timedelta(days=5))
    proposed(ended, REVOKE, on(today), by=cast.supervisor, approved_by=cast.supervision_head)
    rows = {row.department.code: row for row in statistics.departments(YEAR)}
    assert rows["SCJGJ"].certificates_near == 1


def test_groups_are_by_department_and_rule_with_the_oldest_first(cast: Cast) -> None:
    scenes.alerts_for(cast.city, 2, since=50)
    old = scenes.alerts_for(cast.market, 3, since=80)
    groups = statistics.alert_groups()
    assert [(group.department.code, group.rule, group.count, group.undone) for group in groups] == [
        ("SCJGJ", scenes.RULE, 3, 3),
        ("CGJ", scenes.RULE, 2, 2),
    ]
    assert groups[0].oldest == min(alert.obligation.due_on for alert in old)
    assert groups[0].title == "公示执法决定"


def test_a_department_is_called_low_only_when_its_whole_interval_lies_below(cast: Cast) -> None:
    rows = statistics.departments(YEAR)
    from dataclasses import replace

    shares = {"SCJGJ": Share(80, 100), "CGJ": Share(11, 12), "STHJJ": Share(300, 300), "ZXJD": Share(9, 9)}
    drawn = comparison([replace(row, disclosed_in_time=shares.get(row.department.code, Share())) for row in rows])
    below = {row.name: row.below for row in drawn.rows}
    assert below == {
        "区市场监管局": True,
        "区城管局": False,
        "区生态环境分局": False,
        "中心街道": False,
        "区公安分局": False,
    }
    assert {row.name: row.rate for row in drawn.rows}["中心街道"] == "—"
    assert all(0 <= row.low <= row.point <= row.high <= 100 for row in drawn.rows if row.share.enough)


def test_the_figures_ask_a_fixed_number_of_questions(cast: Cast, django_assert_max_num_queries: object) -> None:
    scenes.alerts_for(cast.market, 5)
    sweep(timezone.now())
    with django_assert_max_num_queries(10):  # type: ignore[operator]  # a fixture of pytest-django
        statistics.departments(YEAR)
        statistics.alert_groups()
