"""Files of questions: what is read, what is refused with line and sentence, what is pointed out."""

from __future__ import annotations

import pytest

from personnel.examinations.reading import Row, judge, read, split_options
from portal.tabular.tables import UnreadableError
from tests.examinations.files import BROKEN, GOOD, content

READ = (
    # line, number, kind, letters, right letters
    (1, "3518", "single", "ABCD", "A"),
    (2, "2903", "single", "ABCD", "A"),
    (3, "3506", "judge", "AB", "B"),  # A says 错误 here: letters of true and false are not fixed
    (4, "2762", "judge", "AB", "B"),
    (5, "4001", "multiple", "ABCD", "AC"),
    (6, "4002", "single", "ABC", "B"),  # quotation marks are words, not quoting
)
REFUSED = (
    # what is wrong, the line, what the sentence says
    ("answer that is no option", "1\t题干\t正确答案：D\tA．甲\tB．乙", "正确答案 D 不在选项里"),
    ("answer twice", "1\t题干\t正确答案：AA\tA．甲\tB．乙", "没有读懂"),
    ("no answer", "1\t题干\t正确答案：\tA．甲\tB．乙", "没有读懂"),
    ("third cell is something else", "1\t题干\tA\tA．甲\tB．乙", "不是“正确答案：X”"),
    ("empty stem", "1\t \t正确答案：A\tA．甲\tB．乙", "题干是空的"),
    ("no number", "甲\t题干\t正确答案：A\tA．甲\tB．乙", "不是题号"),
    ("fullwidth number", "１２\t题干\t正确答案：A\tA．甲\tB．乙", "不是题号"),
    ("too few cells", "1\t题干\t正确答案：A\tA．甲", "只有 4 格"),
    ("a letter left out", "1\t题干\t正确答案：A\tA．甲\tC．丙", "以“B．”开头"),
    ("empty option", "1\t题干\t正确答案：A\tA．\tB．乙", "选项 A 是空的"),
    ("one option", "1\t题干\t正确答案：A\tA．甲\t ", "只有 4 格"),
    ("endless stem", f"1\t{'长' * 4001}\t正确答案：A\tA．甲\tB．乙", "题干超过"),
)


def test_every_good_line_is_read_with_its_kind_and_its_right_letters() -> None:
    found = read(content(*GOOD))
    shown = tuple(
        (row.line, row.code, row.kind, "".join(letter for letter, _text in row.options), "".join(row.answer))
        for row in found.rows
    )
    assert shown == READ
    assert (found.lines, found.problems, found.hints) == (len(GOOD), [], [])


def test_two_options_in_one_cell_are_parted_at_the_letter_that_is_due() -> None:
    assert split_options(["A.甲", "B.乙C.丙", "D.丁"])[0] == [("A", "甲"), ("B", "乙"), ("C", "丙"), ("D", "丁")]
    assert split_options(["A：甲B：乙C：丙"])[0] == [("A", "甲"), ("B", "乙"), ("C", "丙")]
    assert split_options(["A：5", "B：10C：15", "D：20"])[0] == [("A", "5"), ("B", "10"), ("C", "15"), ("D", "20")]
    # «C：» is due in the next cell, so the one inside the text of B stays there
    assert split_options(["A：甲", "B：见附件C：第三页", "C：丙"])[0][1] == ("B", "见附件C：第三页")
    # a letter in a word is no option
    assert split_options(["A：甲", "B：按ABC：法则C：丙"])[0] == [("A", "甲"), ("B", "按ABC：法则"), ("C", "丙")]


def test_a_question_broken_over_lines_is_reported_line_by_line_and_never_guessed() -> None:
    found = read(content(*GOOD[:2], *BROKEN, *GOOD[2:]))
    assert [row.code for row in found.rows] == [code for _line, code, *_rest in READ]
    assert [(one.line, one.code) for one in found.problems] == [
        (3, "1390"), (4, ""), (5, "1392"), (6, ""), (7, ""), (8, ""),
    ]  # fmt: skip
    assert "断成第 3–4 行" in found.problems[0].sentence
    assert "断成第 5–8 行" in found.problems[2].sentence


def test_a_file_in_gbk_is_the_same_file() -> None:
    lines = (*GOOD, *BROKEN)
    plain, other = read(content(*lines)), read(content(*lines, encoding="gbk"))
    marked = read(b"\xef\xbb\xbf" + content(*lines))
    assert plain == other == marked


@pytest.mark.parametrize(("line", "sentence"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_bad_line_is_refused_with_a_sentence_and_leaves_the_others_alone(line: str, sentence: str) -> None:
    found = read(content(GOOD[0], "", line, GOOD[1]))
    assert [one.line for one in found.problems] == [3]
    assert sentence in found.problems[0].sentence
    assert [row.code for row in found.rows] == ["3518", "2903"]


def test_a_number_that_comes_twice_is_taken_once_and_a_twin_is_pointed_out() -> None:
    twin = "9999" + GOOD[0][4:]
    found = read(content(GOOD[0], GOOD[0], twin))
    assert [row.code for row in found.rows] == ["3518", "9999"]
    assert "与第 1 行的相同" in found.problems[0].sentence
    assert "（题号 3518）" in found.hints[0].sentence


def test_options_of_two_questions_in_one_line_are_taken_and_pointed_out() -> None:
    line = "17\t下列情形正确的是：\t正确答案：B\tA：甲一,A：甲二\tB：乙一,B：乙二C：丙一,C：丙二\tD：丁一,D：丁二"
    row, hint = judge(1, line)
    assert isinstance(row, Row)
    assert row.options[1] == ["B", "乙一,B：乙二"]
    assert "像是两题并在一行" in hint


@pytest.mark.parametrize("bad", [b"", b"\r\n \r\n", b"PK\x03\x04\x00\x00", b"\xff\xfe\xff", b"1\t\x81"])
def test_what_is_no_text_is_refused_as_a_whole(bad: bytes) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(bad)
    assert refused.value.sentence.endswith("。")
