"""How amounts, dates, numbers and personal data are written."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import engines

from portal.theme import formats


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("32000.00", "32,000"),
        (Decimal("1280.5"), "1,280.50"),
        (1234567, "1,234,567"),
        (Decimal(0), "0"),
        (Decimal("-500.10"), "-500.10"),
        (Decimal("1E+5"), "100,000"),
        (Decimal("12.345"), "12.345"),
        (None, ""),
        ("", ""),
        ("不详", "不详"),
        (float("nan"), "nan"),
    ],
)
def test_amounts_have_thousands_separators_and_lose_no_fen(value: object, written: str) -> None:
    assert formats.yuan(value) == written


def test_a_moment_is_dated_by_the_day_in_the_district_not_in_greenwich() -> None:
    evening = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
    assert formats.cn_date(evening) == "2026年11月25日"
    assert formats.cn_weekday(evening) == "星期三"
    assert formats.iso(evening) == "2026-11-25 01:30"


def test_dates_are_written_long_in_text_and_iso_in_tables() -> None:
    day = date(2026, 3, 5)
    assert formats.cn_date(day) == "2026年3月5日"
    assert formats.cn_date("2026-03-05") == "2026年3月5日"
    assert formats.iso(day) == "2026-03-05"
    assert formats.cn_date("没有日期") == formats.cn_weekday(None) == formats.iso("") == ""


@pytest.mark.parametrize(
    "typed", ["白市监罚告[2026]96号", "白市监罚告（2026）96号", "白市监罚告【2026】96号", " 白市监罚告〔2026〕96号"]
)
def test_the_year_of_a_document_number_stands_in_six_cornered_brackets(typed: str) -> None:
    assert formats.docnumber(typed) == "白市监罚告〔2026〕96号"


def test_brackets_that_hold_no_year_are_left_alone() -> None:
    assert formats.docnumber("新政办发（试行）12号") == "新政办发（试行）12号"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("650204198001010016", "6502**********0016"),
        ("13900000000", "139****0000"),
        ("王小虚", "王**"),
        ("王", "王"),
        ("", ""),
        (None, ""),
    ],
)
def test_personal_data_show_their_ends_only(value: object, shown: str) -> None:
    assert formats.masked(value) == shown


def test_hit_words_are_bold_and_everything_is_escaped() -> None:
    template = engines["django"].from_string("{% load zf %}{{ title|hits:query }}")
    drawn = template.render({"title": "<i>查验记录</i>与记录", "query": "记录 查验记录"})
    assert drawn == "&lt;i&gt;<b>查验记录</b>&lt;/i&gt;与<b>记录</b>"
    assert template.render({"title": "a.c abc", "query": "a.c"}) == "<b>a.c</b> abc"
    assert template.render({"title": "查验", "query": None}) == "查验"
