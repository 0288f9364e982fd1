"""Precision and recall of the masking detector, per kind, on the labelled texts of its tests."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from disclosure.masking import Kind, KnownNames, Span, find_spans

LABELLED: Final = Path(__file__).resolve().parent.parent / "tests/disclosure/masking/labelled.jsonl"
_MARK: Final = re.compile(r"⟦(\w+)\|([^⟧]*)⟧")
# Kinds whose numbers carry a check digit; the issue asks more of them.
CHECKED: Final = (Kind.IDENTITY, Kind.BANK)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text, what is known of its case, and what a person marked in it."""

    text: str
    known: KnownNames
    marks: tuple[tuple[int, int, Kind], ...]


def labelled_texts() -> Iterator[Labelled]:
    """The texts of the file; `⟦kind|words⟧` marks what is to be found."""
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text, marks, at = "", [], 0
        for mark in _MARK.finditer(row["marked"]):
            text += row["marked"][at : mark.start()]
            marks.append((len(text), len(text) + len(mark[2]), Kind(mark[1])))
            text += mark[2]
            at = mark.end()
        text += row["marked"][at:]
        known = KnownNames(*(tuple(row.get(key, ())) for key in ("people", "organisations", "kept")))
        yield Labelled(text, known, tuple(marks))


def is_found(mark: tuple[int, int, Kind], spans: list[Span]) -> bool:
    """Whether one span of the same kind covers the whole mark."""
    start, end, kind = mark
    return any(span.kind is kind and span.start <= start and end <= span.end for span in spans)


def is_right(span: Span, marks: tuple[tuple[int, int, Kind], ...]) -> bool:
    """Whether the span touches a mark of its kind."""
    return any(span.kind is kind and span.start < end and start < span.end for start, end, kind in marks)


def mistakes() -> Iterator[str]:
    """What was missed and what was wrongly found, a line each."""
    for item in labelled_texts():
        spans = find_spans(item.text, item.known)
        for mark in item.marks:
            if not is_found(mark, spans):
                yield f"missed {mark[2]}: «{item.text[mark[0] : mark[1]]}» in «{item.text}»"
        for span in spans:
            if not is_right(span, item.marks):
                yield f"wrong {span.kind} by {span.rule}: «{span.text}» in «{item.text}»"


def run() -> dict[str, Any]:
    """Per kind: marks, precision, recall, and the share of exact boundaries; milliseconds a thousand characters."""
    marks, found, right, spans_of, exact = (Counter[Kind]() for _ in range(5))
    characters, begun = 0, time.perf_counter()
    for item in labelled_texts():
        spans = find_spans(item.text, item.known)
        characters += len(item.text)
        for mark in item.marks:
            marks[mark[2]] += 1
            found[mark[2]] += is_found(mark, spans)
            exact[mark[2]] += any((span.start, span.end, span.kind) == mark for span in spans)
        for span in spans:
            spans_of[span.kind] += 1
            right[span.kind] += is_right(span, item.marks)
    seconds = time.perf_counter() - begun
    kinds = {
        kind.value: {
            "marks": marks[kind],
            "precision": round(right[kind] / spans_of[kind], 4) if spans_of[kind] else None,
            "recall": round(found[kind] / marks[kind], 4) if marks[kind] else None,
            "exact": round(exact[kind] / marks[kind], 4) if marks[kind] else None,
        }
        for kind in Kind
    }
    return {
        "texts": sum(1 for _ in labelled_texts()),
        "precision": round(right.total() / spans_of.total(), 4),
        "recall": round(found.total() / marks.total(), 4),
        "ms_per_1000_characters": round(seconds * 1e6 / characters, 3),
        **kinds,
    }
