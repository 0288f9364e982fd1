"""Last days that come near: who is told when, once each, and what a certificate is worth the day after."""

from __future__ import annotations

import datetime as dt

import pytest

from personnel.expiry import tell
from personnel.models import Certificate, ExpiryNotice
from personnel.qualification import certificate_problem, standing
from portal.accounts.models import User
from portal.inbox.models import Notice
from tests.case_scenes import on as clock
from tests.cast import Cast
from tests.personnel.scenes import certificate, officer

LAST = dt.date(2026, 12, 31)
pytestmark = pytest.mark.django_db


def held(cast: Cast, **more: dt.date) -> Certificate:
    """A certificate of somebody with an account; the first day of the year is its registration."""
    with clock(dt.date(2026, 1, 5)):
        return certificate(officer(cast.market, "陈示例", user=cast.officer), valid_to=more.get("valid_to", LAST))


def told(user: User) -> list[str]:
    """What the person was told of certificates, the oldest first."""
    return list(Notice.objects.filter(user=user, kind="certificates").order_by("pk").values_list("text", flat=True))


DAYS = [
    # day of the run, what the holder has been told by then when it ran every day since October
    (dt.date(2026, 10, 1), []),
    (dt.date(2026, 10, 2), ["剩 90 日"]),
    (dt.date(2026, 11, 30), ["剩 90 日"]),
    (dt.date(2026, 12, 1), ["剩 90 日", "剩 30 日"]),
    (dt.date(2026, 12, 24), ["剩 90 日", "剩 30 日", "剩 7 日"]),
    (dt.date(2026, 12, 31), ["剩 90 日", "剩 30 日", "剩 7 日"]),
    (dt.date(2027, 1, 1), ["剩 90 日", "剩 30 日", "剩 7 日", "已于 2026-12-31 到期"]),
    (dt.date(2027, 3, 1), ["剩 90 日", "剩 30 日", "剩 7 日", "已于 2026-12-31 到期"]),
]


@pytest.mark.parametrize(("last_run", "words"), DAYS)
def test_the_holder_is_told_ninety_thirty_and_seven_days_before_and_when_it_is_over(
    cast: Cast, last_run: dt.date, words: list[str]
) -> None:
    held(cast)
    day = dt.date(2026, 10, 1)
    while day <= last_run:
        tell(day)
        day += dt.timedelta(days=1)
    texts = told(cast.officer)
    assert len(texts) == len(words)
    for text, word in zip(texts, words, strict=True):
        assert word in text


def test_running_twice_tells_nothing_new(cast: Cast) -> None:
    held(cast)
    day = dt.date(2026, 12, 1)
    assert [tell(day), tell(day)] == [1, 0]
    assert (len(told(cast.officer)), len(told(cast.dept_admin))) == (1, 1)


def test_a_run_missed_for_two_months_is_one_notice_of_the_nearest_day(cast: Cast) -> None:
    held(cast)
    tell(dt.date(2026, 12, 28))
    assert len(told(cast.officer)) == 1
    assert "剩 3 日" in told(cast.officer)[0]
    assert sorted(ExpiryNotice.objects.values_list("days", flat=True)) == [7, 30, 90]


def test_the_department_hears_of_all_its_certificates_at_once_and_no_other_does(cast: Cast) -> None:
    held(cast)
    with clock(dt.date(2026, 1, 5)):
        certificate(officer(cast.market, "李示例"), valid_to=dt.date(2026, 12, 20))
        certificate(officer(cast.city, "孙示例"), valid_to=dt.date(2029, 1, 1), by=cast.supervisor)
    tell(dt.date(2026, 12, 1))
    texts = told(cast.dept_admin)
    assert len(texts) == 1
    assert "2 个执法证" in texts[0]
    assert "李示例、陈示例" in texts[0]
    assert told(cast.head) == told(cast.foreign_head) == []


def test_who_has_left_and_what_has_ended_is_not_told_of(cast: Cast) -> None:
    one = held(cast)
    one.officer.active = False
    one.officer.save()
    assert tell(dt.date(2026, 12, 1)) == 0


def test_what_ran_out_long_ago_is_no_news(cast: Cast) -> None:
    held(cast, valid_to=dt.date(2026, 6, 30))
    assert tell(dt.date(2026, 12, 1)) == 0


def test_the_day_after_its_last_day_it_is_shown_as_expired_and_closes_the_gate(cast: Cast) -> None:
    one = held(cast)
    after = LAST + dt.timedelta(days=1)
    assert certificate_problem(one.officer, on=LAST, field="市场监管") is None
    assert standing(one, LAST)[0] == "amber"
    problem = certificate_problem(one.officer, on=after, field="市场监管")
    assert problem is not None
    assert "已过有效期" in problem
    assert standing(one, after) == ("red", "已过期 1 日")


def test_a_thousand_certificates_cost_no_more_statements_to_find(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    one = held(cast, valid_to=dt.date(2030, 1, 1))
    assert one.pk
    with django_assert_max_num_queries(5):  # type: ignore[operator]  # pytest-django's fixture
        assert tell(dt.date(2026, 12, 1)) == 0
