"""Reading a file of questions: tab-separated, one question a line; nothing is guessed, every bad line is explained.

The layout in use: number, stem, «正确答案：X», options. A line is split at tabs and nowhere else: quotation
marks are part of the text. Two options may stand in one cell («B：…C：…»): such a cell is split at the next
letter that is due, and only while the cell after it does not begin with that letter.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from personnel.examinations.models.bank import Kind
from portal.tabular.tables import UnreadableError

LARGEST_BYTES = 5 * 1024 * 1024
MOST_LINES = 20_000
LONGEST_STEM, LONGEST_OPTION = 4000, 1000
LETTERS = "ABCDEFGHIJ"
MARKS = ".．:：、"
NUMBER = re.compile(r"\d{1,18}", re.ASCII)
ANSWER = re.compile(r"(?:正确)?答案\s*[：:]\s*(.*)")
BETWEEN = re.compile(r"[\s,，、;；]+")
YES = frozenset({"对", "正确", "是", "√", "T", "TRUE"})
NO = frozenset({"错", "错误", "否", "×", "F", "FALSE"})
FEWEST_CELLS = 5


@dataclass(frozen=True)
class Row:
    """A question that was read."""

    line: int
    code: str
    kind: str
    stem: str
    options: list[list[str]]
    answer: list[str]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


@dataclass(frozen=True)
class Problem:
    """A line that was not taken, or one to look at: its number, the question's number if it has one, and a sentence."""

    line: int
    code: str
    sentence: str

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


@dataclass
class Reading:
    """What a file holds: `hints` are about questions that were taken."""

    lines: int = 0
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    hints: list[Problem] = field(default_factory=list)


def digest_of(
    kind: str, stem: str, options: Sequence[Sequence[str]], answer: Sequence[str], reference: str = ""
) -> str:
    """The same for the same question, whatever file it came in."""
    plain = [kind, stem, [list(one) for one in options], sorted(answer), reference]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()


def decode(content: bytes) -> str:
    """UTF-8 or GB18030, decided over the whole file. Raises UnreadableError with a sentence."""
    if len(content) > LARGEST_BYTES:
        raise UnreadableError("size", _("文件超过 %(most)d MB，请分成几个文件。") % {"most": LARGEST_BYTES >> 20})
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise UnreadableError(
        "encoding", _("这不是 UTF-8 或者 GB18030 编码的文本文件。请用记事本打开后另存为“UTF-8”，再上传。")
    )


def read(content: bytes) -> Reading:
    """Every question of a file. Raises UnreadableError when it is no text, or holds nothing."""
    lines = re.split(r"\r\n|\n|\r", decode(content))
    while lines and not lines[-1].strip():
        lines.pop()
    if not lines:
        raise UnreadableError("empty", _("文件是空的。"))
    if len(lines) > MOST_LINES:
        raise UnreadableError("size", _("文件超过 %(most)d 行，请分成几个文件。") % {"most": MOST_LINES})
    found = Reading(lines=len(lines))
    for first, last in _pieces(lines):
        _take(lines, first, last, found)
    _doubles(found)
    return found


def _pieces(lines: list[str]) -> list[tuple[int, int]]:
    """Spans of lines (numbers from 1): a line that begins with a number, and those after it that do not."""
    spans: list[tuple[int, int]] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        begins = NUMBER.fullmatch(line.split("\t")[0].strip()) is not None
        if begins or not spans or spans[-1][1] != number - 1:
            spans.append((number, number))
        else:
            spans[-1] = (spans[-1][0], number)
    return spans


def _take(lines: list[str], first: int, last: int, found: Reading) -> None:
    cells = [cell.strip() for cell in lines[first - 1].split("\t")]
    code = cells[0] if NUMBER.fullmatch(cells[0]) else ""
    if last > first and code:
        span = {"code": code, "first": first, "last": last}
        words = _("题号 %(code)s 被换行断成第 %(first)d–%(last)d 行。请在原文件里接成一行再导入。") % span
        found.problems.append(Problem(first, code, words))
        for number in range(first + 1, last + 1):
            words = _("这一行不以题号开头，像是第 %(first)d 行（题号 %(code)s）断下来的，没有收。") % span
            found.problems.append(Problem(number, "", words))
        return
    for number in range(first, last + 1):
        try:
            row, hint = judge(number, lines[number - 1])
        except ValueError as problem:
            found.problems.append(Problem(number, code, str(problem)))
        else:
            found.rows.append(row)
            if hint:
                found.hints.append(Problem(number, row.code, hint))


