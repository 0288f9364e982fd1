"""The public wording: names become «姓+某», everything else «已隐去», and people stay apart."""

from __future__ import annotations

import pytest

from disclosure.masking import Kind, KnownNames, Span, find_spans, masked, pseudonyms, segments
from disclosure.masking.rules import LABELS, RULES, rule_of
from disclosure.public.wording import HIDDEN


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小虚", "王某"),
        ("王 强", "王某"),
        ("欧阳示例", "欧阳某"),
        ("欧阳", "欧某"),
        ("艾合买提·吐尔逊", "艾某"),
        ("艾合买提•吐尔逊", "艾某"),
        ("John Smith", "J某"),
    ],
)
def test_a_name_keeps_its_surname_or_first_character(name: str, shown: str) -> None:
    assert list(pseudonyms([name]).values()) == [shown]


def test_two_people_with_one_surname_are_told_apart_by_figures() -> None:
    assert pseudonyms(["王芳", "李娜", "王方", "王芳"]) == {"王芳": "王某1", "李娜": "李某", "王方": "王某2"}


def test_a_first_name_alone_means_the_person_known_by_it() -> None:
    called = pseudonyms(["艾合买提·吐尔逊", "艾合买提", "艾山·买买提"])
    assert called["艾合买提"] == called["艾合买提·吐尔逊"] == "艾某1"
    assert called["艾山·买买提"] == "艾某2"


def test_the_public_wording_can_be_read_aloud() -> None:
    text = "经营者王小虚（电话13900000000）住示例小区3栋2单元501室。"
    spans = find_spans(text, KnownNames(people=("王小虚",)))
    assert masked(text, spans) == f"经营者王某（电话{HIDDEN}）住{HIDDEN}。"
    assert "▇" not in masked(text, spans)


def test_several_texts_of_one_decision_use_the_same_pseudonyms() -> None:
    names = pseudonyms(["王芳", "王方"])
    known = KnownNames(people=("王芳", "王方"))
    first, second = "王芳签字。", "王方签字。"
    assert masked(first, find_spans(first, known), names) == "王某1签字。"
    assert masked(second, find_spans(second, known), names) == "王某2签字。"


def test_segments_number_the_spans_in_reading_order() -> None:
    text = "甲13900000000乙13800000000丙"
    numbered = [(segment.shown, segment.number) for segment in segments(text, find_spans(text))]
    assert numbered == [("甲", 0), (HIDDEN, 1), ("乙", 0), (HIDDEN, 2), ("丙", 0)]


def test_spans_of_another_text_are_refused() -> None:
    strange = Span(0, 2, Kind.NAME, "王强", "name.known", 1.0)
    with pytest.raises(ValueError, match="does not fit"):
        masked("李娜在场", [strange])


def test_every_rule_has_a_sentence_and_every_kind_a_name() -> None:
    assert set(LABELS) == set(Kind)
    for key, rule in RULES.items():
        assert str(rule.sentence).endswith("。"), key
    assert rule_of("phone.known").sentence
