"""Legal bases as people write them, a line each, read into law, article, paragraph and item."""

from __future__ import annotations

import re

CITATION = re.compile(
    r"^(?:依据|违反|处罚依据)?[：:]?《?(?P<law>[^《》第]{2,80}?)》?(?:（[^）]*）)?"
    r"第(?P<article>[〇零一二三四五六七八九十百千\d/、]+)条(?:之[一二三四五六七八九十])?"
    r"(?:第(?P<paragraph>[〇零一二三四五六七八九十百\d、]+)款)?(?:第(?P<item>[〇零一二三四五六七八九十百\d、]+)项)?"
)
SEPARATORS = re.compile(r"[\n；;]+")


def read_citations(text: str) -> tuple[list[dict[str, str]], list[str]]:
    """The citations of a text, and the pieces that name no law and article."""
    found: list[dict[str, str]] = []
    unread: list[str] = []
    for piece in (part.strip().rstrip("。") for part in SEPARATORS.split(text)):
        if not piece:
            continue
        match = CITATION.match(piece)
        if match is None:
            unread.append(piece)
        else:
            found.append({name: value or "" for name, value in match.groupdict().items()} | {"text": piece})
    return found, unread