def judge(number: int, line: str) -> tuple[Row, str]:
    """One line as a question, with what to look at in it. Raises ValueError with a sentence."""
    cells = [cell.strip() for cell in line.split("\t")]
    while cells and not cells[-1]:
        cells.pop()
    if not cells or not NUMBER.fullmatch(cells[0]):
        raise ValueError(_("第一格“%(cell)s”不是题号（数字）。") % {"cell": (cells or [""])[0][:20]})
    if len(cells) < FEWEST_CELLS:
        raise ValueError(
            _("这一行只有 %(count)d 格。应当是：题号、题干、正确答案、选项，中间用制表符隔开。") % {"count": len(cells)}
        )
    code, stem, said = cells[:3]
    if not stem:
        raise ValueError(_("题干是空的。"))
    if len(stem) > LONGEST_STEM:
        raise ValueError(_("题干超过 %(most)d 字。") % {"most": LONGEST_STEM})
    options, hint = split_options(cells[3:])
    answer = read_answer(said, [letter for letter, _text in options])
    kind = kind_of([text for _letter, text in options], answer)
    return Row(number, code, kind, stem, [list(one) for one in options], answer), hint


def read_answer(cell: str, letters: list[str]) -> list[str]:
    """«正确答案：A» or «正确答案：A、C» as letters. Raises ValueError with a sentence."""
    match = ANSWER.fullmatch(cell)
    if match is None:
        raise ValueError(_("第三格“%(cell)s”不是“正确答案：X”。") % {"cell": cell[:20]})
    given = list(BETWEEN.sub("", match[1]).upper())
    if not given or not set(given) <= set(LETTERS) or len(set(given)) < len(given):
        raise ValueError(_("“%(cell)s”里的答案没有读懂。") % {"cell": cell[:20]})
    if strange := [letter for letter in given if letter not in letters]:
        raise ValueError(_("正确答案 %(letter)s 不在选项里。") % {"letter": "、".join(strange)})
    return sorted(given)


def kind_of(texts: list[str], answer: list[str]) -> str:
    """True or false when the two options say yes and no, whichever comes first; else by the number of right letters."""
    said = {text.upper() for text in texts}
    if len(texts) == len(said) == 2 and said & YES and said & NO:
        return Kind.JUDGE.value
    return Kind.SINGLE.value if len(answer) == 1 else Kind.MULTIPLE.value


def split_options(cells: list[str]) -> tuple[list[tuple[str, str]], str]:
    """Letters with texts, in order from A on; and a hint where a letter comes again. Raises ValueError."""
    found: list[tuple[str, str]] = []
    for place, cell in enumerate(cells):
        after = cells[place + 1] if place + 1 < len(cells) else ""
        rest = cell
        while rest:
            letter = LETTERS[len(found)] if len(found) < len(LETTERS) else ""
            if not letter or not _begins(rest, letter):
                raise ValueError(
                    _("“%(cell)s”应当以“%(letter)s．”开头：选项要从 A 起依次写。")
                    % {"cell": cell[:20], "letter": letter or "—"}
                )
            text = rest[2:].strip()
            due = LETTERS[len(found) + 1] if len(found) + 1 < len(LETTERS) else ""
            at = -1 if not due or _begins(after, due) else _place(text, due)
            rest = text[at:] if at > 0 else ""
            text = text[:at].strip() if at > 0 else text
            if not text:
                raise ValueError(_("选项 %(letter)s 是空的。") % {"letter": letter})
            if len(text) > LONGEST_OPTION:
                raise ValueError(_("选项 %(letter)s 超过 %(most)d 字。") % {"letter": letter, "most": LONGEST_OPTION})
            found.append((letter, text))
    if len(found) < 2:
        raise ValueError(_("选项少于两个。"))
    again = [letter for letter, text in found if _place(text, letter) > 0]
    hint = _("选项里又出现“%(letter)s：”，像是两题并在一行，请核对。") % {"letter": again[0]} if again else ""
    return found, hint


def _begins(text: str, letter: str) -> bool:
    return len(text) > 1 and text[0] == letter and text[1] in MARKS


def _place(text: str, letter: str) -> int:
    """Where «C：» stands in a text; -1 when it does not. A letter inside a word («ABC：») is none."""
    match = re.search(rf"(?<![A-Za-z]){letter}[{re.escape(MARKS)}]", text)
    return match.start() if match else -1


def _doubles(found: Reading) -> None:
    """A number that comes twice is taken once; a stem that comes twice is taken and pointed out."""
    kept: list[Row] = []
    codes: dict[str, int] = {}
    stems: dict[str, Row] = {}
    for row in found.rows:
        if row.code in codes:
            words = _("题号 %(code)s 与第 %(line)d 行的相同，没有收。") % {"code": row.code, "line": codes[row.code]}
            found.problems.append(Problem(row.line, row.code, words))
            continue
        codes[row.code] = row.line
        kept.append(row)
        twin = stems.setdefault(digest_of(row.kind, row.stem, row.options, []), row)
        if twin is not row:
            words = _("与第 %(line)d 行（题号 %(code)s）的题干和选项相同。") % {"line": twin.line, "code": twin.code}
            found.hints.append(Problem(row.line, row.code, words))
    found.rows = kept
    found.problems.sort(key=lambda one: one.line)
    found.hints.sort(key=lambda one: one.line)
