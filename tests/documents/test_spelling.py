"""Dates, amounts and numbers as papers spell them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.documents.spelling import chinese_date, number_text, title_lines, yuan, yuan_in_words

DIGITS = {sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def read_back(words: str) -> Decimal:
    """The value of an amount in words, read sign by sign (independent of how it was written)."""
    total, section, digit = 0, 0, 0
    fen = Decimal(0)
    for sign in words.removesuffix("整"):
        match sign:
            case "元":
                total, section, digit = total + section + digit, 0, 0
            case "角" | "分":
                fen += Decimal(digit) / (10 if sign == "角" else 100)
                digit = 0
            case "万":
                total, section, digit = total + (section + digit) * 10_000, 0, 0
            case "亿":
                total, section, digit = (total + section + digit) * 100_000_000, 0, 0
            case _ if sign in UNITS:
                section, digit = section + digit * UNITS[sign], 0
            case _:
                digit = DIGITS[sign]
    return total + fen


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("9.00", "玖元整"),
        ("10", "壹拾元整"),
        ("1005.03", "壹仟零伍元零叁分"),
        ("1005.30", "壹仟零伍元叁角整"),
        ("5000", "伍仟元整"),
        ("20005", "贰万零伍元整"),
        ("1000500", "壹佰万零伍佰元整"),
        ("10050000", "壹仟零伍万元整"),
        ("100000001", "壹亿零壹元整"),
    ],
)
def test_amounts_in_words(amount: str, words: str) -> None:
    assert yuan_in_words(Decimal(amount)) == words


@given(st.integers(0, 99_999_999_999_999))
def test_an_amount_in_words_can_be_read_back(fen: int) -> None:
    amount = Decimal(fen) / 100
    assert read_back(yuan_in_words(amount)) == amount


@given(st.integers(1, 9_999_999_999))
def test_an_amount_in_words_never_has_a_zero_at_the_end_or_two_in_a_row(value: int) -> None:
    words = yuan_in_words(Decimal(value))
    assert "零零" not in words
    assert "零元" not in words


@pytest.mark.parametrize("amount", ["-1", "0.001", "1E16"])
def test_an_amount_that_has_no_words_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="amount in words"):
        yuan_in_words(Decimal(amount))


def test_a_date_has_no_leading_zeros() -> None:
    assert chinese_date(dt.date(2026, 1, 5)) == "2026年1月5日"


def test_a_number_has_six_cornered_brackets_and_no_leading_zeros() -> None:
    assert (
        number_text("白市监", "罚告", 2026, 96)
        == "白市监罚告\N{LEFT TORTOISE SHELL BRACKET}2026\N{RIGHT TORTOISE SHELL BRACKET}96号"
    )


def test_an_amount_in_running_text_has_thousands_separators() -> None:
    assert yuan(Decimal(20000)) == "20,000.00元"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("行政处罚告知书", ["行政处罚告知书"]),
        ("关于督促限期公开行政处罚决定信息的督办函", ["关于督促限期公开行政", "处罚决定信息的督办函"]),
        ("一二三四五六七八九十的一二三四五六七八九十", ["一二三四五六七八九十的", "一二三四五六七八九十"]),
        ("关于公开处罚决定信息的\n督办函", ["关于公开处罚决定信息的", "督办函"]),
    ],
)
def test_a_long_title_is_cut_into_even_lines_and_a_given_break_is_kept(title: str, lines: list[str]) -> None:
    assert title_lines(title) == lines
