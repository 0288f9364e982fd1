"""Makes texts and search words comparable: width, case, brackets and blanks do not matter."""

from __future__ import annotations

import unicodedata
from typing import Final

_BRACKETS: Final = str.maketrans("[{〔【〖「『〈《]}〕】〗」』〉》", "(((((((((" + ")))))))))")
# Control and format characters, surrogates and blanks of every kind.
_DROPPED: Final = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_LAST_KEPT_IN_MIND: Final = 0xFFFF


class _Signs(dict[int, int | None]):
    """What becomes of each character, learnt when it is first met: a text of a page is folded in microseconds."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.category(chr(code)) in _DROPPED else code
        if code <= _LAST_KEPT_IN_MIND:
            self[code] = kept
        return kept


_SIGNS: Final = _Signs(_BRACKETS)


def fold(text: str) -> str:
    """Half-width, lower case, one kind of bracket, without blanks and invisible characters."""
    return unicodedata.normalize("NFKC", text).lower().translate(_SIGNS)


def searchable(*texts: str) -> str:
    """The folded texts, one a line, so that no word is found across two of them."""
    return "\n".join(folded for folded in map(fold, texts) if folded)


def places(text: str, words: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where folded words stand in an unfolded text: sorted stretches [start, end) that do not overlap."""
    folded, origin = "", []
    for at, character in enumerate(text):
        piece = fold(character)
        folded += piece
        origin += [at] * len(piece)
    marked: list[tuple[int, int]] = []
    for word in words:
        at = folded.find(word) if word else -1
        while at >= 0:
            marked.append((origin[at], origin[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(marked):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
