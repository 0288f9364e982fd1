"""Who may handle a case on a day (CF-01), read from what held on that day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from personnel.actions import CANCEL, RESUME, REVOKE, SUSPEND
from personnel.models import Certificate, Suspension
from personnel.qualification import certificate_problem, certified_officers, standing
from tests.cast import Cast
from tests.personnel.scenes import certificate, officer, on, proposed

MAY = dt.date(2026, 5, 20)
FIELD = "市场监管"


def test_an_officer_without_a_certificate_may_not_handle_anything(cast: Cast) -> None:
    person = officer(cast.market, "甲示例")
    assert certificate_problem(person, on=MAY, field=FIELD) == "甲示例没有登记行政执法证。"
    assert not certified_officers(cast.market, MAY, FIELD).exists()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2023, 12, 31), "2024-01-01 起有效，2023-12-31 尚未生效"),
        (dt.date(2024, 1, 1), None),
        (dt.date(2028, 12, 31), None),
        (dt.date(2029, 1, 1), "2028-12-31 到期，2029-01-01 已过有效期"),
    ],
)
def test_the_first_and_the_last_day_of_validity_count(cast: Cast, day: dt.date, words: str | None) -> None:
    person = officer(cast.market)
    certificate(person)
    answer = certificate_problem(person, on=day, field=FIELD)
    assert (answer is None) == (words is None)
    if words:
        assert words in (answer or "")
    assert certified_officers(cast.market, day, FIELD).exists() == (words is None)


def test_a_certificate_for_another_field_is_none(cast: Cast) -> None:
    person = officer(cast.market)
    certificate(person, fields=("市场监管", "商务"))
    assert "领域为“市场监管、商务”，不含“生态环境”" in (certificate_problem(person, on=MAY, field="生态环境") or "")
    assert certificate_problem(person, on=MAY, field="商务") is None


def test_general_covers_every_field(cast: Cast) -> None:
    person = officer(cast.market)
    certificate(person, fields=("综合",))
    assert certificate_problem(person, on=MAY, field="生态环境") is None
    assert list(certified_officers(cast.market, MAY, "生态环境")) == [person]


def test_a_suspension_counts_from_its_first_day_to_the_day_before_the_return(cast: Cast) -> None:
    person = officer(cast.market)
    held = certificate(person)
    pair = {"by": cast.supervisor, "approved_by": cast.supervision_head}
    proposed(held, SUSPEND, on(dt.date(2026, 5, 10)), **pair)
    held.refresh_from_db()
    assert held.state == "suspended"
    proposed(held, RESUME, on(dt.date(2026, 6, 1), "培训考试合格"), **pair)
    answers = {
        day: certificate_problem(person, on=day, field=FIELD)
        for day in (dt.date(2026, 5, 9), dt.date(2026, 5, 10), dt.date(2026, 5, 31), dt.date(2026, 6, 1))
    }
    assert [answer is None for answer in answers.values()] == [True, False, False, True]
    assert "自 2026-05-10 起暂扣，2026-05-31 在暂扣期间" in (answers[dt.date(2026, 5, 31)] or "")


def test_what_happened_later_does_not_spoil_an_earlier_day(cast: Cast) -> None:
    person = officer(cast.market)
    held = certificate(person)
    proposed(held, REVOKE, on(dt.date(2026, 7, 1)), by=cast.supervisor, approved_by=cast.supervision_head)
    assert certificate_problem(person, on=dt.date(2026, 6, 30), field=FIELD) is None
    assert "已于 2026-07-01 吊销" in (certificate_problem(person, on=dt.date(2026, 7, 1), field=FIELD) or "")


def test_a_cancelled_certificate_keeps_its_suspension(cast: Cast) -> None:
    person = officer(cast.market)
    held = certificate(person)
    pair = {"by": cast.supervisor, "approved_by": cast.supervision_head}
    proposed(held, SUSPEND, on(dt.date(2026, 5, 10), "调离执法岗位"), **pair)
    held.refresh_from_db()
    proposed(held, CANCEL, on(dt.date(2026, 5, 30), "案件已交接"), **pair)
    assert Suspension.objects.get(certificate=held).ended_on == dt.date(2026, 5, 30)
    assert "在暂扣期间" in (certificate_problem(person, on=dt.date(2026, 5, 29), field=FIELD) or "")
    assert "已于 2026-05-30 注销" in (certificate_problem(person, on=dt.date(2026, 5, 30), field=FIELD) or "")


def test_one_good_certificate_is_enough(cast: Cast) -> None:
    person = officer(cast.market)
    certificate(person, valid_to=dt.date(2025, 12, 31))
    certificate(person, fields=("综合",))
    assert certificate_problem(person, on=MAY, field=FIELD) is None


def test_the_reason_given_is_the_one_nearest_to_being_good(cast: Cast) -> None:
    person = officer(cast.market)
    certificate(person, valid_to=dt.date(2025, 12, 31))
    certificate(person, fields=("商务",))
    assert "领域为“商务”" in (certificate_problem(person, on=MAY, field=FIELD) or "")


def test_who_has_left_is_not_offered(cast: Cast) -> None:
    person = officer(cast.market)
    certificate(person)
    person.active = False
    person.save()
    assert not certified_officers(cast.market, dt.date(2027, 5, 20), FIELD).exists()
    assert certificate_problem(person, on=dt.date(2027, 5, 20), field=FIELD) == "甲示例已不在岗。"


@pytest.mark.parametrize(
    ("day", "light"),
    [
        (dt.date(2023, 6, 1), ("open", "尚未生效")),
        (dt.date(2026, 1, 1), ("green", "有效")),
        (dt.date(2028, 10, 2), ("amber", "剩 90 日")),
        (dt.date(2029, 1, 2), ("red", "已过期 2 日")),
    ],
)
def test_the_light_warns_ninety_days_before(cast: Cast, day: dt.date, light: tuple[str, str]) -> None:
    assert standing(certificate(officer(cast.market)), day) == light


DAYS = st.integers(0, 60).map(lambda number: dt.date(2026, 5, 1) + dt.timedelta(days=number))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    validity=st.tuples(DAYS, DAYS).map(sorted),
    pause=st.tuples(DAYS, DAYS).map(sorted),
    field=st.sampled_from(["市场监管", "商务", "综合"]),
    day=DAYS,
)
def test_the_sentence_and_the_choice_list_agree(
    cast: Cast, validity: list[dt.date], pause: list[dt.date], field: str, day: dt.date
) -> None:
    person = officer(cast.market)
    held = certificate(person, fields=(field,), valid_from=validity[0], valid_to=validity[1])
    Suspension.objects.create(certificate=held, begun_on=pause[0], ended_on=pause[1], ground="示例")
    offered = certified_officers(cast.market, day, FIELD).filter(pk=person.pk).exists()
    assert offered == (certificate_problem(person, on=day, field=FIELD) is None)
    assert Certificate.objects.valid_on(day, FIELD).filter(pk=held.pk).exists() == offered
