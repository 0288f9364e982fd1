"""How a citation is written beside the thing it governs: a code of the register becomes its article."""

from __future__ import annotations

from collections.abc import Iterable

from portal.deadlines.rulebook import law_codes


def article(citation: str) -> str:
    """«CF-04» becomes «处罚法60条»; what is no code stands as it is."""
    code = law_codes().get(citation)
    return citation if code is None else code.article


def articles(citations: Iterable[str]) -> list[str]:
    """Every citation written out, none twice."""
    return list(dict.fromkeys(article(citation) for citation in citations))


def law_line(citations: Iterable[str]) -> str:
    """The articles in one line."""
    return "；".join(articles(citations))
