"""Single values: dates, amounts, document numbers, kinds of penalty."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.imports.amounts import chinese_number, fines_in_words, parse_amount
from enforcement.imports.kinds import penalty_kinds, says_no_penalty
from enforcement.imports.layouts import TEN_THOUSAND, YUAN
from enforcement.imports.numbers import numbers_in_title, parse_numbers
from enforcement.imports.reasons import Reason
from enforcement.models import PenaltyKind
from portal.documents.spelling import yuan_in_words
from portal.tabular.dates import parse_date
from portal.tabular.faults import Fault, RefusedError

DAYS = st.dates(dt.date(1955, 1, 1), dt.date(2098, 12, 31))


@given(DAYS, st.booleans())
def test_every_spelling_of_a_day_is_that_day(day: dt.date, padded: bool) -> None:
    month, date = (f"{day.month:02}", f"{day.day:02}") if padded else (str(day.month), str(day.day))
    serial = (day - dt.date(1899, 12, 30)).days
    for spelling in (
        f"{day.year}-{month}-{date}", f"{day.year}/{month}/{date}", f"{day.year}.{month}.{date}", f"{day.year}年{month}月{date}日",
        f"{day:%Y%m%d}", int(f"{day:%Y%m%d}"), f"{day.year}-{month}-{date} 15:26:33", f"{day.year}/{month}/{date} 8:05",
        f"{day.isoformat()}T08:00:00+08:00", f" {day.year} 年{month}月 {date}日 ", f"{day.year}－{month}－{date}",
        serial, str(serial), serial + 0.75, day, dt.datetime.combine(day, dt.time(23, 59)),
    ):  # fmt: skip
        assert parse_date(spelling) == day, spelling


def test_chinese_figures_of_official_papers_are_read() -> None:
    assert parse_date("二〇二四年十二月十一日") == dt.date(2024, 12, 11)
    assert parse_date("二○二六年三月三十一日") == dt.date(2026, 3, 31)


def test_serials_of_a_1904_workbook_count_from_there() -> None:
    assert parse_date(45637 - 1462, date1904=True) == dt.date(2024, 12, 11)


@pytest.mark.parametrize("blank", [None, "", " ", "/", "／", "—", "——", "-", "无", "NULL", "n/a", "　"])
def test_signs_for_nothing_are_nothing(blank: str | None) -> None:
    assert parse_date(blank) is None
    assert parse_amount(blank, YUAN) is None
    assert parse_numbers(blank) is None


@pytest.mark.parametrize(
    "impossible",
    [
        "2024-02-30",
        "2023年2月29日",
        "20241301",
        "2024-13-01",
        "1024-01-01",
        "2024年12月",
        "24-12-11",
        "12/11/2024",
        "昨天",
        "0",
        12,
        "99999999",
        "二〇二四年十三月一日",
    ],
)
def test_impossible_dates_are_refused_with_value_and_reason(impossible: str | int) -> None:
    with pytest.raises(RefusedError) as refusal:
        parse_date(impossible)
    assert refusal.value.code == Fault.DATE
    assert str(impossible) in refusal.value.sentence


@given(st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False))
def test_an_amount_is_the_same_to_the_fen_in_yuan_and_in_ten_thousands(amount: Decimal) -> None:
    in_ten_thousands = amount / 10_000
    for cell, unit in (
        (str(amount), YUAN), (f"{amount:,}", YUAN), (f"￥{amount}", YUAN), (f"{amount}元", TEN_THOUSAND), (f"{amount:f} 元整", YUAN),
        (f"{in_ten_thousands:f}", TEN_THOUSAND), (f"{in_ten_thousands:f}万元", YUAN), (float(in_ten_thousands), TEN_THOUSAND),
        (float(amount), YUAN),
    ):  # fmt: skip
        assert parse_amount(cell, unit) == amount, (cell, unit)


@given(st.integers(1, 10**11 - 1))
def test_amounts_in_words_mean_their_figures(amount: int) -> None:
    words = yuan_in_words(Decimal(amount)).removesuffix("元整")
    assert chinese_number(words) == amount
    assert parse_amount(f"{words}元整", TEN_THOUSAND) == amount


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("十一万五千", 115_000),
        ("二百六十万", 2_600_000),
        ("二十", 20),
        ("一百零五", 105),
        ("两千", 2000),
        ("一亿三千万", 130_000_000),
    ],
)
def test_everyday_figures_are_read(words: str, amount: int) -> None:
    assert chinese_number(words) == amount


@pytest.mark.parametrize(
    "wrong",
    [
        "-1",
        "1.234",
        "若干",
        "5E+05",
        33.333333333,
        -3,
        True,
        "1,00,0",
        "五万",
        1e15,
        "1e400",
        float("nan"),
        float("inf"),
        "0.0000001万元",
    ],
)
def test_what_is_no_amount_is_refused(wrong: object) -> None:
    with pytest.raises(RefusedError) as refusal:
        parse_amount(wrong, YUAN)  # type: ignore[arg-type]  # a cell of any kind
    assert refusal.value.code is Reason.AMOUNT


def test_binary_noise_of_a_sheet_is_no_fraction_of_a_fen() -> None:
    assert parse_amount(575.2652310000001, TEN_THOUSAND) == Decimal("5752652.31")


def test_fines_are_found_in_the_words_of_a_penalty() -> None:
    assert fines_in_words("对机构警告并罚款十一万五千元，对陈某某罚款 4 千元") == [Decimal(115_000), Decimal(4000)]
    assert fines_in_words("责令改正，予以警告并处一万元罚款") == [Decimal(10_000)]
    assert fines_in_words("罚款40万") == [Decimal(400_000)]
    assert fines_in_words("没收违法所得21284.75元") == []


@pytest.mark.parametrize(
    ("written", "text", "each"),
    [
        ("示市监罚〔2026〕96号", "示市监罚〔2026〕96号", 1),
        ("示市监罚[2026]96号", "示市监罚〔2026〕96号", 1),
        ("示市监罚【2026】第 96 号", "示市监罚〔2026〕96号", 1),
        ("示市监罚［2026］96号", "示市监罚〔2026〕96号", 1),
        ("示市监罚（2026）96号", "示市监罚〔2026〕96号", 1),
        ("示 市监罚 ﹝２０２６﹞ 96 号", "示市监罚〔2026〕96号", 1),
        ("示金罚决字〔2026〕9-12号", "示金罚决字〔2026〕9-12号", 4),
        ("示金罚决字〔2026〕9号—12号", "示金罚决字〔2026〕9-12号", 4),
        ("示金罚决字〔2026〕1号至8号", "示金罚决字〔2026〕1-8号", 8),
        ("示金罚决字〔2026〕7、8号", "示金罚决字〔2026〕7、8号", 2),
        ("示金罚决字〔2026〕1、2、3、4号", "示金罚决字〔2026〕1、2、3、4号", 4),
        ("示金罚决字〔2026〕3号-4号、12号-13号", "示金罚决字〔2026〕3-4、12-13号", 4),
        ("示金罚决字〔2026〕196-200、203号", "示金罚决字〔2026〕196-200、203号", 6),
        ("示金罚决字〔2026〕14号-示金罚决字〔2026〕15号", "示金罚决字〔2026〕14-15号", 2),
        ("甲金罚决字〔2024〕28—29号、乙金罚决字〔2025〕2—4号", "甲金罚决字〔2024〕28-29号、乙金罚决字〔2025〕2-4号", 5),
        ("示公（白）行罚决字〔2024〕123号", "示公（白）行罚决字〔2024〕123号", 1),
        ("示综执罚〔2024〕第3-001号", "示综执罚〔2024〕第3-001号", 1),
        ("6502041234567890", "6502041234567890", 1),
    ],
)
def test_document_numbers_have_one_normal_form(written: str, text: str, each: int) -> None:
    numbers = parse_numbers(written)
    assert numbers is not None
    assert (numbers.text, len(numbers.each)) == (text, each)


@given(
    st.text("示例市监管金罚决字", min_size=2, max_size=12),
    st.integers(2000, 2099),
    st.integers(1, 99_999),
    st.sampled_from(["〔〕", "[]", "【】", "（）", "()", "［］", "﹝﹞"]),
    st.sampled_from(["", " ", "　"]),
    st.sampled_from(["", "第"]),
)
def test_all_spellings_of_a_number_have_one_key(
    head: str, year: int, number: int, brackets: str, gap: str, word: str
) -> None:
    spelled = parse_numbers(f"{head}{gap}{brackets[0]}{year}{brackets[1]}{gap}{word}{number}{gap}号")
    plain = parse_numbers(f"{head}〔{year}〕{number}号")
    assert spelled is not None
    assert plain is not None
    assert spelled.key == plain.key


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("示例监管分局行政处罚信息 公示表（示金监行处〔2026〕5号）", "示金监行处〔2026〕5号"),
        ("示例监管分局行政处罚信息公开表示金罚决字〔2025〕7号", "示金罚决字〔2025〕7号"),
        ("行政处罚信息公示表（单一案件列表 示金罚决字〔2025〕13-14号）", "示金罚决字〔2025〕13-14号"),
        (
            "示例监管局行政处罚信息公开表（示金罚决字〔2024〕6号）（示金罚决字〔2025〕3号）",
            "示金罚决字〔2024〕6号、示金罚决字〔2025〕3号",
        ),
        ("示例监管局行政处罚信息公开表（示金罚决字〔2025〕11号", "示金罚决字〔2025〕11号"),
        ("示例监管局行政处罚信息公开表（编号：2026-4）", None),
        ("示例监管局行政处罚信息公开表（2026年8号）", None),
        ("示例监管局行政处罚信息公开表（示金罚决字46号-48号）", None),
        ("示例监管局行政处罚信息公示列表", None),
    ],
)
def test_a_number_is_found_in_a_title_only_when_it_is_complete(title: str, text: str | None) -> None:
    numbers = numbers_in_title(title)
    assert (numbers.text if numbers else None) == text


@pytest.mark.parametrize(
    ("stated", "content", "expected"),
    [
        ("罚款", "", (PenaltyKind.FINE,)),
        ("警告、罚款、没收违法所得", "", (PenaltyKind.WARNING, PenaltyKind.FINE, PenaltyKind.CONFISCATE_GAINS)),
        ("没收违法所得和非法财物", "", (PenaltyKind.CONFISCATE_GAINS, PenaltyKind.CONFISCATE_GOODS)),
        ("责令停产停业;吊销许可证", "", (PenaltyKind.REVOKE_LICENCE, PenaltyKind.SUSPEND_BUSINESS)),
        ("警告、罚款、禁止从业", "", (PenaltyKind.WARNING, PenaltyKind.FINE, PenaltyKind.RESTRICT_EMPLOYMENT)),
        ("其他", "罚没合计575.265231万元", (PenaltyKind.FINE, PenaltyKind.CONFISCATE_GAINS)),
        ("其他", "处以社区服务", (PenaltyKind.OTHER,)),
        ("", "吊销金融许可证", (PenaltyKind.REVOKE_LICENCE,)),
        ("责令改正", "责令限期改正", ()),
        ("", "", ()),
    ],
)
def test_words_become_the_kinds_of_article_nine(stated: str, content: str, expected: tuple[str, ...]) -> None:
    assert set(penalty_kinds(stated, content)) == set(expected)


def test_every_kind_of_the_law_can_be_read_from_its_own_name() -> None:
    for kind in PenaltyKind:
        assert kind.value in penalty_kinds(str(kind.label), ""), kind


def test_a_decision_not_to_punish_is_no_penalty() -> None:
    assert says_no_penalty("不予处罚", "")
    assert says_no_penalty("", "对示例公司不予行政处罚")
    assert not says_no_penalty("罚款", "对张某某罚款，对李某某不予处罚")
