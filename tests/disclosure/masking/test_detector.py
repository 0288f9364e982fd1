"""The detector finds what the law protects, leaves what stays public, and keeps exact offsets."""

from __future__ import annotations

import datetime as dt
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.masking import CHECKED, Labelled, labelled_texts, mistakes, run
from disclosure.masking import Kind, KnownNames, find_spans, masked, segments
from disclosure.masking.numbers import luhn
from portal.accounts.identity import CHECKS, WEIGHTS

KNOWN = KnownNames(people=("王强", "艾合买提·吐尔逊"), organisations=("示例超市",), kept=("0990-6900100",))
PROSE = st.text(alphabet="当事人在示例路八号经营的店内未按规定建立查验记录，。；：（）〔〕 \n", max_size=40)


def identity_number(first_seventeen: str) -> str:
    """The identity number with these seventeen digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, WEIGHTS, strict=True))
    return first_seventeen + CHECKS[total % 11]


def kinds(text: str, known: KnownNames = KNOWN) -> list[tuple[Kind, str]]:
    """What is found, without offsets."""
    return [(span.kind, span.text) for span in find_spans(text, known)]


def test_labelled_texts_are_found_as_the_bureau_demands() -> None:
    figures = run()
    assert figures["texts"] >= 400
    for kind in Kind:
        wanted = 0.99 if kind in CHECKED else 0.95
        assert figures[kind.value]["marks"] >= 10, kind
        assert figures[kind.value]["recall"] >= wanted, (kind, list(mistakes()))
        assert figures[kind.value]["precision"] >= 0.95, (kind, list(mistakes()))


def test_labels_stand_where_the_text_has_them() -> None:
    for item in labelled_texts():
        assert "⟦" not in item.text
        for start, end, _kind in item.marks:
            assert 0 <= start < end <= len(item.text)


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码：91650204MA7ABCDE01",
        "统一社会信用代码914403001922038216",
        "白市监处罚〔2026〕121号、白市监罚告〔2026〕96-98号",
        "《中华人民共和国食品安全法》第五十三条、第一百二十六条第一款第三项",
        "罚款人民币 8,000.00 元，货值金额12500000000元",
        "2026年10月29日 2026-10-29 10:30",
        "王强商贸有限公司、王强超市、示例超市、王强（白碱滩）建材装饰工程有限公司、王强汽车维修部、王强拉面馆",
        "请致电0990-6900100",
        "执法证号65020400121，食品经营许可证编号JY16502040012345",
    ],
)
def test_what_stays_public_is_not_proposed(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text", ["王强行为违法", "王强店内无人", "王强开食品店", "王强去超市", "王强在商行任职", "王强经营的超市"]
)
def test_a_person_beside_a_firm_is_still_a_person(text: str) -> None:
    assert kinds(text) == [(Kind.NAME, "王强")]


def test_a_wrong_check_digit_is_proposed_with_less_confidence() -> None:
    right = identity_number("65020419900101001")
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    sure, unsure = find_spans(f"号码{right}。"), find_spans(f"号码{wrong}。")
    assert [span.rule for span in sure] == ["identity.checksum"]
    assert [span.rule for span in unsure] == ["identity.wrong_checksum"]
    assert unsure[0].confidence < sure[0].confidence


def test_a_registered_address_stays_and_a_home_address_does_not() -> None:
    text = (
        "当事人：示例餐饮店，统一社会信用代码：92650204MA0000002R，住所：白碱滩区示例小区12栋1单元101室，"
        "经营者：王强，男，住址：白碱滩区示例小区12栋2单元602室。"
    )
    assert kinds(text) == [(Kind.NAME, "王强"), (Kind.ADDRESS, "白碱滩区示例小区12栋2单元602室")]


def test_what_the_case_knows_to_be_private_is_found_without_any_cue() -> None:
    known = KnownNames(private=((Kind.PHONE, "6900 123"), (Kind.ADDRESS, "示例新村9号")))
    assert kinds("打6900-123找他，他在示例新村 9号。", known) == [
        (Kind.PHONE, "6900-123"),
        (Kind.ADDRESS, "示例新村 9号"),
    ]


def test_a_name_inside_an_address_goes_with_the_address() -> None:
    known = KnownNames(people=("示例",))
    assert kinds("现住示例小区3栋2单元501室。", known) == [(Kind.ADDRESS, "示例小区3栋2单元501室")]


@given(st.lists(st.one_of(PROSE, st.sampled_from([item.text for item in labelled_texts()])), max_size=4))
def test_spans_are_sorted_and_apart_and_say_what_stands_there(pieces: list[str]) -> None:
    text = "".join(pieces)
    at = 0
    for span in find_spans(text, KNOWN):
        assert at <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
        assert 0 < span.confidence <= 1
        at = span.end
    cut = segments(text, find_spans(text, KNOWN))
    assert "".join(segment.text for segment in cut) == text
    assert "".join(segment.shown for segment in cut) == masked(text, find_spans(text, KNOWN))


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    cut = segments(text, find_spans(text, KNOWN))
    assert "".join(segment.text for segment in cut) == text


@given(
    before=PROSE,
    after=PROSE,
    region=st.sampled_from(["650204", "650103", "410223", "110101"]),
    born=st.dates(min_value=dt.date(1930, 1, 1), max_value=dt.date(2020, 1, 1)),
    order=st.integers(0, 999),
    gaps=st.lists(st.sampled_from(["", "", "", " ", "-", "\u3000", "－"]), min_size=17, max_size=17),
    wide=st.booleans(),
)
def test_every_identity_number_with_a_right_check_digit_is_found(
    before: str, after: str, region: str, born: dt.date, order: int, gaps: list[str], wide: bool
) -> None:
    number = identity_number(f"{region}{born:%Y%m%d}{order:03d}")
    written = "".join(digit + gap for digit, gap in zip(number, [*gaps, ""], strict=True))
    if wide:
        written = written.translate(str.maketrans(string.digits + "X", "０１２３４５６７８９Ｘ"))
    text = f"{before}：{written}；{after}"
    found = [span for span in find_spans(text) if span.kind is Kind.IDENTITY]
    assert written in [span.text for span in found]


@given(
    before=PROSE,
    prefix=st.sampled_from(["6222", "6217", "4367", "5187"]),
    filling=st.text("0123456789", min_size=11, max_size=14),
)
def test_every_bank_card_with_a_right_check_digit_is_found(before: str, prefix: str, filling: str) -> None:
    body = prefix + filling
    number = next(f"{body}{digit}" for digit in string.digits if luhn(f"{body}{digit}"))
    spans = find_spans(f"{before}。卡{number}。")
    assert number in [span.text for span in spans if span.kind in {Kind.BANK, Kind.IDENTITY}]


@given(st.sampled_from(list(labelled_texts())))
def test_nothing_but_names_is_left_to_find_in_the_public_wording(item: Labelled) -> None:
    spans = find_spans(item.text, item.known)
    public = masked(item.text, spans)
    for span in spans:
        if span.kind in {Kind.IDENTITY, Kind.MOBILE, Kind.BANK, Kind.EMAIL}:
            assert span.text not in public


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "6-", "张三、", "住在", "账号1 ", "住所：", "元1,", "示例小区", "a@a.", "艾·", "新J"]
)
def test_a_strange_text_does_not_keep_the_officer_waiting(piece: str) -> None:
    short, long = (f"王强{piece * (length // len(piece))}" for length in (2_000, 16_000))
    quick, slow = (min(_work(text) for _again in range(3)) for text in (short, long))
    assert slow < 25 * quick + 0.5  # eight times the length: twenty-five times the work would be well above linear


def _work(text: str) -> float:
    """Seconds of this process's own work, which a busy machine does not lengthen."""
    begun = time.process_time()
    find_spans(text, KNOWN)
    return time.process_time() - begun
