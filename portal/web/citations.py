"""How a citation is written beside the thing it governs: a code of the register becomes its article."""

from __future__ import annotations

from collections.abc import Iterable

from portal.deadlines.registry import rules_of_law
from portal.deadlines.rulebook import law_codes

SAME = "同上"


def article(citation: str) -> str:
    """«CF-04» becomes «处罚法60条»; what is no code stands as it is.

    The register abbreviates («同上77条»); the rule book then has the name in full.
    """
    code = law_codes().get(citation)
    if code is None:
        return citation
    if code.article.startswith(SAME):
        return next((rule.article for rule in rules_of_law(citation) if rule.article), code.article)
    return code.article


def articles(citations: Iterable[str]) -> list[str]:
    """Every citation written out, none twice."""
    return list(dict.fromkeys(article(citation) for citation in citations))


def law_line(citations: Iterable[str]) -> str:
    """The articles in one line."""
    return "；".join(articles(citations))
