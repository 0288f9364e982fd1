"""What people type into amounts, numbers, days and moments, and what they are told when it is wrong."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.web.fields import DayField, MomentField, MoneyField, WholeNumberField, YesNoField


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("32,000", Decimal(32000)),
        ("32，000.5", Decimal("32000.5")),
        ("￥1 280.50 元", Decimal("1280.50")),
        ("0", Decimal(0)),
        ("", None),
    ],
)
def test_an_amount_is_read_with_separators_and_signs(typed: str, amount: Decimal | None) -> None:
    assert MoneyField(required=False).clean(typed) == amount


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("三万", "不是金额"),
        ("NaN", "不是金额"),
        ("1e400", "金额太大"),
        ("-5", "负数"),
        ("1.005", "两位小数"),
        ("99999999999999", "单位是元，不是万元"),
    ],
)
def test_an_impossible_amount_is_refused_with_the_cure(typed: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        MoneyField().clean(typed)


def test_a_whole_number_may_have_separators_and_nothing_else() -> None:
    assert WholeNumberField().clean("1,000") == 1000
    with pytest.raises(ValidationError, match="不是整数"):
        WholeNumberField().clean("1.5")


@pytest.mark.parametrize("typed", ["2026-11-24", "2026/11/24", "2026.11.24", "2026年11月24日", "20261124"])
def test_a_day_is_read_in_the_usual_spellings(typed: str) -> None:
    assert DayField().clean(typed) == dt.date(2026, 11, 24)


def test_an_impossible_day_is_refused_with_an_example() -> None:
    with pytest.raises(ValidationError, match="2026-11-24"):
        DayField().clean("2026-02-30")


def test_a_moment_is_local_time() -> None:
    moment = MomentField().clean("2026-11-24T10:30")
    assert moment.astimezone(dt.UTC) == dt.datetime(2026, 11, 24, 2, 30, tzinfo=dt.UTC)
    with pytest.raises(ValidationError, match="10:30"):
        MomentField().clean("明天")


def test_a_stored_moment_is_shown_as_local_time() -> None:
    shown: Any = MomentField().prepare_value("2026-11-24T02:30:00+00:00")
    assert timezone.localtime(shown).strftime("%H:%M") == "10:30"
    assert MomentField().prepare_value("不是时间") == "不是时间"


def test_silence_is_no_answer_to_yes_or_no() -> None:
    field = YesNoField(error_messages={"required": "请选择"})
    assert field.clean("false") is False
    with pytest.raises(ValidationError, match="请选择"):
        field.clean("")
