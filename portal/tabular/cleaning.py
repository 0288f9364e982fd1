"""Cells as text: white space, full-width forms, signs that stand for «nothing»."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from portal.tabular.tables import Cell

BLANKS = frozenset({
    "", "/", "//", "\\", "-", "--", "---", "_", "*", "。", ".", "无", "空", "null", "none", "nil", "n/a", "na", "nan", "(空)",
})  # fmt: skip
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b-\u200f\u2028-\u202e\u2060\ufffe\uffff]")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−─━﹣－", "-"))
SHEET_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!"}
)
GAP = re.compile(r"[^\S\n]+")
MANY_DASHES = re.compile(r"-{2,}")
LINES = re.compile(r"\s*\n\s*")


def as_text(cell: Cell) -> str:
    """The cell as a person reads it, trimmed; numbers without a needless fraction, signs for nothing as «»."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ") if cell.time() != dt.time.min else cell.date().isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    text = str(cell)
    if not text.isprintable():
        text = CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        text = GAP.sub(" ", LINES.sub("\n", text))
    elif "  " in text:
        text = GAP.sub(" ", text)
    text = text.strip()
    return "" if len(text) <= 6 and _stands_for_nothing(text) else text


def _stands_for_nothing(text: str) -> bool:
    return text.lower() in BLANKS or (not text.isalnum() and folded(text) in BLANKS)


def folded(text: str) -> str:
    """For comparison only: half-width, lower case, one kind of dash, no white space at the ends."""
    plain = unicodedata.normalize("NFKC", text).translate(DASHES).strip().lower()
    return MANY_DASHES.sub("-", plain) if "--" in plain else plain


def packed(text: str) -> str:
    """For comparison only: folded, and without any white space."""
    return "".join(folded(text).split())


def letters(text: str) -> str:
    """For comparison only: letters and figures, nothing else; two spellings of one sentence become equal."""
    return "".join(character for character in packed(text) if character.isalnum())
