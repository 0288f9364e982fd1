"""Document numbers: brackets and blanks of every kind, lists and ranges, in one normal form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from portal.tabular.cleaning import DASHES, as_text
from portal.tabular.tables import Cell

LONGEST = 120
LONGEST_RANGE = 500
FULL_WIDTH = str.maketrans("()", "（）")
OPEN, CLOSE = r"[〔\[【(﹝〘〖{<《「]", r"[〕\]】)﹞〙〗}>》」]"
BRACKETED_YEAR = OPEN + r"((?:19|20)\d{2})年?" + CLOSE
HEAD = r"([\u3400-\u9fffA-Za-z]{2,24})"
FULL = re.compile(rf"{HEAD}{BRACKETED_YEAR}((?:第?\d{{1,8}}号?(?:[、,;；和及与]|-|~|至|到)?)+)")
PIECE = re.compile(r"第?(\d{1,8})号?(?:(?:-|~|至|到)第?(\d{1,8})号?)?")
REPEATED = re.compile(rf"(-|~|至|到){HEAD}{BRACKETED_YEAR}(?=第?\d)")
TITLE_WORDS = re.compile(
    r"^.*(?:公开表|公示表|公示列表|公开列表|公示信息|公开信息|信息公示|信息公开|决定书|案件列表|列表|公示|公开|文号|编号|[和及与])(?=.{2})"
)
BARE_YEAR = re.compile(rf"{BRACKETED_YEAR}")
NOTHING = frozenset({"无文号", "暂无", "不详", "未编号", "待定"})


@dataclass(frozen=True)
class DocumentNumbers:
    """One or several numbers of documents.

    `text` is how they are shown (〔〕, no blanks, figures as written); `key` is equal for every spelling
    of the same numbers; `each` holds every single number, or the whole text when it follows no known pattern.
    """

    text: str
    key: str
    each: tuple[str, ...]

    @property
    def single(self) -> bool:
        """Whether this names exactly one document."""
        return len(self.each) <= 1


def parse_numbers(cell: Cell) -> DocumentNumbers | None:
    """The numbers in a cell of their own; nothing for an empty cell, or one without any figure.

    A number of another pattern (the long serial of a traffic form, «综-12号») is kept as it is.
    """
    plain = _plain(as_text(cell))
    if not plain or plain in NOTHING or not any(character.isdigit() for character in plain):
        return None
    found = _find(plain, whole=True)
    if found is not None:
        return found
    text = BARE_YEAR.sub(lambda match: f"〔{match[1]}〕", plain)
    text = text.translate(FULL_WIDTH)
    return DocumentNumbers(text=text, key=text.upper(), each=(text,))


def numbers_in_title(title: str) -> DocumentNumbers | None:
    """The numbers that stand in the title of a listing, behind its name; nothing when none is complete.

    «（2025年8号）» or «（编号：2026-4）» numbers the listing, not the decision; «临金罚决字46号» has no year.
    """
    return _find(_plain(title), whole=False)


def _plain(text: str) -> str:
    """Half-width, one kind of dash, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).translate(DASHES).split())


def _find(plain: str, *, whole: bool) -> DocumentNumbers | None:
    # «甲〔2026〕14号-甲〔2026〕15号» says the head twice: a range like any other.
    plain = REPEATED.sub(_same_head(plain), plain)
    texts: list[str] = []
    each: list[str] = []
    covered = 0
    for match in FULL.finditer(plain):
        head = match[1] if whole else TITLE_WORDS.sub("", match[1])
        pieces = _pieces(match[3])
        if len(head) < 2 or pieces is None:
            return None
        shown, numbers = pieces
        texts.append(f"{head}〔{match[2]}〕{shown}")
        each += [f"{head}〔{match[2]}〕{number}号" for number in numbers]
        covered += len(match[0])
    if not texts:
        return None
    rest = FULL.sub("", plain)
    if whole and re.sub(r"[、,;；和及与()。.]", "", rest):
        return None
    unique = tuple(dict.fromkeys(each))
    text = "、".join(texts)
    if len(text) > LONGEST:
        text = f"{unique[0]}等{len(unique)}件"
    return DocumentNumbers(text=text, key="|".join(sorted(unique)).upper(), each=unique)


def _same_head(plain: str) -> Callable[[re.Match[str]], str]:
    """Cuts a head out that only repeats the one before it."""
    first = FULL.search(plain)

    def shorten(match: re.Match[str]) -> str:
        if first is not None and first[1].endswith(match[2]) and first[2] == match[3]:
            return match[1]
        return match[0]

    return shorten


def _pieces(text: str) -> tuple[str, list[int]] | None:
    """«8-14号、21-22号» → how it is shown, and each number; nothing when a range runs backwards or is absurd."""
    shown: list[str] = []
    numbers: list[int] = []
    for match in PIECE.finditer(text):
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first or last - first > LONGEST_RANGE:
            return None
        shown.append(match[1] if match[2] is None else f"{match[1]}-{match[2]}")
        numbers += range(first, last + 1)
    return ("、".join(shown) + "号", numbers) if numbers else None
